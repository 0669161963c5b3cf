"""A reader's walk through the site in a browser: by mouse, by keyboard, on a phone, without JavaScript."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, expect
from sites_support import KINDS_OF_PAGE, opened

MISSING = "finns-inte/"


class Watched:
    """A page in a context of its own, with everything that it asked for and complained of."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.answers: list[tuple[int, str]] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", self._failed)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        self.page.on("response", self._answered)

    def _failed(self, request: Request) -> None:
        """What is broken off because the reader goes on is no failure."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure}: {request.url}")

    def _answered(self, response: Response) -> None:
        self.answers.append((response.status, response.url))


@pytest.fixture(params=[True, False], ids=["JavaScript", "no JavaScript"])
def walk(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(java_script_enabled=request.param, locale="sv-SE")
    context.set_default_timeout(10_000)
    yield Watched(context)
    context.close()


@pytest.fixture(scope="module", params=[360, 768, 1280], ids=lambda width: f"{width} px")
def sized(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": request.param, "height": 800}, locale="sv-SE")
    yield context
    context.close()


STEPS = (
    ("Rekrytering", "/fokusomraden/rekrytering/"),
    ("KARP, kvalitetssäkrad rekrytering i Malmö stad", "/exempel/karp-malmo-stad/"),
    ("KARP", "/metoder/karp/"),
)
"""The links of a walk from the start page, with where each leads."""


def all_is_well(walk: Watched, address: str) -> None:
    """Nothing was asked of anybody else, nothing was missing, nothing complained."""
    assert {urlsplit(url).netloc for url in walk.asked} == {urlsplit(address).netloc}
    assert [answer for answer in walk.answers if answer[0] not in (200, 304)] == []
    assert walk.complaints == []


def test_from_the_start_to_a_method_and_back_by_mouse(walk: Watched, address: str) -> None:
    page = walk.page
    page.goto(f"{address}/")
    for words, path in STEPS:
        page.locator("main").get_by_role("link", name=words, exact=True).first.click()
        page.wait_for_url(f"{address}{path}")
        expect(page.locator("h1")).to_have_count(1)
    page.locator("main").get_by_role("link", name=STEPS[1][0], exact=True).click()
    page.wait_for_url(f"{address}{STEPS[1][1]}")
    page.go_back()
    page.get_by_role("navigation", name="Sökväg").get_by_role("link", name="Metoder").click()
    page.wait_for_url(f"{address}/metoder/")
    page.get_by_role("banner").get_by_role("link").first.click()
    page.wait_for_url(f"{address}/")
    all_is_well(walk, address)


def tab_to(page: Page, words: str, inside: str) -> None:
    """Goes on with Tab until a link with these words has the focus; it must be seen to have it."""
    wanted = page.locator(inside).get_by_role("link", name=words, exact=True).first
    expect(wanted).to_be_attached()
    for _ in range(300):
        page.keyboard.press("Tab")
        if (
            page.locator(f"{inside} a:focus").count()
            and page.locator(f"{inside} a:focus").inner_text() == words
        ):
            expect(page.locator("a:focus")).to_be_in_viewport()
            return
    pytest.fail(f"Tab never comes to {words}")


def test_from_the_start_to_a_method_and_back_by_keyboard(walk: Watched, address: str) -> None:
    page = walk.page
    page.goto(f"{address}/")
    for words, path in STEPS:
        tab_to(page, words, "main")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}{path}")
    tab_to(page, "Start", "main")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    all_is_well(walk, address)


def test_the_facets_open_by_keyboard(walk: Watched, address: str) -> None:
    page = walk.page
    page.goto(f"{address}/exempel/")
    link = page.locator("details.facets a").first
    expect(link).not_to_be_visible()
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.locator("summary:focus").count():
            break
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != f"{address}/exempel/")
    all_is_well(walk, address)


def test_the_skip_link_leads_past_the_menu(walk: Watched, address: str) -> None:
    page = walk.page
    page.goto(f"{address}/exempel/karp-malmo-stad/")
    page.keyboard.press("Tab")
    skip = page.locator("a:focus")
    expect(skip).to_have_text("Till innehållet")
    expect(skip).to_be_in_viewport()
    target = skip.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/exempel/karp-malmo-stad/{target}")
    expect(page.locator(f"main{target}")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main a:focus")).to_have_count(1)
    all_is_well(walk, address)


@pytest.mark.parametrize("path", KINDS_OF_PAGE)
def test_no_page_scrolls_sideways(path: str, sized: BrowserContext, address: str) -> None:
    watched = Watched(sized)
    page = watched.page
    try:
        opened(page, f"{address}/{path}")
        page.evaluate("window.scrollTo(10000, 0)")
        wide, seen, moved = page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth, window.scrollX]"
        )
    finally:
        page.close()
    assert wide <= seen
    assert moved == 0
    assert {urlsplit(url).netloc for url in watched.asked} == {urlsplit(address).netloc}
    if path != MISSING:
        all_is_well(watched, address)


def test_a_page_without_its_style_sheet_is_still_in_order(browser: Browser, address: str) -> None:
    """Everything can be read, from the heading on, where nothing but HTML comes through."""
    context = browser.new_context(java_script_enabled=False)
    context.route("**/*.css", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{address}/exempel/karp-malmo-stad/")
    text = page.locator("body").inner_text()
    context.close()
    places = [
        text.index(words)
        for words in ("Till innehållet", "KARP, kvalitetssäkrad", "I korthet", "Mål\n", "Åtgärder\n")
    ]
    assert places == sorted(places)


def test_no_page_keeps_anything_on_the_readers_machine(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    for path in ("", "exempel/", "exempel/karp-malmo-stad/"):
        page.goto(f"{address}/{path}")
    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    context.close()
