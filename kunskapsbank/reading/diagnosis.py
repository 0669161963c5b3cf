"""Finds what a writer did wrong where the parser gave up, and proves it.

The parser says where it could not go on, in its own words, often far from the slip. So each usual mistake
is tried on the lines in question: the one whose mend lets the parser come further is the right one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

import yaml

from kunskapsbank.problems.problem import Text
from kunskapsbank.reading.mistakes import MISPLACED, MISTAKES, UNCLOSED_QUOTE, Mistake
from kunskapsbank.reading.parser import first_error
from kunskapsbank.reading.rights import quoted, to_write

_LONGEST: Final = 16_000
_LONGEST_LINE: Final = 1_000
_TRIES: Final = 60
"""In longer texts and lines nothing is tried, and in no text more than this, so that no stranger's file can
keep us busy."""


class Diagnosis(NamedTuple):
    """`line` and the columns count from 0."""

    line: int
    column: int
    end_column: int
    fault: Text
    mend: Text


def diagnosis(text: str, error: yaml.MarkedYAMLError) -> Diagnosis | None:
    """None where no usual mistake explains the error."""
    if len(text) > _LONGEST or error.problem_mark is None:
        return None
    lines = text.split("\n")
    for mistake, number, match, right in islice(_explanations(lines, error), _TRIES):
        if _helps([*lines[:number], right, *lines[number + 1 :]], number, error):
            return _told(match, mistake, number, right)
    return None


def swallowed_item(lines: Sequence[str]) -> Diagnosis | None:
    """In the lines of one value that goes on over several: an item of a list, indented too far."""
    first, *others = lines
    start = first.find("- ")
    if first[:start].strip() or start < 0:
        return None
    for number, line in enumerate(others, start=1):
        words = line.strip()
        if words.startswith("- "):
            return Diagnosis(
                number, 0, len(line) - len(line.lstrip()), _SWALLOWED, to_write(" " * start + words)
            )
    return None


_SWALLOWED: Final = Text(
    "den börjar längre in än listan den hör till, och blir en del av raden ovanför",
    "it starts farther in than the list it belongs to, and becomes a part of the line above",
)


def in_quotes(line: str, column: int) -> Text:
    """How to write a line whose value starts at a column, if that value is all that is left of it."""
    head = line[:column]
    return to_write(head + quoted(line[column:])) if _HEAD.fullmatch(head) else Text("", "")


_HEAD: Final = re.compile(r" *(?:- +)*(?:[^\s:]+ *: +)?")


def _suspects(lines: Sequence[str], error: yaml.MarkedYAMLError, mistake: Mistake) -> Iterator[int]:
    """The line where the parser stopped, the one where it began what it could not end, and the one above.
    A quotation mark that is not closed swallows lines without end. Of lines that don't begin alike it is
    the one that is told, or the first of all, which the others should be like."""
    stopped = _line(error)
    last = min(stopped, len(lines) - 1)
    began = _began(error)
    begun = [] if began is None else [began]
    above = [number for number in range(last - 1, -1, -1) if lines[number].strip()][:1]
    farther = range(last) if mistake is UNCLOSED_QUOTE else ()
    numbers = dict.fromkeys([last, *begun, *above, *farther])
    if mistake is MISPLACED:
        numbers = dict.fromkeys([0, last] if lines[0].startswith(" ") else [last])
    yield from (n for n in numbers if n < len(lines) and len(lines[n]) <= _LONGEST_LINE)


def _explanations(
    lines: Sequence[str], error: yaml.MarkedYAMLError
) -> Iterator[tuple[Mistake, int, re.Match[str], str]]:
    """Mistakes that could be the one, with the line where each is and that line as it would be right."""
    for mistake in MISTAKES:
        for number in _suspects(lines, error, mistake):
            match = mistake.pattern.search(lines[number])
            rights = mistake.rights(match, lines[:number]) if match else iter(())
            yield from (
                (mistake, number, match, right) for right in rights if match and right != lines[number]
            )


def _helps(lines: Sequence[str], number: int, error: yaml.MarkedYAMLError) -> bool:
    """Whether the parser comes further, or past what it had begun on the line and could not end; and has
    not begun there what it can't end now."""
    now = first_error("\n".join(lines))
    if now is None:
        return True
    if _began(now) == number and "block" not in (now.context or ""):
        return False
    return _line(now) > _line(error) or (
        _began(error) == number and _line(now) > number and now.problem != error.problem
    )


def _began(error: yaml.MarkedYAMLError) -> int | None:
    return int(error.context_mark.line) if error.context_mark else None


def _line(error: yaml.MarkedYAMLError) -> int:
    return int(error.problem_mark.line) if error.problem_mark else 0


def _told(match: re.Match[str], mistake: Mistake, number: int, right: str) -> Diagnosis:
    groups = match.groupdict()
    write = to_write(right)
    start, end = match.span("at")
    return Diagnosis(
        number,
        start,
        max(end, start + 1),
        Text(mistake.fault.sv.format_map(groups), mistake.fault.en.format_map(groups)),
        Text(f"{mistake.mend.sv} {write.sv}".strip(), f"{mistake.mend.en} {write.en}".strip()),
    )
