"""Puts a tree together: files just made, and files of the release that is up, linked and not copied.

It can begin with the tree of a release that nobody needs any more: making ten thousand folders anew takes
longer than all the rest. Such a tree is looked through while other things are done, and touched only when the
new release has been judged.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Plan(NamedTuple):
    """What a tree has to have done to it to be that of the release that is up: `missing` are the paths of the files
    that it lacks, `others` those of what it has beside, empty folders among them."""

    missing: frozenset[str]
    others: Collection[str]


def plan(spare: Path, files: Iterable[str], current: Path) -> Plan:
    """For a tree with other files in it. `files` are the paths of those that lie in `current`."""
    missing = set(files)
    others = []
    for path, inode in _found(str(spare), ""):
        if path in missing and inode == _inode(f"{current}/{path}"):
            missing.discard(path)
        else:
            others.append(path)
    return Plan(frozenset(missing), others)


def _inode(path: str) -> int:
    """The number of a file on its disk, which all releases lie on; none where it can't be asked."""
    try:
        return os.lstat(path).st_ino
    except OSError:
        return -1


def _found(folder: str, above: str) -> Iterator[tuple[str, int]]:
    """All that is no folder, and the folders with nothing in them, with their numbers."""
    with os.scandir(folder) as entries:
        found = list(entries)
    for entry in found:
        path = above + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _found(entry.path, f"{path}/")
        else:
            yield path, entry.inode()
    if above and not found:
        yield above, 0


def carry_out(
    planned: Plan, tree: Path, current: Path, stands: Set[str], gone: Set[str], new: Set[str]
) -> None:
    """Changes a tree as was planned, but so that of the files of `current` it has those that stand and none that have
    `gone`, and room for those that are `new`."""
    for path in (*planned.others, *sorted(gone - planned.missing)):
        if path not in new:
            _take_away(f"{tree}/{path}", tree)
    link_all(sorted(planned.missing & stands), current, tree)


def _take_away(path: str, tree: Path) -> None:
    """And the folders that nothing is left in."""
    if not path.endswith("/"):
        os.unlink(path)
    with suppress(OSError):  # one that has something in it
        while (path := os.path.dirname(path)) != str(tree):
            os.rmdir(path)


def link_all(paths: Iterable[str], current: Path, tree: Path) -> None:
    """The files of `current` at these paths, in `tree` too."""
    for path in paths:
        _in_folder(_link, f"{current}/{path}", f"{tree}/{path}")


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


def _link(origin: str, target: str) -> None:
    """A copy where the disk has no links of this kind."""
    try:
        os.link(origin, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(origin, target)
