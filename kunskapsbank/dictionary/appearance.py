"""What the values of a file seem to be: texts that show something, addresses that lead where they say.

Which values are texts and which are addresses is what the schema says of them: closed lists and values of a
set form are neither. For records, and for any other file with a schema, such as a vocabulary.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from kunskapsbank.dictionary.validation import is_blank
from kunskapsbank.problems.problem import Code, Problem, Severity, Text
from kunskapsbank.problems.problem import Value as Filler
from kunskapsbank.reading import characters, scripts
from kunskapsbank.reading.addresses import (
    REFUSED_MAIL_LINK,
    UNCLEAR_ADDRESS,
    address_problems,
    recipient_fault,
    scheme,
    scheme_problems,
    web_fault,
    written_addresses,
)
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Node, Scalar, Sequence

TEXT_WITHOUT_LETTERS: Final = Code(
    "text-without-letters",
    Severity.ERROR,
    Text(
        "{what} har varken bokstäver eller siffror: ”{text}”.",
        "{what} has neither letters nor digits: “{text}”.",
    ),
    Text("Skriv med ord vad som avses.", "Write in words what is meant."),
    Text(
        "En rubrik, etikett eller länk utan ord går inte att läsa upp, och den syns kanske inte alls.",
        "A heading, label or link without words can't be read out, and may not show at all.",
    ),
)

_WEB_FORMATS: Final = frozenset({"uri", "iri", "url", "uri-reference", "iri-reference"})
_MAIL_FORMATS: Final = frozenset({"email", "idn-email"})
_CLOSED: Final = ("enum", "const", "x-reference", "x-vocabulary", "x-unknowns", "x-section-key")
"""Keywords of values that are no running text: they can be nothing but what the schema lists or describes. So can
those with a pattern, unless it only asks for something."""
_ANYTHING: Final = r"\S"


class Value(NamedTuple):
    """A word or text of a file with the schema that holds for it, and the name of its field."""

    scalar: Scalar
    schema: Mapping[str, Any]
    key: str

    @property
    def format(self) -> str:
        return str(self.schema.get("format", ""))

    @property
    def is_text(self) -> bool:
        """Return whether it is running text, in words of the writer's own."""
        types = self.schema.get("type")
        is_string = types == "string" or (isinstance(types, list) and "string" in types)
        is_free = self.schema.get("pattern", _ANYTHING) == _ANYTHING and not self.format
        return is_string and is_free and not any(word in self.schema for word in _CLOSED)


def find_values(
    node: Node, schema: Mapping[str, Any], definitions: Mapping[str, Any], key: str = ""
) -> Iterator[Value]:
    """Yield every value under a node whose field the schema has, in the order of the file. `definitions` are the
    parts that the schema refers to."""
    schema = _resolve(schema, definitions)
    if isinstance(node, Scalar):
        yield Value(node, schema, key)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from find_values(item, schema.get("items", {}), definitions, key)
    else:
        yield from _values_of_group(node, schema, definitions)


def _values_of_group(
    node: MappingNode, schema: Mapping[str, Any], definitions: Mapping[str, Any]
) -> Iterator[Value]:
    fields, others = schema.get("properties", {}), schema.get("additionalProperties")
    for name, value in node.entries:
        field = fields.get(name.text, others)
        if isinstance(field, Mapping):
            yield from find_values(value, field, definitions, name.text)


def _resolve(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the definition that a schema refers to; the schema itself where it refers to none."""
    seen: set[str] = set()
    while isinstance(reference := schema.get("$ref"), str) and reference not in seen:
        seen.add(reference)
        schema = definitions.get(reference.removeprefix("#/$defs/"), {})
    return schema


def appearance_problems(node: Node, schema: Mapping[str, Any], path: str) -> Iterator[Problem]:
    """Yield what is wrong with how the values of a file look, and with where its addresses lead."""
    for value in find_values(node, schema, schema.get("$defs", {})):
        if is_blank(value.scalar):
            continue
        if value.is_text:
            yield from _text_problems(value, path)
        elif value.format in _WEB_FORMATS:
            yield from _web_problems(value, path)
        elif value.format in _MAIL_FORMATS:
            yield from _mail_problems(value, path)


def _text_problems(value: Value, path: str) -> Iterator[Problem]:
    text, _, place = value.scalar
    yield from characters.strange_in_text(text, path, place)
    if not scripts.has_letter_or_digit(text):
        what = Text(f"”{value.key}”", f"“{value.key}”")
        yield Problem(TEXT_WITHOUT_LETTERS, path, place, {"what": what, "text": text})
    for address in written_addresses(text):
        if fault := web_fault(address):
            yield Problem(UNCLEAR_ADDRESS, path, place, {"target": address, "fault": fault})


def _web_problems(value: Value, path: str) -> Iterator[Problem]:
    text, _, place = value.scalar
    if not scheme(text) and value.format.endswith("-reference"):
        return
    refused = list(scheme_problems(text, path, place))
    yield from refused or address_problems(text, path, place)


def _mail_problems(value: Value, path: str) -> Iterator[Problem]:
    if fault := recipient_fault(value.scalar.text):
        values: dict[str, Filler] = {"target": value.scalar.text, "fault": fault}
        yield Problem(REFUSED_MAIL_LINK, path, value.scalar.place, values)
