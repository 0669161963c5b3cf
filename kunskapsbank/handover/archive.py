"""One file of many: a zip that is the same whenever it is made of the same."""

import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import IO, Final

from kunskapsbank.publishing.release import OutputRefused

_FILE: Final = 0o100644 << 16
_PROGRAM: Final = 0o100755 << 16
_EARLIEST: Final = 1980
"""No zip can say an earlier year."""


def refuse_other(output: Path) -> None:
    """Raises `OutputRefused` for an output that is something else than a zip."""
    if output.is_file() and not zipfile.is_zipfile(output):
        raise OutputRefused(
            f"{output} finns redan och är ingen zip-fil. Flytta den, eller ange en annan --output."
        )
    if output.is_dir():
        raise OutputRefused(
            f"{output} är en mapp. Ange en fil med --output, till exempel {output / 'lan.zip'}."
        )


def write(stream: IO[bytes], files: Iterable[tuple[str, bytes]], day: date) -> None:
    """All files with the time of a day's beginning, in the order given."""
    moment = (max(day.year, _EARLIEST), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            entry = zipfile.ZipInfo(path, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # whose rights the next line says, whatever system this is
            entry.external_attr = _PROGRAM if content.startswith(b"#!") else _FILE
            archive.writestr(entry, content)
