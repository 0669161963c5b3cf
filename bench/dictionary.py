"""What the benchmark needs to know of the field dictionary, read from a site's schema/ folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FACETS = {
    "counties": "counties",
    "focus_areas": "focus_areas",
    "agencies": "agencies",
    "grounds": "grounds",
    "practice_type": "practice_types",
    "method_type": "method_types",
    "activity_kind": "activity_kinds",
    "status": "statuses",
    "evidence_level": "evidence_levels",
}
"""Facet → its vocabulary. Every facet is a field of that name, but for evidence.level."""


@dataclass(frozen=True)
class Section:
    """One heading of a record's body."""

    key: str
    heading: str


@dataclass(frozen=True)
class RecordType:
    """One record type: where its files lie and where its pages go."""

    id: str
    folder: str
    path: str
    plural: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of terms: id → Swedish label."""

    id: str
    path: str
    label: str
    plural: str
    terms: dict[str, str]


@dataclass(frozen=True)
class Dictionary:
    """The record types by their folder, the vocabularies by their id, and the labels of fields."""

    types: dict[str, RecordType]
    vocabularies: dict[str, Vocabulary]
    fields: dict[str, str]


TYPES = ("example", "method", "activity", "news")


def load(schema: Path) -> Dictionary:
    """Read the dictionary in a schema folder."""
    sources = [_yaml(schema / f"{name}.yml") for name in TYPES]
    types = [_type(source["x-type"]) for source in sources]
    vocabularies = [_vocabulary(_yaml(path)) for path in sorted(schema.glob("vocabularies/*.yml"))]
    fields = [source["properties"] for source in sources]
    fields.append(_yaml(schema / "common.yml")["$defs"])
    labels = {
        key: field["x-label"]["sv"]
        for properties in fields
        for key, field in properties.items()
        if "x-label" in field
    }
    headings = {section.key: section.heading for type_ in types for section in type_.sections}
    return Dictionary(
        types={type_.folder: type_ for type_ in types},
        vocabularies={vocabulary.id: vocabulary for vocabulary in vocabularies},
        fields=labels | headings,
    )


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)


def _type(data: Any) -> RecordType:
    sections = tuple(Section(item["key"], item["heading"]["sv"]) for item in data["sections"])
    return RecordType(data["id"], data["folder"], data["path"], data["plural"]["sv"].capitalize(), sections)


def _vocabulary(data: Any) -> Vocabulary:
    return Vocabulary(
        id=data["id"],
        path=data.get("path", data["id"]),
        label=data["label"]["sv"],
        plural=data["plural"]["sv"],
        terms={term["id"]: term["label"]["sv"] for term in data["terms"]},
    )
