"""JSON Schema's findings as problems at the right place, in our words.

jsonschema-rs says which rule failed and where in the data; the nodes say where that stands in the file.
Used for records, for the dictionary itself and for the settings.
"""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Sequence_
from datetime import date
from typing import Any, Final

import jsonschema_rs
from rapidfuzz import fuzz, process

from kunskapsbank.dictionary.codes import (
    EMPTY_VALUE,
    IMPOSSIBLE_DATE,
    INVALID_VALUE,
    MISSING_FIELD,
    OUT_OF_RANGE,
    REPEATED_VALUE,
    TOO_LONG,
    TOO_SHORT,
    UNKNOWN_KEY,
    UNKNOWN_TERM,
    WRONG_FORMAT,
    WRONG_TYPE,
)
from kunskapsbank.problems.problem import Code, Place, Problem, Text, Value
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Node, Scalar, Sequence, at, plain, whole_number

_TYPE_WORDS: Final = {
    "string": Text("en text", "a text"),
    "integer": Text("ett heltal", "a whole number"),
    "array": Text("en lista", "a list"),
    "object": Text("en grupp av uppgifter", "a group of items"),
    "number": Text("ett tal", "a number"),
    "null": Text("tomt", "empty"),
    "boolean": Text("true eller false", "true or false"),
}
_SHOWN_TERMS: Final = 24
"""A longer list of allowed values is cut in the help line."""

_NULLS: Final = frozenset({"null", "Null", "NULL", "~"})
_LOOKS_LIKE_A_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_NEAR: Final = 70
"""How alike (0–100) a known word must be to be suggested."""


