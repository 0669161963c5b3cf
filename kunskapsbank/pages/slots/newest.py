"""The three latest records of a type."""

from collections.abc import Iterable
from typing import Final

from kunskapsbank.checks.record import Record
from kunskapsbank.library.dates import UNKNOWN, sort_key
from kunskapsbank.pages.slots.asked import Asked
from kunskapsbank.pages.templates import render

NEWEST: Final = 3


def names(asked: Asked) -> Iterable[str]:
    return asked.lists


def html(asked: Asked, name: str, *_: object) -> str:
    cards = [asked.viewer.card(record) for record in _newest(asked, name)]
    return render("cards.html", cards=cards, level=3, kind=False)


def made_from(asked: Asked, name: str, *_: object) -> tuple[str, ...]:
    return tuple(record.path for record in _newest(asked, name))


def _newest(asked: Asked, type_id: str) -> list[Record]:
    """The latest by their own date or, without one, by when they were last gone through."""
    ordered = sorted(
        asked.lists[type_id].records,
        key=lambda r: sort_key(str(r.fields.get("date", r.fields.get("reviewed", UNKNOWN)))),
        reverse=True,
    )
    return ordered[:NEWEST]
