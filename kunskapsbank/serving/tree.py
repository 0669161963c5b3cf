"""What lies in the folders that a site is made from, and what has been saved there since the last look.

The watcher of the system only wakes us: what has changed is found by looking, so that nothing depends on
how an editor saves, on folders that change names, or on events that a system drops.
"""

import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from watchfiles import watch

from kunskapsbank.settings import FILES

STILL: Final = 50
"""Milliseconds without a save after which those before are taken together."""
MOMENT: Final = 100
"""Milliseconds after which somebody who waits for a save is told that there was none."""

_PASSING: Final = re.compile(r"[.#]|~\$|.*(~|\.sw.|\.tmp|\.bak|___jb_(tmp|old)___)$|4913$")
"""Names of what editors put beside a file while it is open or being saved, and of hidden files."""

Mark = tuple[int, ...]
"""Changes when a file does: its size, its time and the number that the disk knows it by. A folder's is empty."""


class Tree(NamedTuple):
    """`marks` are by path from the source; `folders` are the paths of folders, the source's own is empty."""

    marks: Mapping[str, Mark]
    folders: frozenset[str]


def look(source: Path, names: Iterable[str]) -> Tree:
    """The files of the settings and all that is in the folders of these names. Links are not followed. Raises
    `FileNotFoundError` where there is no source."""
    marks: dict[str, Mark] = {}
    folders = {""}
    with os.scandir(source) as entries:
        wanted = {*FILES, *names}
        _add([entry for entry in entries if entry.name in wanted], "", marks, folders)
    return Tree(marks, frozenset(folders))


def _add(entries: Iterable[os.DirEntry[str]], above: str, marks: dict[str, Mark], folders: set[str]) -> None:
    for entry in entries:
        path = above + entry.name
        try:
            if entry.is_dir(follow_symlinks=False):
                marks[path] = ()
                folders.add(path)
                with os.scandir(entry.path) as inside:
                    fit = [one for one in inside if not _PASSING.match(one.name)]
                _add(fit, f"{path}/", marks, folders)
            else:
                about = entry.stat(follow_symlinks=False)
                marks[path] = (about.st_size, about.st_mtime_ns, about.st_ino)
        except OSError:
            pass  # gone since it was listed, or not to be read: the checks tell


def changed(before: Tree, after: Tree) -> frozenset[str]:
    """The paths of files and folders that have changed, come or gone."""
    return frozenset(path for path, _ in before.marks.items() ^ after.marks.items())


def saves(source: Path, names: Callable[[], Iterable[str]]) -> Generator[frozenset[str]]:
    """The paths of what has been saved, over and over; none where nothing has been for a moment.

    The first are none: what is saved after that is told, however long the answer takes. `names` are the
    folders to look in, asked for at every look. Raises `FileNotFoundError` when the source is gone.
    """
    tree = look(source, names())
    yield frozenset()
    while True:
        watched, first = tree.folders, True
        try:
            for events in _events(source, watched):
                saved = frozenset[str]()
                if events or first:  # what was saved before the watch began has no event
                    before, tree, first = tree, look(source, names()), False
                    saved = changed(before, tree)
                yield saved
                if tree.folders != watched:
                    break
        except FileNotFoundError:  # a folder has gone since the look
            before, tree = tree, look(source, names())
            yield changed(before, tree)


def _events(source: Path, folders: Iterable[str]) -> Iterator[object]:
    """Folders are watched one by one, since all that is below the source (releases, packages) may be large."""
    return watch(
        *sorted(source / folder for folder in folders),
        recursive=False,
        watch_filter=None,
        step=STILL,
        rust_timeout=MOMENT,
        yield_on_timeout=True,
    )
