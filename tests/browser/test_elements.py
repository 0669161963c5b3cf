"""The custom elements in somebody else's page: any choice, any policy, a site that is down, and a way back."""

import gzip
import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from portal import HOME, Hosts, opened
from sites_support import EMBEDS, around, until

LINK: Final = f'<a href="{HOME}lan/skane/">Exempel från Skåne</a>'
LIST: Final = f'<kunskapsbank-lista type="exempel" county="skane">{LINK}</kunskapsbank-lista>'
POST: Final = f'<kunskapsbank-post record="exempel/karp-malmo-stad">{LINK}</kunskapsbank-post>'


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = opened(browser, viewport={"width": 800, "height": 700})
    page = context.new_page()
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    yield page
    context.close()
    assert thrown == []


def lists(page: Page) -> Locator:
    return page.locator("kunskapsbank-lista")


def shows(element: Locator, title: str) -> None:
    expect(element.get_by_role("heading").first).to_have_text(title)


def places(element: Locator) -> list[str]:
    """The addresses of the records in a list, on the site."""
    hrefs = element.locator("li a").evaluate_all("links => links.map(link => link.href)")
    return [str(href).removeprefix(HOME).strip("/") for href in hrefs]


def listed(hosts: Hosts, name: str = "alla") -> list[dict[str, Any]]:
    """The records of one of the API's lists."""
    data = json.loads((hosts.files / f"api/v1/{name}.json").read_text("utf-8"))
    found: list[dict[str, Any]] = data["items"]
    return found


# What they show


def test_a_list_and_a_record_under_the_strictest_policy(hosts: Hosts, page: Page) -> None:
    policy = f"{hosts.strict_for_elements}; require-trusted-types-for 'script'; trusted-types kunskapsbank"
    page.goto(hosts.lay(around(LIST + POST + hosts.elements()), policy))
    shows(lists(page), "Exempel – Skåne")
    wanted = [item["url"].removeprefix(HOME).strip("/") for item in listed(hosts, "lan/skane")]
    assert places(lists(page)) == [place for place in wanted if place.startswith("exempel/")]
    expect(lists(page).locator("ul")).to_have_css("display", "grid")
    post = page.locator("kunskapsbank-post")
    shows(post, "KARP, kvalitetssäkrad rekrytering i Malmö stad")
    expect(post).to_contain_text("Källa: Delredovisningen 2007, avsnitt 8.8.2")
    expect(page.get_by_role("link", name="Exempel från Skåne")).to_have_count(0)
    assert page.evaluate("window.broken") == []


def test_any_choices_together_show_what_has_them_all(hosts: Hosts, page: Page) -> None:
    """Told from the terms of the API's list, another way than the element's own."""
    names = {c["key"]: c["attribute"] for c in json.loads(val(hosts))["choices"]}
    vocabularies = {"counties": "lan", "focus_areas": "fokusomraden", "grounds": "diskrimineringsgrunder"}
    everything = listed(hosts)
    values = {
        ("lan", "skane"),
        ("lan", "dalarna"),
        ("fokusomraden", "rekrytering"),
        ("fokusomraden", "process"),
    }
    values |= {("diskrimineringsgrunder", "kon"), ("diskrimineringsgrunder", "religion")}
    page.goto(hosts.lay(around("<kunskapsbank-lista></kunskapsbank-lista>" + hosts.elements())))
    seen = set()
    for chosen in [c for size in (1, 2, 3) for c in combinations(sorted(values), size)]:
        asked: dict[str, list[str]] = {}
        for key, value in chosen:
            asked.setdefault(key, []).append(value)
        page.evaluate(
            """asked => { const list = document.querySelector('kunskapsbank-lista');
            for (const { name } of [...list.attributes]) list.removeAttribute(name);
            for (const [name, value] of Object.entries(asked)) list.setAttribute(name, value); }""",
            {names[key]: " ".join(some) for key, some in asked.items()},
        )
        wanted = set()
        for item in everything:
            has = {(vocabularies.get(t["vocabulary"]), t["id"]) for t in item["terms"]}
            if item["type"] != "tool" and all(any((k, v) in has for v in some) for k, some in asked.items()):
                wanted.add(item["url"].removeprefix(HOME).strip("/"))
        until(
            page,
            "document.querySelector('kunskapsbank-lista').shadowRoot && !document.querySelector('kunskapsbank-lista').shadowRoot.querySelector('[aria-busy]')",
        )
        assert set(places(lists(page))) == wanted, chosen
        seen.add(len(wanted))
    assert {0, 1} < seen


