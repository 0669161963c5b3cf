"""What the schema of a field says, in words and by example: its form, its limits, its closed list."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from kunskapsbank.problems.problem import Text
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Node
from kunskapsbank.reading.nodes import Sequence as SequenceNode

_TYPE_WORDS: Final = {
    "string": Text("en text", "a text"),
    "integer": Text("ett heltal", "a whole number"),
    "array": Text("en lista", "a list"),
    "object": Text("en grupp av uppgifter", "a group of items"),
    "number": Text("ett tal", "a number"),
    "null": Text("tomt", "empty"),
    "boolean": Text("true eller false", "true or false"),
}


def subschema(schema: Mapping[str, Any], where: Sequence[str | int]) -> Mapping[str, Any]:
    """Return the rules for what stands along a path into the data, with their `$ref`s into the schema taken in."""
    found: Any = schema
    for step in where:
        if isinstance(step, int):
            found = found.get("items", {})
        else:
            extra = found.get("additionalProperties")
            found = found.get("properties", {}).get(step, extra if isinstance(extra, dict) else {})
        found = _with_definition(found, schema) if isinstance(found, Mapping) else {}
    return found if isinstance(found, Mapping) else {}


def _with_definition(found: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Keywords beside a `$ref` win over those of its definition."""
    if "$ref" not in found:
        return found
    target: Any = schema
    for step in str(found["$ref"]).removeprefix("#/").split("/"):
        target = target.get(step) if isinstance(target, Mapping) else None
    own = {key: value for key, value in found.items() if key != "$ref"}
    return {**_with_definition(target, schema), **own} if isinstance(target, Mapping) else own


def key_words(schema: Mapping[str, Any]) -> dict[str, str]:
    """The names and the Swedish labels of the fields, folded, with the names."""
    properties = schema.get("properties", {})
    labels = {str(p.get("x-label", {}).get("sv", name)).casefold(): name for name, p in properties.items()}
    return labels | {name.casefold(): name for name in properties}


def allowed(schema: Mapping[str, Any]) -> list[str]:
    constant = [schema["const"]] if "const" in schema else []
    return [str(value) for value in schema.get("enum", constant)]


def known_words(schema: Mapping[str, Any]) -> dict[str, str]:
    """The allowed values by everything that they may be called, folded."""
    words = {w: label["sv"] for w, label in schema.get("x-words", {}).items()}
    known = {str(a).casefold(): str(i) for a, i in schema.get("x-aliases", {}).items()}
    known |= {label.casefold(): word for word, label in words.items()}
    return known | {value.casefold(): value for value in allowed(schema)}


def belongs(schema: Mapping[str, Any], key: str, node: Node) -> Text:
    """That a field stands under another one, if it does."""
    for name, field in schema.get("properties", {}).items():
        if key in field.get("items", field).get("properties", {}):
            blanks = _indent(node, name)
            return Text(
                f"”{key}” hör till ”{name}”: skriv det på en rad under det, med {blanks} mellanslag först. ",
                f"“{key}” belongs to “{name}”: write it on a line under that, with {blanks} spaces first. ",
            )
    return Text("", "")


def _indent(node: Node, name: str) -> int:
    """How far in the parts of a group stand; the last group, where there are several."""
    group = node.get(name) if isinstance(node, MappingNode) else None
    if isinstance(group, SequenceNode) and group.items:
        group = group.items[-1]
    return group.entries[0][0].place.column - 1 if isinstance(group, MappingNode) and group.entries else 2


def expected(schema: Mapping[str, Any]) -> Text:
    types = schema.get("type", "string")
    words = [_TYPE_WORDS[name] for name in ([types] if isinstance(types, str) else types)]
    return Text(" eller ".join(w.sv for w in words), " or ".join(w.en for w in words))


def limits(schema: Mapping[str, Any]) -> Text:
    low, high = schema.get("minimum"), schema.get("maximum")
    if high is None:
        return Text(f"minst {low}", f"at least {low}")
    if low is None:
        return Text(f"högst {high}", f"at most {high}")
    return Text(f"mellan {low} och {high}", f"between {low} and {high}")


def help_of(schema: Mapping[str, Any]) -> Text:
    words = schema.get("x-help", {})
    return Text(words.get("sv", ""), words.get("en", ""))


def example(key: str, schema: Mapping[str, Any]) -> str:
    """A line that shows the field written right."""
    examples = schema.get("examples") or schema.get("enum") or ["…"]
    return f"{key}: {flow(examples[0])}"


def flow(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    return str(value).lower() if isinstance(value, bool) else str(value)
