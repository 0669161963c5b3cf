"""What the field dictionary says, as frozen values: record types, fields, sections, vocabularies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import jsonschema_rs

from kunskapsbank.problems.problem import Text


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a vocabulary. `extra` holds what only some vocabularies say, such as an e-mail address."""

    id: str
    label: Text
    description: Text | None
    aliases: tuple[str, ...]
    extra: Mapping[str, Any]

    @property
    def names(self) -> frozenset[str]:
        """Everything that a person may call it, without regard to capitals: its id, labels and aliases."""
        return frozenset(n.casefold() for n in (self.id, self.label.sv, self.label.en, *self.aliases))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of terms. With a `path` every term has a page on the site at /<path>/<term>/. `attribute`
    is its name in the elements that others embed: `<kunskapsbank-lista county="skane">`."""

    id: str
    label: Text
    plural: Text
    intro: Text | None
    path: str | None
    attribute: str
    terms: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record type.

    `vocabulary` and `references` say where the value (or, where `many`, each of the values) must be
    found; records with the same value in a field that `likens` are alike; `words` are the labels of fixed
    values; `children` the fields of an object or of a list of them. What is `set_by_editors` is not asked of
    those who send something in; where they fill in a form, `form_help` stands for `help`. `default` is what a new record says, and with `today` the day of writing.
    """

    key: str
    label: Text
    help: Text
    form_help: Text | None
    many: bool
    vocabulary: str | None
    references: tuple[str, ...]
    facet: bool
    likens: bool
    required: bool
    may_be_unknown: bool
    words: Mapping[str, Text]
    unit: Text | None
    is_date: bool
    example: Any
    set_by_editors: bool
    default: str | int | None
    today: bool
    children: "Mapping[str, Field]"


@dataclass(frozen=True, slots=True)
class SectionType:
    """A section of the body, in the order of the dictionary.

    `silence` ends the sentence "The source does not say …" where a record has no such section.
    """

    key: str
    heading: Text
    silence: Text
    help: Text
    required: bool


class Facet(NamedTuple):
    """A field that sorts records under the terms of a vocabulary. `keys` is the way to it in the front
    matter: one step, or two for a field in a group. Records that share a term of one that `likens` are alike."""

    keys: tuple[str, ...]
    vocabulary: str
    many: bool
    likens: bool


def facets_of(fields: Mapping[str, Field], above: tuple[str, ...] = ()) -> Iterator[Facet]:
    for key, field in fields.items():
        if field.facet and field.vocabulary:
            yield Facet((*above, key), field.vocabulary, field.many, field.likens)
        elif not field.many:
            yield from facets_of(field.children, (*above, key))


@dataclass(frozen=True, slots=True)
class RecordType:
    """A kind of record: where its files lie, where its pages go, what it may and must say.

    `schema` is plain JSON Schema with every $ref taken in and every vocabulary as an enum. `suffix` ends
    its file names; a `dated` type has its date in front of the id in them. `parent` names the type whose
    record of the same id must exist. `order` is the sort order of its lists. `headings` gives the key of a
    section by its folded heading. `schema_org` is the type's name in schema.org. `mentions` are the fields
    that name other records.
    """

    id: str
    folder: str
    suffix: str
    path: str
    subpath: str | None
    parent: str | None
    dated: bool
    label: Text
    plural: Text
    order: Literal["title", "date"]
    schema_org: str
    facts: tuple[str, ...]
    sections: tuple[SectionType, ...]
    headings: Mapping[str, str]
    fields: Mapping[str, Field]
    facets: tuple[Facet, ...]
    mentions: tuple[Field, ...]
    schema: Mapping[str, Any]
    validator: jsonschema_rs.Draft202012Validator

    def section_key(self, heading: str) -> str | None:
        """The key of the section with this Swedish heading; capitals don't matter."""
        return self.headings.get(heading.casefold())

    @property
    def has_body(self) -> bool:
        return self.suffix.endswith(".md")

    def address(self, record_id: str) -> str:
        """The page's place on the site, without a leading slash and with a trailing one."""
        tail = f"{self.subpath}/" if self.subpath else ""
        return f"{self.path}/{record_id}/{tail}"

    @property
    def is_event(self) -> bool:
        """Whether its records take place, in the words of schema.org."""
        return self.schema_org == "Event"

    @property
    def list_name(self) -> str:
        """What files with all records of the type are called: its path, with that of a type under another
        behind it."""
        return f"{self.path}-{self.subpath}" if self.subpath else self.path

    @property
    def unknowable(self) -> tuple[str, ...]:
        """The keys that `not_documented` may name: fields and sections."""
        return unknowable(self.fields, self.sections)


def unknowable(fields: Mapping[str, Field], sections: tuple[SectionType, ...]) -> tuple[str, ...]:
    known = [key for key, field in fields.items() if field.may_be_unknown]
    return (*known, *(section.key for section in sections if not section.required))


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """Everything that the files of `schema/` say. Equal to itself only, and so a key for caches."""

    types: Mapping[str, RecordType]
    vocabularies: Mapping[str, Vocabulary]
