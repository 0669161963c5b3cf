"""A subject: a document under judgement, with what the field dictionary says of its kind.

Rules see subjects; nothing else in the package does.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kunskapsbank.dictionary.shared import Shared
from kunskapsbank.dictionary.types import Dictionary, RecordType
from kunskapsbank.problems.problem import Code, Place, Problem, Value
from kunskapsbank.reading.document import Document
from kunskapsbank.reading.nodes import Node, Scalar, Sequence, at

UNDATED: Final = "odaterad"
"""Stands for the date in the name of a file whose source gives none."""

_ID: Final = r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)"
_DATE: Final = rf"(?P<date>{UNDATED}|[0-9]{{4}}(?:-(?:var|sommar|host|vinter|[0-9]{{2}}(?:-[0-9]{{2}})?))?)"
_NAME: Final = re.compile(_ID)
_DATED_NAME: Final = re.compile(rf"{_DATE}-{_ID}")


@dataclass(frozen=True, slots=True)
class Context:
    """What all rules may know: the dictionary, today's date and the limits, the files in docs/ that a
    record can show as pictures, whether advice is asked for too, what lies on a site that this one is a part
    of, and whether records are made or the files only judged."""

    dictionary: Dictionary
    today: date
    lix_limit: int
    pictures: frozenset[str] = frozenset()
    advice: bool = True
    shared: Shared | None = None
    records: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """`data` is the front matter as plain values; `id` is empty where the file name is wrong. `sections` are
    the keys of the sections of the body, in its order, each None where the heading is not one of the type's.
    `unknown` are the keys that the record says its source does not document."""

    document: Document
    type: RecordType
    id: str
    date_in_name: str
    data: Mapping[str, Any]
    sections: tuple[str | None, ...]
    unknown: tuple[str, ...]
    context: Context

    @property
    def path(self) -> str:
        return self.document.path

    def node(self, *steps: str | int) -> Node:
        return at(self.document.front, list(steps))

    def scalars(self, key: str) -> Iterator[Scalar]:
        """The values of a field, one or many, with their places."""
        node = self.document.front.get(key) if key in self.data else None
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Sequence):
            yield from (item for item in node.items if isinstance(item, Scalar))

    def problem(self, code: Code, place: Place, **values: Value) -> Problem:
        return Problem(code, self.path, place, values)


def name_parts(type_: RecordType, path: str) -> tuple[str, str] | None:
    """The id and the date (or "") in a file name; None where the name is not of the type's form."""
    name = path.rsplit("/", 1)[-1].removesuffix(type_.suffix)
    match = (_DATED_NAME if type_.dated else _NAME).fullmatch(name)
    if match is None:
        return None
    return match["id"], match["date"] if type_.dated else ""


def subject_of(document: Document, type_: RecordType, data: Mapping[str, Any], context: Context) -> Subject:
    record_id, date_in_name = name_parts(type_, document.path) or ("", "")
    body = document.body
    sections = tuple(type_.section_key(section.heading.text) for section in body.sections) if body else ()
    listed = data.get("not_documented")
    unknown = tuple(key for key in listed if isinstance(key, str)) if isinstance(listed, list) else ()
    return Subject(document, type_, record_id, date_in_name, data, sections, unknown, context)
