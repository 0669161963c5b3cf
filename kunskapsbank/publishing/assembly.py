"""Puts a tree together: files just made, and files of the release that is up, linked and not copied.

It can begin with the tree of a release that nobody needs any more: making ten thousand folders anew takes
longer than all the rest.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Set
from pathlib import Path


def link_all(paths: Iterable[str], current: Path, tree: Path) -> None:
    """The files of `current` at these paths, in `tree` too."""
    tree.mkdir(exist_ok=True)
    for path in paths:
        _in_folder(_link, f"{current}/{path}", f"{tree}/{path}")


def move_all(made: Path, tree: Path) -> None:
    """Every file of `made`, into `tree`."""
    for path in _files(str(made)):
        _in_folder(os.replace, f"{made}/{path}", f"{tree}/{path}")


def reuse(spare: Path, kept: Iterable[str], made: Path, current: Path) -> None:
    """Makes of a tree with other files in it what has the files of `current` at the paths `kept`, and room for those
    in `made`."""
    wanted, there = frozenset(kept), set[str]()
    _clear(str(spare), "", wanted, frozenset(_files(str(made))), f"{current}/", there)
    link_all(sorted(wanted - there), current, spare)


def _clear(folder: str, above: str, kept: Set[str], new: Set[str], current: str, there: set[str]) -> bool:
    """Takes away what is not wanted in a folder, and notes what is `there` already as in `current`. Gives whether
    something is left, or is to come in the place of what was."""
    left = False
    with os.scandir(folder) as entries:
        found = list(entries)
    for entry in found:
        path = above + entry.name
        if entry.is_dir(follow_symlinks=False):
            if _clear(entry.path, f"{path}/", kept, new, current, there):
                left = True
            else:
                os.rmdir(entry.path)
        elif path in kept and entry.inode() == os.stat(current + path).st_ino:
            there.add(path)
            left = True
        elif path in new and entry.is_file(follow_symlinks=False):
            left = True
        else:
            os.unlink(entry.path)
    return left


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


def _files(tree: str) -> Iterator[str]:
    for place, _, names in os.walk(tree):
        above = os.path.relpath(place, tree).replace(os.sep, "/")
        yield from (name if above == "." else f"{above}/{name}" for name in names)
