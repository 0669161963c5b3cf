"""A record's Markdown as safe HTML.

Rendered by pyromark, then sanitised by nh3 whatever the checks have said: only the elements that
Markdown makes, only links that lead to a record or over https, mailto or tel. A relative link between
files becomes one between pages, from the `ROOT` mark. The same `cleaner` sanitises maintainers' texts.
"""

import re
from collections.abc import Callable, Mapping, Set
from html import unescape
from typing import Final
from urllib.parse import quote

import nh3
import pyromark

from kunskapsbank.checks.targets import PICTURES, SCHEMES, relative_path, resolve, scheme, slug
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.reading.body import OPTIONS

ROOT: Final = "\x00"
"""Stands for the way from a page to the root of the site until the page is poured. No checked text can
hold it, since control characters are refused."""

_TAGS: Final = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
    "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "*": set[str]()}
_HEADING: Final = re.compile(r"<h2>(.*?)</h2>\n?", re.DOTALL)
_TABLE: Final = re.compile(r"<table>.*?</table>", re.DOTALL)
_MARKUP: Final = re.compile(r"<[^>]*>")


Rewrite = Callable[[str, str, str], str | None]
"""What an attribute's value becomes, by the element, the attribute and the value; None takes the attribute away."""


def cleaner(rewrite: Rewrite, more: Set[str] = frozenset()) -> Callable[[str], str]:
    """Return the function that makes any HTML safe to show: what everybody's Markdown goes through. `more` are
    elements, without attributes, that are allowed beside those of records."""
    return nh3.Cleaner(
        tags=_TAGS | more,
        attributes=_ATTRIBUTES,
        attribute_filter=rewrite,
        url_schemes=set(SCHEMES),
        link_rel=None,
    ).clean


class Renderer:
    """Renders the records of one folder; links are resolved from there."""

    def __init__(self, dictionary: Dictionary, folder: str) -> None:
        self._clean = cleaner(_rewriter(dictionary, f"{folder}/."))

    def html(self, markdown: str) -> str:
        return scrollable_tables(self._clean(pyromark.html(markdown, options=OPTIONS)))

    def sections(self, markdown: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The HTML before the first level two heading, and (heading, HTML under it) for each."""
        lead, *rest = _HEADING.split(self.html(markdown))
        return lead, tuple(zip(rest[::2], rest[1::2], strict=True))


def scrollable_tables(html: str) -> str:
    """Tables in boxes that can be scrolled sideways, with the keyboard too, where they are wide."""
    return _TABLE.sub(_scrollable, html) if "<table>" in html else html


def _scrollable(match: re.Match[str]) -> str:
    return f'<div class="wide" role="group" aria-label="Tabell" tabindex="0">{match.group()}</div>'


def anchor(heading_html: str) -> str:
    """The id of a heading, the same as the checks know it by."""
    return slug(unescape(_MARKUP.sub("", heading_html)))


def _rewriter(dictionary: Dictionary, path: str) -> Rewrite:
    def rewrite(_: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return _link(dictionary, path, value)
        if attribute == "src":
            return _picture(path, value)
        return value

    return rewrite


def _link(dictionary: Dictionary, path: str, value: str) -> str | None:
    kind = scheme(value)
    if kind:
        return value if kind in SCHEMES else None
    target = resolve(dictionary, path, value)
    if target is None:
        return None
    fragment = f"#{quote(target.fragment)}" if target.fragment else ""
    return f"{ROOT}{target.address}{fragment}" if target.type else fragment


def _picture(path: str, value: str) -> str | None:
    inside = relative_path(path, value)
    return (
        ROOT + quote(inside.removeprefix(PICTURES + "/"))
        if not scheme(value) and inside.startswith(PICTURES + "/")
        else None
    )


def renderers(dictionary: Dictionary) -> Mapping[str, Renderer]:
    """A renderer for each record type, by its id."""
    return {type_.id: Renderer(dictionary, type_.folder) for type_ in dictionary.types.values()}
