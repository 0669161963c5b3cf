"""Output as values: what a file of the site holds, and where it came from."""

from collections.abc import Callable
from typing import NamedTuple


class Made(NamedTuple):
    """The bytes of a file. `made_from` names the source files whose content is in it, beside the templates,
    the settings and the dictionary."""

    content: bytes
    made_from: tuple[str, ...] = ()


class File(NamedTuple):
    """A file of the release. `path` is relative to the site's root; the rest is as in `Made`."""

    path: str
    content: bytes
    made_from: tuple[str, ...] = ()


class Maker(NamedTuple):
    """Makes the file at `path` when called. Cheap to list, so that the work can be shared between processes,
    and a file can be made alone."""

    path: str
    make: Callable[[], Made]

    def __call__(self) -> File:
        return File(self.path, *self.make())
