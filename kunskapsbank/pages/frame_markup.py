"""Markup that pages in docs/ may not hold, since it moves a reader or fetches from others.

The Content Security Policy of every page stops much of it in the reader's browser. It does not stop a meta
element that leads to another site, and a page whose parts are refused there is a broken page.
"""

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Final

from kunskapsbank.checks.targets import scheme
from kunskapsbank.problems.problem import START, Place
from kunskapsbank.reading.addresses import scheme_problems

_REFUSED: Final = frozenset(
    {"animate", "animatemotion", "animatetransform", "foreignobject", "set"}
    | {"applet", "base", "embed", "fencedframe", "frame", "frameset", "iframe", "object", "portal", "style"}
)
"""Elements that load other pages, or change what a page does or looks like. Ours are poured in later."""

_ADDRESSES: Final = frozenset(
    {"action", "background", "cite", "data", "href", "imagesrcset", "longdesc", "manifest"}
    | {"poster", "src", "srcset", "usemap", "xlink:href"}
)
"""Attributes that may hold an address of the site."""

_REFUSED_ATTRIBUTES: Final = frozenset({"ping", "srcdoc", "style", "formaction"})
"""Refused whatever they hold."""

_POLICY: Final = "content-security-policy"
_UNCLEAR_COMMENT: Final = re.compile(r"-?>|.*--!>", re.DOTALL)
"""A comment that browsers end earlier than Python's parser does."""


def refused_tags(html: str) -> tuple[str, ...]:
    """Return the tags of a page that may not be there, each once, as they are written."""
    finder = _Finder()
    finder.feed(html)
    finder.close()
    return tuple(dict.fromkeys(finder.found))


def place_of_tag(tag: str, lines: Sequence[str]) -> Place:
    """Return where a tag stands in its file; the start where it comes from the page template, or is written
    otherwise."""
    first = tag.split("\n", 1)[0]
    for number, line in enumerate(lines, start=1):
        column = line.find(first)
        if column >= 0:
            return Place(number, column + 1, number, column + 1 + len(first))
    return START


class _Finder(HTMLParser):
    """Collects the tags that may not be there, as they are written."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _is_refused(tag, [(name, value or "") for name, value in attrs]):
            self.found.append(self.get_starttag_text() or f"<{tag}>")

    def handle_comment(self, data: str) -> None:
        if _UNCLEAR_COMMENT.match(data):
            self.found.append(f"<!--{data}-->")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"<![{data}]]>")  # browsers take it for a comment that ends at the first >


def _is_refused(tag: str, attributes: Sequence[tuple[str, str]]) -> bool:
    """Look at every attribute: of two with one name browsers take the first, and Python's parser gives both."""
    if tag in _REFUSED or (tag == "script" and "src" not in dict(attributes)):
        return True
    return any(_is_unsafe(tag, name, value) for name, value in attributes)


def _is_unsafe(tag: str, name: str, value: str) -> bool:
    if name in _REFUSED_ATTRIBUTES or name.startswith("on"):
        return True
    if name == "http-equiv":
        return value.strip().lower() != _POLICY
    address = "".join(value.split())  # browsers leave out line breaks and tabs in it
    if name not in _ADDRESSES or not address:
        return False
    kind = scheme(address)
    if not kind:
        return address.startswith(("//", "\\\\", "/\\", "\\/"))
    return tag not in ("a", "blockquote", "q") or any(scheme_problems(address, "", START))
