"""The records of each type as a table in CSV, for spreadsheets: /api/v1/<path>.csv.

UTF-8 with a byte-order mark and semicolons, which Excel in Swedish opens as it is. A value that a spreadsheet
would take for a formula has an apostrophe in front.
"""

import csv
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary, Field, RecordType
from kunskapsbank.outlets.api import FOLDER
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.site import Site

_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LEFT_OUT: Final = frozenset({"withdrawn", "editorial", "aliases", "related", "picture"})
"""Of interest to the editors only."""


class _Lines:
    """Takes the lines of a table as they are written."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, line: str) -> None:
        self.written.append(line)


def makers(site: Site) -> Iterator[Maker]:
    if not site.settings.api:
        return
    for type_ in site.viewer.dictionary.types.values():
        yield Maker(f"{FOLDER}/{type_.list_name}.csv", partial(_table, type_, site))


def _table(type_: RecordType, site: Site) -> Made:
    fields = [field for field in type_.fields.values() if field.key not in _LEFT_OUT]
    records = site.viewer.library.records[type_.id]
    lines = _Lines()
    rows = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    rows.writerow(["Id", "Adress", *(field.label.sv for field in fields)])
    for record in records:
        rows.writerow(map(inert, _row(record, fields, site)))
    return Made((_MARK + "".join(lines.written)).encode(), tuple(record.path for record in records))


def _row(record: Record, fields: list[Field], site: Site) -> Iterator[str]:
    yield record.id
    yield site.settings.site_url + site.viewer.library.address(record)
    for field in fields:
        yield _cell(field, record.fields.get(field.key), site.viewer.dictionary)


def _cell(field: Field, value: Any, dictionary: Dictionary) -> str:
    """Several values are parted by commas; of a group, its parts by blanks."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_cell(field, part, dictionary) for part in value)
    if isinstance(value, Mapping):
        return " ".join(_cell(field.children[key], part, dictionary) for key, part in value.items())
    if field.vocabulary:
        return dictionary.vocabularies[field.vocabulary].terms[value].label.sv
    return field.words[value].sv if value in field.words else str(value)


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
