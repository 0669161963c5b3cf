"""A problem: a finding about a file, as a value.

A `Code` is the permanent kind of a finding, with its words in Swedish and English. A `Problem` is one
finding: a code, a place in a file, and the values that fill the code's words in. Problems are collected,
never thrown one by one; `Rejected` carries all of them out at once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter
from typing import Literal, NamedTuple

Language = Literal["sv", "en"]


class Severity(StrEnum):
    """How a problem weighs: errors stop the build, warnings stop it with --strict, advice never does."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Text(NamedTuple):
    """The same words in Swedish and English."""

    sv: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.sv if language == "sv" else self.en


class Place(NamedTuple):
    """A stretch of a file; lines and columns count from 1, in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Place(1, 1, 1, 1)

Value = str | int | Text


@dataclass(frozen=True, slots=True)
class Code:
    """A permanent kind of problem.

    `message` says what is wrong, `help` what to do, `why` explains the rule to somebody who asks for it.
    The first two are `str.format` templates over the problem's values. `nearest` replaces `help` where
    the problem has a value `nearest`, the known word that comes closest to the one in the file. What a
    `hidden` problem was found in is blotted out in reports, which others may read. A problem that
    `is_remainder` stands after the others of its file and counts those that were left out.
    """

    name: str
    severity: Severity
    message: Text
    help: Text
    why: Text
    nearest: Text | None = None
    hidden: bool = False
    is_remainder: bool = False


class CodeGroup(NamedTuple):
    """Codes that belong together for whoever reads about them."""

    id: str
    heading: Text
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `path` is relative to the site's source, with forward slashes."""

    code: Code
    path: str
    place: Place = START
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return self.code.severity

    def message(self, language: Language) -> str:
        return self._fill(self.code.message, language)

    def help(self, language: Language) -> str:
        nearest = self.code.nearest
        return self._fill(nearest if nearest and "nearest" in self.values else self.code.help, language)

    def _fill(self, template: Text, language: Language) -> str:
        values = {k: v.in_language(language) if isinstance(v, Text) else v for k, v in self.values.items()}
        return template.in_language(language).format_map(values).rstrip()  # what fills the end may be empty


class Sender(NamedTuple):
    """Who reports to a machine. `information` is where the program is described, `rule_pages` the address
    that the pages of rules lie under."""

    name: str
    version: str
    information: str | None = None
    rule_pages: str | None = None

    def page_of(self, code: Code) -> str | None:
        return f"{self.rule_pages}{code.name}/" if self.rule_pages else None


def in_general(template: str) -> str:
    """The words of a code with an ellipsis for what differs from problem to problem; one where several meet."""
    parts = Formatter().parse(template)
    words = "".join(text + ("" if name is None else "…") for text, name, _, _ in parts)
    return re.sub(r"…(\.? …)*\.?(?=\s|$)", "…", words)


class Rejected(Exception):
    """The input can't be built; carries every problem that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[type["Rejected"], tuple[tuple[Problem, ...]]]:
        return Rejected, (self.problems,)  # so that it comes whole out of another process


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """By path, then place, then code: the order in which a person mends a file."""
    return sorted(
        problems, key=lambda p: (p.path, p.code.is_remainder, p.place, p.code.name, p.message("en"))
    )


def has_errors(problems: Sequence[Problem]) -> bool:
    return any(p.severity is Severity.ERROR for p in problems)
