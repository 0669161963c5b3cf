"""The activities by county: how many, for how many the participants are known, which were evaluated.

Bars for the eye beside the numbers in a table, so that neither is without the other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.library.lists import COUNTIES
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import Value
from kunskapsbank.pages.views import Viewer

TYPE: Final = "activity"
WIDTH: Final = 120
"""The longest bar, in units of the drawing."""


class Row(NamedTuple):
    """`known` and `unknown` are widths of the two parts of the bar: participants known, and not."""

    county: Value
    total: int
    known_number: int
    evaluated: int
    not_evaluated: int
    evaluation_unknown: int
    known: float
    unknown: float


def possible(dictionary: Dictionary) -> bool:
    return TYPE in dictionary.types and {"participants", "evaluated", COUNTIES} <= set(
        dictionary.types[TYPE].fields
    )


def html(viewer: Viewer) -> str:
    rows = tuple(_rows(viewer))
    return render("turnout.html", rows=rows, width=WIDTH) if any(row.total for row in rows) else ""


def _rows(viewer: Viewer) -> Iterator[Row]:
    records = viewer.library.records[TYPE]
    counties = viewer.library.terms_here(viewer.dictionary.vocabularies[COUNTIES])
    groups = [
        (viewer.term(COUNTIES, term.id), [r for r in records if term.id in r.fields.get(COUNTIES, ())])
        for term in counties
    ]
    groups.append((Value("Inget län anges"), [r for r in records if not r.fields.get(COUNTIES)]))
    most = max(len(members) for _, members in groups) or 1
    yield from (
        _row(county, members, WIDTH / most) for county, members in groups if members or county.address
    )


def _row(county: Value, members: Sequence[Record], unit: float) -> Row:
    known = sum(isinstance(record.fields.get("participants"), int) for record in members)
    answers = Counter(record.fields.get("evaluated") for record in members)
    total, yes, no = len(members), answers["yes"], answers["no"]
    return Row(
        county,
        total,
        known,
        yes,
        no,
        total - yes - no,
        round(known * unit, 1),
        round((total - known) * unit, 1),
    )
