"""Tools used from the first question to the report, the saved file and back, and everything that can go wrong."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Dialog, Download, Locator, Page, expect
from portal import HOME, Hosts
from portal import opened as opened_on_portal
from sites_support import WATCH, found_by_axe, until

CHECKLIST: Final = "fair-termometern"
MATURITY: Final = "vervas-uppfoljningsmodell"
PLANNER: Final = "snackmodellen"

OPEN, COMPARE = "#_oppna", "#_jamfor"
"""The fields for files, which buttons open."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="sv-SE", viewport={"width": 1000, "height": 900}, accept_downloads=True)
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


def opened(page: Page, address: str, tool: str) -> None:
    page.goto(f"{address}/metoder/{tool}/verktyg/")
    page.wait_for_selector(".tool-form.working")


def part(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Verktygets delar").get_by_role("button", name=name).click()


def all_at_once(page: Page) -> None:
    page.get_by_label("Alla på en gång").check()


def answer(page: Page, values: list[str]) -> None:
    """Answers every question, taking the values in turn."""
    page.evaluate(
        """values => [...document.querySelectorAll('.question')].forEach((question, number) => {
            const input = question.querySelector(`input[name^="a."][value="${values[number % values.length]}"]`);
            input.checked = true;
            input.dispatchEvent(new Event('change', { bubbles: true }));
        })""",
        values,
    )


def result(page: Page) -> Locator:
    part(page, "Resultat")
    return page.locator("#_resultat")


def saved(page: Page, button: str) -> tuple[str, bytes]:
    part(page, "Spara och dela")
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    return named(download.value)


def named(download: Download) -> tuple[str, bytes]:
    return download.suggested_filename, Path(download.path()).read_bytes()


def give(page: Page, field: str, content: bytes | str | Path) -> None:
    """A large one had better be a file: bytes go to the browser as text."""
    part(page, "Spara och dela")
    if isinstance(content, Path):
        page.locator(field).set_input_files(content)
        return
    buffer = content.encode() if isinstance(content, str) else content
    page.locator(field).set_input_files(
        {"name": "fil.json", "mimeType": "application/json", "buffer": buffer}
    )


def says(page: Page, words: str) -> None:
    expect(page.locator("#_besked")).to_contain_text(words)


# From the first question to the report


def test_the_checklist_from_the_first_statement_to_the_reopened_file(page: Page, address: str) -> None:
    opened(page, address, CHECKLIST)
    expect(page.locator("#_panel")).to_contain_text("0 av 30 besvarade.")
    page.get_by_role("group", name="1. Vi skriver ned").get_by_label("Delvis").check()
    expect(page.get_by_role("group", name="1. Vi skriver ned")).to_contain_text(
        "Bestäm att ingen rekrytering startar utan"
    )
    page.get_by_role("group", name="1. Vi skriver ned").get_by_label("Anteckning").fill(
        "Se <b>planen</b> & 'mallen'"
    )
    page.get_by_role("button", name="Nästa", exact=True).click()
    assert page.evaluate("document.activeElement.textContent") == "Kravprofil"
    page.get_by_role("button", name="Föregående").click()
    expect(page.get_by_label("Anteckning").first).to_have_value("Se <b>planen</b> & 'mallen'")
    answer(page, ["nej", "delvis", "ja", "ej-tillampligt"])
    shown = result(page)
    expect(shown.get_by_role("status")).to_contain_text("procent: ")
    expect(shown.locator(".thermometer")).to_be_visible()
    rows = shown.get_by_role("table", name="Resultat för varje del").get_by_role("row")
    expect(rows).to_have_count(8)
    expect(shown.locator(".next li")).to_have_count(5)
    first = shown.locator(".next li").first
    advice = first.locator("p").first.inner_text()
    first.get_by_role("button").click()
    part(page, "Åtgärder")
    expect(page.get_by_label("Åtgärd", exact=True)).to_have_value(advice)
    page.get_by_label("Ansvarig funktion").fill("HR")
    page.get_by_label("Klart", exact=True).fill("2027-03-14")
    page.get_by_label("Följs upp", exact=True).fill("2027-06-01")
    name, content = saved(page, "Spara till en fil")
    assert name.startswith(f"{CHECKLIST}-")
    before = page.locator("#_sammanfattning").text_content()
    opened(page, address, CHECKLIST)
    give(page, OPEN, content)
    says(page, "Öppnad, sparad ")
    expect(page.locator("#_sammanfattning")).to_have_text(before or "")
    part(page, "Behovsanalys")
    expect(page.get_by_label("Anteckning").first).to_have_value("Se <b>planen</b> & 'mallen'")
    part(page, "Åtgärder")
    expect(page.get_by_label("Ansvarig funktion")).to_have_value("HR")
    assert saved(page, "Spara till en fil")[1].split(b'"answers"')[1] == content.split(b'"answers"')[1]


def test_the_maturity_model_shows_where_one_stands_and_wants_to_stand(page: Page, address: str) -> None:
    opened(page, address, MATURITY)
    answer(page, ["1", "3", "5"])
    page.locator('input[name="w.mal"][value="5"]').evaluate("i => i.click()")
    shown = result(page)
    expect(shown.get_by_role("status")).to_contain_text("delar vill ni högre än ni står i dag.")
    expect(shown.locator(".bars rect.now")).to_have_count(11)
    expect(shown.locator(".bars rect.wanted")).to_have_count(11)
    row = shown.get_by_role("row", name="Mål")
    expect(row).to_contain_text("1. Inte påbörjat")
    expect(row).to_contain_text("5. Självklart")
    expect(shown.locator(".next li").first).to_contain_text("Mål")
    _, then = saved(page, "Spara till en fil")
    answer(page, ["2", "4", "5"])
    give(page, COMPARE, then)
    compared = page.locator(".comparison")
    expect(compared.get_by_role("heading")).to_contain_text("och nu")
    expect(compared.locator("rect.then")).to_have_count(11)
    expect(compared.get_by_role("row", name="Mål")).to_contain_text("2. Enstaka försök")


def test_the_planner_carries_what_is_written_on_and_ends_in_a_plan(page: Page, address: str) -> None:
    opened(page, address, PLANNER)
    page.get_by_label("Vad ska verksamheten klara de närmaste åren?").fill("Ge god service åt alla.")
    page.get_by_role("button", name="Nästa", exact=True).click()
    expect(page.locator(".part.now .before")).to_contain_text("Ge god service åt alla.")
    part(page, "Mål")
    for goal in ("Fler ska söka", "Fler ska stanna"):
        page.get_by_role("button", name="Lägg till ett mål").click()
        page.keyboard.type(goal)
    part(page, "Åtgärder")
    for action, goal in (("Ny kanal", "Fler ska söka"), ("Fika", "")):
        page.get_by_role("button", name="Lägg till en åtgärd").click()
        page.keyboard.type(action)
        if goal:
            page.get_by_label("Till målet").last.select_option(label=goal)
    shown = result(page)
    expect(shown.get_by_role("status")).to_have_text("2 mål och 2 åtgärder. 3 saker att se över.")
    for words in (
        "Målet ”Fler ska stanna” har ingen åtgärd.",
        "Målet ”Fler ska söka” har ingen uppföljning.",
        "Åtgärden ”Fika” hör inte till något mål.",
    ):
        expect(shown.locator(".next")).to_contain_text(words)
    part(page, "Uppföljning")
    page.get_by_role("group", name="Fler ska söka").get_by_label("Det här har förändrats").focus()
    page.keyboard.type("Tio ")
    expect(page.locator("#_resultat")).to_contain_text("Tio")
    page.keyboard.type("fler sökande")
    expect(result(page).get_by_role("table", name="Planen")).to_contain_text("Tio fler sökande")
    _, content = saved(page, "Spara till en fil")
    opened(page, address, PLANNER)
    give(page, OPEN, content)
    expect(result(page).get_by_role("table", name="Planen")).to_contain_text("Tio fler sökande")
    expect(shown.locator(".next")).not_to_contain_text("Målet ”Fler ska söka”")


@pytest.mark.parametrize(("tool", "answers"), [(CHECKLIST, 30), (MATURITY, 11), (PLANNER, 0)])
def test_the_report_on_paper_has_what_was_answered_and_no_buttons(
    page: Page, address: str, tool: str, answers: int
) -> None:
    opened(page, address, tool)
    if answers:
        page.locator(".note-field textarea").first.fill("Se planen.\n" * 20)
        answer(page, ["ja", "nej"] if tool == CHECKLIST else ["2", "4"])
    else:
        page.locator(".part.now textarea").first.fill("Ge god service åt alla.")
        part(page, "Mål")
        page.get_by_role("button", name="Lägg till ett mål").click()
        page.keyboard.type("Fler ska söka")
    part(page, "Åtgärder")
    page.get_by_role("button", name="Lägg till en åtgärd").click()
    page.keyboard.type("Ny kanal")
    expect(page.locator("#_sammanfattning")).not_to_contain_text("än, så")
    page.emulate_media(media="print")
    expect(page.locator("#_resultat")).to_be_visible()
    for hidden in ("#_panel", "#_spara", ".turn", ".rows button >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    assert page.locator(".answers:not(.wanted) li:visible").count() == answers
    notes = page.locator(".note-field textarea")
    assert [notes.nth(n).is_visible() for n in range(min(notes.count(), 3))] == [True, False, False][
        : notes.count()
    ]
    assert not notes.count() or notes.first.evaluate("field => field.scrollHeight <= field.clientHeight + 2")
    expect(page.locator(".tool-about")).to_contain_text("inget intyg")
    expect(page.locator(".tool-about")).to_be_visible()
    shown = page.locator(".tool-form").inner_text()
    assert "Ge god service" in shown or answers
    assert page.locator(".rows textarea:visible").count() >= 1


def test_the_actions_are_taken_along_as_a_table_and_a_calendar(page: Page, address: str) -> None:
    opened(page, address, MATURITY)
    part(page, "Åtgärder")
    page.get_by_role("button", name="Lägg till en åtgärd").click()
    page.keyboard.type('=1+1; "Åt alla"')
    page.get_by_label("Klart", exact=True).fill("2027-03-14")
    page.get_by_label("Följs upp", exact=True).fill("2027-06-01")
    _, table = saved(page, "Åtgärderna som tabell (CSV)")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["Åtgärd", "Ansvarig funktion", "Klart", "Följs upp"],
        ['\'=1+1; "Åt alla"', "", "2027-03-14", "2027-06-01"],
    ]
    _, calendar = saved(page, "Dagarna som kalender (ICS)")
    events = [one for one in Calendar.from_ical(calendar).walk() if one.name == "VEVENT"]
    assert [str(event["SUMMARY"]) for event in events] == [
        'Klart: =1+1; "Åt alla"',
        'Följ upp: =1+1; "Åt alla"',
    ]


def test_the_buttons_open_the_fields_for_files(page: Page, address: str) -> None:
    opened(page, address, MATURITY)
    part(page, "Spara och dela")
    for name in ("Öppna en sparad fil", "Jämför med en sparad fil"):
        with page.expect_file_chooser():
            page.get_by_role("button", name=name).click()


def test_nothing_to_take_along_is_told(page: Page, address: str) -> None:
    opened(page, address, MATURITY)
    part(page, "Spara och dela")
    page.get_by_role("button", name="Åtgärderna som tabell (CSV)").click()
    says(page, "Det finns inga åtgärder än.")
    page.get_by_role("button", name="Dagarna som kalender (ICS)").click()
    says(page, "Ingen åtgärd har någon dag än.")


# Bad input


LARGE: Final = "10 MB"
HOSTILE: Final = "</textarea><img src=x onerror=window.hit=1><script>window.hit=1</script>"
RIGHT: Final = {"format": "kunskapsbanken-verktyg", "version": 1, "tool": CHECKLIST, "title": "FAIR", "saved": "2026-01-02T03:04:05Z"}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (json.dumps({**RIGHT, "answers": {"behov-uppgifter": "ja"}})[:90], "kan vara avbruten"),
        (json.dumps({**RIGHT, "tool": PLANNER, "title": HOSTILE}), "hör till ett annat verktyg"),
        (json.dumps({**RIGHT, "version": 99}), "en senare version"),
        (LARGE, "för stor"),
        (b"\xff\xfe\x00PNG", "kan vara avbruten"),
    ],
    ids=["cut in half", "another tool", "newer", "10 MB", "no text"],
)
def test_a_file_that_cant_be_opened_leaves_the_answers_as_they_are(
    page: Page, address: str, content: bytes | str, words: str, tmp_path: Path
) -> None:
    opened(page, address, CHECKLIST)
    answer(page, ["ja"])
    if content == LARGE:
        (tmp_path / "stor.json").write_bytes(b" " * 10_000_000)
    for field in (OPEN, COMPARE):
        give(page, field, tmp_path / "stor.json" if content == LARGE else content)
        says(page, words)
        says(page, "Det ni har fyllt i är orört.")
    expect(result(page).get_by_role("status")).to_contain_text("100 procent")
    assert page.evaluate("window.hit") is None


