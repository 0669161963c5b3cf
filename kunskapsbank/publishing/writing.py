"""Writes the files of a release that have yet to be made, on all cores, and judges the whole."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from kunskapsbank.output import File, Made, Maker
from kunskapsbank.parallel import at_once, in_parts
from kunskapsbank.problems.problem import Rejected
from kunskapsbank.publishing.ledger import Basis, Ledger, Line
from kunskapsbank.publishing.manifest import Entry
from kunskapsbank.publishing.standing import Trees, outlines
from kunskapsbank.publishing.verify import Outline, Site, judge, outline


class Batch(NamedTuple):
    """Files that come about together and whose names nobody knows before, so that nothing leads to them. They lie in
    `folder`. `make` gives them, and what there is to know of them for what comes late. What has `begun` is being made
    already, and `make` waits for it."""

    key: bytes
    folder: str
    make: Callable[[], tuple[Iterable[File], Any]]
    begun: bool = False


def nothing_late(_: Sequence[Any]) -> Iterable[Maker]:
    return ()


class Wanted(NamedTuple):
    """What is to be released: files that have yet to be made, and files that stand in the release that is up. `late`
    gives the makers of what can only be made of what is known of the batches, in their order. `inputs` goes into the
    manifest as it is."""

    makers: Sequence[Maker]
    standing: Sequence[Line]
    basis: Basis
    inputs: Mapping[str, str]
    batches: Sequence[Batch] = ()
    late: Callable[[Sequence[Any]], Iterable[Maker]] = nothing_late


class Place(NamedTuple):
    """Where files are written that are `made`, where those of the release are that is `current`, and what site it is."""

    made: Path
    current: Path
    site: Site


class _Written(NamedTuple):
    """`new` are the paths of files that were written, since no file that stands is the same. `known` is what there
    is to know of a batch."""

    lines: list[Line]
    new: list[str]
    outline: Outline
    known: Any = None


class Everything(NamedTuple):
    """The lines of all files, in order; the paths of those that were written; the places that pages lead to; and what
    is known of the batches."""

    lines: list[Line]
    new: frozenset[str]
    places: Set[tuple[str, str]]
    known: Sequence[Any]


def write(
    wanted: Wanted, before: Ledger, place: Place, cores: int, meanwhile: Callable[[], None] | None
) -> Everything:
    """Writes what has to be made and is not the same as what stands. What is to be done `meanwhile` is done beside
    it. Raises `Rejected` where the verification finds something."""
    parts, known = _parts(wanted, _Writer(before, place, wanted.basis), cores, meanwhile)
    # Two files at one address come in the order of their sources, whatever is in them.
    lines = sorted((*(line for part in parts for line in part.lines), *wanted.standing), key=_in_order)
    trees = Trees(place.made, place.current, frozenset(path for part in parts for path in part.new))
    nameless = [f"{batch.folder}/" for batch in wanted.batches]
    stands = [line.entry for line in lines if line.entry.path not in trees.new]
    again = outlines(stands, before, nameless, trees, place.site, cores)
    found = [*(part.outline for part in parts), *(again or ())]
    sources = ((line.entry.path, line.entry.made_from) for line in lines)
    problems = list(judge(found, sources, trees.read, place.site.elsewhere))
    if problems:
        raise Rejected(problems)
    places = {place for made in found for place in made.anchors}.union(before.places if again is None else ())
    return Everything(lines, trees.new, places, known)


def _parts(
    wanted: Wanted, writer: "_Writer", cores: int, meanwhile: Callable[[], None] | None
) -> tuple[list[_Written], list[Any]]:
    """What was written, and what is known of the batches. What takes longest is begun first, so that no core ends
    alone: the batches, then what outlets make of all records, which stand last among the makers."""
    pooled = [batch for batch in wanted.batches if not batch.begun]
    chunks = _finer_at_the_end(in_parts(wanted.makers, cores), cores)
    tasks = [
        *(partial(writer.batch, batch) for batch in pooled),
        *([partial(_done, meanwhile)] if meanwhile else ()),
        *(partial(writer.makers, chunk) for chunk in reversed(chunks)),
    ]
    results = at_once(tasks, cores if pooled or meanwhile or len(chunks) > 1 else 1)
    batches = {batch.folder: written for batch, written in zip(pooled, results, strict=False)}
    batches |= {batch.folder: writer.batch(batch) for batch in wanted.batches if batch.begun}
    known = [batches[batch.folder].known for batch in wanted.batches]
    return [*batches.values(), *results[len(pooled) :], writer.makers(wanted.late(known))], known


_PIECES_PER_CORE: Final = 4


def _finer_at_the_end(chunks: Sequence[Sequence[Maker]], cores: int) -> list[Sequence[Maker]]:
    """What is made of all records takes a second a file where there are many, and stands together: one core would be
    left alone with it. Every piece gets its share of neighbours, which take about as long."""
    if len(chunks) <= 1:
        return list(chunks)
    *rest, last_but_one, last = chunks  # the last may be short
    end, pieces = [*last_but_one, *last], cores * _PIECES_PER_CORE
    return [*rest, *(end[start::pieces] for start in range(pieces))]


def _done(task: Callable[[], None]) -> _Written:
    task()
    return _Written([], [], Outline({}, {}, ()))


class _Writer:
    """Writes files that have been made, and says of each what it is."""

    def __init__(self, before: Ledger, place: Place, basis: Basis) -> None:
        self._before, self._place, self._basis = before, place, basis

    def batch(self, batch: Batch) -> _Written:
        files, known = batch.make()
        makers = [Maker(file.path, partial(Made, file.content, file.made_from)) for file in files]
        return self._written(makers, partial(_one_key, batch.key))._replace(known=known)

    def makers(self, makers: Iterable[Maker]) -> _Written:
        return self._written(makers, self._basis.key)

    def _written(self, makers: Iterable[Maker], key_of: Callable[[Maker], bytes]) -> _Written:
        lines: list[Line] = []
        new: list[str] = []
        found = outline(self._files(makers, key_of, lines.append, new.append), self._place.site)
        return _Written(lines, new, found)

    def _files(
        self,
        makers: Iterable[Maker],
        key_of: Callable[[Maker], bytes],
        note: Callable[[Line], None],
        written: Callable[[str], None],
    ) -> Iterator[File]:
        for make in makers:
            file = make()
            path, content = file.path, file.content
            entry = Entry(path, hashlib.sha256(content).hexdigest(), len(content), file.made_from)
            same = self._before.same(entry, self._place.current)
            if same is None:
                written(path)
            time = _write_file(f"{self._place.made}/{path}", content) if same is None else same.time
            note(Line(entry, key_of(make), time))
            yield file


def _one_key(key: bytes, _: Maker) -> bytes:
    return key


def _in_order(line: Line) -> tuple[str, tuple[str, ...]]:
    return line.entry.path, line.entry.made_from


def _write_file(target: str, content: bytes) -> int:
    """Gives the time of the new file, in nanoseconds, as the disk tells it. An address that is taken gets nothing more:
    the entry tells, and the verification refuses the release."""
    try:
        _make_folder(os.path.dirname(target))
        with open(target, "wb", buffering=0) as stream:
            if stream.write(content) != len(content):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)
            return os.fstat(stream.fileno()).st_mtime_ns
    except (IsADirectoryError, NotADirectoryError, FileExistsError):
        return 0


def _make_folder(folder: str) -> None:
    """Nearly every file is the first in its folder, and its folder the only new one: that way is short."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
