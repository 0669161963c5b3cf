"""The activities as bars along a line of time, each a link; what has no date is counted below.

A table with a drawn bar in each row, so that titles are whole on a phone and every reader gets the dates.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.library import dates
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.views import Viewer

TYPE: Final = "activity"
WIDTH: Final = 720
"""All the years, in units of the drawing."""

_LEAST: Final = 6
"""A day is drawn as wide as this, to be seen."""

_MONTHS: Final = 12


class Bar(NamedTuple):
    """`x` is where it begins."""

    title: str
    address: str
    day: str
    x: float
    width: float


def possible(dictionary: Dictionary) -> bool:
    return TYPE in dictionary.types and "date" in dictionary.types[TYPE].fields


def html(viewer: Viewer) -> str:
    records = viewer.library.records[TYPE]
    dated = [(record, span) for record in reversed(records) if (span := _span(record))]
    if not dated:
        return ""
    first = int(min(start for _, (start, _) in dated)) // _MONTHS
    last = -(-int(max(end for _, (_, end) in dated)) // _MONTHS)
    unit = WIDTH / ((last - first) * _MONTHS)
    return render(
        "timeline.html",
        bars=tuple(_bars(dated, first * _MONTHS, unit, viewer)),
        years=range(first, last),
        year_width=_MONTHS * unit,
        width=WIDTH,
        undated=len(records) - len(dated),
        list_address=f"{ROOT}{viewer.dictionary.types[TYPE].path}/",
    )


def _span(record: Record) -> tuple[float, float] | None:
    """When it began and ended, in months since year 0."""
    start = dates.months(str(record.fields.get("date", dates.UNKNOWN)))
    end = dates.months(str(record.fields.get("end", dates.UNKNOWN)))
    return (start[0], end[1] if end else start[1]) if start else None


def _bars(
    dated: Sequence[tuple[Record, tuple[float, float]]], zero: int, unit: float, viewer: Viewer
) -> Iterator[Bar]:
    for record, (start, end) in dated:
        day = dates.in_words(record.fields["date"])
        yield Bar(
            record.title,
            ROOT + viewer.library.address(record),
            day[:1].upper() + day[1:],
            round((start - zero) * unit, 1),
            round(max(_LEAST, (end - start) * unit), 1),
        )
