"""oEmbed: documents as the specification wants them, found from their pages, with frames that are there."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema_rs import Draft202012Validator
from selectolax.lexbor import LexborHTMLParser
from sites_support import EMBEDS, attribute, element, pages, tree

HOME: Final = "https://kunskapsbanken.example/"
FOLDER: Final = f"{EMBEDS}oembed/"

SPECIFIED: Final = Draft202012Validator(
    {
        "type": "object",
        "required": ["type", "version", "html", "width", "height"],
        "properties": {
            "type": {"const": "rich"},
            "version": {"const": "1.0"},
            "title": {"type": "string", "minLength": 1},
            "provider_name": {"type": "string"},
            "provider_url": {"type": "string", "format": "uri"},
            "cache_age": {"type": "integer", "minimum": 0},
            "html": {"type": "string", "minLength": 1},
            "width": {"type": "integer", "minimum": 1},
            "height": {"type": "integer", "minimum": 1},
        },
        # Those of the specification that say what another type needs, or that we have nothing to say in.
        "propertyNames": {"enum": ["type", "version", "title", "provider_name", "provider_url", "cache_age", "html", "width", "height"]},
    },
    validate_formats=True,
)  # fmt: skip
"""The response parameters of section 2.3.4 of oEmbed 1.0, and those that the type `rich` requires."""


@pytest.fixture(scope="module")
def documents(own_site: Path) -> dict[str, dict[str, Any]]:
    found = {p: content for p, content in tree(own_site).items() if p.startswith(FOLDER)}
    return {path: json.loads(content) for path, content in found.items()}


def test_every_document_says_what_the_specification_wants(documents: dict[str, dict[str, Any]]) -> None:
    assert len(documents) > 50
    for path, document in documents.items():
        assert SPECIFIED.is_valid(document), (path, [e.message for e in SPECIFIED.iter_errors(document)])


def test_the_html_is_one_frame_of_the_size_that_is_said(
    own_site: Path, documents: dict[str, dict[str, Any]]
) -> None:
    for path, document in documents.items():
        body = LexborHTMLParser(document["html"]).body
        assert body is not None
        assert [node.tag for node in body.css("*")] == ["body", "iframe"], path
        frame = element(document["html"], "iframe")
        assert {"src", "title", "width", "height", "loading", "sandbox", "style"} == set(frame.attributes)
        assert (attribute(frame, "width"), attribute(frame, "height")) == (
            str(document["width"]),
            str(document["height"]),
        )
        assert attribute(frame, "title") == f"{document['title']}, från Kunskapsbanken"
        assert (own_site / attribute(frame, "src").removeprefix(HOME) / "index.html").is_file(), path
        page = path.removeprefix(FOLDER).removesuffix(".json")
        assert attribute(frame, "src") == f"{HOME}{EMBEDS}{page}/"


def test_every_document_is_found_from_its_page_and_no_other(
    own_site: Path, documents: dict[str, dict[str, Any]]
) -> None:
    named = {}
    for path, html in pages(own_site).items():
        for link in LexborHTMLParser(html).css('head > link[type="application/json+oembed"]'):
            assert attribute(link, "rel") == "alternate"
            file = attribute(link, "href").removeprefix(HOME)
            assert documents[file]["title"] == attribute(link, "title")
            named[file] = path
    assert named.keys() == documents.keys()
    for file, path in named.items():
        assert path == f"{file.removeprefix(FOLDER).removesuffix('.json')}/index.html"
