"""Which records belong to a part of the site: a county's own, and what they need.

A record of the county is one that names it. What they need is what they refer to, as far as that is nobody's
own, such as a method: a record that names other counties only stays with them, and is linked to. A tool goes
with its method and a method with its tool.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping

from kunskapsbank.checks.record import Examined, Record
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.library.library import Key, Library, terms_of
from kunskapsbank.library.lists import COUNTIES

References = Mapping[Key, Collection[Key]]
"""The records that each record refers to, in its fields and in its text."""


def references(examined: Iterable[Examined], library: Library) -> References:
    found: dict[Key, list[Key]] = {}
    for one in examined:
        keys = (Key(name, reference.id) for reference in one.references for name in reference.types)
        found[Key(one.type, one.id)] = [key for key in keys if key in library.by_key]
    return found


def part_of(library: Library, refers: References, term: str) -> frozenset[Key]:
    """The keys of the records that belong to the part; withdrawn ones too, whose addresses live on."""
    own = [key for key, record in library.by_key.items() if term in _counties(record, library.dictionary)]
    found = set(own)
    waiting = deque(own)
    while waiting:
        for key in _needed(waiting.popleft(), library, refers):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return frozenset(found)


def _needed(key: Key, library: Library, refers: References) -> Iterator[Key]:
    types = library.dictionary.types
    family = [types[key.type].parent, *(t.id for t in types.values() if t.parent == key.type)]
    yield from (other for name in family if name and (other := Key(name, key.id)) in library.by_key)
    for other in refers.get(key, ()):
        if not _counties(library.by_key[other], library.dictionary):
            yield other


def _counties(record: Record, dictionary: Dictionary) -> Collection[str]:
    return [term for vocabulary, term in terms_of(record, dictionary) if vocabulary == COUNTIES]
