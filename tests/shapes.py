"""What a file of a site is when its words are taken away: elements, properties, keys, rows, in their order."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from xml.etree import ElementTree

from icalendar import Calendar
from selectolax.lexbor import LexborHTMLParser, LexborNode

WORDY: Final = frozenset(
    {"content", "title", "alt", "aria-label", "id", "aria-labelledby", "data-part", "data-title"}
)
"""Attributes of HTML that hold words, or names made of words. Of all others the values count."""

HTML_IN_JSON: Final = frozenset({"html", "lead"})

_DIGEST: Final = re.compile(r"sha256-[\w+/=]+")


def shape(path: str, content: bytes) -> Any:
    """Two files that differ in their words alone have the same. Of a kind that has no words it is the content."""
    ending = path.rpartition(".")[2]
    return _SHAPES[ending](content.decode()) if ending in _SHAPES else content


def _html(text: str) -> list[Any]:
    return [(node.tag, _attributes(node), _data(node)) for node in LexborHTMLParser(text).css("*")]


def _attributes(node: LexborNode) -> list[Any]:
    if "http-equiv" in node.attributes:  # what a policy or a redirect says is no word
        return [(name, _DIGEST.sub("", value or "")) for name, value in node.attributes.items()]
    return [(name, name in WORDY or value) for name, value in node.attributes.items()]


def _data(node: LexborNode) -> Any:
    """What is in a script of a page."""
    if node.tag != "script" or not node.text():
        return None
    return _json(node.text()) if node.attributes.get("type") == "application/ld+json" else node.text()


def _json(text: str) -> Any:
    return _of_value(json.loads(text))


def _of_value(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return [(name, _of_value(one, name)) for name, one in value.items()]
    if isinstance(value, list):
        return [_of_value(one) for one in value]
    return _html(value) if key in HTML_IN_JSON and isinstance(value, str) else type(value).__name__


def _xml(text: str) -> list[Any]:
    return [(node.tag, sorted(node.attrib)) for node in ElementTree.fromstring(text).iter()]  # noqa: S314  # ours


def _calendar(text: str) -> list[Any]:
    parts = Calendar.from_ical(text).walk()
    return [(p.name, [(name, sorted(getattr(v, "params", ()))) for name, v in p.items()]) for p in parts]


def rows(text: str) -> list[list[str]]:
    """The rows of a table of ours."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def _table(text: str) -> list[int]:
    return [len(row) for row in rows(text)]


_SHAPES: Final[Mapping[str, Callable[[str], Any]]] = {
    "html": _html,
    "json": _json,
    "xml": _xml,
    "rdf": _xml,
    "ics": _calendar,
    "csv": _table,
}
