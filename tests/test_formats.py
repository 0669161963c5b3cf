"""Reports for machines, as their readers take them apart."""

import re
from typing import Final
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from kunskapsbank.problems.formats import write
from kunskapsbank.problems.problem import Code, Language, Place, Problem, Sender, Severity, Text

SAID: Final = Text("Ordet ”{word}” finns inte.", "There is no word “{word}”.")
COMMAND: Final = re.compile(r"::(error|warning|notice) ([^\n]*?)::([^\n]*)\n")


def problem(word: str, path: str = "examples/a.md", severity: Severity = Severity.ERROR) -> Problem:
    code = Code("unknown-word", severity, SAID, Text("Byt ord.", "Take another."), Text("Skäl.", "Why."))
    return Problem(code, path, Place(3, 5, 3, 9), {"word": word})


def as_github(problems: list[Problem], language: Language) -> str:
    return write("github", problems, language, Sender("Provbanken", "1.0.0"))


def taken_apart(report: str) -> list[tuple[str, dict[str, str], str]]:
    """As GitHub's runner does it."""
    return [
        (level, dict(pair.split("=", 1) for pair in map(unquote, said.split(","))), unquote(text))
        for level, said, text in COMMAND.findall(report)
    ]


def test_a_problem_is_a_note_at_its_place() -> None:
    ((level, said, text),) = taken_apart(as_github([problem("x")], "sv"))
    assert level == "error"
    assert said == {
        "file": "examples/a.md", "line": "3", "endLine": "3", "col": "5", "endColumn": "9", "title": "unknown-word",
    }  # fmt: skip
    assert text == "Ordet ”x” finns inte. Byt ord."


def test_severities_have_their_levels() -> None:
    found = [as_github([problem("x", severity=severity)], "en").split(" ")[0] for severity in Severity]
    assert found == ["::error", "::warning", "::notice"]


@given(st.text(), st.text(alphabet="abc:,%=\n\r/å", min_size=1))
def test_no_text_of_a_record_can_end_a_command_or_start_another(word: str, path: str) -> None:
    """What is written in a record comes out as it was, in one line."""
    report = as_github([problem(word, path)], "sv")
    assert report.count("\n") == 1
    ((_, said, text),) = taken_apart(report)
    assert said["file"] == path
    assert text == f"Ordet ”{word}” finns inte. Byt ord."


def test_nothing_wrong_is_no_line() -> None:
    assert as_github([], "sv") == ""
