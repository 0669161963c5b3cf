"""The definitions that fields take in by `$ref`, such as those of common.yml, and where their words stand."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Node, Scalar, Sequence

Pointer = tuple[str | int, ...]
"""A path of keys and indexes into the data of a file."""

REFERENCE: Final = "$ref"
DEFINITIONS: Final = "$defs"

DATA: Final = frozenset({"examples", "default", "enum", "const"})
"""Keywords that hold values of records and no schemas."""


class File(NamedTuple):
    """A readable file of schema/. `text` is all of it."""

    path: str
    text: str
    node: MappingNode
    data: Mapping[str, Any]

    @property
    def is_type(self) -> bool:
        return "x-type" in self.data or DEFINITIONS not in self.data


class Definitions:
    """The definitions of all files, by the names of the files in their folder."""

    def __init__(self, files: Mapping[str, File]) -> None:
        self._files = files

    def find(self, reference: Any, file: File) -> dict[str, Any] | None:
        """Return the definition that `file.yml#/$defs/name` points at; with no name, one in the file itself."""
        target = self._target(reference, file)
        found: Any = target[0].data if target else None
        for step in target[1] if target else ():
            found = found.get(step) if isinstance(found, dict) else None
        return found if isinstance(found, dict) else None

    def locate(self, file: File, pointer: Pointer) -> tuple[File, Node]:
        """Return the deepest node along a path into the data of a file and the file that it stands in, which is
        another where a field has its words from a definition."""
        node: Node = file.node
        for step in pointer:
            child = _child(node, step)
            if child is None and (target := self._node_of_reference(node, file)):
                file, node = target
                child = _child(node, step)
            if child is None:
                break
            node = child
        return file, node

    def _node_of_reference(self, node: Node, file: File) -> tuple[File, Node] | None:
        reference = node.get(REFERENCE) if isinstance(node, MappingNode) else None
        target = self._target(reference.text, file) if isinstance(reference, Scalar) else None
        if target is None:
            return None
        found: Node | None = target[0].node
        for step in target[1]:
            found = _child(found, step) if found is not None else None
        return (target[0], found) if found is not None else None

    def _target(self, reference: Any, file: File) -> tuple[File, list[str]] | None:
        name, mark, pointer = str(reference).partition("#/")
        target = self._files.get(name) if name else file
        return (target, pointer.split("/")) if target and mark else None


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return node.get(str(step))
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def parts(schema: Mapping[str, Any], pointer: Pointer = ()) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
    """Yield a schema and those of everything in it that records fill in, with the paths to them."""
    yield pointer, schema
    if isinstance(schema.get("items"), Mapping):
        yield from parts(schema["items"], (*pointer, "items"))
    for key, part in schema.get("properties", {}).items():
        yield from parts(part, (*pointer, "properties", key))


def nested_references(schema: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    """Yield the paths to the references that are left in a schema, wherever a schema may stand in it."""
    if isinstance(schema, list):
        for index, item in enumerate(schema):
            yield from nested_references(item, (*pointer, index))
    elif isinstance(schema, Mapping):
        is_names = bool(pointer) and pointer[-1] == "properties" and pointer[-2:-1] != ("properties",)
        for key, value in schema.items():
            if key == REFERENCE and not is_names:
                yield (*pointer, key)
            elif is_names or key not in DATA:
                yield from nested_references(value, (*pointer, key))
