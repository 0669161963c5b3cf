"""Whether what stands from the release before still holds beside what has been made anew.

Pages that stand lead where they led. That needs looking at again only where something that there was to lead
to has gone: a file, or a place on a page that was made again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kunskapsbank.output import File
from kunskapsbank.parallel import in_chunks
from kunskapsbank.publishing.ledger import Entry, Line
from kunskapsbank.publishing.verify import Outline, Site, attributes, outline


class Trees(NamedTuple):
    """Where the files of a release are before it is put together: those in `new` lie in `made`, others in the
    release that is up."""

    made: Path
    current: Path
    new: frozenset[str]

    def read(self, path: str) -> bytes:
        return ((self.made if path in self.new else self.current) / path).read_bytes()


def outlines(
    standing: Sequence[Entry], before: Mapping[str, Line], trees: Trees, site: Site, cores: int
) -> list[Outline]:
    """Of the files that stand, where something has gone that they can have led to."""
    there = trees.new.union(entry.path for entry in standing)
    if not standing or (there.issuperset(before) and not any(_lost(before, trees))):
        return []
    return in_chunks(lambda entries: outline(_files(entries, trees), site), standing, cores)


def _files(entries: Iterable[Entry], trees: Trees) -> Iterator[File]:
    return (File(entry.path, trees.read(entry.path), entry.made_from) for entry in entries)


def _lost(before: Mapping[str, Line], trees: Trees) -> Iterator[bool]:
    """For each page that was made again, whether places have gone from it."""
    for path in sorted(trees.new.intersection(before)):
        if path.endswith(".html"):
            yield not _places(trees.current / path) <= _places(trees.made / path)


def _places(page: Path) -> set[bytes]:
    try:
        return set(attributes(page.read_bytes())[1])
    except OSError:  # gone or spoilt since, and so what was on it is not known
        return {b"?"}
