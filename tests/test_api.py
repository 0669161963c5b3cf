"""The files for other programs: JSON as its OpenAPI document says, tables that open in a spreadsheet, JSON Feed."""

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import feedparser
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openapi_spec_validator import validate
from sites_support import tree
from support import REPOSITORY

from kunskapsbank.spreadsheet import inert

API: Final = "api/v1/"
SITE: Final = "https://kunskapsbanken.example/"
CONTRACT: Final = REPOSITORY / "tests" / "contracts" / "api-v1.json"
REFRESH: Final = os.environ.get("KUNSKAPSBANK_REFRESH") == "1"


@pytest.fixture(scope="module")
def files(own_site: Path) -> dict[str, Any]:
    """Every JSON file of the API by its path under /api/v1."""
    found = {
        path.removeprefix(API): content for path, content in tree(own_site).items() if path.startswith(API)
    }
    return {path: json.loads(content) for path, content in found.items() if path.endswith(".json")}


@pytest.fixture(scope="module")
def document(files: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = files["openapi.json"]
    return found


def test_the_document_is_openapi(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")


def patterns(document: dict[str, Any]) -> Iterator[tuple[re.Pattern[str], dict[str, Any]]]:
    """What the address of a file of each path looks like, with the schema of its content."""
    for path, item in document["paths"].items():
        content = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        schema = {**content, "components": document["components"]}
        yield re.compile(re.sub(r"\\\{\w+\\\}", r"[a-z0-9_-]+", re.escape(path))), schema


def test_every_file_is_as_the_document_says_and_every_path_is_there(
    files: dict[str, Any], document: dict[str, Any]
) -> None:
    used = set()
    described = [
        (pattern, jsonschema_rs.validator_for(schema, validate_formats=True))
        for pattern, schema in patterns(document)
    ]
    for path, content in files.items():
        if path == "openapi.json":
            continue
        fitting = [(p, rules) for p, rules in described if p.fullmatch(f"/{path}")]
        assert len(fitting) == 1, path
        pattern, rules = fitting[0]
        assert [str(error) for error in rules.iter_errors(content)] == [], path
        used.add(pattern)
    assert used == {pattern for pattern, _ in described}


def test_the_document_sees_what_is_wrong(files: dict[str, Any], document: dict[str, Any]) -> None:
    """The test above can fail."""
    schema = next(s for p, s in patterns(document) if p.fullmatch("/exempel/karp-malmo-stad.json"))
    rules = jsonschema_rs.validator_for(schema, validate_formats=True)
    record = files["exempel/karp-malmo-stad.json"]
    assert rules.is_valid(record)
    for spoilt in ({"updated": "i går"}, {"sections": None}, {"url": 1}):
        assert not rules.is_valid(record | spoilt)
    assert not rules.is_valid({key: value for key, value in record.items() if key != "lead"})


def test_every_address_in_it_leads_to_a_file(files: dict[str, Any], own_site: Path) -> None:
    text = "".join(json.dumps(content, ensure_ascii=False) for content in files.values())
    addresses = set(re.findall(rf'"{re.escape(SITE)}([^"\\ ]*)"', text))
    assert len(addresses) > 300
    for address in addresses:
        path = address.partition("#")[0]
        file = own_site / path / "index.html" if path == "" or path.endswith("/") else own_site / path
        assert file.is_file() or path == "api/v1", address


def test_lists_hold_what_the_site_lists(files: dict[str, Any]) -> None:
    index = files["index.json"]
    assert sum(type_["count"] for type_ in index["types"]) == files["alla.json"]["count"]
    assert files["lan/skane.json"]["count"] == len(files["lan/skane.json"]["items"])
    ids = {item["id"] for item in files["exempel.json"]["items"]}
    assert ids == {path.stem for path in (REPOSITORY / "examples").glob("*.md")}
    counties = {term["id"]: term["count"] for term in files["ordlistor/counties.json"]["terms"]}
    assert counties["skane"] == files["lan/skane.json"]["count"]


# The contract


def outline(document: dict[str, Any]) -> dict[str, Any]:
    """What others rely on: the paths, and each key with its type and whether it is always there."""
    schemas = {name: dict(keys(schema, "")) for name, schema in document["components"]["schemas"].items()}
    return {"paths": sorted(document["paths"]), "schemas": schemas}


def keys(schema: dict[str, Any], above: str) -> Iterator[tuple[str, str]]:
    for key, part in schema.get("properties", {}).items():
        always = "always" if key in schema.get("required", ()) else "perhaps"
        inside = part.get("items", part)
        said = part.get("type", part.get("$ref", "any"))
        yield f"{above}{key}", f"{always} {said} {inside.get('$ref', '')}".strip()
        yield from keys(inside, f"{above}{key}.")


def test_v1_changes_only_by_addition(document: dict[str, Any]) -> None:
    """With KUNSKAPSBANK_REFRESH=1 the contract takes in what is new; what it holds it never loses."""
    now = outline(document)
    before = json.loads(CONTRACT.read_text("utf-8")) if CONTRACT.is_file() else {"paths": [], "schemas": {}}
    assert broken(before, now) == []
    if REFRESH:
        CONTRACT.write_text(f"{json.dumps(now, indent=1, sort_keys=True)}\n", "utf-8")
    assert json.loads(CONTRACT.read_text("utf-8")) == now


def broken(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What of a contract is no longer kept."""
    paths = [path for path in before["paths"] if path not in now["paths"]]
    changed = [
        f"{name}.{key}"
        for name, schema in before["schemas"].items()
        for key, said in schema.items()
        if now["schemas"].get(name, {}).get(key) != said
    ]
    return paths + changed


def test_a_broken_contract_is_seen(document: dict[str, Any]) -> None:
    now = outline(document)
    less = json.loads(json.dumps(now))
    less["paths"].remove("/alla.json")
    del less["schemas"]["Item"]["summary"]
    less["schemas"]["Record"]["lead"] = "perhaps string"
    assert broken(now, less) == ["/alla.json", "Item.summary", "Record.lead"]
    assert broken(less, now) == ["Record.lead"]


# Tables


def rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize(("path", "folder"), [("exempel", "examples"), ("aktiviteter", "activities")])
def test_a_table_has_a_row_for_each_record(path: str, folder: str, own_site: Path) -> None:
    head, *body = rows((own_site / API / f"{path}.csv").read_bytes())
    assert head[:4] == ["Id", "Adress", "Rubrik", "Sammanfattning"]
    assert len(body) == len(list((REPOSITORY / folder).glob("*.md")))
    assert all(len(row) == len(head) for row in body)
    assert all(row[1].startswith(SITE) for row in body)


@given(st.text(max_size=30))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = inert(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (text, f"'{text}")


# What is withdrawn, what is not asked for


def test_a_site_that_does_not_ask_for_it_has_no_api(base_site: Path) -> None:
    assert not (base_site / "api").exists()
    assert not (base_site / "feed.json").exists()


# JSON Feed


def test_every_list_has_a_json_feed_with_the_entries_of_its_atom_feed(own_site: Path) -> None:
    atoms = [path for path in tree(own_site) if path.endswith("feed.xml")]
    assert len(atoms) > 50
    for path in atoms:
        found = json.loads((own_site / path).with_suffix(".json").read_bytes())
        atom = feedparser.parse((own_site / path).read_bytes())
        assert found["version"] == "https://jsonfeed.org/version/1.1"
        assert found["feed_url"] == SITE + path.removesuffix("xml") + "json"
        assert [item["url"] for item in found["items"]] == [entry.link for entry in atom.entries]
        assert [item["title"] for item in found["items"]] == [entry.title for entry in atom.entries]
