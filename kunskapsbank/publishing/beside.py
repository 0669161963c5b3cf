"""One file, written beside its place and moved into it when it is whole, so that what was there stays till then."""

import contextlib
import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kunskapsbank.processes import is_running
from kunskapsbank.publishing.disk import flush_folder


@contextmanager
def written_beside(output: Path) -> Iterator[IO[bytes]]:
    """A file to write; it takes the place of the output if nothing fails, and is gone if something does. It is on the
    disk before it does, so that a power cut leaves what was there or what is new. Raises `OSError` where it can't be
    written."""
    _remove_abandoned(output)
    draft = output.parent / f".{output.name}.new-{os.getpid()}"
    try:
        with _opened(draft, output) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, output)
        flush_folder(output.parent)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _remove_abandoned(output: Path) -> None:
    """Remove the drafts of runs that were killed."""
    for draft in output.parent.glob(f"{glob.escape(f'.{output.name}.new-')}*"):
        number = draft.name.rpartition("-")[2]
        if number.isdigit() and not is_running(int(number)):
            with contextlib.suppress(OSError):
                draft.unlink()


def _opened(draft: Path, output: Path) -> IO[bytes]:
    """What can't be written is told of the folder, since nobody has asked for the draft."""
    try:
        return draft.open("wb")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(output.parent)) from None
