"""The nodes that a YAML text is read into, and ways through them."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final, NamedTuple

from kunskapsbank.problems.problem import Place


class Scalar(NamedTuple):
    """A word or a piece of text. `plain` is false where it stood in quotes or a block."""

    text: str
    plain: bool
    place: Place


class Sequence(NamedTuple):
    items: "tuple[Node, ...]"
    place: Place


class _Entries(NamedTuple):
    entries: "tuple[tuple[Scalar, Node], ...]"
    place: Place


class Mapping(_Entries):
    """Keys with values. Each key stands once. Keys are looked up in an index once there are many of them."""

    def get(self, key: str) -> "Node | None":
        entry = self._entry(key)
        return None if entry is None else entry[1]

    def key_place(self, key: str) -> Place:
        entry = self._entry(key)
        return self.place if entry is None else entry[0].place

    def _entry(self, key: str) -> "tuple[Scalar, Node] | None":
        if len(self.entries) > _FEW_KEYS:
            return self._index.get(key)
        for entry in self.entries:
            if entry[0].text == key:
                return entry
        return None

    @cached_property
    def _index(self) -> "dict[str, tuple[Scalar, Node]]":
        return {entry[0].text: entry for entry in self.entries}


_FEW_KEYS: Final = 40
"""So many keys are looked through in less time than an index takes to make."""


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> Any:
    """The node as dicts, lists and strings."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def at(root: Node, path: list[str | int]) -> Node:
    """The deepest node that exists along a path of keys and indexes."""
    node = root
    for step in path:
        child: Node | None = None
        if isinstance(node, Mapping):
            child = node.get(str(step))
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            child = node.items[step]
        if child is None:
            return node
        node = child
    return node


def scalars(node: Node) -> Iterator[Scalar]:
    """Every value in a node, however deep."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for _, value in node.entries:
            yield from scalars(value)
