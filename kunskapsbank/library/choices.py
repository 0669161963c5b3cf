"""What a reader can choose records by: type, terms, the methods that they name, years.

The search page and its plain links are made from the same choices. A choice's key is the word for it in
addresses: `?lan=skane` chooses what the page /lan/skane/ shows.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Field
from kunskapsbank.library.library import Key, Library, swedish, values_of
from kunskapsbank.library.lists import YEAR_PATH, by_type, by_year

TYPE_KEY: Final = "typ"


class ChoiceValue(NamedTuple):
    """`address` is the page that shows its records without any script."""

    key: str
    label: str
    address: str
    records: Sequence[Record]


class Choice(NamedTuple):
    """One thing to choose by. Only values that some record has are there."""

    key: str
    label: str
    values: tuple[ChoiceValue, ...]


def choices(library: Library, *, years: bool) -> tuple[Choice, ...]:
    """In the order in which they are offered: type, terms as the types name them, named records and, where
    `years` have pages, year."""
    found = [_by_type(library), *_by_vocabulary(library), *_by_reference(library)]
    found += [_by_year(library)] if years else []
    return tuple(choice for choice in found if choice.values)


def _by_type(library: Library) -> Choice:
    """A tool counts as its method, whose list it is found by."""
    types = library.dictionary.types
    values = []
    for name, listed in by_type(library).items():
        below = [r for t in types.values() if t.parent == name for r in library.records[t.id]]
        if records := (*listed.records, *below):
            values.append(ChoiceValue(types[name].path, listed.title, listed.address, records))
    return Choice(TYPE_KEY, "Typ av sida", tuple(values))


def _by_vocabulary(library: Library) -> Iterator[Choice]:
    dictionary = library.dictionary
    named = dict.fromkeys(f.vocabulary for name in library.records for f in dictionary.types[name].facets)
    for vocabulary in (dictionary.vocabularies[name] for name in named):
        if vocabulary.path:
            with_records = (
                (t, library.by_term.get((vocabulary.id, t.id))) for t in library.terms_here(vocabulary)
            )
            yield Choice(
                vocabulary.path,
                vocabulary.label.sv,
                tuple(
                    ChoiceValue(term.id, term.label.sv, f"{vocabulary.path}/{term.id}/", records)
                    for term, records in with_records
                    if records
                ),
            )


def _by_reference(library: Library) -> Iterator[Choice]:
    """One for each type that a field names which is a facet, such as the methods that are used."""
    fields = {
        field.references[0]: field
        for type_ in library.dictionary.types.values()
        for field in type_.mentions
        if field.facet
    }
    for target, field in fields.items():
        yield Choice(
            library.dictionary.types[target].path,
            field.label.sv,
            tuple(_naming(library, target, field)),
        )


def _naming(library: Library, target: str, field: Field) -> Iterator[ChoiceValue]:
    """For each record of the target type, those that name it in the field."""
    for named in sorted(library.records[target], key=lambda r: swedish(r.title)):
        mentioning = library.mentions.get(Key(named.type, named.id), ())
        records = [r for r in mentioning if named.id in values_of(r, field)]
        if records:
            yield ChoiceValue(named.id, named.title, library.address(named), records)


def _by_year(library: Library) -> Choice:
    """The latest first."""
    values = (
        ChoiceValue(listed.title, listed.title, listed.address, listed.records) for listed in by_year(library)
    )
    return Choice(YEAR_PATH, "År", tuple(values))
