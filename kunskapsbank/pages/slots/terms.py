"""The terms of a vocabulary, with counts."""

from collections.abc import Iterable

from kunskapsbank.pages.slots.asked import Asked
from kunskapsbank.pages.templates import render


def names(asked: Asked) -> Iterable[str]:
    return (vocabulary.id for vocabulary in asked.vocabularies_with_pages)


def html(asked: Asked, name: str, page: int) -> str:
    terms = asked.viewer.terms(asked.dictionary.vocabularies[name])
    return render("terms.html", terms=terms, level=2 if page == 1 else 3)