def test_what_an_older_file_has_no_place_for_is_left_out_and_told(page: Page, address: str) -> None:
    old = {**RIGHT, "answers": {"behov-uppgifter": "ja", "finns-inte": "ja", "behov-framtid": "kanske"}, "notes": {"behov-uppgifter": HOSTILE}, "actions": [{"action": HOSTILE, "onclick": "x"}, 7, None]}  # fmt: skip
    opened(page, address, CHECKLIST)
    give(page, OPEN, json.dumps(old))
    says(page, "Öppnad, sparad 2026-01-02. 2 svar hör till frågor som inte längre finns")
    part(page, "Behovsanalys")
    expect(page.get_by_label("Anteckning").first).to_have_value(HOSTILE)
    part(page, "Åtgärder")
    expect(page.get_by_label("Åtgärd", exact=True)).to_have_value(HOSTILE)
    result(page)
    assert page.evaluate("window.hit") is None
    assert page.locator(".tool img").count() == 0


def test_nothing_that_counts_gives_a_sentence(page: Page, address: str) -> None:
    opened(page, address, CHECKLIST)
    expect(result(page).get_by_role("status")).to_have_text(
        "Inget är besvarat än, så det finns inget resultat."
    )
    answer(page, ["ej-tillampligt"])
    expect(page.locator("#_sammanfattning")).to_have_text(
        "Alla svar är ”ej tillämpligt”, så det finns inget att räkna."
    )
    expect(page.locator(".thermometer")).to_have_count(0)


