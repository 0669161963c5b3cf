"""Whether what stands from the release before still holds beside what has been made anew.

Pages that stand lead where they led. That needs looking at again only where something that there was to lead
to has gone: a file, or a place on a page that was made again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from kunskapsbank.output import File
from kunskapsbank.parallel import in_chunks
from kunskapsbank.publishing.ledger import Ledger
from kunskapsbank.publishing.manifest import Entry
from kunskapsbank.publishing.verify import Outline, Site, outline, places_of


class Trees(NamedTuple):
    """Where the files of a release are before it is put together: those in `new` lie in `made`, others in the
    release that is up."""

    made: Path
    current: Path
    new: frozenset[str]

    def read(self, path: str) -> bytes:
        return ((self.made if path in self.new else self.current) / path).read_bytes()


def outlines(
    standing: Sequence[Entry], before: Ledger, folders: Sequence[str], trees: Trees, site: Site, cores: int
) -> list[Outline] | None:
    """Of the files that stand; None where nothing has gone that they can have led to. Nothing leads to the files in
    `folders`."""
    there = trees.new.union(entry.path for entry in standing)
    if not standing:
        return []
    gone = any(path not in there and not path.startswith(tuple(folders)) for path in before.files)
    if not gone and not any(_has_lost(path, places, trees) for path, places in _led_to(before, trees.new)):
        return None
    return in_chunks(lambda entries: outline(_files(entries, trees), site), standing, cores)


def _files(entries: Iterable[Entry], trees: Trees) -> Iterator[File]:
    return (File(entry.path, trees.read(entry.path), entry.made_from) for entry in entries)


def _led_to(before: Ledger, new: Set[str]) -> Iterator[tuple[str, set[str]]]:
    """The pages that were made again and their places that something led to."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path, place in before.places:
        if path in new and path.endswith(".html"):
            found[path].add(place)
    yield from sorted(found.items())


def _has_lost(path: str, places: Set[str], trees: Trees) -> bool:
    """Whether a page has no longer all of the places that something led to."""
    return not places <= places_of(trees.read(path))
