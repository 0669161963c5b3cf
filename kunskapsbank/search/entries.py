"""What the search engine reads of each record: a small page with its text, and beside it what is not text.

Beside the text stand the words of the record's card, for the list of hits; the labels of its terms; and
the parts of its compounds, which find the record but are never shown.
"""

import re
from collections.abc import Iterable, Iterator, Set
from html import unescape
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.library.library import terms_of, values_of
from kunskapsbank.pages import followups
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.views import Viewer
from kunskapsbank.search.compounds import Compounds

_MARKUP: Final = re.compile(r"<[^>]*>")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def _small(character: str) -> str:
    """A letter in its small form, or a space."""
    return character.lower() if character and _WORD.fullmatch(character * 2) else " "


_ORDINARY: Final = "cp1252"
"""The characters of ordinary Swedish text, its quotation marks and dashes among them, each in one octet."""

_SMALL: Final = "".join(_small(bytes([b]).decode(_ORDINARY, "ignore")) for b in range(256)).encode(_ORDINARY)
"""Its letters in their small form, and spaces for all else."""

_PARTS: Final = "<!-- parts -->"
"""Where the parts are to be. No text can hold it, since every < in a text is escaped."""

BETWEEN: Final = "\x1f"
"""Between the words of a card, as the page of the search knows (hits.js). No text can hold it, since control
characters are refused."""

SHORTEST_COMPOUND: Final = 7
SHORTEST_SUGGESTED: Final = 4


class Entry(NamedTuple):
    """The page of a record that the engine reads. `words` are those of it that are long enough to be misspelt, in
    small letters, once."""

    address: str
    html: str
    words: tuple[str, ...]


def entries(records: Iterable[Record], viewer: Viewer) -> list[Entry]:
    """In the order of the records."""
    made = [(record, text_of(record, viewer)) for record in records]
    if not made:  # as when a record has gone from a part; the word lists need not be read for that
        return []
    words = [words_of(html) for _, html in made]
    compounds = Compounds(frozenset().union(*words))
    return [
        Entry(viewer.library.address(record), with_parts(html, own, compounds), _suggested(own))
        for (record, html), own in zip(made, words, strict=True)
    ]


def text_of(record: Record, viewer: Viewer) -> str:
    """The page without the parts of compounds."""
    return render(
        "search-entry.html",
        view=viewer.text(record),
        inset=followups.inset(record, viewer),
        words=BETWEEN.join(viewer.card(record).words),
        terms=list(_terms(record, viewer)),
    ).replace(ROOT, "/")


def words_of(html: str) -> frozenset[str]:
    """Every word of a page in small letters, once. Ordinary text is quicker to take apart as octets."""
    text = unescape(_MARKUP.sub(" ", html))
    try:
        words = text.encode(_ORDINARY).translate(_SMALL).decode(_ORDINARY).split()
    except UnicodeEncodeError:
        return frozenset(_WORD.findall(text.lower()))
    return frozenset(word for word in words if len(word) > 1)


def _suggested(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if len(word) >= SHORTEST_SUGGESTED)


def with_parts(html: str, words: Set[str], compounds: Compounds) -> str:
    """The whole page, of a page whose words these are."""
    long = (word for word in words if len(word) >= SHORTEST_COMPOUND)
    parts = {part for word in long for part in compounds.parts(word)} - words
    return html.replace(_PARTS, " ".join(sorted(parts)))


def _terms(record: Record, viewer: Viewer) -> Iterator[str]:
    """The labels of a record's terms, and the titles of the records that it names."""
    vocabularies = viewer.dictionary.vocabularies
    for vocabulary, term in terms_of(record, viewer.dictionary):
        yield vocabularies[vocabulary].terms[term].label.sv
    for field in viewer.library.type_of(record).mentions:
        if field.facet:
            named = (viewer.library.find(field.references, value) for value in values_of(record, field))
            yield from (other.title for other in named if other)
