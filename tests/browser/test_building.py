"""The builder of codes for others' pages: what is chosen is what they get, and every code works where it is put."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from portal import HOME, Hosts
from portal import opened as opened_on_portal
from selectolax.lexbor import LexborHTMLParser
from sites_support import WATCH, attribute, element, found_by_axe, until

SETTLED = "!document.querySelector('#_byggare').hidden && document.querySelector('#_kod').value !== ''"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="sv-SE", viewport={"width": 1200, "height": 900})
    made.set_default_timeout(10_000)
    made.add_init_script(WATCH)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    yield page
    assert thrown == []
    assert page.evaluate("window.violations") == []


def built(page: Page, hosts: Hosts, query: str = "") -> str:
    """The code that the builder has made when it begins from an address."""
    page.goto(f"{hosts.site}badda-in/{query}")
    until(page, SETTLED)
    return code(page)


def code(page: Page) -> str:
    return page.locator("#_kod").input_value()


def becomes(page: Page, words: str) -> str:
    """The code, when it has some words in it."""
    until(page, f"document.querySelector('#_kod').value.includes({json.dumps(words)})")
    return code(page)


def ready(hosts: Hosts) -> dict[str, str]:
    """The ready codes of the page by the words that name them."""
    html = LexborHTMLParser((hosts.files / "badda-in/index.html").read_text("utf-8"))
    return {attribute(node, "aria-label"): node.text() for node in html.css(".ready pre")}


LABELS = {
    "exempel": "Exempel",
    "metoder": "Metoder",
    "aktiviteter": "Aktiviteter",
    "nyheter": "Nyheter",
    "mal": "Mål",
    "iakttagelser": "Iakttagelser",
}


def test_the_builder_writes_the_same_as_the_ready_codes(hosts: Hosts, page: Page) -> None:
    known = ready(hosts)
    assert len(known) == 5 * len(LABELS) * 3
    built(page, hosts, "?las=nej")
    page.get_by_label("Län", exact=True).select_option("vastra-gotaland")
    for type_, label in LABELS.items():
        page.locator(f'[name="visa"][value="{type_}"]').check()
        for step in (2, 3, 4):
            page.locator(f'[name="steg"][value="{step}"]').check()
            wanted = known[f"{label} i Västra Götaland, steg {step}"]
            until(page, f"document.querySelector('#_kod').value.trim() === {json.dumps(wanted)}")


CODES = [
    ("?typ=exempel&lan=skane&steg=1&niva=3", "Exempel – Skåne", "h3"),
    ("?typ=exempel&lan=skane&steg=2", "Exempel – Skåne", "iframe"),
    ("?typ=nyheter&antal=5&steg=3", "Nyheter", "iframe"),
    ("?typ=metoder&metodtyper=planering&antal=3&niva=3", "Metoder – ", "kunskapsbank-lista"),
    ("?post=exempel/karp-malmo-stad&steg=1", "KARP", "h2"),
    ("?post=metoder/fair-termometern/verktyg&steg=3", "FAIR-termometern", "iframe"),
    ("?post=metoder/snackmodellen", "Snäckmodellen", "kunskapsbank-post"),
]


@pytest.mark.parametrize(("query", "title", "made"), CODES)
def test_every_code_works_on_a_portal(
    hosts: Hosts, browser: Browser, page: Page, query: str, title: str, made: str
) -> None:
    text = built(page, hosts, query)
    step = query.rpartition("steg=")[2][:1] if "steg=" in query else "4"
    assert text.startswith(f"<!-- Steg {step} av 4: ")
    assert HOME in text
    assert hosts.site not in text
    portal = opened_on_portal(browser, viewport={"width": 800, "height": 700})
    shown = portal.new_page()
    html = (
        f'<!doctype html><html lang="sv"><meta charset="utf-8"><title>P</title><main><h1>R</h1>{text}</main>'
    )
    shown.goto(hosts.lay(html.replace(HOME, hosts.site)))
    expect(shown.locator(made).first).to_be_attached()
    place = shown.frame_locator("iframe") if made == "iframe" else shown
    expect(place.get_by_role("heading", name=title).first).to_be_visible()
    if made == "iframe":
        frame = LexborHTMLParser(text).css_first("iframe")
        assert frame is not None
        assert title in attribute(frame, "title")
        assert attribute(frame, "loading") == "lazy"
        until(shown, f"document.querySelector('iframe').clientHeight {'===' if step == '2' else '!=='} 600")
    if made != "iframe" and step == "1":
        assert "<script" not in text
    else:
        assert element(text, "a").text().endswith(" på Kunskapsbanken")
    portal.close()


@pytest.mark.parametrize("step", [2, 3, 4])
def test_a_site_that_does_not_answer_leaves_the_page_around_ready_with_a_link(
    hosts: Hosts, browser: Browser, page: Page, step: int
) -> None:
    text = built(page, hosts, f"?typ=exempel&lan=skane&steg={step}")
    portal = opened_on_portal(browser)
    shown = portal.new_page()
    shown.route(f"{hosts.site}**", lambda _: None)  # asked, and never answered
    html = (
        f'<!doctype html><html lang="sv"><meta charset="utf-8"><title>P</title><main><h1>R</h1>{text}</main>'
    )
    shown.goto(hosts.lay(html.replace(HOME, hosts.site)), wait_until="domcontentloaded")
    expect(shown.get_by_role("link", name="Exempel – Skåne på Kunskapsbanken")).to_be_visible()
    portal.close()


def test_what_a_step_cant_show_can_not_be_chosen_and_it_is_said_why(hosts: Hosts, page: Page) -> None:
    built(page, hosts, "?typ=exempel&lan=skane&steg=2")
    second = page.locator('[name="steg"][value="2"]')
    expect(second).to_be_checked()
    page.get_by_label("Fokusområde").select_option("rekrytering")
    becomes(page, "focus=")
    expect(second).to_be_disabled()
    expect(page.locator('[name="steg"][value="4"]')).to_be_checked()
    expect(page.locator('[data-why="2"]')).to_have_text("Det här steget kan bara välja efter län.")
    page.get_by_label("Fokusområde").select_option("")
    until(page, "!document.querySelector('[name=steg][value=\"2\"]').disabled")
    expect(page.locator('[data-why="2"]')).to_have_text("")


def test_the_address_keeps_what_is_chosen_and_gives_it_back(hosts: Hosts, page: Page) -> None:
    first = built(page, hosts)
    assert urlsplit(page.url).query == ""
    page.get_by_label("Län", exact=True).select_option("dalarna")
    page.get_by_label("Egen rubrik").fill("Så gör vi & ni")
    page.get_by_label("Öppna sidorna på er sida").check()
    page.get_by_label("Egna färger").check()
    page.get_by_label("Lås skriptet").uncheck()
    made = becomes(page, "element.js")
    assert made != first
    until(page, "location.search.includes('las=nej')")
    query = parse_qs(urlsplit(page.url).query)
    assert query["lan"] == ["dalarna"]
    assert query["rubrik"] == ["Så gör vi & ni"]
    style = page.locator("#_css").input_value()
    assert (
        style
        == "kunskapsbank-lista {\n  --kunskapsbank-link: #0f5486;\n  --kunskapsbank-heading: #14486b;\n}\n"
    )
    assert built(page, hosts, f"?{urlsplit(page.url).query}") == made
    assert page.locator("#_css").input_value() == style


@pytest.mark.parametrize(
    "query", ["?lan=atlantis&typ=filmer&steg=9&niva=7", "?post=../../x&visa=y", "?lank=red&hojd=-1"]
)
def test_an_address_that_asks_for_what_is_not_there_is_passed_over(
    hosts: Hosts, page: Page, query: str
) -> None:
    assert 'type="exempel"' in built(page, hosts, query)


def test_words_that_try_to_break_out_stay_words(hosts: Hosts, page: Page) -> None:
    words = "\"><script>parent.hits = 1</script><img src=x onerror=parent.hits=1>' </textarea>"
    built(page, hosts, "?typ=exempel&lan=skane")
    page.get_by_label("Egen rubrik").fill(words)
    text = becomes(page, "heading=")
    parsed = LexborHTMLParser(text)
    assert attribute(element(parsed, "kunskapsbank-lista"), "heading") == words
    assert [node.tag for node in parsed.css("script")] == ["script"]
    shown = page.frame_locator("#_visning")
    expect(shown.get_by_role("heading", level=2)).to_have_text(words)
    assert page.evaluate("window.hits") is None


def test_the_code_is_seen_in_an_imitated_page(hosts: Hosts, page: Page) -> None:
    built(page, hosts, "?typ=exempel&lan=skane&farger=ja&lank=%23ff0000")
    shown = page.frame_locator("#_visning")
    expect(shown.get_by_role("heading", name="Exempel – Skåne")).to_be_visible()
    expect(shown.locator("li a").first).to_have_css("color", "rgb(255, 0, 0)")
    shown.locator("li a").first.click()
    page.locator('[name="steg"][value="2"]').check()
    inside = shown.frame_locator("iframe")
    expect(inside.get_by_role("heading", name="Exempel – Skåne")).to_be_visible()
    expect(page.locator("#_hojd-nu")).to_contain_text("bildpunkter högt")
    inside.locator("a").first.click()  # leads to the top of a real portal, and nowhere here
    expect(inside.get_by_role("heading", name="Exempel – Skåne")).to_be_visible()
    assert urlsplit(page.url).path == "/badda-in/"
    page.get_by_label("Mobil").check()
    expect(page.locator("#_visning")).to_have_css("width", "320px")


def test_records_open_in_the_imitated_page(hosts: Hosts, page: Page) -> None:
    built(page, hosts, "?typ=exempel&lan=skane&har=ja")
    shown = page.frame_locator("#_visning")
    shown.get_by_role("link", name="KARP").click()
    expect(shown.get_by_role("link", name="Tillbaka till listan")).to_be_visible()
    shown.get_by_role("link", name="Tillbaka till listan").click()
    expect(shown.get_by_role("heading", name="Exempel – Skåne")).to_be_visible()


@pytest.mark.parametrize("allowed", [True, False])
def test_the_code_is_copied_or_marked(
    hosts: Hosts, context: BrowserContext, page: Page, *, allowed: bool
) -> None:
    if allowed:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
    else:
        page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    text = built(page, hosts, "?typ=exempel&lan=skane")
    page.get_by_role("button", name="Kopiera koden").click()
    if allowed:
        expect(page.locator("#_besked")).to_have_text("Koden är kopierad.")
        assert page.evaluate("navigator.clipboard.readText()") == text
    else:
        expect(page.locator("#_besked")).to_contain_text("Det gick inte att kopiera.")
        assert page.evaluate("getSelection().toString()") == text


def test_with_the_keyboard_alone(hosts: Hosts, page: Page) -> None:
    built(page, hosts)
    page.locator('[name="visa"]:checked').focus()
    page.keyboard.press("ArrowDown")
    becomes(page, 'type="metoder"')
    page.keyboard.press("Tab")
    page.keyboard.type("Dal")
    becomes(page, 'county="dalarna"')
    for _ in range(40):
        if page.evaluate("document.activeElement.dataset.copy") == "_kod":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#_besked")).not_to_be_empty()


@pytest.mark.parametrize(
    "query",
    ["?typ=exempel&lan=skane&steg=2", "?post=exempel/karp-malmo-stad&farger=ja", "?visa=allt&steg=4&har=ja"],
)
def test_axe_finds_nothing_in_any_state(hosts: Hosts, context: BrowserContext, axe: str, query: str) -> None:
    """In a page of its own, for axe sets styles that the policy forbids."""
    page = context.new_page()
    built(page, hosts, query)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert found_by_axe(page, axe) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_a_script_there_are_ready_codes(hosts: Hosts, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{hosts.site}badda-in/")
    expect(page.locator("#_byggare")).to_be_hidden()
    page.locator("summary", has_text="Skåne").click()
    expect(page.get_by_role("region", name="Exempel i Skåne, steg 4")).to_contain_text('county="skane"')
    context.close()


@pytest.mark.parametrize("file", ["val.json", "integritet.json"])
def test_where_data_is_missing_the_ready_codes_are_pointed_at(hosts: Hosts, page: Page, file: str) -> None:
    page.route(f"**/{file}", lambda route: route.fulfill(status=404))
    page.goto(f"{hosts.site}badda-in/")
    expect(page.get_by_text("använd en färdig kod nedan")).to_be_visible()
    expect(page.locator("#_byggare")).to_be_hidden()


def test_where_the_pages_cant_be_had_it_is_told_and_the_next_try_may_succeed(
    hosts: Hosts, page: Page
) -> None:
    before = built(page, hosts, "?typ=exempel&lan=skane")
    page.route("**/nyheter.json", lambda route: route.fulfill(status=500))
    page.get_by_label("En enda sida").check()
    expect(page.locator("#_besked")).to_contain_text("använd en färdig kod nedan")
    assert code(page) == before
    page.unroute("**/nyheter.json")
    page.get_by_label("Egen rubrik").fill("x")
    becomes(page, "kunskapsbank-post")
