"""Makes what unit tests need: the dictionary, subjects and records, and texts cut out by their places."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from support import REPOSITORY

from kunskapsbank.checks.record import Record, digest_of
from kunskapsbank.checks.run import examine_text
from kunskapsbank.checks.subject import Context, Subject, subject_of
from kunskapsbank.dictionary.load import load
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.dictionary.validation import convert
from kunskapsbank.problems.problem import Place, Problem
from kunskapsbank.reading.document import Document, read_markdown
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Node, Scalar

TODAY: Final = date(2026, 11, 23)
NEWS: Final = "news/2007-02-14-nyhet.md"


@cache
def dictionary() -> Dictionary:
    """The repository's own."""
    return load(REPOSITORY)


def context(lix_limit: int = 50) -> Context:
    return Context(dictionary(), TODAY, lix_limit)


def subject(text: str, path: str = NEWS, type_id: str = "news", lix_limit: int = 50) -> Subject:
    """What rules see of a file with front matter, which must be readable."""
    document, _ = read_markdown(text, path)
    assert document is not None
    return subject_of_document(document, type_id, lix_limit)


def subject_of_document(document: Document, type_id: str, lix_limit: int = 50) -> Subject:
    type_ = dictionary().types[type_id]
    return subject_of(document, type_, convert(document.front, type_.schema), context(lix_limit))


def examined_problems(text: str, path: str = NEWS, type_id: str = "news") -> list[Problem]:
    """Everything that the checks find in one file by itself."""
    return list(examine_text(text, path, dictionary().types[type_id], context()).problems)


def record(type_id: str, record_id: str, title: str = "", **fields: Any) -> Record:
    """A record as the checks would have accepted it, with the fields that matter to a test."""
    every: Mapping[str, Any] = {"title": title or record_id, "summary": "Handlar om något.", **fields}
    folder = dictionary().types[type_id].folder
    said = digest_of(type_id, record_id, every, "")
    return Record(type_id, record_id, f"{folder}/{record_id}.md", every, "", (), (), said)


def cut_out(text: str, place: Place, first_line: int = 1) -> str:
    """What stands at a place, found by counting lines and characters as a person would in an editor."""
    lines = text.split("\n")[place.line - first_line : place.end_line - first_line + 1]
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


def is_inside(text: str, place: Place, first_line: int = 1) -> bool:
    """Whether a place lies in a text. It may end one past the end of its line, as a caret does there, or at
    the start of the line after the last."""
    lines = text.split("\n")
    line, end_line = place.line - first_line, place.end_line - first_line
    starts = 0 <= line < len(lines) and 1 <= place.column <= len(lines[line]) + 1
    last = len(lines[end_line]) + 2 if 0 <= end_line < len(lines) else 1
    ends = end_line <= len(lines) and 1 <= place.end_column <= last
    return starts and ends and place[:2] <= place[2:]


def places(node: Node) -> Iterable[Place]:
    """The places of a node, its keys and everything in it."""
    yield node.place
    if isinstance(node, MappingNode):
        for key, value in node.entries:
            yield key.place
            yield from places(value)
    elif not isinstance(node, Scalar):
        for item in node.items:
            yield from places(item)


def names(problems: Iterable[Problem]) -> list[str]:
    """The codes of problems by name, in their order."""
    return [problem.code.name for problem in problems]
