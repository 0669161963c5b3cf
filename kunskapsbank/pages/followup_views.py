"""What the templates of the follow-up see: a report in the reader's language, with its addresses."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.followup.chains import Chain, Step, in_swedish
from kunskapsbank.followup.figures import Figure, Ref, Row, Table
from kunskapsbank.followup.gaps import Gap
from kunskapsbank.followup.report import Report, Theme
from kunskapsbank.followup.selection import Finding, counties_of, is_approximate
from kunskapsbank.library import dates
from kunskapsbank.library.lists import COUNTIES
from kunskapsbank.pages.view_types import Value
from kunskapsbank.pages.views import Viewer, capital

Addressed = Callable[[str], str]
"""The address to write for a place on the site: from a page, or whole in a document of its own."""

BAR: Final = 120
"""The longest bar, in units of the drawing."""

_MOST: Final = 500
"""So many records of a figure are listed; the rest are in the table for spreadsheets."""


class Bar(NamedTuple):
    """Widths: of all, and of the part that is filled. `words` say the same."""

    whole: float
    filled: float
    words: str


class CellView(NamedTuple):
    """`address` leads to the records that are counted; None where there are none."""

    number: int
    label: str
    address: str | None


class RowView(NamedTuple):
    head: Value
    cells: tuple[CellView, ...]
    bar: Bar


class TableView(NamedTuple):
    """`part` is the column that the filled part of a bar shows, empty where bars are whole."""

    id: str
    heading: str
    caption: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    part: str
    note: str


class FollowUpView(NamedTuple):
    day: str
    value: str
    words: str
    source: str


class ChainView(NamedTuple):
    title: str
    address: str
    state: str
    state_id: str
    words: tuple[str, ...]
    steps: tuple[Step, ...]
    actions: tuple[Value, ...]
    follow_ups: tuple[FollowUpView, ...]


class FindingView(NamedTuple):
    """`outcome` is empty where nothing is said of it."""

    id: str
    text: str
    address: str
    source: str
    counties: tuple[str, ...]
    due: str
    outcome: str
    led_to: tuple[Value, ...]
    amount: str


class KindView(NamedTuple):
    label: str
    findings: tuple[FindingView, ...]


class ThemeView(NamedTuple):
    id: str
    label: str
    about: str
    chapter: str
    kinds: tuple[KindView, ...]


class GapView(NamedTuple):
    cell: CellView
    need: str
    who: tuple[Value, ...]


class FigureView(NamedTuple):
    """What a figure counts. `more` are so many that are not listed."""

    id: str
    label: str
    refs: tuple[Value, ...]
    more: int


class ActivityView(NamedTuple):
    """A line of the list of activities."""

    title: Value
    when: str
    status: str
    counties: str
    participants: str
    evaluated: str


class Views:
    """Makes views of reports. `at` writes addresses of the site, `posts` is the page that lists what is counted, and
    `county` where the follow-up of a county is; empty and None where a site has no such pages."""

    def __init__(
        self, viewer: Viewer, at: Addressed, posts: str, county: Callable[[str], str] | None
    ) -> None:
        self.viewer, self.at, self.posts, self.county = viewer, at, posts, county

    def tables(self, report: Report) -> dict[str, TableView]:
        return {table.id: self.table(table) for table in report.tables}

    def table(self, table: Table) -> TableView:
        about, columns = table.about, table.columns
        most = max((len(row.figures[0].refs) for row in table.rows), default=0) or 1
        rows = tuple(self._row(table, row, BAR / most) for row in table.rows)
        part = columns[about.part] if about.part else ""
        return TableView(
            table.id, about.heading, about.caption, about.row_head, columns, rows, part, about.note
        )

    def _row(self, table: Table, row: Row, unit: float) -> RowView:
        about, columns = table.about, table.columns
        counted, filled = len(row.figures[0].refs), len(row.figures[about.part].refs)
        address = self.at(row.address) if row.address else None
        if about.vocabulary == COUNTIES and row.address and self.county:
            address = self.at(self.county(row.id))
        words = f"{counted}, varav {filled} {columns[about.part].lower()}" if about.part else str(counted)
        bar = Bar(round(counted * unit, 1), round(filled * unit, 1), words)
        return RowView(Value(row.label, address), tuple(map(self.cell, row.figures)), bar)

    def cell(self, figure: Figure) -> CellView:
        address = f"{self.at(self.posts)}#{figure.id}" if figure.refs and self.posts else None
        return CellView(len(figure.refs), figure.label, address)

    def goals(self, report: Report) -> list[tuple[str, tuple[ChainView, ...]]]:
        """By focus area, in the order of the vocabulary; those without one last."""
        areas = self.viewer.dictionary.vocabularies["focus_areas"].terms.values()
        groups = [(t.label.sv, [c for c in report.chains if t.id in _focus(c.goal)]) for t in areas]
        groups.append(("Mål utan fokusområde", [c for c in report.chains if not _focus(c.goal)]))
        return [(label, tuple(map(self.chain, chains))) for label, chains in groups if chains]

    def chain(self, chain: Chain) -> ChainView:
        goal = chain.goal
        return ChainView(
            goal.title,
            self.at(self.viewer.library.address(goal)),
            chain.state.label,
            chain.state.value,
            (self._words(goal, "owner"), *self._counties(counties_of(goal))),
            chain.steps,
            tuple(self._page(record) for record in chain.actions),
            tuple(self._follow_ups(chain)),
        )

    def _follow_ups(self, chain: Chain) -> Iterator[FollowUpView]:
        unit = chain.goal.fields.get("indicator", {}).get("unit", "")
        for told in chain.follow_ups:
            value = "" if told.value is None else f"{in_swedish(told.value)} {unit}".strip()
            source = self.viewer.source({"document": told.document, "section": told.section})
            yield FollowUpView(capital(dates.in_words(told.date)), value, told.words, source)

    def themes(self, themes: Sequence[Theme]) -> tuple[ThemeView, ...]:
        return tuple(
            ThemeView(
                theme.id,
                theme.label,
                self.viewer.texts.line(theme.about),
                theme.chapter,
                tuple(KindView(k.label, tuple(map(self.finding, k.findings))) for k in theme.kinds),
            )
            for theme in themes
        )

    def finding(self, finding: Finding) -> FindingView:
        source = {"document": finding.document, "section": finding.section}
        return FindingView(
            finding.id,
            finding.text,
            f"{self.at(self.viewer.library.address(finding.file))}#{finding.id}",
            self.viewer.source(source),
            tuple(self._counties(finding.counties)),
            dates.in_words(finding.due) if finding.due else "",
            "inte känt" if finding.outcome == dates.UNKNOWN else finding.outcome or "",
            tuple(self._page(record) for record in finding.led_to),
            "" if finding.amount is None else f"{in_swedish(finding.amount)} kronor",
        )

    def gaps(self, report: Report) -> tuple[GapView, ...]:
        return tuple(self._gap(gap) for gap in report.gaps)

    def _gap(self, gap: Gap) -> GapView:
        shown = len(gap.who) > 1
        who = (
            Value(f"{w.label} ({w.number})" if shown else w.label, f"mailto:{w.email}" if w.email else None)
            for w in gap.who
        )
        return GapView(self.cell(gap.figure), gap.need, tuple(who))

    def figures(self, report: Report) -> list[tuple[str, tuple[FigureView, ...]]]:
        """Those that count something, under the headings of their tables."""
        counted = [
            (t.about.heading, [f for row in t.rows for f in row.figures if f.refs]) for t in report.tables
        ]
        everything = ("Allt", [figure for figure in report.totals if figure.refs])
        groups = [everything, *counted, ("Det här saknas", [gap.figure for gap in report.gaps])]
        return [(heading, tuple(map(self._figure, figures))) for heading, figures in groups if figures]

    def _figure(self, figure: Figure) -> FigureView:
        listed = tuple(self._ref(ref) for ref in figure.refs[:_MOST])
        return FigureView(figure.id, figure.label, listed, len(figure.refs) - len(listed))

    def _ref(self, ref: Ref) -> Value:
        return Value(ref.title, self.at(ref.address))

    def activities(self, report: Report) -> Iterator[ActivityView]:
        for record in report.chosen.activities:
            yield ActivityView(
                self._page(record),
                capital(dates.in_words(str(record.fields.get("date", dates.UNKNOWN)))),
                self.viewer.term("statuses", record.fields["status"]).text,
                ", ".join(self._counties(counties_of(record))) or "Anges inte",
                _participants(record),
                self._words(record, "evaluated") or "Inte känt",
            )

    def examples(self, report: Report) -> Iterator[tuple[Value, str, str]]:
        """Each with its status and its evidence."""
        for record in report.chosen.examples:
            level = self.viewer.term("evidence_levels", record.fields["evidence"]["level"]).text
            yield self._page(record), self.viewer.term("statuses", record.fields["status"]).text, level

    def _page(self, record: Record) -> Value:
        return Value(record.title, self.at(self.viewer.library.address(record)))

    def _counties(self, counties: Sequence[str]) -> Iterator[str]:
        return (self.viewer.term(COUNTIES, county).text for county in counties)

    def _words(self, record: Record, key: str) -> str:
        field = self.viewer.library.type_of(record).fields[key]
        value = str(record.fields.get(key, ""))
        return field.words[value].sv if value in field.words else value


def _participants(record: Record) -> str:
    number = record.fields.get("participants")
    if not isinstance(number, int):
        return "Inte känt"
    return f"Ungefär {number}" if is_approximate(record) else str(number)


def _focus(goal: Record) -> Sequence[str]:
    return tuple(goal.fields.get("focus_areas", ()))
