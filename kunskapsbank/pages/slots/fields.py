"""What the fields and sections of a type are and how they are written, for those who write records."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from kunskapsbank.dictionary.shapes import flow
from kunskapsbank.dictionary.types import Dictionary, Field, RecordType
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.slots.asked import Asked
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import Value


class FieldView(NamedTuple):
    """`need` says in words whether the field must be there; `choices` are the words that it may hold."""

    key: str
    label: str
    help: Markup
    need: str
    example: str
    choices: tuple[Value, ...]


class SectionHelp(NamedTuple):
    heading: str
    help: Markup
    need: str


def names(asked: Asked) -> Iterable[str]:
    return asked.dictionary.types


def html(asked: Asked, name: str, *_: object) -> str:
    type_ = asked.dictionary.types[name]
    return render("fields.html", fields=tuple(_fields(asked, type_)), sections=tuple(_sections(asked, type_)))


def _fields(asked: Asked, type_: RecordType) -> Iterator[FieldView]:
    """The required ones first, then the others, in the order of the dictionary."""
    for field in sorted(type_.fields.values(), key=lambda field: not field.required):
        yield FieldView(
            field.key,
            field.label.sv,
            asked.viewer.texts.html(field.help.sv),
            _need(field.required, field.may_be_unknown),
            f"{field.key}: {flow(field.example)}" if field.example else "",
            tuple(_choices(field, asked.dictionary)),
        )


def _sections(asked: Asked, type_: RecordType) -> Iterator[SectionHelp]:
    for section in type_.sections:
        need = _need(section.required, not section.required)
        yield SectionHelp(section.heading.sv, asked.viewer.texts.html(section.help.sv), need)


def _need(required: bool, may_be_unknown: bool) -> str:
    if required:
        return "Måste finnas"
    return "Fyll i, eller ange i not_documented" if may_be_unknown else "Om det behövs"


def _choices(field: Field, dictionary: Dictionary) -> Iterator[Value]:
    """The terms of a closed list, with what is written in the file as the words."""
    if field.vocabulary:
        vocabulary = dictionary.vocabularies[field.vocabulary]
        address = f"{ROOT}{vocabulary.path}/" if vocabulary.path else None
        yield Value(f"{len(vocabulary.terms)} {vocabulary.plural.sv.lower()}", address)
    yield from (Value(f"{word} ({label.sv.lower()})") for word, label in field.words.items())
