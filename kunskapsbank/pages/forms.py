"""The form by which a record is sent in: the field dictionary as controls, for those who write no files.

What is asked, and in what words, comes from the dictionary alone. What the editors set is not asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from kunskapsbank.dictionary.shapes import flow
from kunskapsbank.dictionary.types import Dictionary, Field, RecordType
from kunskapsbank.pages.views import Viewer

DEFINITIONS: Final = "bidra/formular"
"""Where the rules of each form lie, for its script."""

TEMPLATES: Final = "bidra/mallar"
"""Where there is a file to fill in for each type, for those without the script."""

_LONG: Final = 120
"""A text that may be longer than this gets a field of several lines."""

_FEW: Final = 8
"""So many choices or fewer are all shown; more are a list that unfolds."""

ITEM: Final = "0"
"""Stands for the number of an item in the names of its controls; the page counts on from it."""


RESPONDENT: Final = "respondent"
"""In the survey, the control for who answers."""

SURVEY_LABELS: Final = {RESPONDENT: "Vem som svarar", "answers": "Svaren"}
"""Of the controls of the survey that are no fields."""


class Choice(NamedTuple):
    value: str
    label: str


class Control(NamedTuple):
    """`name` is the way to the value in the record, with dots: "title", "period.from", "sources.0.section".

    `kind` is line, text (several lines), lines (a value on each), one (of the choices), pick (the same from
    a list that unfolds), many (of them), group, or groups (as many as one likes of a group). `words` are values
    that stand beside what is written, such as "not known". `language` is given where it is not Swedish. `need` says in words whether it must be filled in.
    """

    name: str
    kind: str
    label: str
    help: Markup
    need: str
    needed: bool
    limit: int | None
    example: str
    language: str
    default: str
    choices: tuple[Choice, ...] = ()
    words: tuple[Choice, ...] = ()
    parts: tuple["Control", ...] = ()


class TextControl(NamedTuple):
    """A stretch of the text: a section, or all of it for a type without sections."""

    name: str
    label: str
    help: Markup
    need: str


class FormView(NamedTuple):
    controls: tuple[Control, ...]
    texts: tuple[TextControl, ...]


SECTION: Final = "section"
"""Names of sections' controls start with it and a dot; the whole text of a type without sections has it alone."""


def form_view(viewer: Viewer, type_: RecordType) -> FormView:
    return FormView(tuple(controls(viewer, type_)), tuple(_texts(viewer, type_)))


def controls(viewer: Viewer, type_: RecordType) -> Iterator[Control]:
    """In the order of the dictionary."""
    for field in asked(type_):
        schema = type_.schema["properties"][field.key]
        yield _control(viewer, field, schema, field.key, _need(field.required, field.may_be_unknown))


def asked(type_: RecordType) -> Iterator[Field]:
    """The fields that a contributor fills in. What is not known is worked out from what is left empty."""
    return (f for f in type_.fields.values() if not f.set_by_editors and f.key != "not_documented")


def _control(viewer: Viewer, field: Field, schema: Mapping[str, Any], name: str, need: str) -> Control:
    choices = tuple(_choices(viewer, field, schema))
    return Control(
        name=name,
        kind=_kind(field, schema, choices),
        label=field.label.sv,
        help=viewer.texts.html((field.form_help or field.help).sv),
        need=need,
        needed=field.required,
        limit=schema.get("maxLength"),
        example="" if choices or field.children else _example(field),
        language="en" if field.key.endswith("_en") else "",
        default=str(field.default or ""),
        choices=choices,
        words=() if choices else tuple(Choice(word, label.sv) for word, label in field.words.items()),
        parts=tuple(_parts(viewer, field, schema, name)),
    )


def _parts(viewer: Viewer, field: Field, schema: Mapping[str, Any], name: str) -> Iterator[Control]:
    rules = schema.get("items", schema).get("properties", {})
    above = f"{name}.{ITEM}" if field.many else name
    for part in field.children.values():
        need = _need(part.required, False) if field.many else ""
        yield _control(viewer, part, rules[part.key], f"{above}.{part.key}", need)


def _kind(field: Field, schema: Mapping[str, Any], choices: Sequence[Choice]) -> str:
    if field.children:
        return "groups" if field.many else "group"
    if choices:
        return "many" if field.many else "one" if len(choices) <= _FEW else "pick"
    if field.many:
        return "lines"
    return "text" if schema.get("maxLength", 0) > _LONG else "line"


def _choices(viewer: Viewer, field: Field, schema: Mapping[str, Any]) -> Iterator[Choice]:
    """The terms of a vocabulary, the records that may be named, or the words of a fixed list."""
    if field.vocabulary:
        for term in viewer.dictionary.vocabularies[field.vocabulary].terms.values():
            yield Choice(term.id, term.label.sv)
    for type_id in field.references:
        for record in viewer.library.records[type_id]:
            yield Choice(record.id, record.title)
    for word in schema.get("enum", ()) if field.words else ():
        yield Choice(word, field.words[word].sv)


def _example(field: Field) -> str:
    example = field.example[0] if field.many and field.example else field.example
    return flow(example) if example != "" else ""


def _texts(viewer: Viewer, type_: RecordType) -> Iterator[TextControl]:
    for section in type_.sections:
        need = _need(section.required, not section.required)
        label, words = section.heading.sv, viewer.texts.html(section.help.sv)
        yield TextControl(f"{SECTION}.{section.key}", label, words, need)
    if not type_.sections:
        yield TextControl(SECTION, "Text", Markup(), _need(True, False))


class Recipient(NamedTuple):
    """A function that takes what is sent by e-mail. `county` is the term of the county that it answers for,
    empty for the one that answers for the whole site."""

    county: str
    label: str
    email: str


def recipients(dictionary: Dictionary, contact: str | None) -> tuple[Recipient, ...]:
    """The whole site's own function first, if it has an address, and then those of the counties."""
    vocabulary = dictionary.vocabularies.get(FUNCTIONS)
    terms = vocabulary.terms.values() if vocabulary else ()
    found = [
        Recipient(term.extra.get("county", ""), term.label.sv, term.extra["email"])
        for term in terms
        if "email" in term.extra and (term.id == contact or "county" in term.extra)
    ]
    return tuple(sorted(found, key=lambda recipient: recipient.county != ""))


FUNCTIONS: Final = "functions"
"""The vocabulary of those who answer for things."""


def _need(required: bool, may_be_unknown: bool) -> str:
    if required:
        return "måste fyllas i"
    return "lämna tomt om det inte är känt" if may_be_unknown else "frivilligt"
