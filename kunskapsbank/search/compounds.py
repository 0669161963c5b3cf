"""The parts of Swedish compounds: a search for `arbete`, and one for `jämställdhet`, find `jämställdhetsarbete`.

A word is split where a known first part meets a known last part. Which forms can be what comes from a
spelling dictionary (see `words/README.md`), where each word is marked for how it may be joined.
"""

import lzma
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

WORDS: Final = Path(__file__).parent / "words"

SHORTEST_HEAD: Final = 3
SHORTEST_TAIL: Final = 4
SHORT_TAILS: Final = frozenset({"bok", "dag", "kod", "lag", "liv", "län", "mål", "råd", "rum", "val", "år"})
"""Tails that are looked for although they are short. Others so short are mostly endings."""

_LEAST: Final = min(map(len, SHORT_TAILS))

PARTICLES: Final = frozenset(
    {
        "an", "anti", "av", "be", "bort", "de", "dis", "där", "efter", "ett", "fort", "fram", "från", "för", "före", "genom", "hem",
        "här", "igen", "ihop", "in", "inne", "inom", "inter", "isär", "jäm", "kon", "lös", "med", "mellan", "miss", "mot", "ned",
        "ner", "när", "om", "på", "re", "sam", "sex", "sär", "till", "tre", "två", "under", "upp", "ut", "utan", "van", "var",
        "vid", "väl", "åter", "än", "över",
    }
)  # fmt: skip
"""First parts that make another word of the last one, and no kind of it: `utbildning` is no `bildning`."""


NEW: Final = "ny"
"""The one first part of two letters that is looked for, before a tail too long to come about by chance."""

LONG_TAIL: Final = 6

LONGEST_WORD: Final = 60
"""A longer word is no compound that anybody searches for a part of, and its stretches grow with the square of its
length."""


class Compounds:
    """Knows the parts of some words, since all parts of the language would take up tens of megabytes. All
    words are in small letters."""

    def __init__(self, words: Iterable[str]) -> None:
        parts = {part for word in words if len(word) <= LONGEST_WORD for part in _parts(word)}
        self._heads = parts.intersection(listed("heads")) - PARTICLES
        self._tails = parts.intersection(listed("tails"))
        self._is_head = cache(self._may_begin)
        self.parts = cache(self._parts_of)
        """The tails of a word, and what is before the longest where that is a word of its own too. A word stands in
        many texts."""

    def _parts_of(self, word: str) -> tuple[str, ...]:
        if len(word) > LONGEST_WORD:
            return ()
        tails = self.tails(word)
        head = word.removesuffix(tails[0]) if tails else ""
        return (head, *tails) if len(head) >= SHORTEST_TAIL and head in self._tails else tails

    def tails(self, word: str) -> tuple[str, ...]:
        """The last parts of a word that are words, the longest first."""
        found = self._tails_of(word)
        if not found:
            return ()
        inside = self._tails_of(found[0])
        return (found[0], *(tail for tail in found[1:] if tail in inside))

    def _tails_of(self, word: str) -> tuple[str, ...]:
        cuts = range(SHORTEST_HEAD, len(word) - _LEAST + 1)
        found = (word[cut:] for cut in cuts if self._is_tail(word[cut:]) and self._is_head(word[:cut]))
        new = word.removeprefix(NEW)
        return (new, *found) if new != word and len(new) >= LONG_TAIL and new in self._tails else tuple(found)

    def _is_tail(self, part: str) -> bool:
        return part in self._tails and (len(part) >= SHORTEST_TAIL or part in SHORT_TAILS)

    def _may_begin(self, part: str) -> bool:
        """A known first part, or several."""
        if part in self._heads:
            return True
        cuts = range(SHORTEST_HEAD, len(part) - SHORTEST_HEAD + 1)
        return any(part[cut:] in self._heads and self._may_begin(part[:cut]) for cut in cuts)


def _parts(word: str) -> Iterator[str]:
    """Every stretch of a word that could be one of its parts."""
    for start in range(len(word)):
        for end in range(start + 2, len(word) + 1):
            yield word[start:end]


@cache
def listed(name: str) -> Sequence[str]:
    """The word forms that can be "heads" or "tails". A process that makes several parts of an index reads them once."""
    return lzma.decompress((WORDS / f"{name}.txt.xz").read_bytes()).decode().split("\n")
