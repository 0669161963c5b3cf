"""Records that are like a record: they name the same records, belong to the same terms, use the same words.

What few records share says more than what many do (its weight is the logarithm of how rare it is), and
what more than `COMMON` share is not looked at, so the cost of a record does not grow with their number.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.library.library import Key, Library, terms_of, values_of

MOST: Final = 5
"""How many are shown."""

COMMON: Final = 40
"""What more records share than this is too common to find likeness by."""

ENOUGH: Final = 4.0
"""Less in common than this is chance: about two uncommon terms, or a record that both name."""

_WORD: Final = re.compile(r"[^\W\d_]{7,}")
_STEM: Final = 9
"""Words are compared by as many letters, so that endings don't matter."""

_WEIGHTS: Final = {"names": 3.0, "term": 1.0, "word": 0.7}


class Trait(NamedTuple):
    """Something that a record can share: `kind` is names (another record), term or word; `group` the
    field or the vocabulary; `value` the record, the term or the beginning of the word."""

    kind: str
    group: str
    value: str


class Likeness(NamedTuple):
    """Another record, and what the two share, the rarest first."""

    record: Record
    shared: tuple[Trait, ...]


class Likenesses:
    """Finds the records of a library that are like one of them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        owners: defaultdict[Trait, list[Record]] = defaultdict(list)
        total = 0
        for record in library.all_records():
            total += 1
            for trait in self._traits(record):
                owners[trait].append(record)
        self._owners = {trait: records for trait, records in owners.items() if 1 < len(records) <= COMMON}
        self._total = total

    def of(self, record: Record, but: Sequence[Record] = ()) -> tuple[Likeness, ...]:
        """The most alike, at most `MOST`; `but` are shown elsewhere already."""
        shared: defaultdict[Key, list[Trait]] = defaultdict(list)
        scores: Counter[Key] = Counter()
        for trait in self._traits(record):
            for other in self._owners.get(trait, ()):
                key = Key(other.type, other.id)
                shared[key].append(trait)
                scores[key] += self._weight(trait)  # type: ignore[assignment]  # counters count in floats too
        for known in (record, *but):
            scores.pop(Key(known.type, known.id), None)
        best = sorted((-score, key) for key, score in scores.items() if score >= ENOUGH)[:MOST]
        return tuple(
            Likeness(self._library.by_key[key], tuple(sorted(shared[key], key=self._rarest_first)))
            for _, key in best
        )

    def _traits(self, record: Record) -> Iterator[Trait]:
        likening = (field for field in self._library.type_of(record).mentions if field.likens)
        for field in likening:
            yield from (
                Trait("names", field.key, target) for target in dict.fromkeys(values_of(record, field))
            )
        for vocabulary, term in dict.fromkeys(terms_of(record, self._library.dictionary, likening=True)):
            yield Trait("term", vocabulary, term)
        words = _WORD.findall(f"{record.title} {record.summary}".casefold())
        yield from (Trait("word", "", stem) for stem in dict.fromkeys(word[:_STEM] for word in words))

    def _weight(self, trait: Trait) -> float:
        return _WEIGHTS[trait.kind] * log(self._total / len(self._owners[trait]))

    def _rarest_first(self, trait: Trait) -> tuple[float, Trait]:
        return -self._weight(trait), trait
