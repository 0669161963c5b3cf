"""Closed lists: vocabularies and the like written out as enums, so that a schema stands by itself."""

from collections.abc import Mapping
from typing import Any

from kunskapsbank.dictionary.types import Vocabulary


class Lists:
    """The closed lists that a type's fields draw on."""

    def __init__(
        self, vocabularies: Mapping[str, Vocabulary], unknowns: tuple[str, ...], sections: tuple[str, ...]
    ) -> None:
        self.vocabularies, self.unknowns, self.sections = vocabularies, unknowns, sections

    def of(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The keywords that close a value's list, if it has one."""
        if schema.get("x-unknowns"):
            return {"enum": list(self.unknowns)}
        if schema.get("x-section-key"):
            return {"enum": list(self.sections)}
        vocabulary = self.vocabularies.get(schema.get("x-vocabulary", ""))
        if vocabulary is None:
            return {}
        names = {
            name: t.id for t in vocabulary.terms.values() for name in (t.label.sv, t.label.en, *t.aliases)
        }
        return {"enum": list(vocabulary.terms), "x-aliases": names}


def closed(schema: Mapping[str, Any], lists: Lists) -> dict[str, Any]:
    """The schema with every closed list written out."""
    result = {**schema, **lists.of(schema)}
    if isinstance(schema.get("items"), dict):
        result["items"] = closed(schema["items"], lists)
        if schema["items"].get("x-unknowns") and lists.unknowns:
            result["examples"] = [list(lists.unknowns[:2])]  # each type has unknowns of its own
    if isinstance(schema.get("properties"), dict):
        result["properties"] = {key: closed(value, lists) for key, value in schema["properties"].items()}
    return result
