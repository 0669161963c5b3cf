"""YAML text into nodes that keep the place of every key and value.

PyYAML's event stream is read with limits applied before anything is built: depth, no anchors, aliases,
tags or merge keys, no duplicate keys. Strings stay strings (`no`, `1.10`, `2007-03`): a later stage
decides what a value is from the field dictionary.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final, cast

import yaml

from kunskapsbank.problems.limits import MAX_PROBLEMS, limit_problems
from kunskapsbank.problems.problem import Code, Place, Problem, Text, Value
from kunskapsbank.reading import characters, complexity
from kunskapsbank.reading.diagnosis import diagnosis, in_quotes, swallowed_item
from kunskapsbank.reading.numbers import whole_number
from kunskapsbank.reading.parser import PARSER
from kunskapsbank.reading.slips import (
    DUPLICATE_KEY,
    NOT_A_MAPPING,
    OTHER_SLIP,
    SLIPS,
    YAML_ANCHOR,
    YAML_MANY_DOCUMENTS,
    YAML_MERGE,
    YAML_SYNTAX,
    YAML_TAG,
    YAML_TOO_DEEP,
    Slip,
)
from kunskapsbank.reading.tree import Mapping, Node, Scalar, Sequence, at, plain, scalars

__all__ = [
    "MAX_DEPTH",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "at",
    "plain",
    "read_mapping",
    "scalars",
    "typed",
    "whole_number",
]

MAX_DEPTH: Final = complexity.MAX_DEPTH

_MANY_PROBLEMS: Final = 10 * MAX_PROBLEMS
"""So many are gathered before all but the most serious are let go, which takes longer than finding one."""

_CORE_TAG: Final = "tag:yaml.org,2002:"
_STARTS: Final = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS: Final = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


_new: Final = tuple.__new__
"""Makes a named tuple without its class's own function for that, at half the cost: every word makes two."""


class _Stop(Exception):
    """Reading can't go on after this problem."""

    def __init__(self, code: Code, place: Place, **values: Value) -> None:
        super().__init__(code.name)
        self.code, self.place, self.values = code, place, values


def read_mapping(
    text: str,
    path: str,
    first_line: int = 1,
    *,
    tags_allowed: bool = False,
    max_parts: int | None = None,
) -> tuple[Mapping, list[Problem]]:
    """The root mapping of a YAML text, and the problems found.

    `first_line` is the line of the file at which the text starts. With `tags_allowed` a tag is passed
    over and its value read as a string: for mkdocs.yml, which is ours and may name Python objects.
    `max_parts` is how many values a stranger's file may have. After a problem that stops the reading the
    mapping is empty.
    """
    composer = _Composer(path, first_line, tags_allowed, max_parts)
    try:
        root = composer.compose(text)
    except _Stop as stop:
        return _EMPTY, [*composer.problems, Problem(stop.code, path, stop.place, stop.values)]
    if isinstance(root, Mapping):
        return root, composer.problems
    return _EMPTY, [*composer.problems, Problem(NOT_A_MAPPING, path, root.place)]


_EMPTY: Final = Mapping((), Place(1, 1, 1, 1))


