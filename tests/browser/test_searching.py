"""The search page in a browser: what is found, how it is chosen among, and what bad input gets."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
import yaml
from host import hosting
from playwright.sync_api import Browser, Page
from sites_support import build, own_day, replace
from support import REPOSITORY

from kunskapsbank.search import pagefind

GOLDEN: Final[list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent.parent / "search" / "golden.yml").read_text("utf-8")
)
FOLDERS: Final = ("examples/", "methods/", "activities/", "news/", "goals/", "findings/")
PATHS: Final = ("exempel/", "metoder/", "aktiviteter/", "nyheter/", "mal/", "iakttagelser/")
FIRST: Final = 3
SHOWN: Final = 10
MOST_PAGES: Final = 30
"""Of hits, so that a button that does nothing fails a test instead of holding it up."""

ASKED_OF_LARGE: Final = (
    "rekrytering", "mångfald", "arbetsplats", "språkkurs", "öppenhet", "nätverk", "mångfald rekrytering",
)  # fmt: skip
WIRE_LIMIT, LEAST_WIRE = 150_000, 90_000
"""Bytes."""

COST: Final = """() => {
  const [first] = performance.getEntriesByName("first-hit");
  return [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .filter(entry => entry.responseEnd <= first.startTime)
    .reduce((sum, entry) => sum + entry.transferSize, 0);
}"""

FIND = """async ([address, queries]) => {
  const { Engine } = await import(address + "/assets/sok/engine.js");
  const engine = new Engine(new URL(address + "/"));
  const found = {};
  for (const query of queries) found[query] = await engine.find(query);
  return found;
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test for any error that it meets."""
    context = browser.new_context(locale="sv-SE")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
    yield opened
    context.close()
    assert errors == []


def search(page: Page, address: str, asked: str) -> str:
    """Opens the search page with what is asked of it and gives what is said of the hits."""
    page.goto(f"{address}/sok/?{asked}")
    return settled(page)


def settled(page: Page) -> str:
    page.wait_for_selector('#_traffar[aria-busy="false"]')
    return page.locator("#_antal").inner_text()


def titles(page: Page) -> list[str]:
    return page.locator("#_svar h3").all_inner_texts()


@pytest.fixture(scope="module")
def found(browser: Browser, own_site: Path, address: str) -> dict[str, dict[str, Any]]:
    """What the engine finds for each query of the golden set: addresses, the best first."""
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(f"{address}/sok/")
    answers = opened.evaluate(FIND, [address, [case["query"] for case in GOLDEN]])
    context.close()
    addresses = {stem: place for place, stem in _fragments(own_site)}
    return {
        query: answer | {"pages": [addresses[found_id] for found_id in answer["ids"]]}
        for query, answer in answers.items()
    }


def _fragments(site: Path) -> Iterator[tuple[str, str]]:
    return (pagefind.fragment(path) for path in (site / "sok" / "pagefind" / "fragment").iterdir())


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site with a search over a thousand records of the benchmark's making is hosted."""
    place = tmp_path_factory.mktemp("large")
    subprocess.run(
        [
            sys.executable,
            str(REPOSITORY / "bench" / "corpus.py"),
            "--records",
            "1000",
            "--output",
            str(place / "bank"),
        ],
        check=True,
    )
    replace(place / "bank" / "mkdocs.yml", "search: false", "search: true")
    with hosting(build(place / "bank", place / "site")) as served:
        yield served


@pytest.fixture(scope="module")
def page_of(own_site: Path) -> dict[str, str]:
    """Where a record is on the site, by its file without an ending."""
    manifest = json.loads((own_site.resolve().parent / "manifest.json").read_text("utf-8"))
    made = ((path, file["from"][0]) for path, file in manifest["files"].items() if file["from"])
    return {
        source.partition(".")[0] + (".tool" if source.endswith(".tool.yml") else ""): path.removesuffix(
            "index.html"
        )
        for path, source in made
        if source.startswith(FOLDERS) and path.startswith(PATHS) and path.endswith("/index.html")
    }


def test_the_golden_set_is_large_enough() -> None:
    assert len(GOLDEN) >= 60
    assert len({case["query"] for case in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize("case", GOLDEN, ids=[case["query"] for case in GOLDEN])
def test_golden(case: dict[str, Any], found: dict[str, dict[str, Any]], page_of: dict[str, str]) -> None:
    answer = found[case["query"]]
    pages = answer["pages"]
    assert {page_of[name] for name in case.get("must", [])} <= set(pages)
    assert not {page_of[name] for name in case.get("must_not", [])} & set(pages)
    if "first" in case:
        assert page_of[case["first"]] in pages[:FIRST]
    if case.get("must_nothing") or "suggest" in case:
        assert pages == []
    assert answer["suggested"] == case.get("suggest")


def test_a_search_from_the_header_of_any_page(page: Page, address: str) -> None:
    page.goto(f"{address}/metoder/snackmodellen/")
    page.get_by_role("searchbox", name="Sök i Kunskapsbanken").fill("rekrytering")
    page.keyboard.press("Enter")
    said = settled(page)
    assert urlsplit(page.url)[2:4] == ("/sok/", "q=rekrytering")
    assert said == f"{len(found_titles(page))} träffar." or int(said.split()[0]) > SHOWN
    assert page.get_by_label("Sökord").input_value() == "rekrytering"
    assert page.title().startswith("rekrytering – Sök")


def test_a_hit_shows_type_county_focus_area_evidence_and_the_word_in_context(
    page: Page, address: str
) -> None:
    search(page, address, "q=KARP&lan=skane&typ=exempel")
    hit = page.locator(".card", has_text="KARP, kvalitetssäkrad rekrytering i Malmö stad")
    assert hit.locator(".words span").all_inner_texts() == [
        "Exempel", "Skåne", "Rekrytering", "Genomfört", "underlag: beskrivet",
    ]  # fmt: skip
    assert "KARP" in hit.locator("mark").first.inner_text()
    hit.get_by_role("link").click()
    assert urlsplit(page.url).path == "/exempel/karp-malmo-stad/"


def test_choices_combine_and_stand_in_the_address(page: Page, address: str) -> None:
    search(page, address, "q=rekrytering")
    counts = choice_counts(page, "lan")
    page.locator("input[name=lan][value=dalarna]").check()
    assert settled(page) == f"{counts['Dalarna']} träffar."
    page.locator("input[name=lan][value=skane]").check()
    both = settled(page)
    assert int(both.split()[0]) == len(found_titles(page)) > counts["Dalarna"]
    assert parse_qsl(urlsplit(page.url).query) == [("q", "rekrytering"), ("lan", "dalarna"), ("lan", "skane")]
    assert choice_counts(page, "lan") == counts, "counts of a choice don't depend on what is chosen in it"
    examples = choice_counts(page, "typ")["Exempel"]
    page.locator("input[name=typ][value=exempel]").check()
    assert settled(page) == f"{examples} träffar."
    assert set(page.locator(".words .tag").all_inner_texts()) == {"Exempel"}
    chosen = page.get_by_role("link", name="Ta bort valet")
    assert chosen.all_inner_texts() == ["Typ av sida: Exempel", "Län: Dalarna", "Län: Skåne"]
    page.go_back()
    assert settled(page) == both
    page.get_by_role("link", name="Rensa alla val").click()
    assert int(settled(page).split()[0]) > len(counts)
    assert urlsplit(page.url).query == "q=rekrytering"


def choice_counts(page: Page, key: str) -> dict[str, int]:
    """The numbers beside the values of a choice, by their labels."""
    labels = page.locator(f'label:has(input[name="{key}"])').all_inner_texts()
    split = (label.rsplit("(", 1) for label in labels)
    return {words.strip(): int(number.rstrip(")")) for words, number in split}


def found_titles(page: Page) -> list[str]:
    """The titles of all hits, however many."""
    for _ in range(MOST_PAGES):
        if not page.locator(".more-hits").count():
            break
        page.locator(".more-hits").click()
        page.wait_for_timeout(50)
    assert page.locator(".more-hits").count() == 0
    return page.locator("#_svar h3").all_inner_texts()


def test_choices_alone_need_no_words(page: Page, address: str) -> None:
    assert search(page, address, "lan=skane&typ=exempel") == f"{len(found_titles(page))} träffar."
    assert len(found_titles(page)) > 3


def test_more_hits_come_when_asked_for_and_focus_goes_to_them(page: Page, address: str) -> None:
    search(page, address, "q=rekrytering")
    assert page.locator("#_svar h3").count() == SHOWN
    page.locator(".more-hits").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#_svar li:nth-child({SHOWN + 1}) a:focus")


def test_the_number_of_hits_is_announced(page: Page, address: str) -> None:
    search(page, address, "q=rekrytering")
    status = page.get_by_role("status")
    assert status.count() == 1
    assert "träffar" in status.inner_text()


def test_by_keyboard_alone(page: Page, address: str) -> None:
    search(page, address, "q=mentor")
    page.get_by_label("Sökord").fill("rekrytering")
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=rekrytering")
    settled(page)
    page.get_by_label("Sökord").focus()
    for _ in range(4):  # the button, what there is to choose by, its first choice, its first value
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url("**?q=rekrytering&typ=exempel")
    settled(page)
    assert page.evaluate("document.activeElement.value") == "exempel", "focus stays where it was"


@pytest.mark.parametrize(
    ("asked", "said", "notes"),
    [
        ("q=" + quote("<script>alert(1)</script>"), "Inga träffar.", []),
        ("q=" + quote('"><img src=x onerror=alert(1)>'), "Inga träffar.", []),
        ("q=" + "x" * 5000, "Inga träffar.", []),
        ("q=" + quote("arbete " * 700), None, []),
        ("q=%00%FF%E2%80%AE", "Inga träffar.", []),
        ("q=" + quote('""'), "Inga träffar.", []),
        ("q=...", "Inga träffar.", []),
        ("lan=atlantis", None, ["Inga sidor har valet ”atlantis”, så det räknas inte."]),
        ("q=KARP&lan=skane&lan=%3Cb%3E", None, ["Inga sidor har valet ”<b>”, så det räknas inte."]),
        ("okand=1&__proto__=2&constructor=3", None, [f"Inga sidor har valet ”{n}”, så det räknas inte." for n in "123"]),
        ("q=rekryterng", "Inga träffar.", ["Menade du rekrytering?"]),
    ],
)  # fmt: skip
def test_bad_input_gets_a_useful_page(
    page: Page, address: str, asked: str, said: str | None, notes: list[str]
) -> None:
    """The page of this module fails for any error in the console."""
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    answer = search(page, address, asked)
    assert answer == said if said else re.fullmatch(r"1 träff\.|\d+ träffar\.|Här finns \d+ sidor.*", answer)
    assert page.locator(".note").all_inner_texts() == notes
    assert page.locator("#_urval input").count() > 50
    assert page.locator("main img, main script").count() == 0


def test_no_hits_say_what_to_loosen_with_links_that_lead_to_some(page: Page, address: str) -> None:
    assert search(page, address, "q=KARP&lan=vasternorrland") == "Inga träffar."
    ways = page.locator("#_svar > ul:not(.chosen) a")
    assert ways.all_inner_texts() == [
        "Ta bort valet län: Västernorrland",
        "Sök inte på ord, bara efter valen",
    ]
    promised = [
        int(text.split()[0].lstrip("("))
        for text in page.locator("#_svar > ul:not(.chosen) .fine").all_inner_texts()
    ]
    for number, hits in enumerate(promised):
        search(page, address, "q=KARP&lan=vasternorrland")
        ways.nth(number).click()
        assert settled(page) == (f"{hits} träffar." if hits > 1 else "1 träff.")


def test_words_that_never_stand_together_can_be_dropped(page: Page, address: str) -> None:
    assert search(page, address, "q=" + quote("mångfald helikopter")) == "Inga träffar."
    assert page.get_by_role("link", name="Sök bara på ”mångfald”").count() == 1


@pytest.mark.parametrize(
    "blocked", ["pagefind.js", "wasm.sv.pagefind", "val.json", "*.pf_meta", "*.pf_index"]
)
def test_a_blocked_index_leaves_a_way_on(browser: Browser, address: str, blocked: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(f"**/{blocked}*", lambda route: route.abort())
    assert search(page, address, "q=rekrytering") == "Sökningen gick inte att ladda."
    assert page.get_by_role("link", name="Försök igen").count() == 1
    page.locator("#_urval summary").first.click() if page.locator("#_urval[open]").count() == 0 else None
    assert page.locator('#_urval a[href="../lan/skane/"], #_urval input[value="skane"]').count() == 1
    assert errors == []
    context.close()


def test_without_script_the_choices_are_links_to_pages(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sok/?q=rekrytering")
    assert page.get_by_text("Sökfältet behöver JavaScript").is_visible()
    for path in ("lan/skane/", "metoder/karp/", "ar/2007/", "underlag/described/", "exempel/"):
        assert page.locator(f'#_urval a[href="../{path}"]').count() == 1, path
    page.locator('#_urval a[href="../lan/skane/"]').click()
    assert page.locator("h1").inner_text() == "Skåne"
    context.close()


def test_at_a_thousand_records_the_first_hit_costs_at_most_150_kilobytes(
    browser: Browser, large_site: str
) -> None:
    """Everything that goes over the wire until the first hit is shown: page, styles, scripts, engine, index."""
    costs = {}
    for asked in ASKED_OF_LARGE:
        context = browser.new_context()
        page = context.new_page()
        search(page, large_site, f"q={quote(asked)}")
        costs[asked] = page.evaluate(COST)
        context.close()
    assert max(costs.values()) <= WIRE_LIMIT, costs
    assert min(costs.values()) > LEAST_WIRE, "the engine alone is more"


def test_an_index_in_parts_finds_what_one_index_finds(
    page: Page, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """As on a site of thousands; the order may be another, since each part weighs its hits by its own words."""
    monkeypatch.setattr("kunskapsbank.library.shares.LARGEST", 30)
    monkeypatch.setattr("kunskapsbank.settings.cores", lambda: 1)  # no fork beside a browser
    place = tmp_path_factory.mktemp("parts")
    with hosting(build(REPOSITORY, place / "site", environment=own_day())) as divided:
        assert len(list((place / "site" / "sok" / "pagefind").glob("del-*"))) > 1
        for query in ("rekrytering", "arbete", "kon", "”bra exempel”", "mångfaldd", "jämställdhet i skolan"):
            said, shown = search(page, address, f"q={query}"), set(titles(page))
            assert search(page, divided, f"q={query}") == said, query
            assert set(titles(page)) == shown or page.get_by_role("button", name="Visa fler").is_visible()
        assert search(page, divided, "lan=skane") == search(page, address, "lan=skane")
