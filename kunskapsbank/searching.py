"""The search of a build: which parts of its index stand, which have to be made, and what follows from them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.digests import digest
from kunskapsbank.earlier import Earlier
from kunskapsbank.earlier.site import Read, entries, indexed, leave_entries, leave_indexed
from kunskapsbank.library.keys import Keys
from kunskapsbank.library.shares import Share
from kunskapsbank.output import Maker
from kunskapsbank.pages import followups
from kunskapsbank.pages.views import Viewer
from kunskapsbank.parallel import beside
from kunskapsbank.publishing.ledger import Basis, Ledger, Line
from kunskapsbank.publishing.writing import Batch, Wanted
from kunskapsbank.search import index
from kunskapsbank.search.entries import entries as entries_of
from kunskapsbank.search.index import Indexed


class _Part(NamedTuple):
    """`of_entries` are the keys of what the engine reads of the share's records. `known` and `lines` are there where
    the part stands."""

    number: int
    share: Share
    of_entries: Sequence[bytes]
    key: bytes
    known: Indexed | None
    lines: Sequence[Line]


class _Release(NamedTuple):
    """The release that is up, whose files lie in `tree`."""

    ledger: Ledger
    tree: Path


class Searching:
    """What the search adds to what is wanted of a release: nothing where there are no shares. `tree` has the files of
    the release that is up."""

    def __init__(
        self,
        every: Sequence[Share],
        viewer: Viewer,
        keys: Keys,
        basis: Basis,
        before: Ledger,
        tree: Path,
        earlier: Earlier,
    ) -> None:
        self._viewer, self._basis, self._earlier = viewer, basis, earlier
        self._release = _Release(before, tree)
        self._parts = list(self._parts_of(every, keys))
        self._made = [part for part in self._parts if part.known is None]
        self._begun: list[Callable[[], index.Part]] = []
        self._key = digest(keys.facts, *(part.key for part in self._parts))
        of_all = list(index.makers(viewer.library, index.together(()), self._key)) if every else []
        found = (before.stands(maker.path, basis.key(maker), tree) for maker in of_all)
        self._of_all = [line for line in found if line]
        self._late = {maker.path for maker in of_all} - {line.entry.path for line in self._of_all}

    @contextmanager
    def begun(self, cores: int) -> Iterator[None]:
        """Where so few parts have to be made that a core is left, they are begun at once, beside what comes before a
        site's files can be made."""
        with ExitStack() as stack:
            if len(self._made) < cores:
                self._begun = [stack.enter_context(beside(self._making(part), cores)) for part in self._made]
            yield

    @property
    def is_made(self) -> bool:
        """Whether some part has to be."""
        return bool(self._made)

    def added_to(self, wanted: Wanted) -> Wanted:
        standing = [line for part in self._parts if part.known for line in part.lines]
        return wanted._replace(
            batches=tuple(self._batches()),
            late=self._makers,
            standing=(*wanted.standing, *standing, *self._of_all),
        )

    def leave(self, made: Sequence[Indexed]) -> None:
        """What is known of the parts that were made, for later builds."""
        for part, known in zip(self._made, made, strict=True):
            leave_indexed(self._earlier, part.number, part.key, known)

    @cached_property
    def _standing(self) -> Indexed:
        """What is known of the parts that stand."""
        return index.together(part.known for part in self._parts if part.known)

    def _batches(self) -> Iterator[Batch]:
        begun = [partial(self._when_done, result) for result in self._begun]
        makes: Iterable[Callable[[], index.Part]] = begun or map(self._making, self._made)
        for part, make in zip(self._made, makes, strict=True):
            yield Batch(part.key, index.folder_of(part.number), make, bool(begun))

    def _when_done(self, result: Callable[[], index.Part]) -> index.Part:
        _ = self._standing  # found out while the part is being made
        return result()

    def _making(self, part: _Part) -> Callable[[], index.Part]:
        return partial(_make, part, self._viewer, self._basis.always, self._earlier, self._release)

    def _makers(self, made: Sequence[Indexed]) -> Iterator[Maker]:
        """Of what is made of all parts, when those that have to be have been made."""
        known = index.together([self._standing, *made])
        every = index.makers(self._viewer.library, known, self._key)
        return (maker for maker in every if maker.path in self._late)

    def _parts_of(self, every: Sequence[Share], keys: Keys) -> Iterator[_Part]:
        of_entries = [[_key(record, keys, self._viewer) for record in share] for share in every]
        parts_keys = [
            self._basis.key_of_batch(index.folder_of(number), digest(*own))
            for number, own in enumerate(of_entries)
        ]
        lines = self._release.ledger.batches(parts_keys, self._release.tree)
        for number, (share, own, key) in enumerate(zip(every, of_entries, parts_keys, strict=True)):
            known = indexed(self._earlier, number, key) if lines[key] else None
            yield _Part(number, share, own, key, known, lines[key])


def _key(record: Record, keys: Keys, viewer: Viewer) -> bytes:
    """Of all that the entry of a record is made from."""
    return digest(keys.of_entry(record), followups.inset(record, viewer))


def _make(part: _Part, viewer: Viewer, always: bytes, earlier: Earlier, up: _Release) -> index.Part:
    """A part, of the entries that earlier builds have left and of those that have to be made."""
    left = entries(earlier, part.number, always)
    known = {key: left[key] for key in part.of_entries if key in left}
    missing = [(key, r) for key, r in zip(part.of_entries, part.share, strict=True) if key not in known]
    made = entries_of([record for _, record in missing], viewer)
    new = {key: entry for (key, _), entry in zip(missing, made, strict=True)}
    whole = {key: new[key] if key in new else known[key].entry for key in part.of_entries}
    result = index.part(part.number, list(whole.values()), _fragments(part.number, known.values(), up))
    names = result.known.fragments
    read = {key: Read(entry, names[entry.address]) for key, entry in whole.items()}
    leave_entries(earlier, part.number, always, read)
    return result


def _fragments(number: int, known: Iterable[Read], up: _Release) -> dict[str, bytes]:
    """By the engine's names those that the release has of what it read as it is now."""
    names = [read.fragment for read in known]
    found = {name: up.ledger.content(index.fragment_of(number, name), up.tree) for name in names}
    return {name: content for name, content in found.items() if content is not None}
