"""What the fields and sections of a record type are, for those who write records: the dictionary as a page."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from kunskapsbank.dictionary.types import Dictionary, Field, RecordType
from kunskapsbank.dictionary.validation import flow
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.view_types import Value
from kunskapsbank.pages.views import Viewer


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


class FieldsView(NamedTuple):
    fields: tuple[FieldView, ...]
    sections: tuple[SectionHelp, ...]


def fields_view(viewer: Viewer, type_: RecordType) -> FieldsView:
    """The required fields first, then the others, in the order of the dictionary."""
    ordered = sorted(type_.fields.values(), key=lambda field: not field.required)
    texts = viewer.texts
    return FieldsView(
        tuple(
            FieldView(
                f.key,
                f.label.sv,
                texts.html(f.help.sv),
                _need(f.required, f.may_be_unknown),
                f"{f.key}: {flow(f.example)}" if f.example else "",
                tuple(_choices(f, viewer.dictionary)),
            )
            for f in ordered
        ),
        tuple(
            SectionHelp(s.heading.sv, texts.html(s.help.sv), _need(s.required, not s.required))
            for s in type_.sections
        ),
    )


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
