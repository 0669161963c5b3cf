"""The site inside somebody else's page: as HTML, in a frame, in a frame that fits, whatever that page forbids."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Frame, Page, expect
from portal import HOME, Hosts, opened
from sites_support import EMBEDS, around, found_by_axe, fragments, until

LIST: Final = f"{EMBEDS}lan/skane/exempel/"
SHORT: Final = f"{EMBEDS}lan/ostergotland/aktiviteter/"
RECORD: Final = f"{EMBEDS}metoder/fair-termometern/verktyg/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = opened(browser, viewport={"width": 800, "height": 700})
    yield context.new_page()
    context.close()


@pytest.fixture
def page_without_script(browser: Browser) -> Iterator[Page]:
    context = opened(browser, java_script_enabled=False)
    yield context.new_page()
    context.close()


def framed(page: Page, number: int = 0) -> Frame:
    """The document in a frame, when it is there."""
    element = page.locator("iframe").nth(number).element_handle()
    assert element is not None
    found = element.content_frame()
    assert found is not None
    found.wait_for_load_state()
    return found


CONTENT: Final = "Math.ceil(document.documentElement.getBoundingClientRect().height)"


def height(page: Page, number: int = 0) -> int:
    found: int = page.evaluate("n => document.querySelectorAll('iframe')[n].clientHeight", number)
    return found


def fits(page: Page, number: int = 0) -> int:
    """Waits until a frame is as high as what is in it; gives the height."""
    frame = framed(page, number)
    wanted: int = frame.evaluate(CONTENT)
    until(page, f"document.querySelectorAll('iframe')[{number}].clientHeight === {wanted}")
    assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight")
    return wanted


def settled(page: Page) -> None:
    """Lets every message that is on its way arrive."""
    page.evaluate(
        "new Promise(done => { addEventListener('message', e => e.data === 'last' && done()); postMessage('last'); })"
    )
    page.wait_for_timeout(100)


# Nothing but HTML


@pytest.mark.parametrize("name", ["lan/skane/exempel-h2.html", "exempel/karp-malmo-stad-h2.html"])
def test_a_fragment_keeps_its_order_whatever_the_portal_does_to_its_look(
    hosts: Hosts, page_without_script: Page, name: str
) -> None:
    page = page_without_script
    html = around(fragments(hosts.files)[f"{EMBEDS}{name}"])
    page.goto(
        hosts.lay(
            html.replace("</head>", "<style>* { all: unset } p, h2, h3 { display: block }</style></head>")
        )
    )
    texts = page.locator("section[lang=sv]").inner_text()
    assert "å" in texts
    places = [texts.index(words) for words in page.locator("h2, h3").all_inner_texts()]
    assert places == sorted(places)
    page.locator("section a").last.click()
    page.wait_for_url(f"{HOME}**")


@pytest.mark.parametrize("name", ["lan/skane/exempel-h2.html", "metoder/snackmodellen-h2.html"])
def test_axe_finds_nothing_in_a_portal_with_a_fragment(hosts: Hosts, page: Page, axe: str, name: str) -> None:
    page.goto(hosts.lay(around(fragments(hosts.files)[f"{EMBEDS}{name}"])))
    assert found_by_axe(page, axe) == []


# In a frame


def test_a_frame_needs_no_script_and_its_links_lead_out_of_it(
    hosts: Hosts, page_without_script: Page
) -> None:
    page = page_without_script
    page.goto(hosts.lay(around(hosts.frame(LIST)), f"default-src 'none'; frame-src {hosts.site}"))
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("heading", level=2)).to_have_text("Exempel – Skåne")
    inside.get_by_role("link").first.click()
    page.wait_for_url(f"{HOME}exempel/**")


@pytest.mark.parametrize("sandbox", ["", "allow-scripts allow-popups"])
def test_a_sandboxed_frame_is_read_and_has_its_look(hosts: Hosts, page: Page, sandbox: str) -> None:
    page.goto(hosts.lay(around(hosts.frame(LIST, f'sandbox="{sandbox}"') + hosts.fitting()), hosts.strict))
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("heading", level=2)).to_have_text("Exempel – Skåne")
    expect(inside.locator("body")).to_have_css("padding-top", "8px")
    assert height(page) == 150  # it has no origin, so nobody can tell that a height is from it


# In a frame that fits


def test_a_frame_fits_under_the_strictest_policy(hosts: Hosts, page: Page) -> None:
    page.goto(hosts.lay(around(hosts.frame(LIST) + hosts.fitting()), hosts.strict))
    assert fits(page) > 300
    assert page.evaluate("window.broken") == []
    assert framed(page).evaluate("window.broken") == []


def test_a_sandbox_that_leaves_the_frame_its_origin_lets_it_fit(hosts: Hosts, page: Page) -> None:
    sandbox = 'sandbox="allow-scripts allow-same-origin allow-top-navigation-by-user-activation"'
    page.goto(hosts.lay(around(hosts.frame(LIST, sandbox) + hosts.fitting()), hosts.strict))
    assert fits(page) > 300
    page.frame_locator("iframe").get_by_role("link").first.click()
    page.wait_for_url(f"{HOME}exempel/**")


def test_two_frames_have_each_their_height_and_follow_the_width(hosts: Hosts, page: Page) -> None:
    page.goto(hosts.lay(around(hosts.frame(LIST) + hosts.frame(SHORT) + hosts.fitting())))
    before = (fits(page, 0), fits(page, 1))
    assert before[0] != before[1]
    page.set_viewport_size({"width": 300, "height": 700})
    page.wait_for_timeout(100)
    assert fits(page, 0) > before[0]
    assert fits(page, 1) > before[1]


def test_a_script_that_comes_late_asks(hosts: Hosts, page: Page) -> None:
    page.goto(hosts.lay(around(hosts.frame(LIST))))
    framed(page)
    settled(page)
    assert height(page) == 150
    page.add_script_tag(url=f"{hosts.site}{EMBEDS}passa.js")
    fits(page)


def test_edges_of_a_frame_are_reckoned_with(hosts: Hosts, page: Page) -> None:
    style = "<style>* { box-sizing: border-box } iframe { border: 5px solid; padding: 7px }</style>"
    page.goto(
        hosts.lay(
            around(style + hosts.frame(LIST) + hosts.fitting())
            .replace(style, "", 1)
            .replace("</head>", f"{style}</head>")
        )
    )
    wanted = framed(page).evaluate(CONTENT)
    until(page, f"document.querySelector('iframe').offsetHeight === {wanted} + 24")


ABSURD: Final = [-1, 0, 0.5, 100_001, 1e300, "500", None, [500], {"a": 1}, True]


def test_messages_that_are_not_our_frames_are_left_alone(hosts: Hosts, page: Page) -> None:
    """From another frame of the portal, from the portal itself, from a page of the site's in no folder of
    ours, and absurd ones from the right frame."""
    hosts.lay("<!doctype html><title>Annan</title><p>Annan.</p>", path="/annan")
    other = '<iframe src="/annan" title="Annan" height="120"></iframe>'
    elsewhere = hosts.frame("om/")
    page.goto(hosts.lay(around(hosts.frame(LIST) + other + elsewhere + hosts.fitting())))
    before = fits(page)
    message = "h => parent.postMessage({ kunskapsbank: 'height', height: h }, '*')"
    framed(page, 1).evaluate(message, 500)
    framed(page, 2).evaluate(message, 500)
    page.evaluate("postMessage({ kunskapsbank: 'height', height: 500 }, '*')")
    for absurd in ABSURD:
        framed(page, 0).evaluate(message, absurd)
    framed(page, 0).evaluate("parent.postMessage(null, '*'); parent.postMessage('500', '*')")
    settled(page)
    assert [height(page, n) for n in range(3)] == [before, 120, 150]
    framed(page, 0).evaluate(message, 500)  # the way is open to what is right
    until(page, "document.querySelector('iframe').clientHeight === 500")


def test_a_frame_that_has_gone_elsewhere_is_left_alone(hosts: Hosts, page: Page) -> None:
    hosts.lay("<!doctype html><title>Annan</title><p>Annan.</p>", path="/annan")
    page.goto(hosts.lay(around(hosts.frame(LIST) + hosts.fitting())))
    before = fits(page)
    frame = framed(page)
    frame.goto(f"{hosts.portal}annan")
    frame.evaluate("parent.postMessage({ kunskapsbank: 'height', height: 500 }, '*')")
    settled(page)
    assert height(page) == before


def test_a_changed_script_is_refused(hosts: Hosts, page: Page) -> None:
    """The digest is held to: a test of the tests above too."""
    wrong = hosts.fitting().replace("sha384-", "sha384-AAAA")
    page.goto(hosts.lay(around(hosts.frame(LIST) + wrong)))
    framed(page)
    settled(page)
    assert height(page) == 150


# For everybody


@pytest.mark.parametrize(
    "path", [LIST, RECORD, f"{EMBEDS}exempel/karp-malmo-stad/", f"{EMBEDS}metoder/snackmodellen/"]
)
def test_nothing_scrolls_sideways_at_200_pixels(hosts: Hosts, browser: Browser, path: str) -> None:
    context = opened(browser, viewport={"width": 200, "height": 600})
    page = context.new_page()
    page.goto(f"{hosts.site}{path}")
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [LIST, RECORD])
def test_axe_finds_nothing_in_a_portal_with_a_frame(
    hosts: Hosts, browser: Browser, axe: str, path: str, scheme: str
) -> None:
    """The page and the frame together, as a reader meets them."""
    context = opened(browser, color_scheme=scheme, viewport={"width": 800, "height": 700})
    page = context.new_page()
    style = "<style>:root { color-scheme: light dark }</style>"
    page.goto(hosts.lay(around(hosts.frame(path) + hosts.fitting()).replace("</head>", f"{style}</head>")))
    fits(page)
    for frame in page.frames:
        frame.evaluate(axe)
        frame.evaluate("axe.configure({ allowedOrigins: ['<unsafe_all_origins>'] })")
    inside, found = page.evaluate(
        """axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(said => [
            said.passes.flatMap(rule => rule.nodes).filter(node => node.target.length > 1).length,
            said.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.html])),
        ])"""
    )
    context.close()
    assert inside > 10
    assert found == []


def test_the_focus_is_seen_in_a_frame(hosts: Hosts, page: Page) -> None:
    page.goto(hosts.lay(around(hosts.frame(LIST))))
    framed(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = page.frame_locator("iframe").locator("a:focus-visible")
    expect(focused).to_have_count(1)
    expect(focused).to_have_css("outline-style", "solid")


def test_nothing_is_kept_or_asked_of_anybody_else(hosts: Hosts, page: Page) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.goto(hosts.lay(around(hosts.frame(LIST) + hosts.fitting())))
    fits(page)
    assert {f"http://{name}/" for name in asked} == {hosts.site, hosts.portal}
    for frame in page.frames:
        assert frame.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
