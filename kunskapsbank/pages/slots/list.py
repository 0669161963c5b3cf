"""The records of a type, so many a page."""

from collections.abc import Iterable

from kunskapsbank.pages.lists import ListView, list_view, records_html
from kunskapsbank.pages.slots.asked import Asked


def names(asked: Asked) -> Iterable[str]:
    return asked.lists


def html(asked: Asked, name: str, page: int) -> str:
    return records_html(_view(asked, name, page))


def made_from(asked: Asked, name: str, page: int) -> tuple[str, ...]:
    return _view(asked, name, page).made_from


def _view(asked: Asked, name: str, page: int) -> ListView:
    listed = asked.lists[name]
    ways = tuple(asked.ways.from_list(listed))
    return list_view(listed, page, asked.settings.page_size, asked.cards, ways)
