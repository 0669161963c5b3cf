"""Advice on plain language, by LIX, the Swedish readability index (C. H. Björnsson, 1968).

LIX = words / sentences + 100 × long words / words, where a long word has more than six letters.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kunskapsbank.checks.subject import Subject
from kunskapsbank.problems.problem import Code, Place, Problem, Severity, Text

HARD_TO_READ: Final = Code(
    "hard-to-read",
    Severity.ADVICE,
    Text(
        "Texten är svår att läsa: LIX {lix}, mer än {limit}.",
        "The text is hard to read: LIX {lix}, more than {limit}.",
    ),
    Text(
        "Dela långa meningar och byt långa ord mot korta.",
        "Split long sentences and change long words for short ones.",
    ),
    Text(
        "LIX räknar meningarnas längd och andelen långa ord. Under 40 är en vanlig tidningstext, över 50 är myndighetsprosa.",
        "LIX counts the length of sentences and the share of long words. Below 40 is ordinary newspaper text, above 50 official prose.",
    ),
)

CODES: Final = (HARD_TO_READ,)

_LETTERS: Final = bytes(ord("x" if chr(b).isalpha() else "-" if chr(b) == "-" else " ") for b in range(256))
"""Latin-1 with every letter made into an x, and all but letters and hyphens into spaces: all of Swedish. Words
of that form are counted without being taken apart, in half the time."""

_DASHES: Final = re.compile(rb" -+(?= )")
"""Hyphens that stand alone are no words. Each keeps its space in front, so that the search is for a fixed word."""

_CLOSING: Final = "”’\"')»"
_MARKS: Final = ".!?:"
_SENTENCES: Final = bytes(
    ord(".") if chr(b) in _MARKS else ord(" ") if chr(b).isspace() else b for b in range(256)
)
_CLOSING_BYTES: Final = _CLOSING.encode("latin-1", "ignore")

_WORD: Final = b" x"
_LONG_WORD: Final = b"xxxxxxx "
"""The beginning of a word, and the end of one with more than six letters, which is the quicker one to find."""

_ENOUGH: Final = 100
"""Below this many words the index swings too much to say anything."""


def lix(blocks: Sequence[str]) -> int | None:
    """The index of a text given as its blocks (each ends a sentence); None where it is too short."""
    text = "\n".join(blocks).encode("latin-1", "ignore") + b"\n"
    shape = b" " + text.translate(_LETTERS)
    if b"-" in shape:
        shape = _DASHES.sub(b" ", shape).replace(b"-", b"x")
    words = shape.count(_WORD)
    if words < _ENOUGH:
        return None
    unmarked = len([block for block in blocks if block.rstrip(_CLOSING)[-1:] not in _MARKS])
    sentences = text.translate(_SENTENCES, _CLOSING_BYTES).count(b". ") + unmarked
    return round(words / sentences + 100 * shape.count(_LONG_WORD) / words)


def check(subject: Subject) -> Iterator[Problem]:
    body = subject.document.body
    index = lix(body.prose) if body else None
    limit = subject.context.lix_limit
    if body and index is not None and index > limit:
        line = body.sections[0].heading.place.line if body.sections else body.place.line
        yield subject.problem(HARD_TO_READ, Place(line, 1, line, 1), lix=index, limit=limit)