def val(hosts: Hosts) -> str:
    return (hosts.files / EMBEDS / "val.json").read_text("utf-8")


def test_two_lists_each_with_its_county_number_and_level(hosts: Hosts, page: Page) -> None:
    two = (
        '<kunskapsbank-lista type="exempel" county="skane" limit="2"></kunskapsbank-lista>'
        '<kunskapsbank-lista type="aktiviteter" county="dalarna" limit="3" heading-level="4" heading="På gång">'
        "</kunskapsbank-lista>"
    )
    page.goto(hosts.lay(around(two + hosts.elements())))
    first, second = lists(page).nth(0), lists(page).nth(1)
    shows(first, "Exempel – Skåne")
    shows(second, "På gång")
    levels = "l => [...l.shadowRoot.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => h.localName)"
    assert first.evaluate(levels) == ["h2", "h3", "h3"]
    assert second.evaluate(levels) == ["h4", "h5", "h5", "h5"]
    expect(first.get_by_role("status")).to_have_text("Visar 2 av 5 exempel.")
    more = first.get_by_role("link", name="Visa alla 5 exempel på Kunskapsbanken")
    expect(more).to_have_attribute("href", f"{HOME}sok/?typ=exempel&lan=skane")
    calendar = second.get_by_role("link", name="Prenumerera på kalendern")
    expect(calendar).to_have_attribute("href", f"{HOME}lan/dalarna/kalender.ics")


def test_the_latest_first(hosts: Hosts, page: Page) -> None:
    page.goto(
        hosts.lay(
            around(
                '<kunskapsbank-lista type="nyheter" order="latest"></kunskapsbank-lista>' + hosts.elements()
            )
        )
    )
    shows(lists(page), "Nyheter")
    assert places(lists(page)) == [i["url"].removeprefix(HOME).strip("/") for i in listed(hosts, "nyheter")]


def test_a_change_is_told_in_the_same_place(hosts: Hosts, page: Page) -> None:
    page.goto(hosts.lay(around(LIST + hosts.elements())))
    shows(lists(page), "Exempel – Skåne")
    status = lists(page).get_by_role("status")
    kept = status.element_handle()
    lists(page).evaluate("list => list.setAttribute('county', 'dalarna')")
    shows(lists(page), "Exempel – Dalarna")
    assert status.evaluate("(now, before) => now === before", kept)
    number = len([i for i in listed(hosts, "lan/dalarna") if i["type"] == "example"])
    expect(status).to_have_text(f"{number} exempel.")
    lists(page).evaluate("list => list.setAttribute('county', 'atlantis')")
    expect(status).to_contain_text("”atlantis”")


# Where something is not as it should


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        (f'<kunskapsbank-lista county="atlantis">{LINK}</kunskapsbank-lista>', "”atlantis” att välja för län"),
        (f'<kunskapsbank-lista fokus="process">{LINK}</kunskapsbank-lista>', "den kan inte väljas efter ”fokus”"),
        (f'<kunskapsbank-lista type="exempel, filmer">{LINK}</kunskapsbank-lista>', "”filmer” att välja för typ av sida"),
        (f'<kunskapsbank-lista county="../../om">{LINK}</kunskapsbank-lista>', "”../../om” att välja för län"),
        (f'<kunskapsbank-lista county="&quot;><img src=x onerror=alert(1)>">{LINK}</kunskapsbank-lista>', "”\"><img”"),
        (f'<kunskapsbank-post record="exempel/finns-inte">{LINK}</kunskapsbank-post>', "”exempel/finns-inte”"),
        (f'<kunskapsbank-post record="../../index">{LINK}</kunskapsbank-post>', "”../../index”"),
        (f"<kunskapsbank-post>{LINK}</kunskapsbank-post>", "”” "),
    ],
)  # fmt: skip
def test_what_is_not_known_is_told_beside_the_link(
    hosts: Hosts, page: Page, html: str, sentence: str
) -> None:
    page.goto(hosts.lay(around(html + hosts.elements())))
    element = page.locator("kunskapsbank-lista, kunskapsbank-post")
    expect(element.get_by_role("status")).to_contain_text(sentence.rstrip())
    expect(page.get_by_role("link", name="Exempel från Skåne")).to_be_visible()
    assert page.evaluate("document.querySelectorAll('img').length") == 0


