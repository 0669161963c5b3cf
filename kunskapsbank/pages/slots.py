"""The slots of hand-written pages: what a maintainer can ask for in docs/ with `<!-- slot:… -->`.

accessibility      the accessibility statement, from the settings
list-<type>        the records of a type, so many a page
search             the search form, and links to all that there is to choose by
picture-<name>     a picture made of the records (see `pages.pictures`)
newest-<type>      the three latest
english-<type>     the records of a type that have a summary in English
fields-<type>      what the fields and sections of a type are and how they are written
facets-<type>      links to the lists of every facet of a type, with counts
intro-<vocabulary> what the vocabulary is
terms-<vocabulary> the terms of a vocabulary, with counts
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.library.choices import choices
from kunskapsbank.library.dates import UNKNOWN, day_in_words, sort_key
from kunskapsbank.library.library import terms_of
from kunskapsbank.library.lists import RecordList
from kunskapsbank.pages import pictures
from kunskapsbank.pages.fields import fields_view
from kunskapsbank.pages.lists import Cards, list_view, records_html
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import EnglishView, TermView
from kunskapsbank.pages.views import Viewer
from kunskapsbank.settings import Settings

NEWEST: Final = 3

OPEN_CHOICES: Final = 3
"""So many of the things to choose by are unfolded from the start."""


class FacetView(NamedTuple):
    """A facet of a type: its terms that have records of the type, with how many."""

    label: str
    terms: tuple[TermView, ...]


def names(viewer: Viewer, lists: Mapping[str, RecordList]) -> frozenset[str]:
    """Every slot that a page may have."""
    types = (f"{kind}-{name}" for name in lists for kind in ("list", "newest", "facets"))
    fields = (f"{kind}-{name}" for name in viewer.dictionary.types for kind in ("english", "fields"))
    with_pages = (v.id for v in viewer.dictionary.vocabularies.values() if v.path)
    vocabularies = (f"{kind}-{name}" for name in with_pages for kind in ("intro", "terms"))
    drawn = (f"picture-{name}" for name in pictures.names(viewer.dictionary))
    return frozenset(("accessibility", "search", *drawn, *types, *fields, *vocabularies))


class Slots:
    """Fills the slots of the pages of one site."""

    def __init__(
        self, viewer: Viewer, cards: Cards, lists: Mapping[str, RecordList], settings: Settings
    ) -> None:
        self.viewer, self.cards, self.lists, self.settings = viewer, cards, lists, settings
        self.page_size = settings.page_size

    def fill(self, slot: str, page: int = 1) -> str:
        """`page` matters to a list only."""
        kind, _, name = slot.partition("-")
        if kind == "list":
            return records_html(list_view(self.lists[name], page, self.page_size, self.cards))
        if kind == "newest":
            cards = [self.viewer.card(record) for record in _newest(self.lists[name].records)]
            return render("cards.html", cards=cards, level=3, kind=False)
        if kind == "facets":
            return render("facets.html", facets=tuple(self._facets(name)))
        if kind == "picture":
            return str(pictures.module(name).html(self.viewer))
        if kind == "accessibility":
            return self._accessibility()
        if kind == "search":
            offered = choices(self.viewer.library, years=self.settings.search)
            return render("search.html", choices=offered, root=ROOT, open=OPEN_CHOICES)
        if kind == "english":
            return render("english.html", entries=tuple(self._english(name)))
        if kind == "fields":
            return render(
                "fields.html", **fields_view(self.viewer, self.viewer.dictionary.types[name])._asdict()
            )
        vocabulary = self.viewer.dictionary.vocabularies[name]
        if kind == "intro":
            intro = vocabulary.intro
            return f'<div class="lead">{self.viewer.texts.html(intro.sv)}</div>' if intro else ""
        return render("terms.html", terms=self.viewer.terms(vocabulary), level=2 if page == 1 else 3)

    def made_from(self, slot: str, page: int = 1) -> tuple[str, ...]:
        """The source files of the records that a slot shows. Counts are of the library, and not listed."""
        kind, _, name = slot.partition("-")
        if kind == "list":
            return list_view(self.lists[name], page, self.page_size, self.cards).made_from
        return tuple(record.path for record in _newest(self.lists[name].records)) if kind == "newest" else ()

    def _accessibility(self) -> str:
        """Empty where the settings say nothing of it."""
        said, texts = self.settings.accessibility, self.viewer.texts
        if said is None:
            return ""
        return render(
            "accessibility.html",
            site_name=self.settings.site_name,
            actor=said.actor,
            status=said.status,
            contact=said.contact,
            supervisor=said.supervisor,
            defects=[(texts.line(defect.what), texts.line(defect.why)) for defect in said.defects],
            method=texts.html(said.method),
            assessed=day_in_words(said.assessed),
            updated=day_in_words(said.updated),
        )

    def _english(self, type_id: str) -> Iterator[EnglishView]:
        for record in self.viewer.library.records[type_id]:
            if summary := record.fields.get("summary_en"):
                yield EnglishView(record.title, ROOT + self.viewer.library.address(record), summary)

    def _facets(self, type_id: str) -> Iterator[FacetView]:
        dictionary = self.viewer.dictionary
        counts = Counter(
            term for record in self.lists[type_id].records for term in terms_of(record, dictionary)
        )
        for name in dict.fromkeys(vocabulary for vocabulary, _ in counts):
            vocabulary = dictionary.vocabularies[name]
            found = ((term, counts[name, term.id]) for term in vocabulary.terms.values())
            yield FacetView(
                vocabulary.label.sv,
                tuple(self.viewer.term_view(vocabulary, term, n) for term, n in found if n),
            )


def _newest(records: Sequence[Record]) -> list[Record]:
    """The latest by their own date or, without one, by when they were last gone through."""
    ordered = sorted(
        records,
        key=lambda r: sort_key(str(r.fields.get("date", r.fields.get("reviewed", UNKNOWN)))),
        reverse=True,
    )
    return ordered[:NEWEST]
