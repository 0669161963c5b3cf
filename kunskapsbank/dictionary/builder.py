"""Makes the frozen values of the dictionary of data that has been checked."""

from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from kunskapsbank.dictionary.closing import Lists
from kunskapsbank.dictionary.types import (
    Field,
    RecordType,
    SectionType,
    Term,
    Vocabulary,
    facets_of,
    unknowable,
)
from kunskapsbank.problems.problem import Text


def vocabulary(data: Mapping[str, Any]) -> Vocabulary:
    return Vocabulary(
        data["id"],
        text(data["label"]),
        text(data["plural"]),
        optional_text(data.get("intro")),
        data.get("path"),
        data.get("attribute", data["id"].replace("_", "-")),
        {one["id"]: term(one) for one in data["terms"]},
    )


def lists(schema: Mapping[str, Any], vocabularies: Mapping[str, Vocabulary]) -> Lists:
    """The closed lists of a type."""
    sections = _sections(schema)
    return Lists(vocabularies, unknowable(_fields(schema), sections), tuple(s.key for s in sections))


def record_type(schema: Mapping[str, Any], validator: jsonschema_rs.Draft202012Validator) -> RecordType:
    """Of a schema with its definitions taken in and its closed lists written out."""
    own, fields, sections = schema["x-type"], _fields(schema), _sections(schema)
    return RecordType(
        id=own["id"],
        folder=own["folder"],
        suffix=own["suffix"],
        path=own["path"],
        subpath=own.get("subpath"),
        parent=own.get("parent"),
        dated=own.get("dated", False),
        label=text(own["label"]),
        plural=text(own["plural"]),
        order=own["order"],
        schema_org=own.get("schema_org", "CreativeWork"),
        facts=tuple(own["facts"]),
        sections=sections,
        headings={section.heading.sv.casefold(): section.key for section in sections},
        fields=fields,
        facets=tuple(facets_of(fields)),
        mentions=tuple(one for one in fields.values() if one.references),
        schema=schema,
        validator=validator,
    )


def _fields(schema: Mapping[str, Any]) -> dict[str, Field]:
    return {key: field(key, one, key in schema["required"]) for key, one in schema["properties"].items()}


def _sections(schema: Mapping[str, Any]) -> tuple[SectionType, ...]:
    return tuple(section(one) for one in schema["x-type"]["sections"])


def field(key: str, schema: Mapping[str, Any], required: bool) -> Field:
    many = schema.get("type") == "array"
    item = schema.get("items", {}) if many else schema
    needed = item.get("required", [])
    return Field(
        key=key,
        label=text(schema["x-label"]) if "x-label" in schema else Text(key, key),
        help=text(schema["x-help"]) if "x-help" in schema else Text("", ""),
        form_help=optional_text(schema.get("x-form-help")),
        many=many,
        vocabulary=item.get("x-vocabulary"),
        references=tuple(item.get("x-reference", ())),
        facet=bool(schema.get("x-facet")),
        likens=bool(schema.get("x-likens")),
        required=required,
        may_be_unknown=bool(schema.get("x-may-be-unknown")),
        words={word: text(label) for word, label in schema.get("x-words", {}).items()},
        unit=optional_text(schema.get("x-unit")),
        is_date=schema.get("format") in ("date", "partial-date"),
        example=schema.get("examples", [""])[0],
        set_by_editors=bool(schema.get("x-set-by-editors")),
        default=schema.get("default"),
        today=bool(schema.get("x-today")),
        children={
            name: field(name, child, name in needed) for name, child in item.get("properties", {}).items()
        },
    )


def section(data: Mapping[str, Any]) -> SectionType:
    required = bool(data.get("required"))
    return SectionType(
        data["key"], text(data["heading"]), text(data["silence"]), text(data["help"]), required
    )


def term(data: Mapping[str, Any]) -> Term:
    extra = {k: v for k, v in data.items() if k not in ("id", "label", "description", "aliases")}
    return Term(
        data["id"],
        text(data["label"]),
        optional_text(data.get("description")),
        tuple(data.get("aliases", ())),
        extra,
    )


def text(data: Mapping[str, str]) -> Text:
    return Text(data["sv"], data["en"])


def optional_text(data: Mapping[str, str] | None) -> Text | None:
    return text(data) if data else None
