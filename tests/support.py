"""Small sites for tests: the base site with the repository's field dictionary, and a case's files over it.

A case is a folder with

    site/             the files that differ from the base site (tests/sites/base)
    make.py           `make(root)`, for what can't be kept in a repository as it is
    command           the word `build`, where `check` can't find the fault
    expected.sv.txt   what the command prints
    expected.en.txt   what it prints with --lang en
    example.yml       in tests/cases: what the page of the code shows (tests/rule_examples.py)

With KUNSKAPSBANK_REFRESH=1 in the environment the expected files are written anew. Read them afterwards.
"""

import contextlib
import importlib.util
import os
import re
import shutil
from pathlib import Path
from typing import Final

import pytest

from kunskapsbank import checking, cli, settings
from kunskapsbank.problems.problem import Language, Problem, Rejected, Severity
from kunskapsbank.problems.report import SEVERITY_WORDS

REPOSITORY: Final = Path(__file__).resolve().parent.parent
CASES: Final = REPOSITORY / "tests" / "cases"
BASE: Final = REPOSITORY / "tests" / "sites" / "base"

TODAY: Final = {"SOURCE_DATE_EPOCH": "1795392000"}
"""2026-11-23, so that what is overdue or in the future doesn't change with the calendar."""

LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")
REFRESH: Final = os.environ.get("KUNSKAPSBANK_REFRESH") == "1"

PARSERS_WORDS: Final = re.compile(
    r"while (?:scanning|parsing)|could not find|did not find|found (?:a |un|character|duplicate|invalid|undefined)"
    r"|not allowed (?:in|here)|expected (?:key|comment|alphabetic|node|a |an |the |<|',')|mapping (?:values|keys)"
    r"|block (?:mapping|sequence|entry|end)|flow (?:mapping|sequence|node)|simple key|(?:plain|quoted|block) scalar"
    r"|(?:directive|document (?:start|end)|indicator|token)s?\b|<unicode string>|line \d+, column",
    re.IGNORECASE,
)
"""How PyYAML and libyaml speak; no contributor should have to read it."""


def compose(place: Path, case: Path | None = None) -> Path:
    """A whole site in a new folder `place`: the base, the dictionary and then what the case brings."""
    shutil.copytree(BASE, place)
    shutil.copytree(REPOSITORY / "schema", place / "schema")
    if case is not None:
        lay(place, case)
    return place


def lay(place: Path, case: Path) -> None:
    """What a case brings, over a site that is there."""
    if (case / "site").is_dir():
        shutil.copytree(case / "site", place, dirs_exist_ok=True)
    if (case / "make.py").is_file():
        _run(case / "make.py", place)


def _run(file: Path, place: Path) -> None:
    """Calls `make(root)` of a case's own script, for what can't be kept in a repository as it is."""
    spec = importlib.util.spec_from_file_location(f"make_{file.parent.name.replace('-', '_')}", file)
    if spec is None or spec.loader is None:
        raise AssertionError(f"{file} can't be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.make(place)


def run(command: str, place: Path, *options: str) -> int:
    """The exit code of a command on a site; what it says goes to standard output and error as ever. It is
    given from beside the site, so that no report names a folder of this machine."""
    with contextlib.chdir(place.parent):
        return cli.main([command, "--source", place.name, *options], TODAY)


def command_of(case: Path) -> str:
    file = case / "command"
    return file.read_text("utf-8").strip() if file.exists() else "check"


def assert_reported(case: Path, language: Language, place: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The report of a case on its site, which is exactly the expected one."""
    exit_code = run(command_of(case), place, *(() if language == "sv" else ("--lang", language)))
    report = capsys.readouterr().out
    expected = case / f"expected.{language}.txt"
    if REFRESH:
        expected.write_text(report, "utf-8")
    assert report == expected.read_text("utf-8")
    assert exit_code == (1 if has_error(report, language) else 0)
    assert str(place.parent) not in report
    assert not PARSERS_WORDS.search(said_by_us(report))
    return report


def said_by_us(report: str) -> str:
    """A report without the lines of files that it quotes."""
    return "\n".join(line for line in report.splitlines() if not re.match(r" +\d* +\| ", line))


def has_error(report: str, language: Language) -> bool:
    word = SEVERITY_WORDS[Severity.ERROR].in_language(language)
    return any(
        f": {word} [" in line and line.endswith("]")
        for line in report.splitlines()
        if not line.startswith(" ")
    )


def problems(place: Path) -> list[Problem]:
    """What `check` finds in a site, as values."""
    try:
        site = settings.load(place, settings.today_from(TODAY))
        return list(checking.check(site, 1, advice=True).problems)
    except Rejected as rejected:
        return list(rejected.problems)
