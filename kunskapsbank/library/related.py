"""Records that are like a record: they name the same records, belong to the same terms, use the same words.

What few records share says more than what many do (its weight is the logarithm of how rare it is), and
what more than `COMMON` share is not looked at, so the cost of a record does not grow with their number.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from math import log
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.library.library import Key, Library, terms_of, values_of

COMMON: Final = 40
"""What more records share than this is too common to find likeness by."""

ENOUGH: Final = 4.0
"""Less in common than this is chance: about two uncommon terms, or a record that both name."""

_WORD: Final = re.compile(r"\w{7,}")
_STEM: Final = 9
"""Words are compared by as many letters, so that endings don't matter."""

_WEIGHTS: Final = {"names": 3.0, "term": 1.0, "word": 0.7}

Trait = tuple[str, str, str]
"""Something that a record can share: its kind ("names" another record, "term" or "word"), the field or the
vocabulary, and the record, the term or the beginning of the word."""


class Likeness(NamedTuple):
    """Another record, and what the two share, the rarest first."""

    record: Record
    shared: tuple[Trait, ...]


class Likenesses:
    """Finds the records of a library that are like one of them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._records = tuple(library.all_records())
        self._numbers = {Key(r.type, r.id): number for number, r in enumerate(self._records)}
        every = [tuple(self._traits(record)) for record in self._records]
        owners: defaultdict[Trait, list[int]] = defaultdict(list)
        for number, traits in enumerate(every):
            for trait in traits:
                owners[trait].append(number)
        total = len(self._records)
        self._owners = {
            trait: (_WEIGHTS[trait[0]] * log(total / len(numbers)), numbers)
            for trait, numbers in owners.items()
            if 1 < len(numbers) <= COMMON
        }
        self._traits_of = [tuple(t for t in traits if t in self._owners) for traits in every]

    def of(self, record: Record, most: int, but: Sequence[Record] = ()) -> tuple[Likeness, ...]:
        """The most alike, at most so many; `but` are shown elsewhere already."""
        own = self._traits_of[self._number(record)]
        scores: dict[int, float] = {}
        for trait in own:
            weight, numbers = self._owners[trait]
            for number in numbers:
                scores[number] = scores.get(number, 0.0) + weight
        for known in (record, *but):
            scores.pop(self._number(known), None)
        enough = ((-score, number) for number, score in scores.items() if score >= ENOUGH)
        return tuple(self._likeness(number, own) for _, number in nsmallest(most, enough))

    def _number(self, record: Record) -> int:
        return self._numbers[Key(record.type, record.id)]

    def _likeness(self, number: int, own: Sequence[Trait]) -> Likeness:
        shared = set(own).intersection(self._traits_of[number])
        return Likeness(self._records[number], tuple(sorted(shared, key=lambda t: (-self._owners[t][0], t))))

    def _traits(self, record: Record) -> Iterator[Trait]:
        likening = (field for field in self._library.type_of(record).mentions if field.likens)
        for field in likening:
            yield from (("names", field.key, target) for target in dict.fromkeys(values_of(record, field)))
        for vocabulary, term in dict.fromkeys(terms_of(record, self._library.dictionary, likening=True)):
            yield ("term", vocabulary, term)
        words = _WORD.findall(f"{record.title} {record.summary}".casefold())
        yield from (("word", "", stem) for stem in dict.fromkeys(word[:_STEM] for word in words))
