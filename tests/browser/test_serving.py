"""The live preview in a browser: the page follows what is saved, and a fault lies over it until it is mended."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import tools
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from previewing import Previewing, previewing
from sites_support import get, need, own_day, replace, script, until
from support import REPOSITORY

OWN: Final = ("examples", "methods", "news", "activities", "schema", "docs", "overrides")
EXAMPLE: Final = "examples/karp-malmo-stad.md"
PATH: Final = "/exempel/karp-malmo-stad/"
HOSTILE: Final = "</pre><img src=x onerror=alert(1)><script>alert(1)</script>"


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own content, in a folder of its own host."""
    place = tmp_path_factory.mktemp("preview") / "bank"
    for name in OWN:
        shutil.copytree(REPOSITORY / name, place / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", place)
    replace(
        place / "mkdocs.yml",
        "kunskapsbanken.example/\nsite_desc",
        "kunskapsbanken.example/lan/bank/\nsite_desc",
    )
    return place


@pytest.fixture(scope="module")
def preview(bank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewing]:
    with previewing(bank, tmp_path_factory.mktemp("said") / "said.txt", environment=own_day()) as running:
        running.address += "/lan/bank"
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 900, "height": 500}, locale="sv-SE")
    yield made
    made.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the pages complained of."""
    return []


@pytest.fixture
def page(context: BrowserContext, complaints: list[str], preview: Previewing) -> Page:
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.goto(preview.address + PATH)
    return opened


@pytest.fixture(autouse=True)
def whole(bank: Path) -> Iterator[None]:
    """Every test leaves the files as they were."""
    text = (bank / EXAMPLE).read_text("utf-8")
    yield
    (bank / EXAMPLE).write_text(text, "utf-8")


def overlay_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Innehållet har fel")


def break_it(bank: Path) -> str:
    """Makes the record faulty; gives the report of `check`."""
    replace(bank / EXAMPLE, "focus_areas: [rekrytering", f"focus_areas: ['{HOSTILE}', rekryterng")
    said = script("check", "--source", str(bank), environment=own_day()).stdout
    return re.split(r"^\d+ poster", said, flags=re.MULTILINE)[0]


def test_a_saved_record_is_seen_where_one_was(bank: Path, page: Page, complaints: list[str]) -> None:
    page.evaluate("window.scrollTo(0, 700)")
    page.evaluate("window.before = true")
    replace(bank / EXAMPLE, "title: ", "title: Nya ")
    expect(page.locator("h1")).to_contain_text("Nya KARP")
    assert page.evaluate("window.before") is None
    until(page, "Math.abs(window.scrollY - 700) < 2")
    expect(page.locator("#_forhandsvisning")).to_have_count(0)
    assert complaints == []


def test_a_fault_lies_over_the_page_in_the_words_of_check_and_goes_by_itself(
    bank: Path, page: Page, complaints: list[str]
) -> None:
    report = break_it(bank)
    overlay = overlay_of(page)
    expect(overlay.locator("pre")).to_have_text(re.compile(r"2 fel i 1 fil"))
    told = overlay.locator("pre").text_content() or ""
    assert told.startswith(report)
    assert told.count("\n") == report.count("\n") + 1  # the last line says what to run
    assert "^^^" in report
    assert HOSTILE in report
    expect(overlay.locator("img, script")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("KARP")
    replace(bank / EXAMPLE, f"focus_areas: ['{HOSTILE}', rekryterng", "focus_areas: [rekrytering")
    expect(overlay).to_have_count(0)
    assert complaints == []


def test_the_overlay_takes_no_focus_and_is_closed_by_keyboard_or_mouse(bank: Path, page: Page) -> None:
    field = page.get_by_role("searchbox")
    field.fill("mitt i")
    break_it(bank)
    overlay = overlay_of(page)
    expect(overlay).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Innehållet har fel")
    expect(field).to_be_focused()
    assert field.input_value() == "mitt i"
    overlay.get_by_role("button", name="Stäng").click()
    expect(overlay).to_have_count(0)
    expect(field).to_be_focused()
    page.reload()
    expect(overlay).to_be_visible()
    page.keyboard.press("Tab")
    expect(overlay.get_by_role("button")).to_be_focused()
    page.keyboard.press("Tab")
    expect(overlay.locator("pre")).to_be_focused()
    page.keyboard.press("Escape")
    expect(overlay).to_have_count(0)


ASK_AXE: Final = """
axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.flatMap(
    rule => rule.nodes.map(node => [rule.id, node.html])))
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_overlay(scheme: str, bank: Path, page: Page) -> None:
    axe = need(tools.axe(), "axe-core").read_text("utf-8")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    break_it(bank)
    expect(overlay_of(page)).to_be_visible()
    page.evaluate(axe)
    assert page.evaluate(ASK_AXE) == []


def test_many_tabs_follow(bank: Path, page: Page, context: BrowserContext, preview: Previewing) -> None:
    """More than a browser keeps connections to one server."""
    tabs = [page]
    for _ in range(8):
        tabs.append(context.new_page())
        tabs[-1].goto(preview.address + PATH)
    replace(bank / EXAMPLE, "title: ", "title: Nya ")
    for tab in tabs:
        expect(tab.locator("h1")).to_contain_text("Nya KARP")


def test_the_page_of_a_record_that_goes_and_comes_back(bank: Path, page: Page) -> None:
    """The page for what is missing follows too, in the folder that the site lies in."""
    other = bank / "news/2007-09-09-prov.md"
    news = next(file for file in sorted((bank / "news").iterdir()))
    page.goto(page.url.replace(PATH, "/nyheter/prov/"))
    expect(page.locator("h1")).to_have_text("Sidan finns inte")
    other.write_text(re.sub(r"(?m)^(date): .*$", r"\1: 2007-09-09", news.read_text("utf-8")), "utf-8")
    expect(page.locator("h1")).not_to_have_text("Sidan finns inte")
    other.unlink()
    expect(page.locator("h1")).to_have_text("Sidan finns inte")
    page.locator("main").get_by_role("link", name="Metoder").click()
    expect(page.locator("h1")).to_have_text("Metoder")


def test_a_tab_finds_the_preview_again_after_a_new_start(
    bank: Path, context: BrowserContext, tmp_path: Path
) -> None:
    broken = (bank / EXAMPLE).read_text("utf-8")
    with previewing(bank, tmp_path / "said.txt", environment=own_day()) as first:
        port = first.address.rpartition(":")[2]
        tab = context.new_page()
        tab.goto(f"{first.address}/lan/bank{PATH}")
        expect(tab.locator("h1")).to_contain_text("KARP")
        first.interrupt()
    (bank / EXAMPLE).write_text("---\ntitle: [\n---\n", "utf-8")
    with previewing(bank, tmp_path / "said.txt", "--port", port, environment=own_day()) as second:
        expect(tab.locator("h1")).to_have_text("Innehållet har fel", timeout=60_000)
        expect(tab.locator("pre")).to_contain_text(EXAMPLE)
        assert get(second.address + "/")[0] == 503
        (bank / EXAMPLE).write_text(broken, "utf-8")
        expect(tab.locator("h1")).to_contain_text("KARP")
