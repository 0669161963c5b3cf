"""The report as a file: what it says, what it refuses, the tags of its PDF, then and now, and the survey's answers."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pypdf
import pytest
import tools
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import context, dictionary
from pypdf.generic import ArrayObject, DictionaryObject
from selectolax.lexbor import LexborHTMLParser
from sites_support import (
    FAULTY_CONTENT,
    FINE,
    MACHINE_FAILED,
    WRONG_USE,
    need,
    own_day,
)
from support import REFRESH, REPOSITORY, compose

from kunskapsbank import cli
from kunskapsbank.checks.run import examine_text
from kunskapsbank.pages import report_pdf

CONTRACT: Final = REPOSITORY / "tests" / "contracts" / "report-v1.txt"
CHAPTERS: Final = (
    "1 Sammanfattning", "2 Projektets uppläggning", "3 Roller och ansvar", "4 Mål och vad de har lett till",
    "5 Arbetet, tema för tema", "6 Samordning, spridning och uppföljning", "7 Det här saknas",
    "Bilaga 1. Ekonomi", "Bilaga 2. Aktiviteter", "Bilaga 3. Exempel", "Källor",
)  # fmt: skip
KINDS: Final = (
    "Allmänt", "Erfarenheter", "Resultat", "Svårigheter och hinder", "Utvecklingsområden", "Insatser som planeras",
)  # fmt: skip


def report(output: Path, *options: str, source: Path = REPOSITORY, expect: int = FINE) -> Path:
    command = ["report", "--source", str(source), "--output", str(output), *options]
    assert cli.main(command, own_day()) == expect
    return output


def headings(html: str) -> list[str]:
    return [node.text(strip=True) for node in LexborHTMLParser(html).css(".chapter h2")]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(tmp_path_factory.mktemp("reports") / "hela.html")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need(tools.pango(), "Pango")
    return report(tmp_path_factory.mktemp("reports") / "dalarna.pdf", "--county", "Dalarna")


def test_chapters_are_those_of_the_original(whole: Path) -> None:
    html = whole.read_text("utf-8")
    assert headings(html) == list(CHAPTERS)
    contents = [node.text(strip=True) for node in LexborHTMLParser(html).css(".contents > ol > li > a")]
    assert contents == list(CHAPTERS)


def test_every_finding_stands_in_the_report_with_its_section(whole: Path) -> None:
    text = LexborHTMLParser(whole.read_text("utf-8")).body
    assert text is not None
    words = re.sub(r"\s+", " ", text.text())
    data = json.loads(report(whole.parent / "hela.json").read_text("utf-8"))
    assert [f["id"] for f in data["findings"] if re.sub(r"\s+", " ", f["title"]) not in words] == []
    assert (
        Counter(node.text(strip=True) for node in LexborHTMLParser(whole.read_text("utf-8")).css("h3, h4"))[
            KINDS[-1]
        ]
        > 5
    )


def test_document_fetches_nothing_and_leads_to_the_site(whole: Path) -> None:
    page = LexborHTMLParser(whole.read_text("utf-8"))
    assert page.css("script, img, link, iframe") == []
    addresses = {node.attributes["href"] or "" for node in page.css("a")}
    assert {
        a for a in addresses if not a.startswith(("https://kunskapsbanken.example/", "#", "mailto:"))
    } == set()


def outline(value: Any, above: str = "") -> set[str]:
    """The ways to everything in a report's JSON, the items of a list as one."""
    if isinstance(value, list):
        return {way for item in value for way in outline(item, f"{above}[]")}
    if isinstance(value, dict):
        return {
            way for key, part in value.items() for way in {f"{above}.{key}", *outline(part, f"{above}.{key}")}
        }
    return set()


def test_json_changes_only_by_addition(whole: Path) -> None:
    """With KUNSKAPSBANK_REFRESH=1 the contract takes in what is new; what it holds it never loses."""
    now = outline(json.loads(report(whole.parent / "avtal.json").read_text("utf-8")))
    before = set(CONTRACT.read_text("utf-8").split()) if CONTRACT.is_file() else set()
    assert before - now == set()
    if REFRESH:
        CONTRACT.write_text("\n".join(sorted(now)) + "\n", "utf-8")
    assert set(CONTRACT.read_text("utf-8").split()) == now


