"""A new record: what is asked, how answers are understood, and that the file lacks nothing but its text."""

import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sites_support import FINE, WRONG_USE
from support import REPOSITORY, TODAY

from kunskapsbank import cli
from kunskapsbank.checks.run import examine_text
from kunskapsbank.checks.subject import Context
from kunskapsbank.dictionary import load
from kunskapsbank.dictionary.types import Dictionary, RecordType
from kunskapsbank.drafting import new
from kunskapsbank.drafting.dialogue import interview
from kunskapsbank.drafting.draft import draft
from kunskapsbank.drafting.questions import Question, Refused, default, questions, understood
from kunskapsbank.reading.document import read_markdown
from kunskapsbank.reading.nodes import Scalar

DICTIONARY: Final[Dictionary] = load.load(REPOSITORY)
DAY: Final = date(2026, 11, 24)
TYPES: Final = tuple(DICTIONARY.types.values())
TEXT_LEFT_TO_WRITE: Final = frozenset({"empty-section", "missing-body", "unstated-field"})
ALL_OF_EXAMPLE: Final = (
    "title=Språkkafé: ett prov",
    "summary=Chefer och medarbetare övade på klarspråk tillsammans en gång i månaden.",
    "focus_areas=Rekrytering, 1",
    "practice_type=utbildning",
    "status=done",
    "evidence.level=described",
    "evidence.assessed_by=redaktionen",
    "sources.document=delredovisning-2007",
    "sources.section=1.4",
    "review_every=24",
    "contact=redaktionen",
)


def question(type_: RecordType, name: str) -> Question:
    return next(q for q in questions(type_) if q.name == name)


def answered(type_: RecordType) -> dict[str, Any]:
    """The dictionary's own example of every answer that is needed."""
    needed = [q for q in questions(type_) if q.needed]
    words = {q.name: default(q, DAY) or _words(q.field.example) for q in needed}
    return {q.name: understood(q, words[q.name], type_, DICTIONARY) for q in needed}


def _words(example: Any) -> str:
    return ", ".join(map(str, example)) if isinstance(example, list) else str(example)


@pytest.mark.parametrize("type_", TYPES, ids=[t.id for t in TYPES])
def test_a_new_file_lacks_nothing_but_its_text(type_: RecordType) -> None:
    made = draft(type_, answered(type_))
    found = examine_text(made.text, made.path, type_, Context(DICTIONARY, DAY, 50, advice=False))
    assert found.readable
    assert found.id
    assert {p.code.name for p in found.problems} <= TEXT_LEFT_TO_WRITE
    assert all(f"# {field.label.sv}." in made.text for field in type_.fields.values() if field.required)
    assert all(f"\n## {section.heading.sv}\n" in made.text for section in type_.sections)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_title_is_read_as_it_was_given(title: str) -> None:
    type_ = DICTIONARY.types["example"]
    try:
        given_title = understood(question(type_, "title"), title, type_, DICTIONARY)
    except Refused:
        assume(False)
    made = draft(type_, {"title": given_title}, "prov")
    document, problems = read_markdown(made.text, made.path)
    assume(not problems)  # such as characters that no content may hold
    assert document is not None
    node = document.front.get("title")
    assert isinstance(node, Scalar)
    assert node.text == title.strip()
    assert made.path == "examples/prov.md"


@pytest.mark.parametrize(
    ("name", "answer", "value"),
    [
        ("focus_areas", "Rekrytering, process", ["rekrytering", "process"]),
        ("focus_areas", "1,3", ["process", "rekrytering"]),
        ("status", " DONE ", "done"),
        ("review_every", "24", 24),
        ("evidence.assessed_on", "2026-11-24", "2026-11-24"),
        ("period.from", "2006-höst", "2006-höst"),
    ],
)
def test_answers_are_understood(name: str, answer: str, value: Any) -> None:
    type_ = DICTIONARY.types["example"]
    assert understood(question(type_, name), answer, type_, DICTIONARY) == value


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("focus_areas", "rekryterng", "”rekryterng” finns inte i listan. Menade du rekrytering?"),
        ("focus_areas", "99", "”99” finns inte i listan."),
        ("focus_areas", "process, process", "två gånger"),
        ("title", "  ", "Det här behövs."),
        ("review_every", "ofta", "heltal"),
        ("evidence.assessed_on", "2026-02-31", "finns inte"),
        ("period.from", "i höstas", "period.from"),
    ],
)
def test_answers_that_cannot_be_used_are_told_why(name: str, answer: str, said: str) -> None:
    type_ = DICTIONARY.types["example"]
    with pytest.raises(Refused) as refused:
        understood(question(type_, name), answer, type_, DICTIONARY)
    assert said.rsplit(".", maxsplit=1)[-1] in str(refused.value)


