"""JSON Schema's findings as problems at the right place, in our words.

jsonschema-rs says which rule failed and where in the data; the nodes say where that stands in the file.
Used for records, for the dictionary itself and for the settings.
"""

import json
import re
from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Sequence_
from datetime import date
from functools import cached_property
from typing import Any, Final

import jsonschema_rs
from rapidfuzz import fuzz, process

from kunskapsbank.dictionary import guesses, shapes
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
from kunskapsbank.reading import characters
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Node, Scalar, Sequence, at, plain
from kunskapsbank.reading.numbers import number, whole_number
from kunskapsbank.reading.rights import quoted

_SHOWN_TERMS: Final = 24
"""A longer list of allowed values is cut in the help line."""

_NULLS: Final = frozenset({"null", "Null", "NULL", "~"})
_LOOKS_LIKE_A_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_OF_WORDS: Final = frozenset({"type", "enum", "const", "pattern", "format"})
"""The rules of JSON Schema that a character that doesn't show may break."""

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
    """The node as plain data, with numbers where the schema wants them and strings elsewhere."""
    if isinstance(node, Scalar):
        types = schema.get("type")
        return node.text if types == "string" or not node.plain else _typed(node.text, types)
    if isinstance(node, Sequence):
        items = schema.get("items", {})
        return [convert(item, items) for item in node.items]
    properties = schema.get("properties", {})
    return {key.text: convert(value, properties.get(key.text, {})) for key, value in node.entries}


def _typed(text: str, types: Any) -> Any:
    if types == "integer" or (isinstance(types, list) and "integer" in types):
        whole = whole_number(text)
        return text if whole is None else whole
    if types == "number":
        found = number(text)
        return text if found is None else found
    if types == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


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
        example = shapes.example(key, schema["properties"][key])
        yield Problem(EMPTY_VALUE, path, at(node, [key]).place, {"key": key, "example": example})
    if rules.is_valid(data):
        return
    whole = _Whole(path, node, schema)
    told: set[tuple[str, Place, str]] = set()
    for error in rules.iter_errors(data):
        where = list(error.instance_path)
        found = at(node, where)
        if error.kind.name in ("enum", "pattern", "format") and not isinstance(found, Scalar):
            continue  # the wrong type is said already
        if where and where[0] in blank:
            continue
        for problem in _Finding(whole, where, found, error).problems():
            said = (problem.code.name, problem.place, problem.message("en"))
            if said not in told:  # a pattern and a format may both be broken by one slip
                yield problem
            told.add(said)


def misspelt(schema: Mapping[str, Any], node: MappingNode) -> frozenset[str]:
    """The fields that are there under a name that is nearly theirs."""
    properties = schema.get("properties", {})
    unknown = [key.text for key, _ in node.entries if key.text not in properties]
    known = shapes.key_words(schema) if unknown else {}
    return frozenset(near for key in unknown if (near := nearest(key, known)))


class _Whole:
    """A file and its schema, with what is looked up for many findings and depends on nothing else."""

    def __init__(self, path: str, root: MappingNode, schema: Mapping[str, Any]) -> None:
        self.path, self.root, self.schema = path, root, schema
        self._misspelt: tuple[Node, frozenset[str]] | None = None

    @cached_property
    def at_the_edge(self) -> frozenset[str]:
        return guesses.keys_at_the_edge(self.root, self.schema)

    def misspelt(self, schema: Mapping[str, Any], node: MappingNode) -> frozenset[str]:
        """Return the misspelt fields of a group: the findings of one group follow each other."""
        if self._misspelt is None or self._misspelt[0] is not node:
            self._misspelt = node, misspelt(schema, node)
        return self._misspelt[1]


