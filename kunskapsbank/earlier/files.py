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


class Look(NamedTuple):
    """How a file lay, and the digest of what it said. Without the number on the disk where it can't be told from how it
    lies that it is the same."""

    size: int
    modified: int
    changed: int
    number: int
    digest: str


def left_by(earlier: Earlier) -> Mapping[str, Look] | None:
    """By path, what was left of files that earlier runs have read; None where there was no such run."""
    return earlier.get(_NAME, _KEY, _decode)


def lies_of(earlier: Earlier, paths: Iterable[str]) -> Mapping[str, Look]:
    """By path, how files lie that are going to be read."""
    return {path: _lies(earlier, path) for path in paths}


def leave_read(earlier: Earlier, lies: Mapping[str, Look], digests: Mapping[str, str]) -> None:
    """What files said that have been read since it was seen how they lie."""
    read = {path: look._replace(digest=digests.get(path, "")) for path, look in lies.items() if look.number}
    earlier.leave(_NAME, _KEY, encode, {path: look for path, look in read.items() if look.digest})


def digests_of(earlier: Earlier, paths: Iterable[str], known: Mapping[str, Look]) -> Mapping[str, str]:
    """By path. Empty for a file that can't be taken. `known` is what was left of files."""
    now = {path: _look(earlier, path, known.get(path)) for path in paths}
    settled = {path: look for path, look in now.items() if look.number}
    if settled != known:
        earlier.leave(_NAME, _KEY, encode, settled)
    return {path: look.digest for path, look in now.items()}


def _look(earlier: Earlier, path: str, known: Look | None) -> Look:
    lies = _lies(earlier, path)
    if known is not None and known[:-1] == lies[:-1]:
        return known
    data, _ = read_data(earlier.source, path)
    return _NOTHING if data is None else lies._replace(digest=file_digest(data))


def _lies(earlier: Earlier, path: str) -> Look:
    """Seen before the file is read, so that what is written later is seen the next time."""
    now = time.time_ns()
    try:
        about = os.lstat(f"{earlier.source}/{path}")
    except OSError:
        return _NOTHING
    is_settled = max(about.st_mtime_ns, about.st_ctime_ns) < now - SETTLED
    number = about.st_ino if is_settled else 0
    return Look(about.st_size, about.st_mtime_ns, about.st_ctime_ns, number, "")


_NOTHING: Final = Look(0, 0, 0, 0, "")
_decode: Final[Callable[[bytes], dict[str, Look]]] = decoder(dict[str, Look])