def test_leaving_with_what_is_not_saved_warns_once(page: Page, address: str) -> None:
    asked: list[str] = []

    def let_go(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", let_go)
    opened(page, address, CHECKLIST)
    page.goto(f"{address}/om/")
    assert asked == []
    opened(page, address, CHECKLIST)
    page.get_by_role("group", name="1. Vi skriver ned").get_by_label("Ja", exact=True).check()
    page.goto(f"{address}/om/")
    assert asked == ["beforeunload"]
    opened(page, address, CHECKLIST)
    page.get_by_role("group", name="1. Vi skriver ned").get_by_label("Ja", exact=True).check()
    saved(page, "Spara till en fil")
    page.goto(f"{address}/om/")
    assert asked == ["beforeunload"]


# What is kept


def test_nothing_is_kept_or_sent_before_it_is_asked_for_and_it_can_be_removed(
    page: Page, address: str
) -> None:
    asked: list[str] = []
    opened(page, address, CHECKLIST)
    page.on("request", lambda request: asked.append(request.url))
    answer(page, ["ja"])
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    part(page, "Spara och dela")
    page.get_by_role("button", name="Spara i den här webbläsaren").click()
    says(page, "Sparat i den här webbläsaren.")
    assert page.evaluate("Object.keys(localStorage)") == [f"kunskapsbanken-verktyg:{CHECKLIST}"]
    assert asked == []
    opened(page, address, CHECKLIST)
    says(page, "Det finns svar som är sparade i den här webbläsaren.")
    expect(page.locator("#_panel")).to_contain_text("0 av 30")
    part(page, "Spara och dela")
    page.get_by_role("button", name="Öppna det som är sparat").click()
    expect(page.locator("#_panel")).to_contain_text("30 av 30")
    page.get_by_role("button", name="Ta bort det som är sparat").click()
    says(page, "borttaget")
    assert page.evaluate("localStorage.length") == 0
    expect(page.get_by_role("button", name="Öppna det som är sparat")).to_have_count(0)


def test_what_is_kept_can_be_spoilt_by_others(page: Page, address: str) -> None:
    opened(page, address, CHECKLIST)
    page.evaluate(f"localStorage.setItem('kunskapsbanken-verktyg:{CHECKLIST}', '{{')")
    opened(page, address, CHECKLIST)
    part(page, "Spara och dela")
    page.get_by_role("button", name="Öppna det som är sparat").click()
    says(page, "kan vara avbruten")


# For everybody


def test_with_the_keyboard_alone(page: Page, address: str) -> None:
    opened(page, address, CHECKLIST)
    page.get_by_label("Nej").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator('input[name="a.behov-uppgifter"][value="ja"]')).to_be_checked()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Nästa":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Kravprofil"