class _Finding:
    """One failed rule of the schema, on its way to becoming problems.

    An item of a list is spoken of by the list's own example and help.
    """

    def __init__(self, whole: _Whole, where: list[str | int], node: Node, error: Any) -> None:
        self.whole, self.path, self.where, self.node, self.error = whole, whole.path, where, node, error
        self.key = next((str(step) for step in reversed(where) if isinstance(step, str)), "")
        self.schema = shapes.subschema(whole.schema, where)
        in_list = bool(where) and isinstance(where[-1], int)
        self.field = shapes.subschema(whole.schema, where[:-1]) if in_list else self.schema

    def problems(self) -> Iterator[Problem]:
        kind = self.error.kind
        if kind.name == "additionalProperties":
            words = shapes.key_words(self.schema)
            yield from (self._unknown_key(key, words) for key in self._keys(kind.unexpected))
        elif kind.name == "required":
            yield from self._missing(kind.property)
        elif isinstance(self.node, Scalar) and not self.node.text.strip():
            yield self._problem(EMPTY_VALUE, example=shapes.example(self.key, self.field))
        elif kind.name == "uniqueItems":
            yield from self._repeated()
        elif kind.name in _OF_WORDS and (strange := self._strange(self.node)):
            yield strange
        else:
            yield self._value_problem(kind)

    def _strange(self, node: Node) -> Problem | None:
        """A character in a word that makes it look right and be wrong."""
        if not isinstance(node, Scalar):
            return None
        return characters.strange_in_word(node.text, self.path, node.place, as_written=node.plain)

    def _value_problem(self, kind: Any) -> Problem:
        example, help_text = shapes.example(self.key, self.field), shapes.help_of(self.field)
        shown = self.node.text if isinstance(self.node, Scalar) else ""
        match kind.name:
            case "type":
                meant = self._meant_line()
                return self._problem(
                    WRONG_TYPE, expected=shapes.expected(self.schema), example=example, **meant
                )
            case "enum" | "const":
                return self._unknown_term(shown)
            case "format" if _LOOKS_LIKE_A_DAY.fullmatch(shown):
                return self._problem(IMPOSSIBLE_DATE, value=shown)
            case "pattern" | "format":
                meant = self._meant(guesses.a_number(shown) if self._wants_number else guesses.a_date(shown))
                return self._problem(WRONG_FORMAT, value=shown, example=example, **meant)
            case "minLength":
                return self._problem(TOO_SHORT, limit=kind.limit, now=len(shown), help=help_text)
            case "maxLength":
                return self._problem(TOO_LONG, limit=kind.limit, now=len(shown), help=help_text)
            case "minItems" | "minProperties":
                return self._problem(EMPTY_VALUE, example=example)
            case "minimum" | "maximum":
                return self._problem(OUT_OF_RANGE, value=shown, limits=shapes.limits(self.schema))
        shown_right = Text(f"Skriv till exempel: {example}", f"Write for example: {example}")
        return self._problem(INVALID_VALUE, help=help_text if help_text.sv else shown_right)

    def _keys(self, names: Sequence_[str]) -> Iterator[Scalar]:
        """Where names of fields stand."""
        known = dict.fromkeys(names)
        if isinstance(self.node, MappingNode):
            yield from (key for key, _ in self.node.entries if key.text in known)

    def _unknown_key(self, scalar: Scalar, words: Mapping[str, str]) -> Problem:
        if strange := self._strange(scalar):
            return strange
        key = scalar.text
        values: dict[str, Value] = {"key": key, "known": ", ".join(self.schema.get("properties", {}))}
        if near := nearest(key, words):
            values["nearest"] = near
        else:
            values["belongs"] = shapes.belongs(self.schema, key, self.node)
        return Problem(UNKNOWN_KEY, self.path, scalar.place, values)

    def _missing(self, key: str) -> Iterator[Problem]:
        """At the start of what lacks it; silent where the field is there, misspelt, not indented, or
        in the first of two groups that should be one."""
        if not isinstance(self.node, MappingNode):
            return
        is_closed = self.schema.get("additionalProperties") is False
        if is_closed and key in self.whole.misspelt(self.schema, self.node):
            return
        needed = self.schema.get("required", ())
        before, after = guesses.neighbours(self.whole.root, self.where)
        torn_off = guesses.is_torn(before, self.node, needed) and before is not None and before.get(key)
        if torn_off or key in self.whole.at_the_edge:
            return
        line, column = self.node.place[:2]
        place = Place(line, column, line, column)
        example = shapes.example(key, shapes.subschema(self.whole.schema, [*self.where, key]))
        values: dict[str, Value] = {"key": key, "example": example}
        if guesses.is_torn(self.node, after, needed) and after is not None and after.get(key):
            place = after.key_place(key)
            values["nearest"] = line
        yield Problem(MISSING_FIELD, self.path, place, values)

    def _unknown_term(self, shown: str) -> Problem:
        allowed, known = shapes.allowed(self.schema), shapes.known_words(self.schema)
        listed = ", ".join(allowed[:_SHOWN_TERMS]) + (" …" if len(allowed) > _SHOWN_TERMS else "")
        values: dict[str, Value] = {"value": shown, "known": listed}
        parts = guesses.several(shown, known) if shown.casefold() not in known else []
        if near := ", ".join(dict.fromkeys(parts)) or nearest(shown, known):
            values["nearest"] = near
        return self._problem(UNKNOWN_TERM, **values)

    @property
    def _wants_number(self) -> bool:
        types = self.schema.get("type")
        return types == "integer" or (isinstance(types, list) and "integer" in types)

    def _meant(self, guess: str | None) -> dict[str, Value]:
        """The guess, if the field could hold it."""
        value: Any = whole_number(guess) if guess and self._wants_number else guess
        return {"nearest": str(value)} if value is not None and self._fits(value) else {}

    def _fits(self, value: Any) -> bool:
        whole = self.whole.schema
        definitions = {"$defs": whole["$defs"]} if "$defs" in whole else {}
        return validator({**self.schema, **definitions}).is_valid(value)

    def _meant_line(self) -> dict[str, Value]:
        """The whole line as it should be, where a value of another type was meant."""
        types, node = self.schema.get("type"), self.node
        value: Any = None
        if types == "array":
            items = self.schema.get("items", {})
            value = guesses.a_list(node, shapes.known_words(items))
            value = value if value and self._fits(value) else None
        elif self._wants_number and isinstance(node, Scalar):
            value = self._meant(guesses.a_number(node.text)).get("nearest")
        elif types == "string" and self.schema is self.field:
            is_number = isinstance(self.error.instance, bool | int)
            value = quoted(node.text) if is_number and isinstance(node, Scalar) else guesses.a_text(node)
        return {} if value is None else {"nearest": f"{self.key}: {shapes.flow(value)}"}

    def _repeated(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for item in self.node.items if isinstance(self.node, Sequence) else ():
            value = plain(item)
            told = json.dumps(value, sort_keys=True)
            if told in seen:
                values: dict[str, Value] = {"value": shapes.flow(value), "key": self.key}
                yield Problem(REPEATED_VALUE, self.path, item.place, values)
            seen.add(told)

    def _problem(self, code: Code, **values: Value) -> Problem:
        return Problem(code, self.path, self.node.place, {"key": self.key, **values})
