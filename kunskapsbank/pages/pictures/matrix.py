"""Focus areas by counties: how many examples there are of each, and where they are missing.

A table with shaded cells, since a table is a picture that everybody can read; each number leads to the
examples that it counts, which are listed below it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.library.library import terms_of
from kunskapsbank.library.lists import COUNTIES
from kunskapsbank.pages.lists import CONTRIBUTE
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import Value
from kunskapsbank.pages.views import Viewer

TYPE: Final = "example"
ROWS: Final = "focus_areas"
COLUMNS: Final = COUNTIES
SHADES: Final = 4
"""A cell is shaded as strongly for so many examples or more."""

Pairs = Mapping[tuple[str, str], Sequence[Record]]
"""The examples of each pair of a focus area and a county."""


class Cell(NamedTuple):
    number: int
    shade: int
    anchor: str
    row: str
    column: str
    records: tuple[Value, ...]


class Row(NamedTuple):
    term: Value
    cells: tuple[Cell, ...]


def possible(dictionary: Dictionary) -> bool:
    facets = (
        {facet.vocabulary for facet in dictionary.types[TYPE].facets} if TYPE in dictionary.types else set()
    )
    return {ROWS, COLUMNS} <= facets


def html(viewer: Viewer) -> str:
    found = _pairs(viewer)
    vocabularies = (viewer.dictionary.vocabularies[name] for name in (ROWS, COLUMNS))
    rows, columns = ([term.id for term in viewer.library.terms_here(v)] for v in vocabularies)
    return render(
        "matrix.html",
        columns=[viewer.term(COLUMNS, term) for term in columns],
        rows=[
            Row(viewer.term(ROWS, row), tuple(_cell(row, c, found, viewer) for c in columns)) for row in rows
        ],
        contribute=ROOT + CONTRIBUTE,
    )


def _pairs(viewer: Viewer) -> Pairs:
    found: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in viewer.library.records[TYPE]:
        terms = list(terms_of(record, viewer.dictionary))
        for row in (term for vocabulary, term in terms if vocabulary == ROWS):
            for column in (term for vocabulary, term in terms if vocabulary == COLUMNS):
                found[row, column].append(record)
    return found


def _cell(row: str, column: str, found: Pairs, viewer: Viewer) -> Cell:
    records = found.get((row, column), ())
    return Cell(
        number=len(records),
        shade=min(len(records), SHADES),
        anchor=f"_ruta-{row}-{column}",
        row=viewer.term(ROWS, row).text,
        column=viewer.term(COLUMNS, column).text,
        records=tuple(Value(r.title, ROOT + viewer.library.address(r)) for r in records),
    )
