"""The survey in a browser: its faults lead to their fields, its answers become a file that `check` accepts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from making import context, dictionary, names
from playwright.sync_api import Browser, Page, expect
from sites_support import serving

from kunskapsbank.checks.run import examine_text

PAGE: Final = "uppfoljning/enkat/"
CHECK: Final = "Kontrollera det som är ifyllt"
PLANNED: Final = "answers.rekrytering.planned"


@pytest.fixture(scope="module")
def address(own_site: Path) -> Iterator[str]:
    with serving(own_site) as served:
        yield served


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The survey, in a page that fails the test for any error that it meets."""
    opened = browser.new_context(locale="sv-SE").new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
    opened.goto(f"{address}/{PAGE}")
    opened.locator("#_formular:not([hidden])").wait_for()
    yield opened
    opened.context.close()
    assert errors == []


def test_what_is_missing_leads_to_its_field(page: Page) -> None:
    page.get_by_role("button", name=CHECK).click()
    links = page.locator("#_rapport-lista a")
    expect(links).to_have_count(3)
    links.nth(1).click()
    focused = page.evaluate("document.activeElement.name")
    assert focused == "answers.helheten.general.0.text"
    expect(page.locator(f'[name="{focused}"]')).to_be_visible()


def test_answers_become_a_file_to_send(page: Page) -> None:
    page.locator("[name=respondent]").fill("Samordnaren i Dalarnas län")
    page.locator("[name=title]").fill("Svar på enkäten från Dalarna 2026")
    page.locator("[name=counties][value=dalarna]").check()
    page.get_by_role("group", name="Frågor, tema för tema").locator("summary").nth(10).click()
    page.locator(f'[name="{PLANNED}.0.text"]').fill("Vi ska pröva avidentifierade ansökningar.")
    page.locator(f'[name="{PLANNED}.0.due"]').fill("2027-02-31")
    page.get_by_role("button", name=CHECK).click()
    expect(page.locator("#_rapport-lista li")).to_have_count(1)
    page.locator(f'[name="{PLANNED}.0.due"]').fill("2027-vår")
    page.locator(f'[data-control="{PLANNED}"] [data-add]').click()
    page.locator(f'[name="{PLANNED}.1.text"]').fill('Vi ska fråga: "vilka söker inte hos oss?"')
    page.get_by_role("button", name=CHECK).click()
    expect(page.locator("#_fil-namn")).to_have_text("findings/svar-pa-enkaten-fran-dalarna-2026.yml")
    text = page.locator("#_fil-text").text_content() or ""
    found = examine_text(text, "findings/prov.yml", dictionary().types["finding"], context())
    assert set(names(found.problems)) <= {"future-date"}  # the browser's day is later than the tests' own
    assert found.readable
    assert "due: 2027-vår" in text
    expect(page.locator("#_mottagare")).to_have_text("Samordnaren i Dalarnas län")
    assert (page.locator("#_med-epost").get_attribute("href") or "").startswith("mailto:dalarna@")


def test_without_the_script_there_is_a_file_to_fill_in(browser: Browser, address: str) -> None:
    opened = browser.new_context(java_script_enabled=False).new_page()
    opened.goto(f"{address}/{PAGE}")
    link = opened.get_by_role("link", name="Ladda ner mallen för iakttagelser")
    assert (link.get_attribute("href") or "").endswith("bidra/mallar/iakttagelser.yml")
    opened.context.close()
