"""Puts a tree together: files just made, and copies of files of the release that is up.

No two releases share a file, so that a page which is altered in one is as it was in the others. It can begin with
the tree of a release that nobody needs any more, most of which is the same: to make ten thousand folders and files
anew takes longer than all the rest. Such a tree is looked through while other things are done, and touched only
when the new release has been judged.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kunskapsbank.publishing.disk import FOLDER_MODE, SEARCHABLE, copy_file, is_public
from kunskapsbank.publishing.integrity import digest_of_file
from kunskapsbank.publishing.ledger import Line, is_as_written


class Plan(NamedTuple):
    """What a tree has to have done to it to be that of the release that is up: `missing` are the paths of the files
    that it lacks, `others` those of what it has beside, empty folders among them, and `closed` those of folders that
    not everybody may read."""

    missing: frozenset[str]
    others: Collection[str]
    closed: Collection[str]


def plan(spare: Path, sealed: int, files: Mapping[str, Line], is_thorough: bool) -> Plan:
    """Plan how the tree of a release that was complete at `sealed` gets the files of another. With `is_thorough` read
    what is to stay and hold it against its digest. Raise `OSError`."""
    missing = set(files)
    others, closed = [], []
    for path, about, is_empty in _found(str(spare), ""):
        line = files.get(path)
        if path.endswith("/"):
            if is_empty:
                others.append(path)
            elif not is_public(about.st_mode, SEARCHABLE):
                closed.append(path)
        elif line and is_as_written(about, line, sealed) and (not is_thorough or _is_intact(spare, line)):
            missing.discard(path)
        else:
            others.append(path)
    return Plan(frozenset(missing), others, closed)


def _is_intact(tree: Path, line: Line) -> bool:
    return digest_of_file(f"{tree}/{line.entry.path}") == line.entry.digest


def _found(folder: str, above: str) -> Iterator[tuple[str, os.stat_result, bool]]:
    """Yield what is in a folder by its path, with how it lies and whether it is an empty folder. Folders end with a
    slash."""
    with os.scandir(folder) as entries:
        for entry in list(entries):
            path = above + entry.name
            about = entry.stat(follow_symlinks=False)
            if entry.is_dir(follow_symlinks=False):
                inside = 0
                for found in _found(entry.path, f"{path}/"):
                    inside += 1
                    yield found
                yield f"{path}/", about, not inside
            else:
                yield path, about, False


def carry_out(
    planned: Plan, tree: Path, current: Path, stands: Mapping[str, Line], gone: Set[str], new: Set[str]
) -> None:
    """Changes a tree as was planned, but so that of the files of `current` it has those that stand and none that have
    `gone`, and room for those that are `new`."""
    for path in planned.closed:
        os.chmod(f"{tree}/{path}", FOLDER_MODE)
    for path in (*planned.others, *sorted(gone - planned.missing)):
        if path not in new:
            _take_away(f"{tree}/{path}", tree)
    copy_all([stands[path] for path in sorted(planned.missing & stands.keys())], current, tree)


def _take_away(path: str, tree: Path) -> None:
    """And the folders that nothing is left in."""
    if not path.endswith("/"):
        os.unlink(path)
    with suppress(OSError):  # one that has something in it
        while (path := os.path.dirname(path)) != str(tree):
            os.rmdir(path)


def copy_all(lines: Iterable[Line], current: Path, tree: Path) -> None:
    """Copy files of `current` into `tree`, with the times that they have there. Raise `OSError`."""
    for line in lines:
        path = line.entry.path
        _in_folder(partial(copy_file, modified=line.time), f"{current}/{path}", f"{tree}/{path}")


def move_all(paths: Iterable[str], made: Path, tree: Path) -> None:
    """The files of `made` at these paths, into `tree`."""
    for path in paths:
        _in_folder(os.replace, f"{made}/{path}", f"{tree}/{path}")


def _in_folder(bring: Callable[[str, str], None], origin: str, target: str) -> None:
    """Makes the folder where it is missing."""
    try:
        bring(origin, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        bring(origin, target)
