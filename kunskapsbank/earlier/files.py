"""The digests of the source's files. A file that lies as it did when it was last read is not read again.

As it did: with the same size, times and number on the disk. Only a program that writes in the same moment as
a file is read can change it unseen, so what had been written just before it was read is read the next time too.
"""

import os
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from kunskapsbank import digests
from kunskapsbank.checks.run import file_digest
from kunskapsbank.earlier import Earlier
from kunskapsbank.packed import decoder, encode
from kunskapsbank.reading.files import read_data

SETTLED: Final = 2_000_000_000
"""Nanoseconds after which a file that was written lies still. The coarsest disks tell times to two seconds."""

_NAME: Final = "files"
_KEY: Final = digests.digest(_NAME)


class _Look(NamedTuple):
    """How a file lay, and the digest of what it said."""

    size: int
    modified: int
    changed: int
    number: int
    digest: str


def digests_of(earlier: Earlier, paths: Iterable[str]) -> Mapping[str, str]:
    """By path. Empty for a file that can't be taken."""
    known = earlier.get(_NAME, _KEY, _decode) or {}
    now = {path: _look(earlier, path, known.get(path)) for path in paths}
    settled = {path: look for path, look in now.items() if look.number}
    if settled != known:
        earlier.leave(_NAME, _KEY, encode, settled)
    return {path: look.digest for path, look in now.items()}


def _look(earlier: Earlier, path: str, known: _Look | None) -> _Look:
    """Without the number where it can't be told from how the file lies that it is the same."""
    before = time.time_ns()
    try:
        about = os.lstat(f"{earlier.source}/{path}")
    except OSError:
        return _NOTHING
    lies = (about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)
    if known is not None and known[:4] == lies:
        return known
    data, _ = read_data(earlier.source, path)
    if data is None:
        return _NOTHING
    digest = file_digest(data)
    is_settled = max(about.st_mtime_ns, about.st_ctime_ns) < before - SETTLED
    return _Look(*lies, digest) if is_settled else _NOTHING._replace(digest=digest)


_NOTHING: Final = _Look(0, 0, 0, 0, "")
_decode: Final[Callable[[bytes], dict[str, _Look]]] = decoder(dict[str, _Look])
