"""The field dictionary as JSON Schema for editors and other programs: a file a record type.

What our own dictionary says beside the standard becomes what the standard has words for: labels are titles,
helps are descriptions. Editors that build on VS Code's or the YAML language server know some more words:
`enumDescriptions` is shown beside each value, `errorMessage` and `patternErrorMessage` where a value is wrong.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from kunskapsbank import contracts
from kunskapsbank.dictionary.types import Dictionary, RecordType
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.site import Site
from kunskapsbank.pages.views import Viewer

FOLDER: Final = contracts.SCHEMAS
"""A contract: a later version that forbids more gets another number."""

_OURS: Final = "x-"


def makers(site: Site) -> Iterator[Maker]:
    for type_ in site.viewer.dictionary.types.values():
        path = f"{FOLDER}/{type_.id}.json"
        yield Maker(path, partial(_file, type_, site, path), site.keys.facts)


def _file(type_: RecordType, site: Site, path: str) -> Made:
    schema = {
        **published(type_.schema, site.viewer, _names(type_)),
        "$id": site.settings.site_url + path,
        "title": type_.label.sv.capitalize(),
    }
    return Made(f"{json.dumps(schema, ensure_ascii=False, indent=1)}\n".encode())


def _names(type_: RecordType) -> dict[str, str]:
    """What the fields and sections of a type are called, by their keys."""
    fields = {field.key: field.label.sv for field in type_.fields.values()}
    return fields | {section.key: section.heading.sv for section in type_.sections}


def published(
    schema: Mapping[str, Any], viewer: Viewer, names: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """A schema of the dictionary in the standard's words and those of editors. `names` are those of the fields
    and sections, which some fields hold."""
    found = {
        key: _inside(key, value, viewer, names) for key, value in schema.items() if not key.startswith(_OURS)
    }
    if "x-label" in schema:
        found["title"] = schema["x-label"]["sv"]
    if "x-help" in schema:
        found["description"] = viewer.texts.plain(schema["x-help"]["sv"])
    if "enum" in schema:
        found |= _closed(schema["enum"], _labels(schema, viewer.dictionary, names))
    if ("pattern" in schema or "format" in schema) and schema.get("examples"):
        found["patternErrorMessage"] = f"Skriv till exempel: {schema['examples'][0]}"
    return found


def _labels(schema: Mapping[str, Any], dictionary: Dictionary, names: Mapping[str, str]) -> Mapping[str, str]:
    """What the values of a closed list are called."""
    if "x-vocabulary" in schema:
        terms = dictionary.vocabularies[schema["x-vocabulary"]].terms
        return {term.id: term.label.sv for term in terms.values()}
    if "x-words" in schema:
        return {word: label["sv"] for word, label in schema["x-words"].items()}
    return names


def _closed(values: Sequence[str], labels: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"errorMessage": f"Välj ett av: {', '.join(map(str, values))}."}
    if all(value in labels for value in values):
        found["enumDescriptions"] = [labels[value] for value in values]
    return found


def _inside(key: str, value: Any, viewer: Viewer, names: Mapping[str, str]) -> Any:
    if key == "properties":
        return {name: published(schema, viewer, names) for name, schema in value.items()}
    return published(value, viewer, names) if isinstance(value, dict) else value
