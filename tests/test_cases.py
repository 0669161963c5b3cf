"""Every problem code is shown by a case, and the report of every case is exactly the expected one.

A case is a folder `tests/cases/<code>/`; what is in it is told in support.py.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from support import CASES, LANGUAGES, assert_reported, command_of, compose, run

from kunskapsbank import rules
from kunskapsbank.problems.problem import Language
from kunskapsbank.problems.report import SEVERITY_WORDS

NAMES: Final = sorted(path.name for path in CASES.iterdir())

KEYS: Final = ["code", "severity", "path", "line", "column", "end_line", "end_column", "message", "help"]
"""A problem in JSON (design, 5.2)."""


def shows(report: str, code: str, language: Language) -> bool:
    """Whether a report in text form has a problem of this code with the weight that the catalogue gives it."""
    word = SEVERITY_WORDS[rules.CODES[code].severity].in_language(language)
    return any(line.endswith(f": {word} [{code}]") for line in report.splitlines())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_report_is_the_expected_one(
    name: str, language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = compose(tmp_path / "bank", CASES / name)
    assert shows(assert_reported(CASES / name, language, place, capsys), name, language)


@pytest.mark.parametrize("name", [name for name in NAMES if command_of(CASES / name) == "check"])
def test_json_has_the_same_problems(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = compose(tmp_path / "bank", CASES / name)
    exit_code = run("check", place, "--format", "json")
    problems = json.loads(capsys.readouterr().out)
    assert all(list(problem) == KEYS for problem in problems)
    assert all(problem["severity"] == rules.CODES[problem["code"]].severity for problem in problems)
    assert name in [problem["code"] for problem in problems]
    assert exit_code == (1 if "error" in [problem["severity"] for problem in problems] else 0)
    heads = [f"{p['path']}:{p['line']}:{p['column']}: " for p in problems]
    assert heads == _heads((CASES / name / "expected.sv.txt").read_text("utf-8").splitlines())


def _heads(lines: Sequence[str]) -> list[str]:
    """The places of a report in text form, in its order."""
    words = [f": {word.sv} [" for word in SEVERITY_WORDS.values()]
    return [
        line[: line.index(word) + 2]
        for line in lines
        for word in words
        if word in line and line.endswith("]") and not line.startswith(" ")
    ]


def test_every_code_has_a_case_and_every_case_is_a_code() -> None:
    assert sorted(rules.CODES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_case_has_only_files_that_are_used(name: str) -> None:
    case = CASES / name
    found = {path.name for path in case.iterdir() if path.name != "__pycache__"}
    expected = {"example.yml", *(f"expected.{language}.txt" for language in LANGUAGES)}
    assert expected <= found <= expected | {"site", "make.py", "command"}
    assert found & {"site", "make.py"}
    assert command_of(case) in ("check", "build")


@pytest.mark.parametrize("name", NAMES)
def test_swedish_and_english_differ(name: str) -> None:
    swedish, english = (
        (CASES / name / f"expected.{language}.txt").read_text("utf-8") for language in LANGUAGES
    )
    assert swedish != english


def test_a_link_out_of_the_site_is_not_followed_for_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = compose(tmp_path / "bank", CASES / "symbolic-link")
    run("check", place)
    secret = (place / "examples" / "losenord.md").read_text("utf-8").strip()
    assert secret not in capsys.readouterr().out


def test_the_base_site_is_without_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = compose(tmp_path / "bank")
    assert run("check", place, "--strict") == 0
    assert capsys.readouterr().out == (
        "7 poster kontrollerade.\n"
        "Inga fel och inga varningar. Kör sedan: python build_site.py build --source bank\n"
    )
    assert run("build", place, "--strict") == 0
    assert (place / "site" / "exempel" / "delade-platser" / "index.html").is_file()
