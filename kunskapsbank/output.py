"""Output as values: what a file of the site holds, and where it came from."""

from collections.abc import Callable
from typing import Final, NamedTuple


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


FIXED: Final = b"-"
"""The key of what is made from nothing but what every file is made from."""


class Maker(NamedTuple):
    """Makes the file at `path` when called. Cheap to list, so that the work can be shared between processes,
    and a file can be made alone.

    While `key` and what every file is made from stay the same (the program, the settings, the dictionary, the
    frames), so does the file. Without one it is taken to be made from all there is.

    `is_permanent` is false for a file whose URL nobody is promised: one of a single release, or a further page of a list.
    """

    path: str
    make: Callable[[], Made]
    key: bytes | None = None
    is_permanent: bool = True

    def __call__(self) -> File:
        return File(self.path, *self.make())
