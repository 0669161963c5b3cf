"""The slots of hand-written pages: what a maintainer can ask for in docs/ with `<!-- slot:… -->`.

    list-<type>        the records of a type, so many a page
    newest-<type>      the four latest
    facets-<type>      links to the lists of every facet of a type, with counts
    terms-<vocabulary> the terms of a vocabulary, with counts
    rules              the rules that records are checked against (from a later issue)
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Field, RecordType
from kunskapsbank.library.dates import UNKNOWN, sort_key
from kunskapsbank.library.lists import RecordList
from kunskapsbank.pages.lists import Cards, list_view, records_html
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.views import TermView, Viewer, terms

NEWEST: Final = 4


class FacetView(NamedTuple):
    label: str
    terms: tuple[TermView, ...]


def names(viewer: Viewer, lists: Mapping[str, RecordList]) -> frozenset[str]:
    """Every slot that a page may have."""
    types = (f"{kind}-{name}" for name in lists for kind in ("list", "newest", "facets"))
    vocabularies = (f"terms-{v.id}" for v in viewer.dictionary.vocabularies.values() if v.path)
    return frozenset((*types, *vocabularies))


class Slots:
    """Fills the slots of the pages of one site."""

    def __init__(self, viewer: Viewer, cards: Cards, lists: Mapping[str, RecordList], page_size: int) -> None:
        self.viewer, self.cards, self.lists, self.page_size = viewer, cards, lists, page_size

    def fill(self, slot: str, page: int = 1) -> str:
        """`page` matters to a list only."""
        kind, _, name = slot.partition("-")
        if kind == "list":
            return records_html(list_view(self.lists[name], page, self.page_size, self.cards))
        if kind == "newest":
            cards = [self.viewer.card(record) for record in _newest(self.lists[name].records)]
            return render("cards.html", cards=cards, level=3, kind=False)
        if kind == "facets":
            return render("facets.html", facets=tuple(self._facets(self.viewer.dictionary.types[name])))
        vocabulary = self.viewer.dictionary.vocabularies[name]
        return render("terms.html", terms=terms(self.viewer.library, vocabulary), level=2 if page == 1 else 3)

    def made_from(self, slot: str) -> tuple[str, ...]:
        """The source files of what a slot shows."""
        kind, _, name = slot.partition("-")
        records = self.lists[name].records if name in self.lists else self.viewer.library.all_records()
        return tuple(sorted(record.path for record in records))

    def _facets(self, type_: RecordType) -> Iterator[FacetView]:
        for field in _facet_fields(type_.fields):
            vocabulary = self.viewer.dictionary.vocabularies[field.vocabulary or ""]
            shown = tuple(t for t in terms(self.viewer.library, vocabulary) if t.count)
            yield FacetView(vocabulary.label.sv, shown)


def _facet_fields(fields: Mapping[str, Field]) -> Iterator[Field]:
    for field in fields.values():
        if field.facet and field.vocabulary:
            yield field
        yield from _facet_fields(field.children)


def _newest(records: list[Record] | tuple[Record, ...]) -> list[Record]:
    """The latest by their own date or, without one, by when they were last gone through."""
    ordered = sorted(records, key=lambda r: sort_key(str(r.fields.get("date", r.fields.get("reviewed", UNKNOWN)))), reverse=True)
    return ordered[:NEWEST]
