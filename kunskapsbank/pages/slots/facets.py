"""Links to the lists of every facet of a type, with counts."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kunskapsbank.library.library import terms_of
from kunskapsbank.pages.slots.asked import Asked
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import TermView


class FacetView(NamedTuple):
    """A facet of a type: its terms that have records of the type, with how many."""

    label: str
    terms: tuple[TermView, ...]


def names(asked: Asked) -> Iterable[str]:
    return asked.lists


def html(asked: Asked, name: str, *_: object) -> str:
    return render("facets.html", facets=tuple(_facets(asked, name)))


def _facets(asked: Asked, type_id: str) -> Iterator[FacetView]:
    dictionary = asked.dictionary
    counts = Counter(term for record in asked.lists[type_id].records for term in terms_of(record, dictionary))
    for name in dict.fromkeys(vocabulary for vocabulary, _ in counts):
        vocabulary = dictionary.vocabularies[name]
        found = ((term, counts[name, term.id]) for term in asked.viewer.library.terms_here(vocabulary))
        yield FacetView(
            vocabulary.label.sv,
            tuple(asked.viewer.term_view(vocabulary, term, n) for term, n in found if n),
        )
