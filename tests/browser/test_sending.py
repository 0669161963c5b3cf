"""The contributors' forms in a browser: from an experience to a file that the checks accept, and out of the page."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect
from sites_support import WATCH, found_by_axe
from support import REPOSITORY

from kunskapsbank import cli

FOLDERS: Final = ("examples", "methods", "activities", "news", "schema", "docs")
CHECK: Final = "Kontrollera det som är ifyllt"
IDENTITY_NUMBER: Final = "811218-9876"
"""Made up; the tax agency shows it as an example."""


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Holds every page in it to having asked nobody else, stored nothing and broken no policy."""
    context = browser.new_context(locale="sv-SE", accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    context.add_init_script(WATCH)
    context.set_default_timeout(10_000)
    asked: set[str] = set()
    methods: set[str] = set()
    context.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    context.on("request", lambda request: methods.add(request.method))
    yield context
    for page in context.pages:
        stored = "[document.cookie, localStorage.length, sessionStorage.length, window.violations]"
        assert page.evaluate(stored) == ["", 0, 0, []]
    context.close()
    assert asked <= {urlsplit(address).netloc, ""}
    assert methods <= {"GET"}


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []


def form(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/bidra/{name}/")
    page.wait_for_selector("#_formular:not([hidden])")


def write(page: Page, **values: str) -> None:
    """Fills in fields by their names in the record, with two underscores for a dot."""
    for name, text in values.items():
        page.locator(f'[name="{name.replace("__", ".")}"]').first.fill(text)


def choose(page: Page, label: str, *words: str) -> None:
    group = page.get_by_role("group", name=re.compile(rf"^{label} \("))
    for word in words:
        group.get_by_label(word, exact=True).check()


def fill_source(page: Page) -> None:
    choose(page, "Dokument", "Organisationens egen beskrivning, inskickad till Kunskapsbanken")
    write(page, sources__0__section="HR-avdelningen")


def fill_example(page: Page) -> None:
    write(
        page,
        title="Språkkafé: ett prov på kontoret",
        summary="Chefer och medarbetare övade på klarspråk\ntillsammans en gång i månaden.",
        partners="Ålsta folkhögskola\nABF, Falun",
        period__from="2006-höst",
        target_group="Chefer och medarbetare",
        section__goals="Alla skulle förstå breven.",
        section__actions="- Ett kafé i månaden\n- En ordlista\n\nVi bjöd på kaffe.",
        section__lessons="Börja i liten skala.",
    )
    choose(page, "Län", "Skåne", "Dalarna")
    choose(page, "Fokusområde", "Rekrytering")
    choose(page, "Typ av insats", "Utbildning")
    choose(page, "Läge", "Pågår")
    choose(page, "Kontakt", "Samordnaren i Skåne län")
    fill_source(page)


def fill_method(page: Page) -> None:
    write(
        page,
        title="Frågelådan",
        summary="En låda där alla kan lämna frågor, som besvaras öppet varje vecka.",
        section__what="En låda för frågor till ledningen.",
        section__steps="1. Ställ fram lådan.\n2. Svara varje vecka.",
    )
    choose(page, "Typ av metod", "Planering och styrning")
    choose(page, "Fokusområde", "Process", "Medborgarperspektiv")
    fill_source(page)


def fill_activity(page: Page) -> None:
    write(
        page,
        title="Seminarium om bemötande",
        summary="En halvdag om bemötande för alla som tar emot besökare på kontoret.",
        date="2007-03-14",
        section="Vi talade om hur vi tar emot dem som söker oss.",
    )
    choose(page, "Typ av aktivitet", "Seminarium")
    choose(page, "Läge", "Genomfört")
    choose(page, "Fokusområde", "Medborgarperspektiv")
    choose(page, "Utvärderad", "Nej")
    page.locator('[data-control="participants"]').get_by_label("Inte känt").check()
    fill_source(page)


def fill_news(page: Page) -> None:
    write(
        page,
        title="Nätverket växer",
        summary="Tre myndigheter till är med i nätverket från och med i höst.",
        date="2007-höst",
        section="Tre myndigheter till är med.\n\n## Så gick det till\n\nDe hörde av sig.",
    )
    fill_source(page)


FORMS: Final[dict[str, Callable[[Page], None]]] = {
    "exempel": fill_example,
    "metod": fill_method,
    "aktivitet": fill_activity,
    "nyhet": fill_news,
}


def check(page: Page) -> None:
    page.get_by_role("button", name=CHECK).click()


def made(page: Page) -> tuple[str, str]:
    """The name and the text of the file that the form has made."""
    expect(page.locator("#_fil")).to_be_visible()
    name = page.locator("#_fil-namn").text_content()
    text = page.locator("#_fil-text").text_content()
    assert name
    assert text
    return name, text


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the content and what it is checked by, to put files in."""
    place = tmp_path_factory.mktemp("bank")
    for folder in FOLDERS:
        shutil.copytree(REPOSITORY / folder, place / folder)
    shutil.copy(REPOSITORY / "mkdocs.yml", place)
    return place


@pytest.mark.parametrize("name", FORMS)
def test_what_is_filled_in_becomes_a_file_that_the_checks_accept(
    name: str, page: Page, address: str, bank: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form(page, address, name)
    FORMS[name](page)
    check(page)
    path, text = made(page)
    (bank / path).write_text(text, "utf-8")
    try:
        assert cli.main(["check", path, "--strict", "--source", str(bank)], _today(page)) == 0
    finally:
        (bank / path).unlink()
    assert "Inga fel och inga varningar." in capsys.readouterr().out


def _today(page: Page) -> dict[str, str]:
    """The browser's day, since the file says when it was written."""
    return {"SOURCE_DATE_EPOCH": str(page.evaluate("Math.floor(Date.now() / 1000)"))}


def test_the_ways_to_send_carry_the_file(page: Page, address: str) -> None:
    form(page, address, "exempel")
    fill_example(page)
    check(page)
    expect(page.locator("#_fil")).to_be_focused()
    name, text = made(page)
    host = page.get_by_role("link", name="Öppna GitLab med filen ifylld").get_attribute("href")
    assert host
    assert parse_qs(urlsplit(host).query) == {"file_name": [name], "content": [text]}
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Ladda ner filen").click()
    assert downloading.value.suggested_filename == name.split("/")[-1]
    assert downloading.value.path().read_text("utf-8") == text
    page.get_by_role("button", name="Kopiera texten").click()
    expect(page.get_by_role("status")).to_have_text("Texten är kopierad.")
    assert page.evaluate("navigator.clipboard.readText()") == text
    expect(page.locator("#_mottagare")).to_have_text("Samordnaren i Dalarnas län")
    expect(page.locator("#_fil-okant")).to_contain_text("Utgångsläge")


def test_a_letter_carries_a_short_file_to_the_coordinator_of_the_county(page: Page, address: str) -> None:
    form(page, address, "nyhet")
    fill_news(page)
    choose(page, "Län", "Skåne")
    check(page)
    name, text = made(page)
    letter = urlsplit(
        page.get_by_role("link", name="Skicka med e-post").get_attribute("href") or "", allow_fragments=False
    )
    said = parse_qs(letter.query)
    assert unquote(letter.path) == "skane@kunskapsbanken.example"
    assert said["subject"] == ["Till Kunskapsbanken: Nätverket växer"]
    assert said["body"] == [f"{name}\n\n{text}".replace("\n", "\r\n")]


def test_a_text_too_long_for_an_address_is_copied_and_the_reader_told(page: Page, address: str) -> None:
    form(page, address, "nyhet")
    fill_news(page)
    page.locator('[name="section"]').fill("Vi sågs och talade länge om det här. " * 250)
    check(page)
    _, text = made(page)
    expect(page.locator("#_kodvard-besked")).to_contain_text("för lång")
    expect(page.locator("#_epost-besked")).to_contain_text("för lång")
    host = page.locator("#_till-kodvard")
    assert len(host.get_attribute("href") or "") < 1000
    host.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
    host.click()
    expect(page.get_by_role("status")).to_contain_text("kopierad")
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_what_is_missing_is_listed_and_leads_there_and_goes_when_it_is_mended(
    page: Page, address: str
) -> None:
    form(page, address, "exempel")
    check(page)
    report = page.locator("#_rapport")
    expect(report).to_be_focused()
    expect(report.get_by_role("heading")).to_have_text("6 saker att rätta")
    expect(page.locator("#_fil")).to_be_hidden()
    report.get_by_role("link", name="Fältet ”Rubrik” är tomt.").click()
    title = page.locator('[name="title"]')
    expect(title).to_be_focused()
    expect(title).to_have_attribute("aria-invalid", "true")
    page.keyboard.type("Språkkafé")
    expect(title).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#_f-title-fel")).to_be_hidden()
    expect(report.get_by_role("heading")).to_have_text("5 saker att rätta")
    fill_example(page)
    expect(report.get_by_role("heading")).to_have_text("Inget att rätta längre")
    check(page)
    expect(report).to_be_hidden()
    made(page)


def test_a_fault_in_a_list_stays_until_it_is_mended(page: Page, address: str) -> None:
    form(page, address, "exempel")
    fill_example(page)
    page.locator('[name="partners"]').fill("Ålsta folkhögskola\nÅ")
    check(page)
    fault = page.locator("#_f-partners-fel")
    expect(fault).to_be_visible()
    page.locator('[name="title"]').fill("Språkkafé igen")
    expect(fault).to_be_visible()
    page.locator('[name="partners"]').fill("Ålsta folkhögskola")
    expect(fault).to_be_hidden()


def test_an_identity_number_is_caught_before_anything_leaves_the_page(page: Page, address: str) -> None:
    form(page, address, "exempel")
    fill_example(page)
    page.locator('[name="section.lessons"]').fill(f"Ring {IDENTITY_NUMBER}.")
    page.locator('[name="section.lessons"]').blur()
    fault = page.locator("#_f-section-lessons-fel")
    expect(fault).to_contain_text("personnummer")
    assert IDENTITY_NUMBER not in fault.inner_text()
    check(page)
    expect(page.locator("#_fil")).to_be_hidden()
    assert IDENTITY_NUMBER not in page.locator("#_rapport").inner_text()


def test_a_change_after_the_check_takes_the_old_file_away(page: Page, address: str) -> None:
    form(page, address, "nyhet")
    fill_news(page)
    check(page)
    made(page)
    page.locator('[name="title"]').fill("Nätverket växer igen")
    expect(page.locator("#_fil")).to_be_hidden()
    check(page)
    name, _ = made(page)
    assert name == "news/2007-host-natverket-vaxer-igen.md"


def test_counts_follow_the_writing(page: Page, address: str) -> None:
    form(page, address, "exempel")
    page.locator('[name="title"]').fill("Språk")
    expect(page.locator("#_f-title-antal")).to_have_text("5 av högst 100 tecken")
    page.locator('[name="section.goals"]').fill("Vi vill nå fler. " * 30)
    expect(page.locator("#_f-section-goals-antal")).to_have_text("120 ord")
    expect(page.locator("#_lix")).to_have_text("Läsbarhet: LIX 4, mycket lätt att läsa.")


def test_a_further_source_is_added_and_kept(page: Page, address: str) -> None:
    form(page, address, "nyhet")
    fill_news(page)
    page.get_by_role("button", name="Lägg till en till: källa").click()
    second = page.get_by_role("group", name="Källa 2")
    expect(second.locator("input").first).to_be_focused()
    expect(second.locator(":checked")).to_have_count(0)
    second.get_by_label(re.compile("^Regionalt utvecklingsprojekt")).check()
    second.locator('[name="sources.1.section"]').fill("8.6.1")
    check(page)
    _, text = made(page)
    assert "  - document: egen-beskrivning\n    section: HR-avdelningen\n" in text
    assert "  - document: delredovisning-2007\n    section: 8.6.1\n" in text


def test_the_form_works_by_keyboard_alone(page: Page, address: str) -> None:
    form(page, address, "nyhet")
    page.locator("#_innehall").focus()
    keys = page.keyboard
    typed = {
        "title": "Nätverket växer",
        "summary": "Tre myndigheter till är med i nätverket från och med i höst.",
        "date": "2007-03-14",
        "sources.0.section": "Nätverket",
        "section": "Tre myndigheter till är med.",
    }
    for _ in range(60):
        keys.press("Tab")
        name, value, kind = page.evaluate(
            "[document.activeElement.name, document.activeElement.value, document.activeElement.type]"
        )
        if name in typed and not value:
            keys.type(typed[name])
        elif name == "sources.0.document":
            keys.press("Space")
        elif kind == "submit" and name != "q" and "Kontrollera" in page.locator(":focus").inner_text():
            keys.press("Enter")
            break
    made(page)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing_in_any_state(
    width: int, scheme: str, browser: Browser, address: str, axe: str
) -> None:
    """Empty, the form is judged with all pages."""
    with browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="sv-SE",
    ) as context:
        page = context.new_page()
        form(page, address, "exempel")
        page.get_by_role("button", name="Lägg till en till: källa").click()
        check(page)
        assert found_by_axe(page, axe) == []
        page.reload()
        page.wait_for_selector("#_formular:not([hidden])")
        fill_example(page)
        check(page)
        made(page)
        page.get_by_text("Visa filen").click()
        assert found_by_axe(page, axe) == []


@pytest.mark.parametrize("blocked", ["nothing but JavaScript", "main.js", "formular/exempel.json"])
def test_without_the_script_there_is_a_file_to_fill_in_and_the_e_mail_way(
    blocked: str, browser: Browser, address: str
) -> None:
    with browser.new_context(java_script_enabled="Java" not in blocked, locale="sv-SE") as context:
        page = context.new_page()
        page.route(re.compile(re.escape(blocked)), lambda route: route.abort())
        page.goto(f"{address}/bidra/exempel/")
        way = page.locator("#_utan-skript")
        expect(way).to_be_visible()
        if "json" in blocked:
            expect(way).to_contain_text("gick inte att hämta")
        expect(page.locator("#_formular")).to_be_hidden()
        with page.expect_download() as downloading:
            way.get_by_role("link", name="Ladda ner mallen för exempel").click()
        assert downloading.value.path().read_text("utf-8").startswith("---\n# Rubrik.")
        letters = way.locator('a[href^="mailto:"]')
        assert letters.first.get_attribute("href") == "mailto:redaktionen@kunskapsbanken.example"
        expect(letters).to_have_count(6)


def test_leaving_with_something_written_is_asked_about(page: Page, address: str) -> None:
    form(page, address, "nyhet")
    page.locator('[name="title"]').fill("Nätverket")
    page.locator('[name="title"]').blur()
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.evaluate("location.href = '../'")
    page.wait_for_url(f"{address}/bidra/")
    assert asked == ["beforeunload"]
