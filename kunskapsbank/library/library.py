"""The library: every record in its place, with the terms it belongs to and who mentions it.

Built once from accepted records and never changed. Order is explicit everywhere, so that the same
records give the same pages.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.shared import Shared
from kunskapsbank.dictionary.types import Dictionary, Field, RecordType, Term, Vocabulary
from kunskapsbank.library.dates import UNKNOWN, sort_key
from kunskapsbank.library.elsewhere import Elsewhere, Page, elsewhere


class Key(NamedTuple):
    """A record's type and id."""

    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Library:
    """`records` are by type, in the order of the type's lists; withdrawn ones are in `withdrawn` only.

    `by_term` gives the records of a term by (vocabulary, term), in the order of types and then lists.
    `mentions` gives the records that refer to a record in their fields, in the order of lists.
    `aliases` gives the record that an old id now leads to, `places` where a record stands in its type's list.
    `elsewhere` is what lies on the site that this one is a part of.
    """

    dictionary: Dictionary
    records: Mapping[str, Sequence[Record]]
    withdrawn: Sequence[Record]
    by_key: Mapping[Key, Record]
    by_term: Mapping[tuple[str, str], Sequence[Record]]
    mentions: Mapping[Key, Sequence[Record]]
    aliases: Mapping[Key, Record]
    places: Mapping[Key, int]
    elsewhere: Elsewhere

    def type_of(self, record: Record) -> RecordType:
        return self.dictionary.types[record.type]

    def address(self, record: Record) -> str:
        return self.type_of(record).address(record.id)

    def find(self, types: Iterable[str], record_id: str) -> Record | None:
        """The record of the first of the types that has one of this id; withdrawn ones are not found."""
        found = (self.by_key.get(Key(name, record_id)) for name in types)
        return next((record for record in found if record and not record.withdrawn), None)

    def find_elsewhere(self, types: Iterable[str], record_id: str) -> Page | None:
        """The same for the records of the site that this one is a part of."""
        found = (self.elsewhere.records.get((name, record_id)) for name in types)
        return next((page for page in found if page), None)

    def is_elsewhere(self, vocabulary: Vocabulary, term: str) -> bool:
        """Whether the page of a term lies on the site that this one is a part of."""
        return f"{vocabulary.path}/{term}/" in self.elsewhere.leads

    def terms_here(self, vocabulary: Vocabulary) -> Iterator[Term]:
        """Those whose pages don't lie there, in the order of the vocabulary."""
        return (term for term in vocabulary.terms.values() if not self.is_elsewhere(vocabulary, term.id))

    def neighbours(self, record: Record) -> tuple[Record | None, Record | None]:
        """The one before and the one after it in time, of its type; nothing for types without dates."""
        if self.type_of(record).order != "date":
            return None, None
        place = self.places[Key(record.type, record.id)]
        latest_first = self.records[record.type]
        earlier = latest_first[place + 1] if place + 1 < len(latest_first) else None
        return earlier, latest_first[place - 1] if place else None

    def all_records(self) -> Iterator[Record]:
        """Every record that is not withdrawn, in the order of types and then lists."""
        for records in self.records.values():
            yield from records


_SWEDISH: Final = str.maketrans({"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c", "é": "e", "ü": "y"})
"""Å, ä and ö are letters after z; é and ü are sorted as e and y."""


def swedish(text: str) -> str:
    """A sort key for the Swedish alphabet."""
    return normalize("NFC", text).casefold().translate(_SWEDISH)


def relate(records: Iterable[Record], dictionary: Dictionary, shared: Shared | None = None) -> Library:
    every = sorted(records, key=lambda r: (r.type, r.id))
    shown = [record for record in every if not record.withdrawn]
    by_type = {name: _in_order(shown, type_) for name, type_ in _types_in_order(dictionary)}
    in_lists = [record for records_of_type in by_type.values() for record in records_of_type]
    by_key = {Key(r.type, r.id): r for r in every}
    by_term = _by_term(in_lists, dictionary)
    aliases = _aliases(every, by_key, dictionary)
    return Library(
        dictionary=dictionary,
        records=by_type,
        withdrawn=tuple(r for r in every if r.withdrawn),
        by_key=by_key,
        by_term=by_term,
        mentions=_mentions(in_lists, by_key, dictionary),
        aliases=aliases,
        places={Key(r.type, r.id): n for members in by_type.values() for n, r in enumerate(members)},
        elsewhere=elsewhere(shared, dictionary, by_key.keys() | aliases.keys(), by_term),
    )


def _aliases(
    every: Sequence[Record], by_key: Mapping[Key, Record], dictionary: Dictionary
) -> dict[Key, Record]:
    """Return the record that each former id leads to. One with a parent has the parent's former ids too, since its page
    lies under the parent's."""
    own = {Key(r.type, alias): r for r in every for alias in r.fields.get("aliases", ())}
    inherited = {
        Key(child.id, former): by_key[Key(child.id, record.id)]
        for child in dictionary.types.values()
        for (type_, former), record in own.items()
        if type_ == child.parent and Key(child.id, record.id) in by_key
    }
    return {key: r for key, r in inherited.items() if key not in by_key} | own


_ORDER: Final = ("example", "method", "tool", "activity", "news", "goal", "finding")


def _types_in_order(dictionary: Dictionary) -> list[tuple[str, RecordType]]:
    """Examples and methods first; types of other sites after those we know, by their id."""
    rank = {name: number for number, name in enumerate(_ORDER)}
    return sorted(dictionary.types.items(), key=lambda item: (rank.get(item[0], len(rank)), item[0]))


def _in_order(records: Sequence[Record], type_: RecordType) -> tuple[Record, ...]:
    """By title, or the latest first."""
    own = [record for record in records if record.type == type_.id]
    own.sort(key=lambda r: (swedish(r.title), r.id))
    if type_.order == "date":
        own.sort(key=lambda r: sort_key(str(r.fields.get("date", UNKNOWN))), reverse=True)
    return tuple(own)


def terms_of(record: Record, dictionary: Dictionary, *, likening: bool = False) -> Iterator[tuple[str, str]]:
    """The (vocabulary, term) pairs that a record belongs to, through the fields that are facets; with
    `likening` only those that make records alike."""
    for keys, vocabulary, many, likens in dictionary.types[record.type].facets:
        if likening and not likens:
            continue
        value: Any = record.fields
        for key in keys:
            value = value.get(key) if value else None
        if many:
            yield from ((vocabulary, term) for term in value or ())
        elif value is not None:
            yield vocabulary, value


def _by_term(records: Sequence[Record], dictionary: Dictionary) -> dict[tuple[str, str], tuple[Record, ...]]:
    found: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        for term in dict.fromkeys(terms_of(record, dictionary)):
            found[term].append(record)
    return {term: tuple(members) for term, members in found.items()}


def values_of(record: Record, field: Field) -> list[str]:
    """What a field of words holds, one or many."""
    value = record.fields.get(field.key, [])
    return value if isinstance(value, list) else [value]


def _mentions(
    records: Sequence[Record], by_key: Mapping[Key, Record], dictionary: Dictionary
) -> dict[Key, tuple[Record, ...]]:
    found: defaultdict[Key, dict[Key, Record]] = defaultdict(dict)
    for record in records:
        for field in dictionary.types[record.type].mentions:
            for target in values_of(record, field):
                key = next((Key(t, target) for t in field.references if Key(t, target) in by_key), None)
                if key:
                    found[key][Key(record.type, record.id)] = record
    return {key: tuple(mentioning.values()) for key, mentioning in found.items()}
