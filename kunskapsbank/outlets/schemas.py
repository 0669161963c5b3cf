"""The field dictionary as JSON Schema for editors and other programs: a file a record type.

What our own dictionary says beside the standard becomes what the standard has words for: labels are titles,
helps are descriptions. `enumDescriptions` is what editors show beside each value.
"""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from kunskapsbank.dictionary.types import Dictionary, RecordType
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.site import Site

FOLDER: Final = "schema/v1"
"""A contract: a later version that forbids more gets another number."""

_OURS: Final = "x-"


def makers(site: Site) -> Iterator[Maker]:
    for type_ in site.viewer.dictionary.types.values():
        path = f"{FOLDER}/{type_.id}.json"
        yield Maker(path, partial(_file, type_, site, path))


def _file(type_: RecordType, site: Site, path: str) -> Made:
    schema = {
        **published(type_.schema, site.viewer.dictionary),
        "$id": site.settings.site_url + path,
        "title": type_.label.sv.capitalize(),
    }
    return Made(f"{json.dumps(schema, ensure_ascii=False, indent=1)}\n".encode())


def published(schema: Mapping[str, Any], dictionary: Dictionary) -> dict[str, Any]:
    """A schema of the dictionary in the standard's words alone."""
    found = {
        key: _inside(key, value, dictionary) for key, value in schema.items() if not key.startswith(_OURS)
    }
    if "x-label" in schema:
        found["title"] = schema["x-label"]["sv"]
    if "x-help" in schema:
        found["description"] = " ".join(schema["x-help"]["sv"].split())
    if "x-vocabulary" in schema:
        terms = dictionary.vocabularies[schema["x-vocabulary"]].terms
        found["enumDescriptions"] = [terms[term].label.sv for term in schema["enum"]]
    return found


def _inside(key: str, value: Any, dictionary: Dictionary) -> Any:
    if key == "properties":
        return {name: published(schema, dictionary) for name, schema in value.items()}
    return published(value, dictionary) if isinstance(value, dict) else value
