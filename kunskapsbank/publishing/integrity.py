"""Whether the files of a release are those that were written: the tree on the disk held against the manifest."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from kunskapsbank.parallel import in_chunks
from kunskapsbank.publishing.disk import READABLE, SEARCHABLE, is_public
from kunskapsbank.publishing.manifest import Entry


class Kind(StrEnum):
    """How a path of a tree differs from the manifest."""

    CHANGED = "changed"
    MISSING = "missing"
    EXTRA = "extra"
    WRONG_KIND = "wrong kind"
    UNREADABLE = "unreadable"


class Difference(NamedTuple):
    """`path` is relative to the tree; that of a folder ends with a slash."""

    path: str
    kind: Kind


def differences(tree: Path, files: Mapping[str, Entry], cores: int) -> list[Difference]:
    """Return all that differs between a tree and the files that it must have, in order of the paths. Every file is
    read. A tree that is missing lacks every file."""
    found = in_chunks(lambda some: list(_content(str(tree), some)), list(files.values()), cores)
    return sorted({*chain.from_iterable(found), *_beside(str(tree), files)})


def _content(tree: str, entries: Sequence[Entry]) -> Iterator[Difference]:
    for entry in entries:
        kind = _kind(f"{tree}/{entry.path}", entry)
        if kind is not None:
            yield Difference(entry.path, kind)


def _kind(path: str, entry: Entry) -> Kind | None:
    """Return how a file differs from what was written; None where it does not."""
    try:
        about = os.lstat(path)
        if not stat.S_ISREG(about.st_mode):
            return Kind.WRONG_KIND
        if about.st_size != entry.size or digest_of_file(path) != entry.digest:
            return Kind.CHANGED
    except (FileNotFoundError, NotADirectoryError):
        return Kind.MISSING
    except OSError:
        return Kind.UNREADABLE
    return None if is_public(about.st_mode, READABLE) else Kind.UNREADABLE


def digest_of_file(path: str) -> str:
    """Return the SHA-256 of a file in hexadecimal. Raise `OSError`."""
    with open(path, "rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _beside(tree: str, files: Mapping[str, Entry]) -> Iterator[Difference]:
    """Yield what the manifest does not have, and folders that not everybody may read."""
    needed = folders_of(files)
    for path, mode in walk(tree):
        if path.endswith("/"):
            if path not in needed:
                yield Difference(path, Kind.EXTRA)
            elif not is_public(mode, SEARCHABLE):
                yield Difference(path, Kind.UNREADABLE)
        elif path not in files:
            yield Difference(path, Kind.EXTRA)


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the paths of all folders that files lie in, each with a slash at its end."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and f"{folder}/" not in found:
            found.add(f"{folder}/")
            folder = folder.rpartition("/")[0]
    return found


def walk(folder: str, above: str = "") -> Iterator[tuple[str, int]]:
    """Yield everything in a folder by its path from there, with its mode; folders end with a slash and come after
    what is in them. Links are not followed. What can't be read counts as empty."""
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError:
        return
    for entry in found:
        path = above + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from walk(entry.path, f"{path}/")
            yield f"{path}/", entry.stat(follow_symlinks=False).st_mode
        else:
            yield path, 0
