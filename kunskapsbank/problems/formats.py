"""Problems for machines: JSON, SARIF, and the lines that GitHub turns into notes beside a change.

Each form is a function in `FORMATS`, by the name that the command line knows it by.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kunskapsbank.problems.hidden import without_secrets
from kunskapsbank.problems.problem import Language, Problem, Sender, Severity, in_order
from kunskapsbank.problems.sarif import as_sarif

Format = Callable[[Sequence[Problem], Language, Sender], str]
"""Writes problems that are in order and fit to be shown."""


def write(form: str, problems: Sequence[Problem], language: Language, sender: Sender) -> str:
    """A report in one of the `FORMATS`."""
    return FORMATS[form](in_order(without_secrets(problems)), language, sender)


def annotations(problems: Sequence[Problem]) -> str:
    """For GitHub in Swedish, in the order that they are given: it shows the first ten of a kind."""
    return _as_github(without_secrets(problems), "sv", Sender("", ""))


def _as_json(problems: Sequence[Problem], language: Language, _: Sender) -> str:
    """A JSON array of problems with the keys of the contract (design.md, 5.2)."""
    return json.dumps([_as_object(p, language) for p in problems], ensure_ascii=False, indent=2) + "\n"


def _as_object(problem: Problem, language: Language) -> dict[str, str | int]:
    place = problem.place
    return {
        "code": problem.code.name,
        "severity": problem.severity.value,
        "path": problem.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "message": problem.message(language),
        "help": problem.help(language),
    }


_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}

_IN_TEXT: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = _IN_TEXT | str.maketrans({":": "%3A", ",": "%2C"})
"""How GitHub's workflow commands write signs that have a meaning in them."""


def _as_github(problems: Sequence[Problem], language: Language, _: Sender) -> str:
    """A workflow command a problem: GitHub shows it at the line in the change. Paths are from the source,
    which must be the root of the repository."""
    return "".join(f"{_command(problem, language)}\n" for problem in problems)


def _command(problem: Problem, language: Language) -> str:
    place = problem.place
    properties = {
        "file": problem.path,
        "line": str(place.line),
        "endLine": str(place.end_line),
        "col": str(place.column),
        "endColumn": str(place.end_column),
        "title": problem.code.name,
    }
    said = ",".join(f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties.items())
    text = f"{problem.message(language)} {problem.help(language)}"
    return f"::{_LEVELS[problem.severity]} {said}::{text.translate(_IN_TEXT)}"


FORMATS: Final[Mapping[str, Format]] = {
    "json": _as_json,
    "github": _as_github,
    "sarif": as_sarif,
}