def test_a_workshop_shows_one_question_at_a_time_and_arrows_turn(page: Page, address: str) -> None:
    opened(page, address, CHECKLIST)
    page.get_by_label("Workshop").check()
    questions = page.locator(".question:visible")
    expect(questions).to_have_count(1)
    page.get_by_label("Nej").locator("visible=true").focus()
    page.keyboard.press("ArrowRight")
    expect(questions).to_contain_text("2. Vi frågar oss")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(questions).to_contain_text("2. Vi frågar oss")
    assert (
        page.locator(".question:visible legend").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        > 24
    )
    page.locator(".question:visible textarea").focus()
    page.keyboard.press("ArrowRight")
    expect(questions).to_contain_text("2. Vi frågar oss")


@pytest.mark.parametrize("tool", [CHECKLIST, MATURITY, PLANNER])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(
    browser: Browser, address: str, axe: str, tool: str, scheme: Any
) -> None:
    context = browser.new_context(locale="sv-SE", color_scheme=scheme, viewport={"width": 320, "height": 800})
    page = context.new_page()
    opened(page, address, tool)
    if tool != PLANNER:
        answer(page, ["nej", "ja"] if tool == CHECKLIST else ["1", "4"])
    found = found_by_axe(page, axe)
    all_at_once(page)
    for name in ("Lägg till ett mål", "Lägg till en åtgärd"):
        for button in page.get_by_role("button", name=name).all():
            button.click()
            page.keyboard.type("Ord")
    until(page, "document.querySelector('#_sammanfattning').textContent !== ''")
    found += found_by_axe(page, axe)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_label("Workshop").check()
    found += found_by_axe(page, axe)
    context.close()
    assert found == []


