"""What a reader can choose records by: type, terms, the methods that they name, years.

The search page and its plain links are made from the same choices. A choice's key is the word for it in
addresses: `?lan=skane` chooses what the page /lan/skane/ shows. Its attribute is the word for it in the
elements that others embed.
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
    """One thing to choose by."""

    key: str
    attribute: str
    label: str
    values: tuple[ChoiceValue, ...]


def choices(library: Library, *, years: bool) -> tuple[Choice, ...]:
    """In the order in which they are offered: type, terms as the types name them, named records and, where
    `years` have pages, year. Only values that some record has are there."""
    found = (_used(choice) for choice in every_choice(library, years=years))
    return tuple(choice for choice in found if choice.values)


def every_choice(library: Library, *, years: bool) -> Iterator[Choice]:
    """The same with the terms that no record has."""
    yield _by_type(library)
    yield from _by_vocabulary(library)
    yield from _by_reference(library)
    if years:
        yield _by_year(library)


def _used(choice: Choice) -> Choice:
    return choice._replace(values=tuple(value for value in choice.values if value.records))


def _by_type(library: Library) -> Choice:
    """A tool counts as its method, whose list it is found by."""
    types = library.dictionary.types
    values = []
    for name, listed in by_type(library).items():
        below = [r for t in types.values() if t.parent == name for r in library.records[t.id]]
        records = (*listed.records, *below)
        values.append(ChoiceValue(types[name].path, listed.title, listed.address, records))
    return Choice(TYPE_KEY, "type", "Typ av sida", tuple(values))


def _by_vocabulary(library: Library) -> Iterator[Choice]:
    dictionary = library.dictionary
    named = dict.fromkeys(f.vocabulary for name in library.records for f in dictionary.types[name].facets)
    for vocabulary in (dictionary.vocabularies[name] for name in named):
        if vocabulary.path:
            values = (
                ChoiceValue(
                    term.id,
                    term.label.sv,
                    f"{vocabulary.path}/{term.id}/",
                    library.by_term.get((vocabulary.id, term.id), ()),
                )
                for term in library.terms_here(vocabulary)
            )
            yield Choice(vocabulary.path, vocabulary.attribute, vocabulary.label.sv, tuple(values))


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
            target,
            field.label.sv,
            tuple(_naming(library, target, field)),
        )


def _naming(library: Library, target: str, field: Field) -> Iterator[ChoiceValue]:
    """For each record of the target type, those that name it in the field."""
    for named in sorted(library.records[target], key=lambda r: swedish(r.title)):
        mentioning = library.mentions.get(Key(named.type, named.id), ())
        records = [r for r in mentioning if named.id in values_of(r, field)]
        yield ChoiceValue(named.id, named.title, library.address(named), records)


def _by_year(library: Library) -> Choice:
    """The latest first."""
    values = (
        ChoiceValue(listed.title, listed.title, listed.address, listed.records) for listed in by_year(library)
    )
    return Choice(YEAR_PATH, "year", "År", tuple(values))
