"""Reads the records of a corpus, for those who convert them to what another generator wants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dictionary import FACETS, Dictionary, RecordType

LINK = re.compile(r"\]\(\.\./(?P<folder>[a-z]+)/(?:\d{4}-\d\d-\d\d-)?(?P<id>[a-z0-9-]+)\.md\)")
FILE = re.compile(r"(?:\d{4}-\d\d-\d\d-)?(?P<id>[a-z0-9-]+)")


@dataclass(frozen=True)
class Record:
    """One record. All values of the fields are strings, as in the file, whose path in the corpus is `file`."""

    type: RecordType
    id: str
    file: str
    fields: dict[str, Any]
    front_matter: str
    body: str

    @property
    def address(self) -> str:
        """The page's address, the same with all generators."""
        return f"{self.type.path}/{self.id}/"

    def terms(self, facet: str) -> list[str]:
        """The terms that the record has of a facet."""
        if facet == "evidence_level":
            return [self.fields["evidence"]["level"]] if "evidence" in self.fields else []
        value = self.fields.get(facet, [])
        return value if isinstance(value, list) else [value]


def read(corpus: Path, words: Dictionary) -> Iterator[Record]:
    """Yield the records of all types, in the order of their files."""
    for type_ in words.types.values():
        for path in sorted((corpus / type_.folder).glob("*.md")):
            match = FILE.fullmatch(path.stem)
            assert match, path
            _, front_matter, body = path.read_text("utf-8").split("---\n", 2)
            fields = yaml.load(front_matter, Loader=yaml.CBaseLoader)  # noqa: S506  # the base loader makes strings only
            yield Record(type_, match["id"], f"{type_.folder}/{path.name}", fields, front_matter, body)


def by_term(records: Sequence[Record]) -> dict[tuple[str, str], list[Record]]:
    """The records of every facet value, by facet and term."""
    found: dict[tuple[str, str], list[Record]] = {}
    for facet in FACETS:
        for record in records:
            for term in record.terms(facet):
                found.setdefault((facet, term), []).append(record)
    return found
