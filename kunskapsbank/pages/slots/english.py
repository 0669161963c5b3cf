"""The records of a type that have a summary in English."""

from collections.abc import Iterable, Iterator

from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.slots.asked import Asked
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import EnglishView


def names(asked: Asked) -> Iterable[str]:
    return asked.dictionary.types


def html(asked: Asked, name: str, *_: object) -> str:
    return render("english.html", entries=tuple(_entries(asked, name)))


def _entries(asked: Asked, type_id: str) -> Iterator[EnglishView]:
    library = asked.viewer.library
    for record in library.records[type_id]:
        if summary := record.fields.get("summary_en"):
            yield EnglishView(record.title, ROOT + library.address(record), summary)