def is_partial_date(text: str) -> bool:
    """Whether a date as the dictionary writes it exists: 2007-02-31 has the right form but doesn't."""
    if len(text) != len("2007-02-31") or not text[5:6].isdigit():
        return True
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def validator(schema: Mapping[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """Raises `jsonschema_rs.ValidationError` where the schema is not JSON Schema."""
    formats = {"partial-date": is_partial_date}
    return jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True, formats=formats)


def convert(node: Node, schema: Mapping[str, Any]) -> Any:
    """The node as plain data, with whole numbers where the schema wants them and strings elsewhere."""
    if isinstance(node, Scalar):
        return _scalar(node, schema.get("type"))
    if isinstance(node, Sequence):
        items = schema.get("items", {})
        return [convert(item, items) for item in node.items]
    properties = schema.get("properties", {})
    return {key.text: convert(value, properties.get(key.text, {})) for key, value in node.entries}


def _scalar(node: Scalar, types: Any) -> Any:
    if node.plain and (types == "integer" or (isinstance(types, list) and "integer" in types)):
        whole = whole_number(node.text)
        return node.text if whole is None else whole
    if node.plain and types == "boolean" and node.text in ("true", "false"):
        return node.text == "true"
    return node.text


def nearest(word: str, known: Mapping[str, str]) -> str | None:
    """The value of the known word that is most like the given one, if one is like it at all.

    `known` has folded words as keys: ids, labels and aliases, each with what to suggest for it.
    """
    folded = word.strip().casefold()
    if folded in known:
        return known[folded]
    found = process.extractOne(folded, known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return known[found[0]] if found else None


def is_blank(node: Node | None) -> bool:
    """Whether a value is nothing: empty, all blanks, or null as YAML writes it."""
    if not isinstance(node, Scalar):
        return False
    return not node.text.strip() or (node.text in _NULLS and node.plain)


def problems_of(
    rules: jsonschema_rs.Draft202012Validator,
    schema: Mapping[str, Any],
    node: MappingNode,
    data: Any,
    path: str,
) -> Iterator[Problem]:
    """Everything in which the data, converted from the node, breaks the schema."""
    blank = [key.text for key, value in node.entries if is_blank(value) and key.text in schema["properties"]]
    for key in blank:
        example = _example(key, schema["properties"][key])
        yield Problem(EMPTY_VALUE, path, at(node, [key]).place, {"key": key, "example": example})
    if rules.is_valid(data):
        return
    for error in rules.iter_errors(data):
        where = list(error.instance_path)
        found = at(node, where)
        if error.kind.name in ("enum", "pattern", "format") and not isinstance(found, Scalar):
            continue  # the wrong type is said already
        if not where or where[0] not in blank:
            yield from _Finding(path, found, where, schema, error).problems()


def misspelt(schema: Mapping[str, Any], node: MappingNode) -> frozenset[str]:
    """The fields that are there under a name that is nearly theirs."""
    properties = schema.get("properties", {})
    unknown = [key.text for key, _ in node.entries if key.text not in properties]
    known = _key_words(schema) if unknown else {}
    return frozenset(near for key in unknown if (near := nearest(key, known)))


def _key_words(schema: Mapping[str, Any]) -> dict[str, str]:
    """The names and the Swedish labels of the fields, folded, with the names."""
    properties = schema.get("properties", {})
    labels = {str(p.get("x-label", {}).get("sv", name)).casefold(): name for name, p in properties.items()}
    return labels | {name.casefold(): name for name in properties}


def _subschema(schema: Mapping[str, Any], where: Sequence_[str | int]) -> Mapping[str, Any]:
    found: Any = schema
    for step in where:
        if isinstance(step, int):
            found = found.get("items", {})
        else:
            extra = found.get("additionalProperties")
            found = found.get("properties", {}).get(step, extra if isinstance(extra, dict) else {})
    return found if isinstance(found, Mapping) else {}


class _Finding:
    """One failed rule of the schema, on its way to becoming problems.

    An item of a list is spoken of by the list's own example and help.
    """

    def __init__(
        self, path: str, node: Node, where: list[str | int], schema: Mapping[str, Any], error: Any
    ) -> None:
        self.path, self.node = path, node
        self.error = error
        self.key = next((str(step) for step in reversed(where) if isinstance(step, str)), "")
        self.schema = _subschema(schema, where)
        in_list = bool(where) and isinstance(where[-1], int)
        self.field = _subschema(schema, where[:-1]) if in_list else self.schema

    def problems(self) -> Iterator[Problem]:
        kind = self.error.kind
        if kind.name == "additionalProperties":
            yield from (self._unknown_key(key) for key in kind.unexpected)
        elif kind.name == "required":
            yield from self._missing(kind.property)
        elif isinstance(self.node, Scalar) and not self.node.text.strip():
            yield self._problem(EMPTY_VALUE, example=_example(self.key, self.field))
        elif kind.name == "uniqueItems":
            yield from self._repeated()
        else:
            yield self._value_problem(kind)

    def _value_problem(self, kind: Any) -> Problem:
        example, help_text = _example(self.key, self.field), _help(self.field)
        shown = self.node.text if isinstance(self.node, Scalar) else ""
        match kind.name:
            case "type":
                return self._problem(WRONG_TYPE, expected=_expected(self.schema), example=example)
            case "enum" | "const":
                return self._unknown_term(shown)
            case "format" if _LOOKS_LIKE_A_DAY.fullmatch(shown):
                return self._problem(IMPOSSIBLE_DATE, value=shown)
            case "pattern" | "format":
                return self._problem(WRONG_FORMAT, value=shown, example=example)
            case "minLength":
                return self._problem(TOO_SHORT, limit=kind.limit, now=len(shown), help=help_text)
            case "maxLength":
                return self._problem(TOO_LONG, limit=kind.limit, now=len(shown), help=help_text)
            case "minItems" | "minProperties":
                return self._problem(EMPTY_VALUE, example=example)
            case "minimum" | "maximum":
                return self._problem(OUT_OF_RANGE, value=shown, limits=_limits(self.schema))
        return self._problem(INVALID_VALUE, help=help_text)

    def _unknown_key(self, key: str) -> Problem:
        values: dict[str, Value] = {"key": key, "known": ", ".join(self.schema.get("properties", {}))}
        if near := nearest(key, _key_words(self.schema)):
            values["nearest"] = near
        place = self.node.key_place(key) if isinstance(self.node, MappingNode) else self.node.place
        return Problem(UNKNOWN_KEY, self.path, place, values)

    def _missing(self, key: str) -> Iterator[Problem]:
        """At the start of what lacks it; silent where the field is there, misspelt."""
        if isinstance(self.node, MappingNode) and key in misspelt(self.schema, self.node):
            return
        schema = self.schema.get("properties", {}).get(key, {})
        line, column = self.node.place[:2]
        values: dict[str, Value] = {"key": key, "example": _example(key, schema)}
        yield Problem(MISSING_FIELD, self.path, Place(line, column, line, column), values)

    def _unknown_term(self, shown: str) -> Problem:
        constant = [self.schema["const"]] if "const" in self.schema else []
        allowed = [str(value) for value in self.schema.get("enum", constant)]
        words = {w: label["sv"] for w, label in self.schema.get("x-words", {}).items()}
        known = {str(a).casefold(): str(i) for a, i in self.schema.get("x-aliases", {}).items()}
        known |= {label.casefold(): word for word, label in words.items()}
        known |= {value.casefold(): value for value in allowed}
        listed = ", ".join(allowed[:_SHOWN_TERMS]) + (" …" if len(allowed) > _SHOWN_TERMS else "")
        values: dict[str, Value] = {"value": shown, "known": listed}
        if near := nearest(shown, known):
            values["nearest"] = near
        return self._problem(UNKNOWN_TERM, **values)

    def _repeated(self) -> Iterator[Problem]:
        seen: list[Any] = []
        for item in self.node.items if isinstance(self.node, Sequence) else ():
            value = plain(item)
            if value in seen:
                values: dict[str, Value] = {"value": flow(value), "key": self.key}
                yield Problem(REPEATED_VALUE, self.path, item.place, values)
            seen.append(value)

    def _problem(self, code: Code, **values: Value) -> Problem:
        return Problem(code, self.path, self.node.place, {"key": self.key, **values})


def _expected(schema: Mapping[str, Any]) -> Text:
    types = schema.get("type", "string")
    words = [_TYPE_WORDS[name] for name in ([types] if isinstance(types, str) else types)]
    return Text(" eller ".join(w.sv for w in words), " or ".join(w.en for w in words))


def _limits(schema: Mapping[str, Any]) -> Text:
    low, high = schema.get("minimum"), schema.get("maximum")
    if high is None:
        return Text(f"minst {low}", f"at least {low}")
    if low is None:
        return Text(f"högst {high}", f"at most {high}")
    return Text(f"mellan {low} och {high}", f"between {low} and {high}")


def _help(schema: Mapping[str, Any]) -> Text:
    words = schema.get("x-help", {})
    return Text(words.get("sv", ""), words.get("en", ""))


def _example(key: str, schema: Mapping[str, Any]) -> str:
    """A line that shows the field written right."""
    examples = schema.get("examples") or schema.get("enum") or ["…"]
    return f"{key}: {flow(examples[0])}"


def flow(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    return str(value)
