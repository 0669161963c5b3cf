"""The published schemas: standard, complete, and in agreement with the checks."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from support import REPOSITORY

from kunskapsbank.checks.run import examine_text
from kunskapsbank.checks.subject import Context
from kunskapsbank.dictionary import load
from kunskapsbank.dictionary.validation import convert
from kunskapsbank.reading.document import read_markdown, read_yaml
from kunskapsbank.settings import today_from

DICTIONARY = load.load(REPOSITORY)


def schema(own_site: Path, type_id: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((own_site / "schema" / "v1" / f"{type_id}.json").read_text("utf-8"))
    return found


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inside in value.values() for key in keys(inside)}
    return {key for inside in value for key in keys(inside)} if isinstance(value, list) else set()


@pytest.mark.parametrize("type_id", DICTIONARY.types)
def test_a_schema_is_valid_and_has_no_words_of_our_own(own_site: Path, type_id: str) -> None:
    found = schema(own_site, type_id)
    jsonschema_rs.meta.validate(found)
    assert found["$id"] == f"https://kunskapsbanken.example/schema/v1/{type_id}.json"
    assert not [key for key in keys(found) if key.startswith("x-")]


@pytest.mark.parametrize("type_id", DICTIONARY.types)
def test_every_field_has_a_title_and_a_description_in_swedish(own_site: Path, type_id: str) -> None:
    for key, field in DICTIONARY.types[type_id].fields.items():
        said = schema(own_site, type_id)["properties"][key]
        assert said["title"] == field.label.sv
        assert said["description"] == " ".join(field.help.sv.split())


def test_every_value_of_a_vocabulary_is_explained(own_site: Path) -> None:
    county = schema(own_site, "example")["properties"]["counties"]["items"]
    assert (
        dict(zip(county["enum"], county["enumDescriptions"], strict=True))["vastra-gotaland"]
        == "Västra Götaland"
    )


def test_a_published_schema_accepts_what_the_checks_accept(own_site: Path) -> None:
    """Every record, and refuses one with an unknown key or value as they do."""
    context = Context(DICTIONARY, today_from({}), 50, advice=False)
    seen = 0
    for type_ in DICTIONARY.types.values():
        judge = jsonschema_rs.validator_for(schema(own_site, type_.id))
        for file in (f for f in (REPOSITORY / type_.folder).iterdir() if f.name.endswith(type_.suffix)):
            text = file.read_text("utf-8")
            document, _ = (read_markdown if type_.has_body else read_yaml)(text, file.name)
            assert document is not None
            data = convert(document.front, type_.schema)
            assert judge.is_valid(data), file.name
            assert not judge.is_valid(data | {"okänt": 1})
            assert not judge.is_valid(data | {"contact": "ingen"})
            spoilt = text.replace("contact: ", "contact: in", 1)
            assert examine_text(spoilt, f"{type_.folder}/{file.name}", type_, context).problems
            seen += 1
    assert seen > 80


def test_every_value_of_a_closed_list_is_explained_and_said_where_it_is_missing(own_site: Path) -> None:
    """In the words that editors know beside the standard's."""
    for type_id in DICTIONARY.types:
        for path, part in parts(schema(own_site, type_id)):
            if "enum" in part:
                assert len(part["enumDescriptions"]) == len(part["enum"]), path
                assert part["errorMessage"] == f"Välj ett av: {', '.join(part['enum'])}."
            if "patternErrorMessage" in part:
                assert part["patternErrorMessage"].endswith(str(part["examples"][0]))
    fields = schema(own_site, "activity")["properties"]
    assert fields["evaluated"]["enumDescriptions"] == ["Ja", "Nej", "Inte känt"]
    assert fields["date"]["patternErrorMessage"] == "Skriv till exempel: 2007-03-14"
    assert "patternErrorMessage" not in fields["title"]


def parts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """A schema and all schemas in it."""
    if isinstance(value, dict):
        yield path, value
        for key, inside in value.items():
            yield from parts(inside, f"{path}/{key}")
