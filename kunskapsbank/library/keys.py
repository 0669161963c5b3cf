"""Digests of what pages are made from in a library, to tell whether they have to be made again.

A key may say too much, and a page is made again for nothing. It must never say too little: whatever a page
shows of a record, beside that of its own, must be in the record's `facts`.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import RecordType
from kunskapsbank.digests import digest
from kunskapsbank.library.library import Key, Library, values_of
from kunskapsbank.library.lists import RecordList

_NONE: Final = ""
"""Stands for a record that there is not."""


_BETWEEN: Final = "\x00"
"""Between words that make up a key. No text can hold it, since control characters are refused."""


def _joined(words: Iterable[str]) -> bytes:
    return digest(_BETWEEN.join(words))


class Keys:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._of_records: dict[str, bytes] = {}

    @cached_property
    def everything(self) -> bytes:
        """Of all records in whole, in the order in which they are shown."""
        return _joined(part for r in self._every() for part in (r.digest, r.facts))

    @cached_property
    def facts(self) -> bytes:
        """Of all records but for the words of their bodies."""
        return self.of(self._every())

    def of(self, records: Iterable[Record], *parts: str) -> bytes:
        """Of some records but for the words of their bodies, in their order, and of what else is said."""
        return _joined((*parts, "", *(record.facts for record in records)))

    def of_types(self, types: Iterable[RecordType]) -> bytes:
        return digest(*(self.of(self._library.records[type_.id], type_.id) for type_ in types))

    def of_list(self, listed: RecordList, start: int, shown: int) -> bytes:
        """Of a list's page, from the record at `start` and as many as are `shown`."""
        about = (listed.title, listed.kind, listed.noun, listed.description, str(listed.parent))
        where = (str(len(listed.records)), str(start), str(shown))
        return self.of(listed.records[start : start + shown], *about, *where)

    def of_record(self, record: Record) -> bytes:
        """Of a record and of all that it names, that name it and that stand beside it."""
        found = self._of_records.get(record.path)
        if found is None:
            found = self._of_records[record.path] = _joined(
                (record.digest, record.facts, *self._near(record))
            )
        return found

    def of_entry(self, record: Record) -> bytes:
        """Of a record and of what those are called that it names: the search looks for no more of them."""
        return _joined((record.digest, record.facts, *self._names(record)))

    def _names(self, record: Record) -> Iterator[str]:
        library = self._library
        type_ = library.type_of(record)
        for field in type_.mentions:
            for target in values_of(record, field):
                named = library.find(field.references, target)
                yield named.title if named else _NONE
        parent = library.find([type_.parent], record.id) if type_.parent else None
        yield parent.title if parent else _NONE

    def _every(self) -> Iterator[Record]:
        yield from self._library.all_records()
        yield from self._library.withdrawn

    def _near(self, record: Record) -> Iterator[str]:
        library = self._library
        type_ = library.type_of(record)
        for field in type_.mentions:
            for target in values_of(record, field):
                yield from (self._facts(Key(name, target)) for name in field.references)
        yield "mentions"
        yield from (other.facts for other in library.mentions.get(Key(record.type, record.id), ()))
        yield "family"
        if type_.parent:
            yield self._facts(Key(type_.parent, record.id))
        for other in library.dictionary.types.values():
            if other.parent == record.type:
                yield self._facts(Key(other.id, record.id))
        yield "neighbours"
        if not record.withdrawn:
            yield from (other.facts if other else _NONE for other in library.neighbours(record))

    def _facts(self, key: Key) -> str:
        found = self._library.by_key.get(key)
        return found.facts if found else _NONE
