"""Characters that no content may hold: invisible controls, and those that turn the direction of a text."""

import re
from collections.abc import Iterator
from typing import Final

from kunskapsbank.problems.problem import Code, Place, Problem, Severity, Text

CONTROL_CHARACTER: Final = Code(
    "control-character",
    Severity.ERROR,
    Text(
        "Här står ett osynligt styrtecken (U+{number}).",
        "There is an invisible control character here (U+{number}).",
    ),
    Text(
        "Ta bort tecknet. Skriv om ordet om det inte syns.",
        "Take the character away. Retype the word if it doesn't show.",
    ),
    Text(
        "Styrtecken syns inte men kan förstöra sidor och flöden.",
        "Control characters don't show but can break pages and feeds.",
    ),
)
BIDI_CONTROL: Final = Code(
    "bidi-control",
    Severity.ERROR,
    Text(
        "Här står ett osynligt tecken som vänder textens riktning (U+{number}).",
        "There is an invisible character here that turns the direction of the text (U+{number}).",
    ),
    Text(
        "Ta bort tecknet. Skriv om ordet om det inte syns.",
        "Take the character away. Retype the word if it doesn't show.",
    ),
    Text(
        "Sådana tecken kan få en text att se ut som något annat än den är.",
        "Such characters can make a text look like something that it is not.",
    ),
)

CODES: Final = (CONTROL_CHARACTER, BIDI_CONTROL)

_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE: Final = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff{_BIDI}]"
)
_IS_BIDI: Final = re.compile(f"[{_BIDI}]")


def in_text(text: str, path: str) -> Iterator[Problem]:
    """One problem for each such character, at its place."""
    for match in _INVISIBLE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        yield _problem(match, path, Place(line, column, line, column + 1))


def in_value(value: str, path: str, place: Place) -> Iterator[Problem]:
    """The same for a value whose characters were written as escapes, at the place of the whole value."""
    yield from (_problem(match, path, place) for match in _INVISIBLE.finditer(value))


def has_any(text: str) -> bool:
    """Whether a text holds any. One that can be printed holds none, and most can."""
    return not text.replace("\n", "").isprintable() and _INVISIBLE.search(text) is not None


def _problem(match: re.Match[str], path: str, place: Place) -> Problem:
    code = BIDI_CONTROL if _IS_BIDI.match(match.group()) else CONTROL_CHARACTER
    return Problem(code, path, place, {"number": f"{ord(match.group()):04X}"})
