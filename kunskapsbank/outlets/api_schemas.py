"""What the files of the API hold, as an OpenAPI 3.1 document.

The schemas allow more keys than they name: later ones are added, and who reads a file must not mind.
"""

from collections.abc import Mapping
from typing import Any, Final

from kunskapsbank import contracts
from kunskapsbank.dictionary.types import Dictionary, RecordType
from kunskapsbank.library.lists import YEAR_PATH
from kunskapsbank.settings import Settings

_TEXT: Final[Mapping[str, Any]] = {"type": "string"}
_MAYBE: Final[Mapping[str, Any]] = {"type": ["string", "null"]}
_NUMBER: Final[Mapping[str, Any]] = {"type": "integer", "minimum": 0}
_ADDRESS: Final[Mapping[str, Any]] = {"type": "string", "format": "uri"}
_MAYBE_ADDRESS: Final[Mapping[str, Any]] = {"type": ["string", "null"], "format": "uri"}
_DAY: Final[Mapping[str, Any]] = {"type": "string", "format": "date"}
_MAYBE_DAY: Final[Mapping[str, Any]] = {"type": ["string", "null"], "format": "date"}


def _object(about: str, **properties: Any) -> dict[str, Any]:
    """With all of its properties in it."""
    return {
        "type": "object",
        "description": about,
        "required": list(properties),
        "properties": properties,
    }


def _list_of(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_IN_LISTS: Final[Mapping[str, Any]] = {
    "id": _TEXT, "type": _TEXT, "title": _TEXT, "summary": _TEXT, "url": _ADDRESS, "api": _ADDRESS,
    "updated": _DAY, "terms": _list_of(_ref("TermOfRecord")),
}  # fmt: skip

SCHEMAS: Final[Mapping[str, Any]] = {
    "Words": _object("Words in Swedish and English.", sv=_TEXT, en=_TEXT),
    "TermOfRecord": _object(
        "A term that a record is sorted under.", vocabulary=_TEXT, id=_TEXT, label=_TEXT
    ),
    "Item": _object("A record as a list has it.", **_IN_LISTS),
    "List": _object(
        "Records, and the page that lists them.",
        title=_TEXT, url=_ADDRESS, updated=_MAYBE_DAY, count=_NUMBER, items=_list_of(_ref("Item")),
    ),
    "Section": _object(
        "A stretch of the text as HTML. Where it is not known, the sentence says that the source is silent.",
        heading=_TEXT, html=_TEXT, known={"type": "boolean"}, editorial={"type": "boolean"},
    ),
    "Record": _object(
        "A record in whole; `fields` is as in its file (see the schema of its type).",
        **_IN_LISTS, licence=_MAYBE_ADDRESS, fields={"type": "object"}, lead=_TEXT,
        sections=_list_of(_ref("Section")),
    ),
    "Withdrawn": _object(
        "A record that is no longer shown.",
        id=_TEXT, type=_TEXT, title=_TEXT, url=_ADDRESS, api=_ADDRESS, updated=_DAY,
        withdrawn=_object("When, and why.", date=_DAY, reason=_TEXT),
    ),
    "Gone": _object(
        "What is left where a record or a list was that is gone for good.",
        api=_ADDRESS, withdrawn=_object("When, and why.", date=_DAY, reason=_TEXT),
    ),
    "Term": _object(
        "A term of a vocabulary, with how many records it has.",
        id=_TEXT, label=_ref("Words"), description={"anyOf": [_ref("Words"), {"type": "null"}]},
        count=_NUMBER, url=_MAYBE_ADDRESS, api=_MAYBE_ADDRESS,
    ),
    "Vocabulary": _object(
        "A closed list of terms.", id=_TEXT, label=_ref("Words"), terms=_list_of(_ref("Term"))
    ),
    "Index": _object(
        "Where everything is.",
        name=_TEXT, version=_TEXT, url=_ADDRESS, licence=_MAYBE_ADDRESS, openapi=_ADDRESS, all=_ADDRESS,
        types=_list_of(
            _object("", id=_TEXT, label=_ref("Words"), count=_NUMBER, api=_ADDRESS, schema=_ADDRESS)
        ),
        vocabularies=_list_of(_object("", id=_TEXT, label=_ref("Words"), api=_ADDRESS)),
    ),
}  # fmt: skip
"""The kinds of file, and what they are made of."""


def description(settings: Settings, dictionary: Dictionary) -> dict[str, Any]:
    """The OpenAPI document of a site."""
    licence = (
        {"license": {"name": settings.licence_name or "", "url": settings.licence_address}}
        if settings.licence_address
        else {}
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.site_name}: API",
            "version": "1",
            "description": "Statiska filer. Inget konto behövs. Nycklar tas aldrig bort ur v1, men nya kan komma till.",
            **licence,
        },
        "servers": [{"url": f"{settings.site_url}{contracts.API}"}],
        "paths": _paths(settings, dictionary),
        "components": {"schemas": dict(SCHEMAS)},
    }


def _paths(settings: Settings, dictionary: Dictionary) -> dict[str, Any]:
    paths = {
        "/index.json": _get("index", "Var allt finns.", _ref("Index")),
        "/alla.json": _get("all", "Alla poster.", _ref("List")),
        "/ordlistor/{id}.json": _get("vocabulary", "En ordlista.", _ref("Vocabulary"), ("id",)),
    }
    for type_ in dictionary.types.values():
        paths[f"/{type_.list_name}.json"] = _get(f"{type_.id}-list", f"Alla {type_.plural.sv}.", _ref("List"))
        whole = {"anyOf": [_ref("Record"), _ref("Withdrawn"), _ref("Gone")]}
        paths[_record_path(type_)] = _get(type_.id, f"Hela posten: {type_.label.sv}.", whole, ("id",))
    for vocabulary in dictionary.vocabularies.values():
        if vocabulary.path:
            about = f"Poster efter {vocabulary.label.sv.lower()}."
            path = f"/{vocabulary.path}/{{term}}.json"
            paths[path] = _get(f"{vocabulary.id}-list", about, _ref("List"), ("term",))
    if settings.search:  # lists by year are there for the choices of the search
        paths[f"/{YEAR_PATH}/{{year}}.json"] = _get("years-list", "Poster efter år.", _ref("List"), ("year",))
    return paths


def _record_path(type_: RecordType) -> str:
    return f"/{type_.path}/{{id}}/{type_.subpath}.json" if type_.subpath else f"/{type_.path}/{{id}}.json"


def _get(
    name: str, about: str, schema: Mapping[str, Any], parameters: tuple[str, ...] = ()
) -> dict[str, Any]:
    operation = {
        "operationId": name,
        "summary": about,
        "parameters": [
            {"name": parameter, "in": "path", "required": True, "schema": {"type": "string"}}
            for parameter in parameters
        ],
        "responses": {
            "200": {"description": "Filen.", "content": {"application/json": {"schema": schema}}},
            "404": {"description": "Det finns ingen sådan fil."},
        },
    }
    return {"get": operation}
