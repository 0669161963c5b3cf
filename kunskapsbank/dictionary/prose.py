"""What maintainers' texts may hold: Markdown without HTML, and links that are safe to follow.

Strangers' records are held to the same. What gets past this is cleaned away where the texts are rendered.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kunskapsbank.dictionary.codes import UNSAFE_TEXT
from kunskapsbank.problems.problem import START, Place, Problem, Text
from kunskapsbank.reading.addresses import address_problems, scheme
from kunskapsbank.reading.body import Link, read_body
from kunskapsbank.reading.link_texts import find_mismatch
from kunskapsbank.reading.nodes import Mapping, Node, Scalar, Sequence

MAX_BRACKETS: Final = 50
"""The renderer takes a time that grows with the square of these, half a second for a thousand."""

_SAFE_LINK: Final = re.compile(
    r"https://[^/\\\s]|mailto:|tel:|/(?![/\\])|#|[^:/\\#]+(?:[/#]|$)", re.IGNORECASE
)
"""How an address may begin: in full, from the root of the site, or without a scheme of its own."""
_SAFE_PICTURE: Final = re.compile(r"/(?![/\\])|[^:/\\#]+(?:/|$)")


class Fault(NamedTuple):
    """`fragment` is how it is written in the text; empty where it is the whole text."""

    fragment: str
    words: Text


def problems_in(scalars: Iterable[Scalar], text: str, path: str) -> Iterator[Problem]:
    """Yield every fault of the texts of a file, at what is wrong. `text` is the whole file."""
    lines = text.split("\n")
    for scalar in scalars:
        for fault in faults(scalar.text):
            yield Problem(UNSAFE_TEXT, path, _span(fault.fragment, scalar, lines), {"fault": fault.words})


def faults(markdown: str) -> Iterator[Fault]:
    """Yield what one text may not hold."""
    if "<" not in markdown and "[" not in markdown:
        return  # nearly always
    if markdown.count("[") > MAX_BRACKETS:
        yield Fault(
            "",
            Text(
                f"den har fler än {MAX_BRACKETS} hakparenteser",
                f"it has more than {MAX_BRACKETS} square brackets",
            ),
        )
        return
    body = read_body(markdown, 1)
    for tag, _ in body.html:
        yield Fault(tag, Text(f"där står HTML, {tag}", f"there is HTML in it, {tag}"))
    for link in body.links:
        if not is_safe(link) or hides_where_it_leads(link):
            words = Text(
                f"länken till ”{link.target}” är inte tillåten", f"the link to “{link.target}” is not allowed"
            )
            yield Fault(link.target, words)


def is_safe(link: Link) -> bool:
    return (_SAFE_PICTURE if link.is_image else _SAFE_LINK).match(link.target) is not None


def hides_where_it_leads(link: Link) -> bool:
    """Return whether a link is one that records may not have: by its address, or by a text that names another."""
    if link.is_image or not scheme(link.target):
        return False
    is_faulty = any(address_problems(link.target, "", START))
    return is_faulty or find_mismatch(link.text, link.target) is not None


def _span(fragment: str, scalar: Scalar, lines: list[str]) -> Place:
    """Where the fragment stands; the whole text where it is written with escapes or over two lines."""
    first, column, last, end = scalar.place
    for number in range(first, last + 1) if fragment else ():
        line = lines[number - 1] if number <= len(lines) else ""
        start = column - 1 if number == first else 0
        found = line.find(fragment, start, end - 1 if number == last else len(line))
        if found >= 0:
            return Place(number, found + 1, number, found + 1 + len(fragment))
    return scalar.place


def both_languages(node: Node | None) -> Iterator[Scalar]:
    """Yield the Swedish and the English of a text, where it has them."""
    if isinstance(node, Mapping):
        yield from (value for _, value in node.entries if isinstance(value, Scalar))


def texts_of_type(node: Node) -> Iterator[Scalar]:
    """Yield every Markdown text of a file of the dictionary: the helps of fields and sections, however deep."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from texts_of_type(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if key.text in ("x-help", "x-form-help", "help"):
                yield from both_languages(value)
            if key.text not in ("examples", "default"):
                yield from texts_of_type(value)


def texts_of_vocabulary(node: Mapping) -> Iterator[Scalar]:
    """Yield every Markdown text of a vocabulary: its introduction and what it says of its terms."""
    yield from both_languages(node.get("intro"))
    terms = node.get("terms")
    for term in terms.items if isinstance(terms, Sequence) else ():
        if isinstance(term, Mapping):
            yield from both_languages(term.get("description"))