def test_attributes_that_tools_put_on_elements_are_passed_over(hosts: Hosts, page: Page) -> None:
    html = LIST.replace(
        "county", 'id="a" class="b" data-v-1="" aria-label="Exempel" _ngcontent-x="" v-x="" county'
    )
    page.goto(hosts.lay(around(html + hosts.elements())))
    shows(lists(page), "Exempel – Skåne")


@pytest.mark.parametrize("why", ["no script", "script refused", "script gone", "policy refused"])
def test_the_link_stays_where_the_script_does_not_run(hosts: Hosts, browser: Browser, why: str) -> None:
    context = opened(browser, java_script_enabled=why != "no script")
    page = context.new_page()
    script = (
        hosts.elements() if why != "script gone" else f'<script src="{hosts.site}finns-inte.js"></script>'
    )
    policy = {
        "script refused": "script-src 'none'",
        "policy refused": f"{hosts.strict_for_elements}; require-trusted-types-for 'script'; trusted-types 'none'",
    }.get(why, "")
    page.goto(hosts.lay(around(LIST + script), policy))
    expect(page.get_by_role("link", name="Exempel från Skåne")).to_be_visible()
    if why == "policy refused":
        expect(lists(page).get_by_role("status")).to_have_text("Innehållet kunde inte hämtas just nu.")
    context.close()


@pytest.mark.parametrize("file", ["val.json", "lan/skane.json"])
def test_the_link_stays_while_the_site_is_down_and_the_next_try_may_succeed(
    hosts: Hosts, page: Page, file: str
) -> None:
    address = f"{hosts.site}{EMBEDS}{file}"
    page.route(address, lambda route: route.abort())
    page.goto(hosts.lay(around(LIST + hosts.elements())))
    expect(lists(page).get_by_role("status")).to_have_text("Innehållet kunde inte hämtas just nu.")
    expect(page.get_by_role("link", name="Exempel från Skåne")).to_be_visible()
    page.unroute(address)
    lists(page).evaluate("list => list.setAttribute('limit', '1')")
    shows(lists(page), "Exempel – Skåne")
    expect(page.get_by_role("link", name="Exempel från Skåne")).to_have_count(0)


@pytest.mark.parametrize("answer", [{"status": 500}, {"body": "<html>"}, {"body": "null"}, {"status": 404}])
def test_an_answer_that_is_none_is_told(hosts: Hosts, page: Page, answer: dict[str, Any]) -> None:
    headers = {"Access-Control-Allow-Origin": "*"}
    page.route(f"{hosts.site}{EMBEDS}lan/skane.json", lambda route: route.fulfill(headers=headers, **answer))
    page.goto(hosts.lay(around(LIST + hosts.elements())))
    expect(lists(page).get_by_role("status")).to_have_text("Innehållet kunde inte hämtas just nu.")
    expect(page.get_by_role("link", name="Exempel från Skåne")).to_be_visible()


