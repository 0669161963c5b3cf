"""A report as data: JSON for programs, and for comparing with a later report; a table for spreadsheets.

The JSON is a contract: version 1 changes only by addition.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from kunskapsbank.checks.record import Record
from kunskapsbank.followup.chains import Chain
from kunskapsbank.followup.comparison import KIND, VERSION, Comparison
from kunskapsbank.followup.figures import Figure, Table
from kunskapsbank.followup.report import Report, finding_digest
from kunskapsbank.followup.selection import Finding
from kunskapsbank.library.library import Library
from kunskapsbank.spreadsheet import as_csv


class Place(NamedTuple):
    """The site that a report is of."""

    name: str
    url: str


def as_value(report: Report, library: Library, site: Place, then: Comparison | None = None) -> dict[str, Any]:
    """Plain values. With `then`, what has changed since an earlier report."""
    chosen, scope = report.chosen, report.scope
    data = {
        "kind": KIND,
        "version": VERSION,
        "site": site._asdict(),
        "scope": {"county": scope.county, "label": report.place or None, "from": scope.start, "to": scope.end},
        "made_on": report.made_on.isoformat(),
        "digest": report.digest,
        "participants": report.participants,
        "participants_approximate": len(report.approximate),
        "undated": [site.url + library.address(record) for record in chosen.undated],
        "totals": [_figure(figure, site) for figure in report.totals],
        "tables": [_table(table, site) for table in report.tables],
        "goals": [_goal(chain, library, site) for chain in report.chains],
        "activities": [_record(record, library, site, _ACTIVITY) for record in chosen.activities],
        "examples": [_record(record, library, site, _EXAMPLE) for record in chosen.examples],
        "findings": [_finding(finding, library, site) for finding in chosen.findings],
        "missing": [
            {**_figure(gap.figure, site), "need": gap.need, "who": [who._asdict() for who in gap.who]}
            for gap in report.gaps
        ],
    }  # fmt: skip
    return data if then is None else {**data, "comparison": then.as_value()}


def json_file(report: Report, library: Library, site: Place, then: Comparison | None = None) -> bytes:
    value = as_value(report, library, site, then)
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def csv_file(report: Report, site: Place, then: Comparison | None = None) -> bytes:
    """A row for each record of each figure, so that every figure can be counted again; a figure of nothing has
    one row without a record."""
    earlier = then.earlier if then else {}
    head = ["Id", "Vad som räknas", "Antal", *(["Antal då"] if then else []), "Post", "Adress", "Källfil"]
    return as_csv(head, _rows(report.figures.values(), site, earlier if then else None))


def _rows(
    figures: Iterable[Figure], site: Place, earlier: Mapping[str, int] | None
) -> Iterator[tuple[str, ...]]:
    for figure in figures:
        before = () if earlier is None else (str(earlier.get(figure.id, "")),)
        told = (figure.id, figure.label, str(len(figure.refs)), *before)
        for ref in figure.refs:
            yield (*told, ref.title, site.url + ref.address, ref.path)
        if not figure.refs:
            yield (*told, "", "", "")


def _table(table: Table, site: Place) -> dict[str, Any]:
    return {
        "id": table.id,
        "heading": table.about.heading,
        "caption": table.about.caption,
        "columns": list(table.columns),
        "rows": [
            {"label": row.label, "figures": [_figure(figure, site) for figure in row.figures]}
            for row in table.rows
        ],
    }


def _figure(figure: Figure, site: Place) -> dict[str, Any]:
    records = [site.url + ref.address for ref in figure.refs]
    return {"id": figure.id, "label": figure.label, "number": len(records), "records": records}


_ACTIVITY: Final = (
    "status", "activity_kind", "date", "end", "participants", "participants_precision", "evaluated", "outcome",
)  # fmt: skip
_EXAMPLE: Final = ("status", "period", "evidence", "outcome")


def _record(record: Record, library: Library, site: Place, keys: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "id": record.id,
        "title": record.title,
        "url": site.url + library.address(record),
        **{key: record.fields[key] for key in keys if key in record.fields},
        "digest": record.digest,
    }


def _goal(chain: Chain, library: Library, site: Place) -> dict[str, Any]:
    return {
        **_record(chain.goal, library, site, ("owner", "date", "indicator")),
        "state": chain.state.value,
        "baseline": chain.goal.fields["baseline"],
        "actions": [site.url + library.address(record) for record in chain.actions],
        "done": [site.url + library.address(record) for record in chain.done],
        "follow_ups": [follow_up._asdict() for follow_up in chain.follow_ups],
    }


def _finding(finding: Finding, library: Library, site: Place) -> dict[str, Any]:
    name = f"{finding.file.id}#{finding.id}"
    return {
        "id": name,
        "title": finding.text,
        "url": f"{site.url}{library.address(finding.file)}#{finding.id}",
        "theme": finding.theme,
        "kind": finding.kind,
        "counties": list(finding.counties),
        "document": finding.document,
        "section": finding.section,
        "date": finding.date,
        "due": finding.due,
        "outcome": finding.outcome,
        "amount": finding.amount,
        "led_to": [site.url + library.address(record) for record in finding.led_to],
        "digest": finding_digest(finding),
    }
