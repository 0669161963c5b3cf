"""What each file of a release was made from, so that the next build makes only what would come out otherwise.

The release itself is the cache: a file whose key stands, and which lies on the disk as it was left, is taken
over as it is. The ledger says so and lies in the store, since a release can be touched by others.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from kunskapsbank.digests import digest
from kunskapsbank.output import Maker
from kunskapsbank.packed import decoder, encode
from kunskapsbank.publishing.manifest import Entry


class Line(NamedTuple):
    """A file of a release in the ledger. `time` is when it was written, in nanoseconds, as the disk tells."""

    entry: Entry
    key: bytes
    time: int


class Basis(NamedTuple):
    """Digests of what all files are made from, and of all records in whole."""

    always: bytes
    everything: bytes

    def key(self, maker: Maker) -> bytes:
        return digest(self.always, maker.path, self.everything if maker.key is None else maker.key)

    def key_of_batch(self, name: str, key: bytes) -> bytes:
        """For files that come about together, under a name of their own."""
        return digest(self.always, "batch", name, key)


@dataclass(frozen=True, slots=True)
class Ledger:
    """`release` is the id of the release, `inputs` a digest of all that it was made from, empty where a build
    has more to say than that it is done; `records` is how many it has. `files` are by their paths. `places` are those
    on pages, as (path, name), that some page leads to; some may be there that none leads to any more.

    `sealed` gives for each release that is kept when it was complete, in nanoseconds by the disk's clock: no file of
    it has changed since, unless others have touched it. `verified` is when its files were last read and held against
    their digests, in nanoseconds since 1970.
    """

    release: str
    inputs: bytes
    records: int
    files: Mapping[str, Line]
    places: Set[tuple[str, str]]
    sealed: Mapping[str, int]
    verified: int

    @property
    def seal(self) -> int:
        """When the release was complete."""
        return self.sealed.get(self.release, 0)

    def stands(self, path: str, key: bytes, tree: Path) -> Line | None:
        """The file at a path of the release, whose files lie in `tree`, if it would come out the same."""
        line = self.files.get(path)
        return line if line and line.key == key and is_unmodified(line, tree, self.seal) else None

    def same(self, entry: Entry, tree: Path) -> Line | None:
        """The file of the release that is the same in every octet, if it is."""
        line = self.files.get(entry.path)
        alike = line and (line.entry.digest, line.entry.size) == (entry.digest, entry.size)
        return line if line and alike and is_unmodified(line, tree, self.seal) else None

    def content(self, path: str, tree: Path) -> bytes | None:
        """What is in a file of the release, if it is what was written."""
        line = self.files.get(path)
        try:
            content = (tree / path).read_bytes() if line else None
        except OSError:
            return None
        fits = line and content is not None and sha256(content).hexdigest() == line.entry.digest
        return content if fits else None

    def batches(self, keys: Iterable[bytes], tree: Path) -> Mapping[bytes, Sequence[Line]]:
        """By their keys the files that came about together; none where one of them is not as it was left."""
        found: dict[bytes, list[Line]] = {key: [] for key in keys}
        for line in self.files.values():
            if line.key in found:
                found[line.key].append(line)
        seal = self.seal
        return {
            key: x if all(is_unmodified(line, tree, seal) for line in x) else () for key, x in found.items()
        }

    def is_whole(self, tree: Path) -> bool:
        seal = self.seal
        return all(is_unmodified(line, tree, seal) for line in self.files.values())


EMPTY: Final = Ledger("", b"", 0, {}, frozenset(), {}, 0)


def is_unmodified(line: Line, tree: Path, sealed: int) -> bool:
    """Return whether a file lies as it was written in a tree that was complete at `sealed`, told without reading it.

    Size and times of a file can be set to what they were; that its inode has changed since can't be hidden.
    """
    try:
        about = os.stat(f"{tree}/{line.entry.path}", follow_symlinks=False)
    except OSError:
        return False
    return is_as_written(about, line, sealed)


def is_as_written(about: os.stat_result, line: Line, sealed: int) -> bool:
    return (
        stat.S_ISREG(about.st_mode)
        and about.st_size == line.entry.size
        and about.st_mtime_ns == line.time
        and about.st_ctime_ns <= sealed
    )


def split(
    makers: Iterable[Maker], before: Ledger, basis: Basis, tree: Path
) -> tuple[list[Maker], list[Line]]:
    """The makers that have to make their files, and the files that stand. Two makers at one path are both
    asked, so that the verification sees them."""
    todo: list[Maker] = []
    standing: dict[str, Line] = {}
    for maker, count in _counted(makers):
        line = before.stands(maker.path, basis.key(maker), tree) if count == 1 else None
        if line is None:
            todo.append(maker)
        else:
            standing[maker.path] = line
    return todo, list(standing.values())


def _counted(makers: Iterable[Maker]) -> Iterator[tuple[Maker, int]]:
    every = list(makers)
    counts: dict[str, int] = {}
    for maker in every:
        counts[maker.path] = counts.get(maker.path, 0) + 1
    yield from ((maker, counts[maker.path]) for maker in every)


class _Data(msgspec.Struct, array_like=True):
    release: str
    inputs: bytes
    records: int
    lines: list[Line]
    places: list[tuple[str, str]]
    sealed: dict[str, int]
    verified: int


_decode: Final[Callable[[bytes], _Data]] = decoder(_Data)


def encoded(ledger: Ledger) -> bytes:
    lines, places = list(ledger.files.values()), sorted(ledger.places)
    sealed = dict(ledger.sealed)
    return encode(
        _Data(ledger.release, ledger.inputs, ledger.records, lines, places, sealed, ledger.verified)
    )


def decoded(data: bytes) -> Ledger:
    """Raises `ValueError` where the data can't have been made by `encoded`."""
    read = _decode(data)
    files = {line.entry.path: line for line in read.lines}
    return Ledger(
        read.release, read.inputs, read.records, files, frozenset(read.places), read.sealed, read.verified
    )
