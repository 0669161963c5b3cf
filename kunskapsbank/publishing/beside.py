"""One file, written beside its place and moved into it when it is whole, so that what was there stays till then."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def written_beside(output: Path) -> Iterator[IO[bytes]]:
    """A file to write; it takes the place of the output if nothing fails, and is gone if something does. Raises
    `OSError` where it can't be written."""
    draft = output.parent / f".{output.name}.new-{os.getpid()}"
    try:
        with _opened(draft, output) as stream:
            yield stream
        os.replace(draft, output)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _opened(draft: Path, output: Path) -> IO[bytes]:
    """What can't be written is told of the folder, since nobody has asked for the draft."""
    try:
        return draft.open("wb")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(output.parent)) from None