class _Composer:
    """Builds nodes from events with a stack of its own, so that no input can exhaust Python's."""

    def __init__(self, path: str, first_line: int, tags_allowed: bool, max_parts: int | None) -> None:
        self.path = path
        self.first_line = first_line
        self.tags_allowed = tags_allowed
        self.max_parts = max_parts
        self.problems: list[Problem] = []
        self._text = ""

    def compose(self, text: str) -> Node:
        self._text = text
        parser = PARSER(text)
        try:
            events = iter(parser.get_event, None)
            may_be_too_many = self.max_parts is not None and len(text) > self.max_parts
            return self._root(self._counted(events, self.max_parts or 0) if may_be_too_many else events)
        except yaml.MarkedYAMLError as error:
            raise self._slip(error) from None
        except yaml.reader.ReaderError:
            raise self._stop_at(OTHER_SLIP, self._at(0, 0, 0, 0)) from None
        finally:
            parser.dispose()

    def _counted(self, events: Iterator[Any], most: int) -> Iterator[Any]:
        """Yield the events; only for a long text, since each value takes a character at least."""
        number = 0
        for event in events:
            yield event
            number += isinstance(event, yaml.NodeEvent)
            if number > most:
                limit = complexity.in_words(most)
                raise _Stop(
                    complexity.TOO_MANY_PARTS, self._whole(event), limit=limit, parts=complexity.VALUES
                )

    def _root(self, events: Iterator[Any]) -> Node:
        """`nodes` are those of the collection that is open, and `above` the collections around it."""
        nodes: list[Node] = []
        above: list[tuple[Any, list[Node]]] = []
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:  # most are
                nodes.append(self._scalar(event))
            elif kind in _STARTS:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_extras(event)
                if len(above) >= MAX_DEPTH:
                    raise _Stop(YAML_TOO_DEEP, self._whole(event), limit=MAX_DEPTH)
                above.append((event, nodes))
                nodes = []
            elif kind in _ENDS:
                start, around = above.pop()
                around.append(self._collection(event, start, nodes))
                nodes = around
            else:
                self._refuse_more(event, bool(nodes))
        return nodes[0] if nodes else Mapping((), Place(self.first_line, 1, self.first_line, 1))

    def _refuse_more(self, event: Any, has_root: bool) -> None:
        """What begins no node: an alias, a second document, or the marks around the only one."""
        if isinstance(event, yaml.AliasEvent):
            raise self._sign(YAML_ANCHOR, event, "*" + str(event.anchor))
        if isinstance(event, yaml.DocumentStartEvent) and has_root:
            raise _Stop(YAML_MANY_DOCUMENTS, self._whole(event))

    def _scalar(self, event: Any) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        text, style, start, end, offset = (
            event.value,
            event.style,
            event.start_mark,
            event.end_mark,
            self.first_line,
        )
        place = _new(Place, (start.line + offset, start.column + 1, end.line + offset, end.column + 1))
        if not style and place[0] != place[2]:
            self._refuse_swallowed(start.line, end.line)
        elif style == '"' and characters.has_any(text):
            self.problems += limit_problems(characters.in_value(text, self.path, place))
            if len(self.problems) > _MANY_PROBLEMS:
                self.problems = limit_problems(self.problems)
        return _new(Scalar, (text, not style, place))

    def _refuse_swallowed(self, start: int, end: int) -> None:
        """An item of a list that is indented too far becomes a part of the item above it."""
        found = swallowed_item(self._lines[start : end + 1])
        if found is not None:
            place = self._at(start + found.line, found.column, start + found.line, found.end_column)
            raise _Stop(YAML_SYNTAX, place, fault=found.fault, mend=found.mend)

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def _slip(self, error: yaml.MarkedYAMLError) -> _Stop:
        found = diagnosis(self._text, error)
        if found is not None:
            place = self._at(found.line, found.column, found.line, found.end_column)
            return _Stop(YAML_SYNTAX, place, fault=found.fault, mend=found.mend)
        said = error.problem or ""
        slip = next((slip for slip in SLIPS if slip.parser_says in said), OTHER_SLIP)
        mark = error.context_mark if slip.at_context and error.context_mark else error.problem_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        lines = self._text.rstrip("\n").split("\n")
        line = min(line, len(lines) - 1)  # the parser counts one more than there are
        column = min(column, max(0, len(lines[line]) - 1))
        return self._stop_at(slip, self._at(line, column, line, column + 1))

    def _stop_at(self, slip: Slip, place: Place) -> _Stop:
        return _Stop(YAML_SYNTAX, place, fault=slip.fault, mend=slip.mend)

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            raise self._sign(YAML_ANCHOR, event, "&" + event.anchor)
        if event.tag is not None and not self.tags_allowed:
            word = "!!" + event.tag.removeprefix(_CORE_TAG) if event.tag.startswith(_CORE_TAG) else event.tag
            raise self._sign(YAML_TAG, event, word)

    def _sign(self, code: Code, event: Any, word: str) -> _Stop:
        """What starts with a sign that means something in YAML, though the writer hardly knew."""
        start, end = event.start_mark, event.end_mark
        fits = start.line == end.line
        write = in_quotes(self._lines[start.line], start.column) if fits else Text("", "")
        return _Stop(code, self._whole(event), word=word, write=write)

    def _collection(self, end: Any, start: Any, children: list[Node]) -> Node:
        place = self._place(start.start_mark, end.end_mark)
        if isinstance(start, yaml.SequenceStartEvent):
            return Sequence(tuple(children), place)
        return Mapping(self._entries(children), place)

    def _entries(self, children: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
        names = {key.text for key in children[::2] if isinstance(key, Scalar)}
        if 2 * len(names) == len(children) and "<<" not in names:  # nearly always
            return tuple(zip(cast("list[Scalar]", children[::2]), children[1::2], strict=True))
        return tuple(self._unique_entries(children))

    def _unique_entries(self, children: list[Node]) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Place] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise self._stop_at(OTHER_SLIP, key.place)
            if key.text == "<<" and key.plain:
                raise _Stop(YAML_MERGE, key.place)
            if key.text in seen:
                values: dict[str, Value] = {"key": key.text, "first": seen[key.text].line}
                self.problems.append(Problem(DUPLICATE_KEY, self.path, key.place, values))
                continue
            seen[key.text] = key.place
            yield key, value

    def _place(self, start: Any, end: Any) -> Place:
        offset = self.first_line
        return _new(Place, (start.line + offset, start.column + 1, end.line + offset, end.column + 1))

    def _whole(self, event: Any) -> Place:
        return self._place(event.start_mark, event.end_mark)

    def _at(self, line: int, column: int, end_line: int, end_column: int) -> Place:
        offset = self.first_line
        return Place(line + offset, column + 1, end_line + offset, end_column + 1)


_WORDS: Final = {"true": True, "false": False, "null": None}


def typed(node: Node) -> Any:
    """Like `plain`, but unquoted whole numbers, true, false and null become values.

    For our own configuration and the field dictionary, which is JSON Schema and so needs JSON's types.
    """
    if isinstance(node, Scalar):
        if not node.plain:
            return node.text
        if node.text in _WORDS:
            return _WORDS[node.text]
        whole = whole_number(node.text)
        return node.text if whole is None else whole
    if isinstance(node, Sequence):
        return [typed(item) for item in node.items]
    return {key.text: typed(value) for key, value in node.entries}
