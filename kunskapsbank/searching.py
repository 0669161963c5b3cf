"""The search of a build: which parts of its index stand, which have to be made, and what follows from them."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from kunskapsbank.digests import digest
from kunskapsbank.earlier import Earlier
from kunskapsbank.earlier.site import indexed, leave_indexed
from kunskapsbank.library.keys import Keys
from kunskapsbank.library.shares import Share, shares
from kunskapsbank.output import Maker
from kunskapsbank.pages import followups
from kunskapsbank.pages.views import Viewer
from kunskapsbank.publishing.ledger import Basis, Ledger
from kunskapsbank.publishing.writing import Batch, Wanted
from kunskapsbank.search import index
from kunskapsbank.search.index import Indexed


class Searching:
    """`batches` are the parts that have to be made, `standing` the files of the search that stand."""

    def __init__(
        self, viewer: Viewer, keys: Keys, basis: Basis, before: Ledger, output: Path, earlier: Earlier
    ) -> None:
        self._library, self._earlier = viewer.library, earlier
        every = shares(viewer.library)
        self._keys = [
            basis.key_of_batch(index.folder_of(number), _key(share, keys, viewer))
            for number, share in enumerate(every)
        ]
        lines = before.batches(self._keys, output)
        left = {key: indexed(earlier, n, key) if lines[key] else None for n, key in enumerate(self._keys)}
        self._known = {key: known for key, known in left.items() if known is not None}
        self.batches = tuple(
            Batch(key, index.folder_of(number), partial(index.part, number, share, viewer))
            for number, (key, share) in enumerate(zip(self._keys, every, strict=True))
            if key not in self._known
        )
        self.standing = [line for key in self._known for line in lines[key]]
        self._late: list[str] = []
        key = digest(keys.facts, *self._keys)
        for maker in index.makers(self._library, (), key):
            line = before.stands(maker.path, basis.key(maker), output)
            if line is None:
                self._late.append(maker.path)
            else:
                self.standing.append(line)
        self._key = key

    def added_to(self, wanted: Wanted) -> Wanted:
        standing = (*wanted.standing, *self.standing)
        return wanted._replace(batches=self.batches, late=self.late, standing=standing)

    def late(self, made: Sequence[Indexed]) -> Iterator[Maker]:
        """What is made of all parts, when those of the batches have been made."""
        known = self._known | {b.key: part for b, part in zip(self.batches, made, strict=True)}
        parts = [known[key] for key in self._keys]
        return (m for m in index.makers(self._library, parts, self._key) if m.path in self._late)

    def leave(self, made: Sequence[Indexed]) -> None:
        for batch, part in zip(self.batches, made, strict=True):
            leave_indexed(self._earlier, self._keys.index(batch.key), batch.key, part)


def _key(share: Share, keys: Keys, viewer: Viewer) -> bytes:
    return digest(*(part for r in share for part in (keys.of_record(r), followups.inset(r, viewer))))
