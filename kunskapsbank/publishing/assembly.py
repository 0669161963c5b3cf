"""Puts a tree together: files just made, and files of the release that is up, linked and not copied.

It can begin with the tree of a release that nobody needs any more: making ten thousand folders anew takes
longer than all the rest.
"""

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path


def assemble(made: Path, kept: Collection[str], current: Path, tree: Path) -> None:
    """Makes of `tree` what has the files in `made`, which are moved, and those of `current` at the paths `kept`.
    It may be there already, with other files in it."""
    there = _left(tree, frozenset(kept), current)
    for path in kept:
        if path not in there:
            _link(f"{current}/{path}", f"{tree}/{path}")
    for path in _files(made):
        target = f"{tree}/{path}"
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.rename(f"{made}/{path}", target)


def _left(tree: Path, kept: frozenset[str], current: Path) -> frozenset[str]:
    """The paths of the files in a tree that are those of `current`; takes everything else away."""
    left = set()
    for place, folders, names in os.walk(tree, topdown=False):
        inside = os.path.relpath(place, tree).replace(os.sep, "/")
        above = "" if inside == "." else f"{inside}/"
        for name in names:
            path = above + name
            if path in kept and os.path.samefile(f"{place}/{name}", f"{current}/{path}"):
                left.add(path)
            else:
                os.unlink(f"{place}/{name}")
        for name in folders:
            folder = f"{place}/{name}"
            if os.path.islink(folder):
                os.unlink(folder)
            elif not os.listdir(folder):
                os.rmdir(folder)
    return frozenset(left)


def _link(origin: str, target: str) -> None:
    """A copy where the disk has no links of this kind."""
    try:
        _linked(origin, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        _linked(origin, target)


def _linked(origin: str, target: str) -> None:
    try:
        os.link(origin, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(origin, target)


def _files(tree: Path) -> Iterator[str]:
    found: Iterable[str] = (os.path.join(place, name) for place, _, names in os.walk(tree) for name in names)
    yield from (os.path.relpath(path, tree).replace(os.sep, "/") for path in found)