@pytest.mark.parametrize("form", ["html", "json", "csv"])
def test_same_content_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    one, other = (report(tmp_path / f"{name}.{form}") for name in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()


def test_a_time_leaves_out_what_lies_outside_it(tmp_path: Path) -> None:
    made = report(tmp_path / "r.json", "--from", "2006", "--to", "2006-12")
    data = json.loads(made.read_text("utf-8"))
    days = {activity["date"][:4] for activity in data["activities"]}
    assert days == {"2006", "unkn"}
    assert data["findings"] == []
    html = report(tmp_path / "r.html", "--from", "2006", "--to", "2006-12").read_text("utf-8")
    assert "Gäller från 2006 till december 2006." in html
    assert 'href="https://kunskapsbanken.example/uppfoljning/poster' not in html


def test_a_county_without_records_says_so(tmp_path: Path) -> None:
    place = compose(tmp_path / "bank")
    html = report(tmp_path / "r.html", "--county", "ostergotland", source=place).read_text("utf-8")
    assert "I banken finns inga mål, aktiviteter, exempel eller iakttagelser för Östergötland." in html
    assert headings(html) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--county", "dalrna"), "Länet dalrna finns inte. Menade du dalarna?"),
        (("--from", "2007", "--to", "2006"), "Tiden slutar (2006) innan den börjar (2007)."),
        (("--from", "14 mars"), "--from ska vara ett datum som 2007"),
        (("--to", "2007-02-31"), "--to ska vara ett datum som 2007"),
        (("--compare", "/dev/zero"), "/dev/zero är för stor för att vara en rapport."),
        (("--compare", "finns-inte.json"), "finns-inte.json finns inte."),
        (("--site-url", "kunskapsbanken"), "--site-url ska vara en adress"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    options: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(tmp_path / "r.html", *options, expect=WRONG_USE)
    words = capsys.readouterr().err.splitlines()[-1]
    assert said in words
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "brev.html"
    other.write_text("<!doctype html><p>Ett brev</p>", "utf-8")
    report(other, expect=WRONG_USE)
    assert "finns redan och är ingen rapport" in capsys.readouterr().err
    assert "Ett brev" in other.read_text("utf-8")
    report(tmp_path, expect=WRONG_USE)
    report(tmp_path / "rapport.docx", expect=WRONG_USE)
    assert "--format html, pdf, json eller csv" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(tmp_path / "ingen" / "r.html", expect=MACHINE_FAILED)
    words = capsys.readouterr().err.splitlines()[-1]
    assert str(tmp_path / "ingen") in words
    assert words.endswith("Inget är skrivet.")


def test_an_earlier_report_stays_when_a_new_one_fails(tmp_path: Path) -> None:
    place = compose(tmp_path / "bank")
    made = report(tmp_path / "r.html", source=place)
    before = made.read_bytes()
    (place / "news" / "2007-02-14-nya-utbildningar.md").write_text("---\ntitle: x\n", "utf-8")
    report(made, source=place, expect=FAULTY_CONTENT)
    assert made.read_bytes() == before


def test_missing_weasyprint_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    report(tmp_path / "r.pdf", expect=MACHINE_FAILED)
    words = capsys.readouterr().err.splitlines()[-1]
    assert "requirements-pdf.lock" in words
    assert "--format html" in words
    assert (REPOSITORY / "requirements-pdf.lock").is_file()
    report(tmp_path / "r.html")


def tags(node: Any) -> Iterator[DictionaryObject]:
    """Every element of the structure of a PDF."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, ArrayObject):
        for part in found:
            yield from tags(part)
    elif isinstance(found, DictionaryObject):
        if "/S" in found:
            yield found
        if "/K" in found:
            yield from tags(found["/K"])


def test_pdf_is_tagged_as_pdf_ua_asks(pdf: Path) -> None:
    read = pypdf.PdfReader(pdf)
    root: Any = read.root_object  # its parts have types of their own, which are told by what is asked here
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    elements: list[Any] = list(tags(root["/StructTreeRoot"]))
    kinds = Counter(str(element["/S"]) for element in elements)
    assert kinds["/H1"] == 1
    assert min(kinds[name] for name in ("/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Link")) > 0
    figures = [element for element in elements if element["/S"] == "/Figure"]
    assert figures
    assert all(element.get("/Alt") for element in figures)
    page: Any
    for page in read.pages:
        assert page["/Tabs"] == "/S"
        for annotation in page.get("/Annots", ()):
            assert annotation.get_object().get("/Contents")


def test_pdf_has_contents_page_numbers_and_its_date(pdf: Path) -> None:
    read = pypdf.PdfReader(pdf)
    first = read.pages[0].extract_text()
    assert "Uppföljning: Dalarna" in first
    assert re.search(r"Sammanställd \d+ \w+ 2026", first)
    shown = dict(re.findall(r"^(\d [A-ZÅÄÖ][^.]+?)\s*\.{2,}\s*(\d+)$", first, re.MULTILINE))
    assert len(shown) >= 6
    for title, number in shown.items():
        assert title.strip() in read.pages[int(number) - 1].extract_text()
    for number, page in enumerate(read.pages, start=1):
        assert f"Sida {number} av {len(read.pages)}" in page.extract_text()
    assert read.metadata is not None
    assert read.metadata.title == "Uppföljning: Dalarna – Kunskapsbanken"
    outline = [item.title for item in read.outline[1] if hasattr(item, "title")]
    assert outline[1:] == [title for title in CHAPTERS if title in outline]


def test_pdf_is_the_same_each_time(pdf: Path, tmp_path: Path) -> None:
    assert report(tmp_path / "d.pdf", "--county", "dalarna").read_bytes() == pdf.read_bytes()


def test_records_cannot_make_the_pdf_fetch(tmp_path: Path) -> None:
    need(tools.pango(), "Pango")
    with pytest.raises(ValueError, match="hämta"):
        report_pdf._fetch_nothing("file:///etc/hostname")


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A site with one goal and two findings."""
    place = compose(tmp_path / "bank", REPOSITORY / "tests" / "cases" / "unserved-goal")
    shutil.copytree(REPOSITORY / "tests" / "cases" / "outcome-unstated" / "site", place, dirs_exist_ok=True)
    return place


def test_then_and_now(bank: Path, tmp_path: Path) -> None:
    then = report(tmp_path / "then.json", source=bank)
    findings = bank / "findings" / "rekrytering.yml"
    text = findings.read_text("utf-8")
    findings.write_text(text.replace("due: 2007-03", "outcome: Den blev av."), "utf-8")
    (bank / "activities" / "2007-03-konferens-om-rekrytering.md").unlink()
    (bank / "goals" / "nytt.md").write_text(
        (bank / "goals" / "delade-utbildningar.md")
        .read_text("utf-8")
        .replace("title: Del", "title: Fler del"),
        "utf-8",
    )
    data = json.loads(report(tmp_path / "now.json", "--compare", str(then), source=bank).read_text("utf-8"))
    told = data["comparison"]
    assert [link["title"] for link in told["goals"]["come"]] == ["Fler delade utbildningsplatser i länet"]
    assert [link["title"] for link in told["activities"]["gone"]] == ["Konferens om rekrytering"]
    assert len(told["findings"]["changed"]) == 1
    assert told["examples"] == {"come": [], "changed": [], "gone": []}
    assert {"id": "alla-mal", "label": "Alla mål", "then": 1, "now": 2} in told["figures"]
    closed = next(figure for figure in told["figures"] if figure["id"] == "saknas-planer-utan-utfall")
    assert (closed["label"], closed["then"], closed["now"]) == ("Planer som ingen vet vad det blev av", 1, 0)
    html = report(tmp_path / "now.html", "--compare", str(then), source=bank).read_text("utf-8")
    assert "8 Då och nu" in headings(html)
    rows = report(tmp_path / "now.csv", "--compare", str(then), source=bank).read_text("utf-8-sig")
    assert rows.startswith("Id;Vad som räknas;Antal;Antal då;")


def test_nothing_has_changed(bank: Path, tmp_path: Path) -> None:
    then = report(tmp_path / "then.json", source=bank)
    html = report(tmp_path / "now.html", "--compare", str(then), source=bank).read_text("utf-8")
    assert "Innehållet är detsamma" in html


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[: len(text) // 2], "är inte JSON, eller är avklippt"),
        (lambda _: "[]", "är ingen rapport"),
        (lambda text: text.replace('"version": 1', '"version": 2'), "något fattas eller har fel form"),
        (lambda text: text.replace('"goals": [', '"goals": [1, '), "något fattas eller har fel form"),
        (lambda text: text.replace('"county": null', '"county": "skane"'), "gäller något annat"),
        (lambda _: "[" * 100_000, "är inte JSON, eller är avklippt"),
    ],
)  # fmt: skip
def test_what_is_no_earlier_report_is_refused(
    change: Callable[[str], str], said: str, bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    then = report(tmp_path / "then.json", source=bank)
    then.write_text(change(then.read_text("utf-8")), "utf-8")
    report(tmp_path / "now.html", "--compare", str(then), source=bank, expect=WRONG_USE)
    assert said in capsys.readouterr().err


def test_hostile_words_of_an_earlier_report_are_words(bank: Path, tmp_path: Path) -> None:
    then = report(tmp_path / "then.json", source=bank)
    data = json.loads(then.read_text("utf-8"))
    data["goals"].append(
        {"id": "x", "title": "<script>x</script>", "url": "javascript:alert(1)", "digest": "0"}
    )
    then.write_text(json.dumps(data, indent=1), "utf-8")
    html = report(tmp_path / "now.html", "--compare", str(then), source=bank).read_text("utf-8")
    assert "&lt;script&gt;x" in html
    assert "<script" not in html
    assert "javascript:" not in html


SURVEY: Final = """
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
const folder = pathToFileURL(`${process.argv[2]}/`);
const [answers, file, rules] = await Promise.all(["answers", "file", "rules"].map((name) => import(new URL(`${name}.js`, folder))));
for await (const line of createInterface({ input: process.stdin })) {
  const { entry, definition, schema } = JSON.parse(line);
  const answered = answers.findingsOf(entry);
  const made = file.fileOf({ data: answered.data, sections: {}, text: "" }, definition, new Date("2026-11-20"));
  process.stdout.write(`${JSON.stringify({ ...made, found: answers.surveyed(answered, made, new rules.Rules(definition, schema)) })}\\n`);
}
"""

Ask = Callable[[Mapping[str, Any]], Any]


@pytest.fixture(scope="module")
def ask(own_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Puts answers to the survey's own scripts, outside a browser."""
    node = need(shutil.which("node"), "Node")
    script = tmp_path_factory.mktemp("survey") / "survey.mjs"
    script.write_text(SURVEY, "utf-8")
    scripts = own_site / "assets" / "bidra"
    definition = json.loads((own_site / "bidra" / "formular" / "iakttagelser.json").read_text("utf-8"))
    schema = json.loads((own_site / "schema" / "v1" / "finding.json").read_text("utf-8"))
    with subprocess.Popen(
        [node, str(script), str(scripts)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin
        assert process.stdout
        asking, answering = process.stdin, process.stdout

        def put(entry: Mapping[str, Any]) -> Any:
            asking.write(json.dumps({"entry": entry, "definition": definition, "schema": schema}) + "\n")
            asking.flush()
            return json.loads(answering.readline())

        yield put
        asking.close()


def entry(text: str = "Vi har börjat följa upp antalet sökande.", **more: Any) -> dict[str, Any]:
    answers = {"rekrytering": {"result": [{"text": text}]}}
    about = {"title": "Svar från Dalarna 2026", "counties": ["dalarna"], "contact": "samordnare-dalarna"}
    return {**about, "respondent": "Samordnaren i Dalarnas län", "answers": answers, **more}


def checked(made: Mapping[str, Any]) -> list[str]:
    type_ = dictionary().types["finding"]
    return [p.code.name for p in examine_text(made["text"], made["name"], type_, context()).problems]


def test_answers_become_a_file_that_check_accepts(ask: Ask) -> None:
    made = ask(entry())
    assert made["found"] == []
    assert made["name"] == "findings/svar-fran-dalarna-2026.yml"
    assert checked(made) == []
    assert "section: Samordnaren i Dalarnas län" in made["text"]


def test_answers_alike_have_ids_of_their_own(ask: Ask) -> None:
    same = [{"text": "Vi har börjat följa upp antalet sökande."}] * 3
    made = ask(
        entry(
            answers={
                "rekrytering": {"result": same, "planned": [None, {"text": "Ж" * 20, "due": "2027-vår"}]}
            }
        )
    )
    assert made["found"] == []
    assert checked(made) == []
    assert len(re.findall(r"^  - id: ", made["text"], re.MULTILINE)) == 4


@pytest.mark.parametrize(
    ("change", "name", "code"),
    [
        ({"respondent": ""}, "respondent", "empty-value"),
        ({"answers": {}}, "answers", "empty-value"),
        ({"answers": {"rekrytering": {"result": [None, {"text": "kort"}]}}}, "answers.rekrytering.result.1.text", "too-short"),
        ({"answers": {"samverkan": {"planned": [{"text": "Vi ska mötas igen.", "due": "i höst"}]}}}, "answers.samverkan.planned.0.due", "wrong-format"),
        ({"title": ""}, "title", "too-short"),
        ({"respondent": "x" * 81}, "respondent", "too-long"),
    ],
)  # fmt: skip
def test_faults_are_told_at_their_fields(change: dict[str, Any], name: str, code: str, ask: Ask) -> None:
    found = {(finding["name"], finding["code"]) for finding in ask(entry(**change))["found"]}
    assert (name, code) in found
    assert not any(other.startswith("findings") for other, _ in found)


WORDS: Final = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp"], max_codepoint=0x2FFF),
    min_size=20,
    max_size=80,
)


@given(st.lists(WORDS, min_size=1, max_size=4))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_the_survey_finds_nothing_wrong_with_check_accepts(ask: Ask, texts: list[str]) -> None:
    answers = {"samverkan": {"general": [{"text": " ".join(text.split())} for text in texts]}}
    made = ask(entry(answers=answers))
    if not made["found"]:
        assert set(checked(made)) <= {"hard-to-read"}
