"""A county's part in a browser: opened from a disk, and served from a folder of somebody else's site."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from sites_support import WATCH, found_by_axe, serving

KINDS: Final = (
    "index.html",
    "exempel/index.html",
    "exempel/blajusprojektet/index.html",
    "metoder/vervas-uppfoljningsmodell/verktyg/index.html",
    "lan/index.html",
    "lan/dalarna/index.html",
    "overblick/index.html",
    "bidra/exempel/index.html",
    "bidra/regler/index.html",
    "en/index.html",
    "sok/index.html",
)
"""A page of every kind that is made in its own way."""


@pytest.fixture(scope="module")
def portal(handed_over: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address, with a slash at the end, of the part in a folder of a portal."""
    place = tmp_path_factory.mktemp("portal")
    shutil.copytree(handed_over / "webbplats", place / "mangfald" / "bank")
    with serving(place) as served:
        yield f"{served}/mangfald/bank/"


@pytest.fixture(params=["disk", "portal"])
def root(request: pytest.FixtureRequest, handed_over: Path, portal: str) -> str:
    return portal if request.param == "portal" else (handed_over / "webbplats").as_uri() + "/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test for any error that it meets, and for whatever can't be fetched."""
    context = browser.new_context(locale="sv-SE")
    context.add_init_script(WATCH)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("requestfailed", lambda failed: faults.extend(_fault(failed)))
    opened.on("response", lambda answer: faults.append(answer.url) if answer.status >= 400 else None)
    yield opened
    context.close()
    assert faults == []


def _fault(failed: Request) -> list[str]:
    """What a page that is left no longer waits for is no fault."""
    return [] if failed.failure == "net::ERR_ABORTED" else [f"{failed.url}: {failed.failure}"]


def test_it_is_walked_from_the_start_to_a_record_and_back(page: Page, root: str) -> None:
    page.goto(f"{root}index.html")
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Exempel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Exempel")
    page.get_by_role("link", name="Blåjusprojektet vid Polisen i Dalarna").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Blåjusprojektet vid Polisen i Dalarna")
    page.get_by_role("main").get_by_role("link", name="Dalarna", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dalarna")
    page.get_by_role("link", name="Kunskapsbanken", exact=False).first.click()
    assert page.url == f"{root}index.html"


def test_search_finds_from_the_field_of_any_page(page: Page, root: str) -> None:
    page.goto(f"{root}exempel/blajusprojektet/index.html")
    page.get_by_role("searchbox").fill("rekrytering polisen")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_selector('#_traffar[aria-busy="false"]')
    assert page.url.startswith(f"{root}sok/index.html?q=rekrytering")
    page.get_by_role("link", name="Blåjusprojektet vid Polisen i Dalarna").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Blåjusprojektet vid Polisen i Dalarna")


def test_no_kind_of_page_meets_an_error_or_breaks_the_policy(page: Page, root: str) -> None:
    for path in KINDS:
        page.goto(root + path)
        if path.startswith("sok/"):
            page.wait_for_selector('#_traffar[aria-busy="false"]')
        assert page.evaluate("window.violations") == [], path


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Här finns {count} sidor. Skriv ett ord, eller välj i listan."),
        ("SNÄCKMODELLEN verktyg finnsinte", "Inga träffar."),
        ("<b>blåjusprojektet</b>", "2 träffar."),
        ("blåjusprojektet", "2 träffar."),
    ],
)
def test_search_from_a_disk_says_what_it_finds(page: Page, handed_over: Path, query: str, said: str) -> None:
    page.goto((handed_over / "webbplats" / "sok" / "index.html").as_uri())
    page.locator("#_sokord").fill(query)
    page.get_by_role("button", name="Sök").click()
    every = json.loads((handed_over / "webbplats" / "api" / "v1" / "alla.json").read_text("utf-8"))
    expect(page.get_by_role("status")).to_have_text(said.replace("{count}", str(every["count"])))
    expect(page.locator("#_sokord")).to_have_value(query)
    expect(page.locator("#_utan-skript")).to_contain_text("Sidan är öppnad som en fil")


def test_form_from_a_disk_says_why_it_is_not_there(page: Page, handed_over: Path) -> None:
    page.goto((handed_over / "webbplats" / "bidra" / "exempel" / "index.html").as_uri())
    expect(page.locator("#_utan-skript > p").first).to_contain_text("öppnad som en fil")
    expect(page.locator("#_formular")).to_be_hidden()


def test_form_is_there_on_the_web(page: Page, portal: str) -> None:
    page.goto(f"{portal}bidra/exempel/index.html")
    expect(page.locator("#_formular")).to_be_visible()


@pytest.mark.parametrize("path", ["index.html", "lan/index.html"])
def test_axe_finds_nothing(page: Page, portal: str, axe: str, path: str) -> None:
    page.goto(f"{portal}{path}")
    assert found_by_axe(page, axe) == []
