"""Characters that don't show: controls, which no content may hold, and those that make a word another one.

What languages need of them is told in `reading.scripts`.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from kunskapsbank.problems.problem import Code, Place, Problem, Severity, Text, Value
from kunskapsbank.reading import scripts
from kunskapsbank.reading.lines import TextLines

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

INVISIBLE_CHARACTER: Final = Code(
    "invisible-character",
    Severity.ERROR,
    Text(
        "I ”{word}” står ett tecken som inte syns: {name} (U+{number}).",
        "In “{word}” there is a character that doesn't show: {name} (U+{number}).",
    ),
    Text(
        "Skriv ordet för hand i stället för att klistra in det: {word}",
        "Type the word instead of pasting it: {word}",
    ),
    Text(
        "Ord som ser likadana ut är olika för en dator, och den hittar inte det som avses.",
        "Words that look alike are different to a computer, which doesn't find the one that is meant.",
    ),
)

HIDDEN_CHARACTER: Final = Code(
    "hidden-character",
    Severity.ERROR,
    Text(
        "Här står ett tecken som inte syns, eller som ser olika ut för olika läsare: {name} (U+{number}).",
        "There is a character here that doesn't show, or that looks different to different readers: {name} (U+{number}).",
    ),
    Text(
        "Ta bort tecknet. Skriv om ordet om det inte syns.",
        "Take the character away. Retype the word if it doesn't show.",
    ),
    Text(
        "Det som inte syns kan dölja text för läsaren, eller göra en rubrik eller länk tom.",
        "What doesn't show can hide text from readers, or make a heading or link empty.",
    ),
)

CODES: Final = (CONTROL_CHARACTER, BIDI_CONTROL, INVISIBLE_CHARACTER, HIDDEN_CHARACTER)

_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE: Final = scripts.CONTROL
_IS_BIDI: Final = re.compile(f"[{_BIDI}]")

_BLANKS: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NOTHINGS: Final = "\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064"
STRANGE: Final = re.compile(f"[{_BLANKS}{_NOTHINGS}]")
"""Blanks that are not the space key's, and signs without width. In running text they have their uses; in
names of fields and in words of closed lists they are always a mistake."""

_ARE_BLANKS: Final = re.compile(f"[{_BLANKS}]")
_ARE_NOTHINGS: Final = re.compile(f"[{_NOTHINGS}]")
NAMES: Final = {
    "\u00a0": Text("ett hårt mellanslag", "a no-break space"),
    "\u00ad": Text("ett mjukt bindestreck", "a soft hyphen"),
    "\u200b": Text("ett mellanslag utan bredd", "a zero-width space"),
    "\u202f": Text("ett smalt hårt mellanslag", "a narrow no-break space"),
}
_OTHER_BLANK: Final = Text("ett ovanligt mellanslag", "an unusual space")
OTHER_NOTHING: Final = Text("ett tecken utan bredd", "a character without width")


def without_strange(text: str) -> str:
    return _ARE_BLANKS.sub(" ", _ARE_NOTHINGS.sub("", text))


def strange_in_word(word: str, path: str, place: Place, *, as_written: bool) -> Problem | None:
    """The first such character in a word that should have none. `as_written` where the word stands in the
    file as it is, so that the place of the character can be told; otherwise the whole word is pointed at."""
    match = STRANGE.search(word)
    if match is None:
        return None
    if as_written and place.line == place.end_line:
        column = place.column + match.start()
        place = Place(place.line, column, place.line, column + 1)
    other = _OTHER_BLANK if _ARE_BLANKS.match(match.group()) else OTHER_NOTHING
    name = NAMES.get(match.group(), other)
    values: dict[str, Value] = {
        "word": without_strange(word).strip(),
        "name": name,
        "number": f"{ord(match.group()):04X}",
    }
    return Problem(INVISIBLE_CHARACTER, path, place, values)


def strange_in_text(text: str, path: str, place: Place) -> Iterator[Problem]:
    """Yield a problem for each sign without width that stands in running text where no language needs it.

    `place` is where the text stands in the file.
    """
    yield from (_strange(text, position, path, place) for position in scripts.find_needless(text))


def strange_in_lines(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """Yield the same for a text that stands in the file as it is, each at its own place."""
    lines = TextLines(text, first_line)
    for position in scripts.find_needless(text):
        yield _strange(text, position, path, lines.span(position, position + 1))


def _strange(text: str, position: int, path: str, place: Place) -> Problem:
    before, after = text[max(0, position - _NEAR) : position], text[position : position + _NEAR]
    word = (before.split() or [""])[-1] if before[-1:].strip() else ""
    values: dict[str, Value] = {
        "word": without_strange(word + after.split()[0]).strip(),
        "name": NAMES.get(text[position], OTHER_NOTHING),
        "number": f"{ord(text[position]):04X}",
    }
    return Problem(INVISIBLE_CHARACTER, path, place, values)


_NEAR: Final = 40
"""So many characters on either side of a sign are enough to show the word that it stands in."""


def in_text(text: str, path: str) -> Iterator[Problem]:
    """One problem for each such character, at its place."""
    lines = TextLines(text, 1)
    for match in _INVISIBLE.finditer(text):
        line, column, _, _ = lines.span(match.start(), match.start())
        yield _problem(match, path, Place(line, column, line, column + 1))


def in_value(value: str, path: str, place: Place) -> Iterator[Problem]:
    """The same for a value whose characters were written as escapes, at the place of the whole value."""
    yield from (_problem(match, path, place) for match in _INVISIBLE.finditer(value))


_FIRST_BYTES: Final = {*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xC2, 0xD8, 0xE2, 0xED, 0xEF}
_OTHER_BYTES: Final = bytes(byte for byte in range(256) if byte not in _FIRST_BYTES)
"""Those that such a character may start with in UTF-8, and all others."""


def may_have_any(data: bytes) -> bool:
    """Whether a text in UTF-8 is worth searching: false for most, at a tenth of what it costs to look."""
    return bool(data.translate(None, _OTHER_BYTES))


def has_any(text: str) -> bool:
    """Whether a text holds any. One that can be printed holds none, and most can."""
    return not text.replace("\n", "").isprintable() and _INVISIBLE.search(text) is not None


def _problem(match: re.Match[str], path: str, place: Place) -> Problem:
    code = BIDI_CONTROL if _IS_BIDI.match(match.group()) else CONTROL_CHARACTER
    return Problem(code, path, place, {"number": f"{ord(match.group()):04X}"})


def hidden_in_text(text: str, path: str) -> Iterator[Problem]:
    """Yield a problem for each hidden character of a file, at its place."""
    lines = TextLines(text, 1)
    for position in scripts.find_hidden(text):
        yield _hidden(text[position], path, lines.span(position, position + 1))


def hidden_in_value(value: str, path: str, place: Place) -> Iterator[Problem]:
    """Yield the same for a value whose characters were written as escapes, at the place of the whole value."""
    yield from (_hidden(value[position], path, place) for position in scripts.find_hidden(value))


def _hidden(sign: str, path: str, place: Place) -> Problem:
    return Problem(HIDDEN_CHARACTER, path, place, {"name": _kind_of(sign), "number": f"{ord(sign):04X}"})


def _kind_of(sign: str) -> Text:
    if unicodedata.category(sign) == "Cn" and not _SIGNS_OF_KINDS["tag"].match(sign):
        return KINDS["unassigned"]
    return next(KINDS[name] for name, pattern in _SIGNS_OF_KINDS.items() if pattern.match(sign))


KINDS: Final = {
    "selector": Text("en väljare av utseende", "a variation selector"),
    "tag": Text("ett dolt märke", "a hidden tag"),
    "private": Text("ett tecken för privat bruk", "a private-use character"),
    "filler": Text("ett utfyllnadstecken", "a filler"),
    "unassigned": Text("ett tecken som Unicode inte har", "a character that Unicode doesn't have"),
    "other": Text("ett tecken utan egen form", "a character without a form of its own"),
}
"""What hidden characters are called."""

_SIGNS_OF_KINDS: Final = {
    "selector": re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f]"),
    "tag": re.compile(r"[\U000e0000-\U000e0fff]"),
    "private": re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]"),
    "filler": re.compile(f"[{scripts.FILLERS}]"),
    "other": re.compile("(?s:.)"),
}
