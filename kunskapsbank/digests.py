"""Digests: of values, of files, and of the program itself, so that a change in any of them is seen."""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

SIZE: Final = 16
"""Octets of a digest. Nobody gains by finding two inputs that share one: both would be their own."""


def digest(*parts: str | bytes) -> bytes:
    """One for some parts in their order. Where one part ends and the next begins counts too."""
    made = blake2b(digest_size=SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(b"%d:" % len(data))
        made.update(data)
    return made.digest()


def of_files(folder: Path, names: Iterable[str]) -> bytes:
    """One for files and for all that lies in folders, by their names and what is in them. What is missing counts
    as missing, and links are taken for what they say."""
    parts: list[str | bytes] = []
    for path in sorted(path for name in names for path in _paths(os.path.join(folder, name))):
        parts += [os.path.relpath(path, folder), _content(path)]
    return digest(*parts)


def _paths(path: str) -> Iterator[str]:
    if not os.path.isdir(path) or os.path.islink(path):
        yield path
        return
    for place, folders, names in os.walk(path):
        folders[:] = [name for name in folders if name != "__pycache__"]
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        yield from (os.path.join(place, name) for name in (*names, *links))


def _content(path: str) -> bytes:
    try:
        if os.path.islink(path):
            return b"link " + os.fsencode(os.readlink(path))
        with open(path, "rb", buffering=0) as file:
            return b"file " + file.read()
    except OSError as error:
        return b"none %d" % (error.errno or 0)


@cache
def program() -> bytes:
    """Of our own code and templates, the Python that runs it and the libraries that are installed beside it."""
    own = Path(__file__).parent
    return digest(sys.version, *_libraries(), of_files(own, sorted(os.listdir(own))))


def _libraries() -> Iterator[str]:
    """The names of their folders, in which their versions stand."""
    for place in sys.path:
        if os.path.isdir(place):
            yield from sorted(
                name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info"))
            )
