"""Mends what has only one right answer: blanks at the ends of lines, another name of a term, a date without
its zeros. Nothing else in the file changes, down to its line ends, and that is proved before it is written.
A value is only changed for one that its field's schema takes, and the file as a whole breaks it nowhere anew.
What another rule can say of a value only once it is readable, such as that a day is in the future, may come.
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingType
from itertools import groupby
from typing import Any, Final, NamedTuple

import pyromark

from kunskapsbank.dictionary.shapes import subschema
from kunskapsbank.dictionary.types import Dictionary, Field, RecordType
from kunskapsbank.dictionary.validation import convert, problems_of, validator
from kunskapsbank.problems.problem import Place
from kunskapsbank.reading.body import OPTIONS
from kunskapsbank.reading.document import Document, read_markdown, read_yaml
from kunskapsbank.reading.files import unified_line_ends
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Node, Scalar, scalars
from kunskapsbank.reading.nodes import Sequence as SequenceNode

_LINE_END: Final = re.compile(r"(\r\n|\r|\n)")
_MARK: Final = "\ufeff"
"""The byte-order mark that some editors put in front of a text."""

_SHORT_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")


class _Edit(NamedTuple):
    place: Place
    text: str


def mended(raw: str, path: str, type_: RecordType, dictionary: Dictionary) -> str:
    """The text of a file, mended; as it was where there is nothing to mend or the proof fails. `raw` may
    have any line ends."""
    plain_text = _plain(raw)
    before = _read(plain_text, path, type_)
    if before is None:
        return raw
    edits = [*_values(before.front, type_.fields, type_.schema, dictionary)]
    edits += _trailing(plain_text.split("\n"), _first_body_line(before))
    changed = _applied(raw, edits)
    after = _read(_plain(changed), path, type_)
    is_proved = after and _same_but(before, after, edits) and _faults(after, type_) <= _faults(before, type_)
    return changed if is_proved else raw


def mendable_places(raw: str, path: str, type_: RecordType, dictionary: Dictionary) -> frozenset[Place]:
    """Of the values that would be mended."""
    before = _read(_plain(raw), path, type_)
    if before is None or mended(raw, path, type_, dictionary) == raw:
        return frozenset()
    return frozenset(edit.place for edit in _values(before.front, type_.fields, type_.schema, dictionary))


def _plain(raw: str) -> str:
    return unified_line_ends(raw.removeprefix(_MARK))


def _read(text: str, path: str, type_: RecordType) -> Document | None:
    """None where the parts can't be told apart, or a key stands twice."""
    document, problems = (read_markdown if type_.has_body else read_yaml)(text, path)
    fatal = [p for p in problems if p.code.name != "missing-body"]
    return None if fatal else document


def _values(
    node: MappingNode, fields: MappingType[str, Field], schema: MappingType[str, Any], dictionary: Dictionary
) -> Iterator[_Edit]:
    for key, value in node.entries:
        field = fields.get(key.text)
        if field is None:
            continue
        within = subschema(schema, [key.text])
        for part in _groups(value) if field.children else ():
            yield from _values(part, field.children, within.get("items", within), dictionary)
        if not field.children:
            yield from _words(value, field, within.get("items", within), dictionary)


def _words(
    value: Node, field: Field, schema: MappingType[str, Any], dictionary: Dictionary
) -> Iterator[_Edit]:
    """Yield the edits of the values of one field, to values that its schema takes."""
    rules = validator(schema)
    for scalar in scalars(value):
        yield from (edit for edit in _value(scalar, field, dictionary) if rules.is_valid(edit.text))


def _groups(value: Node) -> Iterator[MappingNode]:
    items = value.items if isinstance(value, SequenceNode) else (value,)
    yield from (item for item in items if isinstance(item, MappingNode))


def _value(scalar: Scalar, field: Field, dictionary: Dictionary) -> Iterator[_Edit]:
    right = scalar.text
    if field.vocabulary:
        right = _term(scalar.text, field.vocabulary, dictionary)
    elif field.is_date:
        right = _date(scalar.text)
    if right != scalar.text and scalar.plain and scalar.place.line == scalar.place.end_line:
        yield _Edit(scalar.place, right)


def _term(word: str, vocabulary: str, dictionary: Dictionary) -> str:
    """The id of the one term that has this name."""
    terms = dictionary.vocabularies[vocabulary].terms
    if word in terms:
        return word
    named = [term.id for term in terms.values() if word.casefold() in term.names]
    return named[0] if len(named) == 1 else word


def _date(word: str) -> str:
    found = _SHORT_DATE.fullmatch(word)
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else word


def _first_body_line(document: Document) -> int:
    """Counted from 1; beyond the end in a file that is all YAML."""
    return document.body.place.line if document.body else document.text.count("\n") + 2


def _trailing(lines: list[str], first_body_line: int) -> Iterator[_Edit]:
    """Two blanks or more after words in the text are a line break, and stay."""
    for number, line in enumerate(lines, 1):
        end = len(line.rstrip(" \t"))
        if end == len(line):
            continue
        is_break = number >= first_body_line and line.strip() and line.startswith("  ", end)
        if not is_break:
            yield _Edit(Place(number, end + 1, number, len(line) + 1), "")


def _applied(raw: str, edits: list[_Edit]) -> str:
    mark = _MARK if raw.startswith(_MARK) else ""
    pieces = _LINE_END.split(raw.removeprefix(_MARK))  # line, line end, line, line end, … line
    for number, own in groupby(sorted(edits), _line):
        pieces[2 * (number - 1)] = _edited(pieces[2 * (number - 1)], own)
    return mark + "".join(pieces)


def _line(edit: _Edit) -> int:
    return edit.place.line


def _edited(line: str, edits: Iterable[_Edit]) -> str:
    """Return a line with its edits, which are in order."""
    parts: list[str] = []
    done = 0
    for place, text in edits:
        parts += [line[done : place.column - 1], text]
        done = place.end_column - 1
    return "".join([*parts, line[done:]])


def _same_but(before: Document, after: Document, edits: list[_Edit]) -> bool:
    """Whether the values are the same but for those that were mended, and the text looks the same."""
    mended_values = {edit.place[:2]: edit.text for edit in edits if edit.text}
    old, new = list(_all_words(before.front)), list(_all_words(after.front))
    wanted = [mended_values.get(word.place[:2], word.text.rstrip()) for word in old]
    return wanted == [word.text.rstrip() for word in new] and _html(before) == _html(after)


def _faults(document: Document, type_: RecordType) -> int:
    """Return how often a document breaks the schema of its type."""
    data = convert(document.front, type_.schema)
    return sum(1 for _ in problems_of(type_.validator, type_.schema, document.front, data, document.path))


def _all_words(front: MappingNode) -> Iterator[Scalar]:
    """Every key and value, in their order."""
    for key, value in front.entries:
        yield key
        if isinstance(value, MappingNode):
            yield from _all_words(value)
        elif isinstance(value, SequenceNode):
            for item in value.items:
                yield from _all_words(item) if isinstance(item, MappingNode) else scalars(item)
        else:
            yield value


def _html(document: Document) -> str:
    return pyromark.html(document.body.markdown, options=OPTIONS) if document.body else ""
