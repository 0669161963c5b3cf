"""Tables for spreadsheets: UTF-8 with a byte-order mark and semicolons, which Excel in Swedish opens as it is."""

import csv
from collections.abc import Iterable
from typing import Final

_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class _Lines:
    """Takes the lines of a table as they are written."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, line: str) -> None:
        self.written.append(line)


def as_csv(head: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A value that a spreadsheet would take for a formula has an apostrophe in front."""
    lines = _Lines()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(map(inert, row))
    return (_MARK + "".join(lines.written)).encode()


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