def holding(page: Page, address: str) -> list[Route]:
    """What is asked for at an address from now on, unanswered."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(address, hold)
    return held


def test_the_link_stays_until_a_slow_site_answers(hosts: Hosts, page: Page) -> None:
    held = holding(page, f"{hosts.site}{EMBEDS}lan/skane.json")
    with page.expect_request("**/lan/skane.json"):
        page.goto(hosts.lay(around(LIST + hosts.elements())))
    expect(page.get_by_role("link", name="Exempel från Skåne")).to_be_visible()
    assert lists(page).evaluate("list => list.shadowRoot") is None
    held[0].continue_()
    shows(lists(page), "Exempel – Skåne")


def test_only_the_last_of_quick_changes_is_shown(hosts: Hosts, page: Page) -> None:
    """The answer for Skåne comes after the one for Dalarna, which was asked for later."""
    held = holding(page, f"{hosts.site}{EMBEDS}lan/skane.json")
    with page.expect_request("**/lan/skane.json"):
        page.goto(hosts.lay(around(LIST + hosts.elements())))
    lists(page).evaluate("list => list.setAttribute('county', 'dalarna')")
    shows(lists(page), "Exempel – Dalarna")
    with page.expect_response("**/lan/skane.json"):
        held[0].continue_()
    page.evaluate("new Promise(done => setTimeout(done))")
    shows(lists(page), "Exempel – Dalarna")


def test_what_could_run_is_not_copied_from_an_answer(hosts: Hosts, page: Page) -> None:
    """Even of a site that others have taken over, or a host that mends pages."""
    html = (
        '<section><h2 onclick="hit()">Titel</h2><script>hit()</script><img src="x" onerror="hit()">'
        '<p style="color:red" class="a" id="b">Text <a href="javascript:hit()">länk</a></p><iframe src="/"></iframe>'
        '<img src="https://annan.example/a.png" alt=""><svg onload="hit()"></svg><form><input></form></section>'
    )
    page.route(
        f"{hosts.site}{EMBEDS}exempel/karp-malmo-stad-h2.html",
        lambda route: route.fulfill(body=html, headers={"Access-Control-Allow-Origin": "*"}),
    )
    page.goto(
        hosts.lay(
            around("<script>window.hits = 0; function hit() { hits += 1 }</script>" + POST + hosts.elements())
        )
    )
    post = page.locator("kunskapsbank-post")
    shows(post, "Titel")
    post.get_by_text("länk").click()
    names = "[...document.querySelector('kunskapsbank-post').shadowRoot.querySelectorAll('section > div:last-child *')]"
    assert page.evaluate(f"{names}.map(e => e.localName)") == ["h2", "img", "p", "a", "img"]
    kept = page.evaluate(f"[...new Set({names}.flatMap(e => e.getAttributeNames()))].sort()")
    assert kept == ["alt", "part"]
    assert page.evaluate("window.hits") == 0


# Records that open in the page

HERE: Final = LIST.replace(" county", " open-here county")


def focused(page: Page) -> str:
    words: str = page.evaluate("document.activeElement.shadowRoot?.activeElement?.textContent ?? ''")
    return words


def test_a_record_opens_in_the_page_and_there_are_three_ways_back(hosts: Hosts, page: Page) -> None:
    page.goto(hosts.lay(around(HERE + hosts.elements())))
    shows(lists(page), "Exempel – Skåne")
    link = lists(page).get_by_role("link", name="KARP")
    words = link.inner_text()
    for back in ("browser", "link", "keyboard"):
        link.focus()
        page.keyboard.press("Enter")
        shows(lists(page), words)
        assert page.url == f"{hosts.portal}#kunskapsbank/exempel/karp-malmo-stad"
        assert focused(page) == words
        if back == "browser":
            page.go_back()
        elif back == "link":
            lists(page).get_by_role("link", name="Tillbaka till listan").click()
        else:
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Enter")
        shows(lists(page), "Exempel – Skåne")
        assert focused(page) == words
    assert page.evaluate("history.state") is None


def test_the_pages_address_opens_the_record_again(hosts: Hosts, page: Page) -> None:
    page.goto(hosts.lay(around(HERE + hosts.elements())) + "#kunskapsbank/exempel/karp-malmo-stad")
    shows(lists(page), "KARP, kvalitetssäkrad rekrytering i Malmö stad")
    page.goto(f"{hosts.portal}#kunskapsbank/exempel/finns-inte")
    expect(lists(page)).to_contain_text("Det finns ingen sida som heter ”exempel/finns-inte”.")
    lists(page).get_by_role("link", name="Tillbaka till listan").click()
    shows(lists(page), "Exempel – Skåne")


def test_the_pages_own_addresses_are_left_alone(hosts: Hosts, page: Page) -> None:
    page.goto(
        hosts.lay(around(HERE + LIST + '<h2 id="del">Del</h2><a href="#del">Dit</a>' + hosts.elements()))
    )
    shows(lists(page).first, "Exempel – Skåne")
    page.get_by_role("link", name="Dit").click()
    assert page.url.endswith("#del")
    assert focused(page) == ""
    lists(page).first.get_by_role("link", name="KARP").click()
    shows(lists(page).first, "KARP, kvalitetssäkrad rekrytering i Malmö stad")
    shows(lists(page).nth(1), "Exempel – Skåne")


def test_two_lists_open_each_their_own(hosts: Hosts, page: Page) -> None:
    named = HERE.replace("<kunskapsbank-lista", '<kunskapsbank-lista id="vara"')
    page.goto(hosts.lay(around(HERE + HERE + named + hosts.elements())))
    for number, name in enumerate(("kunskapsbank", "kunskapsbank-2", "vara")):
        lists(page).nth(number).get_by_role("link", name="KARP").click()
        shows(lists(page).nth(number), "KARP, kvalitetssäkrad rekrytering i Malmö stad")
        assert page.url.endswith(f"#{name}/exempel/karp-malmo-stad")
        for other in {0, 1, 2} - {number}:
            shows(lists(page).nth(other), "Exempel – Skåne")


# In a page that does what it likes


def test_a_page_that_unsets_every_look_leaves_it_readable(hosts: Hosts, page: Page) -> None:
    html = around(LIST + hosts.elements()).replace("</head>", "<style>* { all: unset }</style></head>")
    page.goto(hosts.lay(html))
    shows(lists(page), "Exempel – Skåne")
    expect(lists(page).locator("ul")).to_have_css("display", "grid")
    expect(lists(page).locator("h2")).to_have_css("font-weight", "700")


def test_the_pages_look_reaches_in_by_names(hosts: Hosts, page: Page) -> None:
    style = "kunskapsbank-lista { --kunskapsbank-link: rgb(1, 2, 3) } ::part(title) { color: rgb(4, 5, 6) }"
    html = around(LIST + hosts.elements()).replace(
        "</head>", f"<style>{style} body {{ font-family: serif }}</style></head>"
    )
    page.goto(hosts.lay(html))
    shows(lists(page), "Exempel – Skåne")
    expect(lists(page).locator("li a").first).to_have_css("color", "rgb(1, 2, 3)")
    expect(lists(page).locator("h2")).to_have_css("color", "rgb(4, 5, 6)")
    expect(lists(page).locator("p").last).to_have_css("font-family", "serif")


def test_the_script_twice_and_an_element_that_moves(hosts: Hosts, page: Page) -> None:
    late = f'<script src="{hosts.site}{EMBEDS}element.js" defer></script>'
    page.goto(hosts.lay(around(f'<div id="there"></div>{LIST}{hosts.elements()}{late}')))
    shows(lists(page), "Exempel – Skåne")
    page.evaluate("document.querySelector('#there').append(document.querySelector('kunskapsbank-lista'))")
    lists(page).evaluate("list => list.setAttribute('county', 'dalarna')")
    shows(lists(page), "Exempel – Dalarna")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone(hosts: Hosts, browser: Browser, axe: str, scheme: str) -> None:
    context = opened(browser, color_scheme=scheme, viewport={"width": 320, "height": 600})
    page = context.new_page()
    style = "<style>:root { color-scheme: light dark; background: Canvas; color: CanvasText }</style>"
    unknown = '<kunskapsbank-lista county="atlantis"></kunskapsbank-lista>'
    post = POST.replace(" record", ' heading-level="2" record')
    page.goto(
        hosts.lay(around(HERE + post + unknown + hosts.elements()).replace("</head>", f"{style}</head>"))
    )
    shows(lists(page).first, "Exempel – Skåne")
    shows(page.locator("kunskapsbank-post"), "KARP, kvalitetssäkrad rekrytering i Malmö stad")
    expect(lists(page).nth(1).get_by_role("status")).to_contain_text("atlantis")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate(axe)
    inside, found = page.evaluate(
        """axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(said => [
            said.passes.flatMap(rule => rule.nodes).filter(node => Array.isArray(node.target[0])).length,
            said.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.html])),
        ])"""
    )
    context.close()
    assert inside > 10
    assert found == []


def test_nothing_is_kept_or_asked_of_anybody_else(hosts: Hosts, page: Page) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.goto(hosts.lay(around(LIST + POST + hosts.elements())))
    shows(lists(page), "Exempel – Skåne")
    shows(page.locator("kunskapsbank-post"), "KARP, kvalitetssäkrad rekrytering i Malmö stad")
    assert {f"http://{name}/" for name in asked} == {hosts.site, hosts.portal}
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]


def test_the_element_is_small(own_site: Path) -> None:
    assert len(gzip.compress((own_site / EMBEDS / "element.js").read_bytes())) <= 8_000
