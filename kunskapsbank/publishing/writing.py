"""Writes the files of a release that have yet to be made, on all cores, and judges the whole."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from kunskapsbank.output import File, Made, Maker
from kunskapsbank.parallel import at_once, in_parts
from kunskapsbank.problems.problem import Rejected
from kunskapsbank.publishing.ledger import Basis, Entry, Ledger, Line
from kunskapsbank.publishing.standing import Trees, outlines
from kunskapsbank.publishing.verify import Outline, Site, judge, outline


class Batch(NamedTuple):
    """Files that come about together and whose names nobody knows before, so that nothing leads to them. They lie in
    `folder`. `make` gives them, and what there is to know of them for what comes late."""

    key: bytes
    folder: str
    make: Callable[[], tuple[Iterable[File], Any]]


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
    """`known` is what there is to know of a batch."""

    lines: list[Line]
    outline: Outline
    known: Any = None


class Everything(NamedTuple):
    """The lines of all files, in order, and what is known of the batches."""

    lines: list[Line]
    known: Sequence[Any]


def write(
    wanted: Wanted,
    before: Ledger,
    place: Place,
    cores: int,
    meanwhile: Callable[[], None] | None,
) -> Everything:
    """Writes what has to be made. What is to be done `meanwhile` is done beside it. Raises
    `Rejected` where the verification finds something."""
    made, current, site = place
    batches = [partial(_write_batch, batch, made, site) for batch in wanted.batches]
    key_of = wanted.basis.key
    chunks = in_parts(wanted.makers, cores)
    # What takes longest is begun first, so that no core ends alone: the batches, then what outlets make of all records,
    # which stand last among the makers.
    pages = (partial(_write_chunk, chunk, made, site, key_of) for chunk in reversed(chunks))
    beside = [partial(_done, meanwhile)] if meanwhile else []
    tasks = [*batches, *beside, *pages]
    parts = at_once(tasks, cores if batches or beside or len(chunks) > 1 else 1)
    known = [part.known for part in parts[: len(batches)]]
    parts.append(_write_chunk(wanted.late(known), made, site, key_of))
    # Two files at one address come in the order of their sources, whatever is in them.
    new = sorted((e for part in parts for e in part.lines), key=_in_order)
    lines = sorted((*new, *wanted.standing), key=_in_order)
    trees = Trees(made, current, frozenset(line.entry.path for line in new))
    found = [part.outline for part in parts]
    nameless = tuple(f"{batch.folder}/" for batch in wanted.batches)
    led_to = {path: line for path, line in before.files.items() if not path.startswith(nameless)}
    found += outlines([line.entry for line in wanted.standing], led_to, trees, site, cores)
    sources = ((line.entry.path, line.entry.made_from) for line in lines)
    problems = list(judge(found, sources, trees.read, site.elsewhere))
    if problems:
        raise Rejected(problems)
    return Everything(lines, known)


def _done(task: Callable[[], None]) -> _Written:
    task()
    return _Written([], Outline({}, {}, ()))


def _write_batch(batch: Batch, tree: Path, site: Site) -> _Written:
    files, known = batch.make()
    makers = [Maker(file.path, partial(Made, file.content, file.made_from)) for file in files]
    return _write_chunk(makers, tree, site, partial(_one_key, batch.key))._replace(known=known)


def _one_key(key: bytes, _: Maker) -> bytes:
    return key


def _in_order(line: Line) -> tuple[str, tuple[str, ...]]:
    return line.entry.path, line.entry.made_from


def _write_chunk(
    makers: Iterable[Maker], tree: Path, site: Site, key_of: Callable[[Maker], bytes]
) -> _Written:
    lines: list[Line] = []
    return _Written(lines, outline(_written(makers, tree, lines.append, key_of), site))


def _written(
    makers: Iterable[Maker], tree: Path, note: Callable[[Line], None], key_of: Callable[[Maker], bytes]
) -> Iterator[File]:
    for make in makers:
        file = make()
        target, time = f"{tree}/{file.path}", 0
        try:
            time = _write_file(target, file.content)
        except (IsADirectoryError, NotADirectoryError, FileExistsError):
            pass  # an address taken twice: the entry tells, and the verification refuses the release
        content = file.content
        entry = Entry(file.path, hashlib.sha256(content).hexdigest(), len(content), file.made_from)
        note(Line(entry, key_of(make), time))
        yield file


def _write_file(target: str, content: bytes) -> int:
    """Gives the time of the new file, in nanoseconds, as the disk tells it."""
    _make_folder(os.path.dirname(target))
    with open(target, "wb", buffering=0) as stream:
        if stream.write(content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)
        return os.fstat(stream.fileno()).st_mtime_ns


def _make_folder(folder: str) -> None:
    """Nearly every file is the first in its folder, and its folder the only new one: that way is short."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
