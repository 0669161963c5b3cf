"""The search of a build: which parts of its index stand, which have to be made, and what follows from them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kunskapsbank.digests import digest
from kunskapsbank.earlier import Earlier
from kunskapsbank.earlier.site import indexed, leave_indexed
from kunskapsbank.library.keys import Keys
from kunskapsbank.library.shares import Share, shares
from kunskapsbank.output import Maker
from kunskapsbank.pages import followups
from kunskapsbank.pages.views import Viewer
from kunskapsbank.publishing.ledger import Basis, Ledger, Line
from kunskapsbank.publishing.writing import Batch, Wanted
from kunskapsbank.search import index
from kunskapsbank.search.index import Indexed


class _Part(NamedTuple):
    """`known` and `lines` are there where the part stands."""

    number: int
    share: Share
    key: bytes
    known: Indexed | None
    lines: Sequence[Line]


class Searching:
    """What the search adds to what is wanted of a release. `tree` has the files of the release that is up."""

    def __init__(
        self, viewer: Viewer, keys: Keys, basis: Basis, before: Ledger, tree: Path, earlier: Earlier
    ) -> None:
        self._viewer, self._earlier = viewer, earlier
        every = shares(viewer.library)
        parts_keys = [
            basis.key_of_batch(index.folder_of(number), _key(share, keys, viewer))
            for number, share in enumerate(every)
        ]
        lines = before.batches(parts_keys, tree)
        self._parts = [
            _part(number, share, key, lines, earlier)
            for number, (share, key) in enumerate(zip(every, parts_keys, strict=True))
        ]
        self._made = [part for part in self._parts if part.known is None]
        self._key = digest(keys.facts, *parts_keys)
        of_all = list(index.makers(viewer.library, (), self._key))
        found = (before.stands(maker.path, basis.key(maker), tree) for maker in of_all)
        self._of_all = [line for line in found if line]
        self._late = {maker.path for maker in of_all} - {line.entry.path for line in self._of_all}

    @property
    def is_made(self) -> bool:
        """Whether some part has to be."""
        return bool(self._made)

    def added_to(self, wanted: Wanted) -> Wanted:
        standing = [line for part in self._parts if part.known for line in part.lines]
        return wanted._replace(
            batches=tuple(map(self._batch, self._made)),
            late=self._makers,
            standing=(*wanted.standing, *standing, *self._of_all),
        )

    def leave(self, made: Sequence[Indexed]) -> None:
        """What is known of the parts that were made, for later builds."""
        for part, known in zip(self._made, made, strict=True):
            leave_indexed(self._earlier, part.number, part.key, known)

    def _batch(self, part: _Part) -> Batch:
        make = partial(index.part, part.number, part.share, self._viewer)
        return Batch(part.key, index.folder_of(part.number), make)

    def _makers(self, made: Sequence[Indexed]) -> Iterator[Maker]:
        """Of what is made of all parts, when those that have to be have been made."""
        new = iter(made)
        parts = [part.known or next(new) for part in self._parts]
        every = index.makers(self._viewer.library, parts, self._key)
        return (maker for maker in every if maker.path in self._late)


def _part(
    number: int, share: Share, key: bytes, lines: Mapping[bytes, Sequence[Line]], earlier: Earlier
) -> _Part:
    known = indexed(earlier, number, key) if lines[key] else None
    return _Part(number, share, key, known, lines[key])


def _key(share: Share, keys: Keys, viewer: Viewer) -> bytes:
    """Of all that the entries of a share are made from."""
    return digest(*(part for r in share for part in (keys.of_entry(r), followups.inset(r, viewer))))