def test_an_interview_goes_on_until_every_answer_can_be_used() -> None:
    type_ = DICTIONARY.types["example"]
    known = answered(type_)
    known.pop("status")
    known.pop("reviewed")
    answers = iter(["", "klart nog", "dne", "done", ""])
    said: list[str] = []
    found = interview(type_, DICTIONARY, known, DAY, lambda _: next(answers, ""), said.append)
    assert found == known | {"status": "done", "reviewed": "2026-11-24"}
    told = "\n".join(said)
    assert "Det här behövs." in told
    assert "”klart nog” finns inte i listan." in told
    assert "Menade du done?" in told
    assert "Granskad (Enter betyder 2026-11-24)" in told
    assert "Län (flera går bra, med komma emellan, Enter om källan inte säger något)" in told
    assert "  1. Dalarna" in told


@pytest.mark.parametrize(("title", "record_id"), [("!!!!!", ""), ("Fin titel", "../ut"), ("Fin titel", "Å")])
def test_a_name_that_cannot_be_an_address_is_refused(title: str, record_id: str) -> None:
    pairs = (f"title={title}", *ALL_OF_EXAMPLE[1:])
    with pytest.raises(Refused, match="går inte som filnamn"):
        new.record("exempel", pairs, record_id, DICTIONARY, DAY, None, print)


def test_questions_come_with_what_is_needed_first() -> None:
    needed = [q.needed for q in questions(DICTIONARY.types["example"])]
    assert needed == sorted(needed, reverse=True)
    assert needed.count(True) > 8


def test_what_is_not_answered_is_named_as_unknown() -> None:
    made = new.record("exempel", ALL_OF_EXAMPLE, "", DICTIONARY, DAY, None, print)
    assert "not_documented: [counties, agencies, grounds, methods, period, target_group]" in made.text
    assert made.path == "examples/sprakkafe-ett-prov.md"


@pytest.mark.parametrize(
    ("type_name", "pairs", "said"),
    [
        ("exempl", (), "Det finns: aktivitet, exempel, iakttagelser, mål, metod"),
        ("exempel", ALL_OF_EXAMPLE[1:], "Det här fattas: title."),
        ("exempel", ("titel=x",), "Menade du title?"),
        ("exempel", ("title",), "går inte att förstå"),
        ("exempel", ("status=klart nog",), "finns inte i listan"),
    ],
)
def test_what_cannot_be_understood_makes_no_record(type_name: str, pairs: tuple[str, ...], said: str) -> None:
    with pytest.raises(Refused) as refused:
        new.record(type_name, pairs, "", DICTIONARY, DAY, None, print)
    assert said in str(refused.value)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "schema", tmp_path / "schema")
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path)
    return tmp_path


def run(bank: Path, *options: str) -> int:
    return cli.main(["new", "exempel", "--source", str(bank), *options], TODAY)


def sets(pairs: tuple[str, ...]) -> list[str]:
    return [word for pair in pairs for word in ("--set", pair)]


def test_the_command_writes_the_file_and_says_what_to_run_next(
    bank: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(bank, *sets(ALL_OF_EXAMPLE)) == FINE
    assert (
        (bank / "examples" / "sprakkafe-ett-prov.md")
        .read_text("utf-8")
        .startswith(
            "---\n# yaml-language-server: $schema=https://kunskapsbanken.example/schema/v1/example.json\n# Rubrik."
        )
    )
    assert "Kör sedan: python build_site.py check examples/sprakkafe-ett-prov.md" in capsys.readouterr().out


def test_a_file_that_exists_is_never_overwritten(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bank / "examples").mkdir()
    file = bank / "examples" / "sprakkafe-ett-prov.md"
    file.write_text("mitt", "utf-8")
    assert run(bank, *sets(ALL_OF_EXAMPLE)) == WRONG_USE
    assert file.read_text("utf-8") == "mitt"
    assert "finns redan och är orörd" in capsys.readouterr().err
    assert run(bank, *sets(ALL_OF_EXAMPLE), "--id", "ett-annat") == FINE


def test_without_a_terminal_what_is_missing_is_named(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(bank, "--set", "title=Ett prov till") == WRONG_USE
    assert "Det här fattas: summary" in capsys.readouterr().err
    assert not (bank / "examples").exists()


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_breaking_off_writes_nothing(
    bank: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], end: type[BaseException]
) -> None:
    def leave(_: str) -> str:
        raise end

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", leave)
    assert run(bank) == WRONG_USE
    assert "Avbrutet. Ingen fil är skriven." in capsys.readouterr().err
    assert not (bank / "examples").exists()
