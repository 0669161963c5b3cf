"""List pages: the records of a list, so many a page, grouped by type, with the way to the other pages."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.library.lists import RecordList
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.templates import macro, render
from kunskapsbank.pages.view_types import Value
from kunskapsbank.pages.views import Viewer

CONTRIBUTE = "bidra/"
"""Where a reader is sent who knows of an example."""


class CardGroup(NamedTuple):
    heading: str
    anchor: str
    cards: str


class ListView(NamedTuple):
    """One page of a list. `numbers` are links to pages; one without an address stands for a gap.
    `made_from` are the source files of the records on the page."""

    title: str
    kind: str
    description: str
    crumbs: tuple[Value, ...]
    groups: tuple[CardGroup, ...]
    ways: tuple[Value, ...]
    contribute: str
    noun: str
    made_from: tuple[str, ...]
    total: int
    page: int
    pages: int
    first: int
    last: int
    numbers: tuple[Value, ...]
    previous: str | None
    next: str | None


class Cards:
    """The cards of records, each made once however many lists it stands in."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self._made: dict[str, str] = {}

    def of(self, records: Iterable[Record]) -> str:
        """The cards of some records, in their order."""
        return "\n".join([self._html(record) for record in records])

    def _html(self, record: Record) -> str:
        made = self._made.get(record.path)
        if made is None:
            made = self._made[record.path] = macro("card", self.viewer.card(record))
        return made


def page_address(address: str, page: int) -> str:
    return address if page == 1 else f"{address}sida/{page}/"


def pages_of(listed: RecordList, size: int) -> int:
    return max(1, -(-len(listed.records) // size))


def list_view(listed: RecordList, page: int, size: int, cards: Cards, ways: tuple[Value, ...]) -> ListView:
    """`page` counts from 1; `ways` lead to the list in other forms."""
    pages = pages_of(listed, size)
    start = (page - 1) * size
    shown = listed.records[start : start + size]
    crumbs = [Value("Start", ROOT)]
    if listed.parent:
        crumbs.append(Value(listed.parent[0], ROOT + listed.parent[1]))
    return ListView(
        title=listed.title,
        kind=listed.kind,
        description=cards.viewer.texts.line(listed.description) if page == 1 else "",
        crumbs=tuple(crumbs),
        groups=tuple(_groups(shown, cards)),
        ways=ways,
        contribute=ROOT + CONTRIBUTE,
        noun=listed.noun,
        made_from=tuple(record.path for record in shown),
        total=len(listed.records),
        page=page,
        pages=pages,
        first=start + 1,
        last=start + len(shown),
        numbers=tuple(_numbers(listed.address, page, pages)),
        previous=ROOT + page_address(listed.address, page - 1) if page > 1 else None,
        next=ROOT + page_address(listed.address, page + 1) if page < pages else None,
    )


def records_html(view: ListView) -> str:
    """The records alone, for an index page that has a heading of its own."""
    return render("records.html", view=view)


def list_html(view: ListView) -> str:
    return render("list.html", view=view)


def _groups(records: Sequence[Record], cards: Cards) -> Iterator[CardGroup]:
    types = cards.viewer.dictionary.types
    for name, members in groupby(records, key=lambda r: r.type):
        plural = types[name].plural.sv
        yield CardGroup(plural[:1].upper() + plural[1:], f"_lista-{name}", cards.of(members))


def _numbers(address: str, page: int, pages: int) -> Iterator[Value]:
    """The first, the last and those around; a gap where some are left out."""
    shown = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    before = 0
    for number in shown:
        if number > before + 1:
            yield Value("…")
        yield Value(str(number), ROOT + page_address(address, number))
        before = number