def test_a_tool_is_used_in_somebody_elses_page(hosts: Hosts, browser: Browser) -> None:
    """In the frame that the builder makes a code for, under a strict policy, with what is taken along."""
    context = opened_on_portal(browser, viewport={"width": 800, "height": 700}, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{hosts.site}badda-in/?post=metoder/fair-termometern/verktyg&steg=3")
    until(page, "document.querySelector('#_kod').value !== ''")
    code = page.locator("#_kod").input_value()
    html = (
        f'<!doctype html><html lang="sv"><meta charset="utf-8"><title>P</title><main><h1>R</h1>{code}</main>'
    )
    page.goto(
        hosts.lay(
            html.replace(HOME, hosts.site),
            hosts.strict.replace("default-src", "style-src 'unsafe-inline'; default-src"),
        )
    )
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("heading", name="FAIR-termometern")).to_be_visible()
    inside.get_by_role("group", name="1. Vi skriver ned").get_by_label("Ja", exact=True).check()
    inside.get_by_role("navigation", name="Verktygets delar").get_by_role("button", name="Resultat").click()
    expect(inside.get_by_role("status").first).to_contain_text("100 procent: Varmt.")
    until(page, "document.querySelector('iframe').clientHeight > 601")
    inside.get_by_role("button", name="Spara och dela").click()
    with page.expect_download() as download:
        inside.get_by_role("button", name="Spara till en fil").click()
    assert json.loads(named(download.value)[1])["answers"] == {"behov-uppgifter": "ja"}
    context.close()
