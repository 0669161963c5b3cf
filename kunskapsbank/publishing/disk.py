"""What a release asks of the disk: modes for every reader, bytes that outlast a power cut, files of its own."""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

FOLDER_MODE: Final = 0o755
FILE_MODE: Final = 0o644
READABLE: Final = 0o444
SEARCHABLE: Final = 0o555
"""What a web server of another user needs of a file and of a folder."""

_NO_CLONES: Final = (errno.EXDEV, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM)
"""What `copy_file_range` answers where the disk or the kernel has no such call."""


def is_public(mode: int, needed: int) -> bool:
    """Return whether everybody has the rights that are `needed`; Windows knows no such modes."""
    return os.name == "nt" or mode & needed == needed


@contextmanager
def public_modes() -> Iterator[None]:
    """Create files as 0644 and folders as 0755, whatever the user's umask is."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def make_public_folder(folder: Path) -> None:
    """Make a folder that every reader may pass, or give an existing one that mode. Raise `OSError`."""
    folder.mkdir(exist_ok=True)
    if not is_public(folder.stat().st_mode, SEARCHABLE):
        folder.chmod(FOLDER_MODE)


def copy_file(origin: str, target: str, modified: int) -> None:
    """Copy a file; the copy gets the modification time `modified`, in nanoseconds. On disks that can, both share
    their blocks until one is changed (a reflink). Raise `OSError`; `FileNotFoundError` also where the folder of the
    target is missing."""
    with open(origin, "rb", buffering=0) as source, open(target, "wb", buffering=0) as copy:
        _copy_content(source.fileno(), copy.fileno())
    os.utime(target, ns=(modified, modified))


def _copy_content(source: int, copy: int) -> None:
    rest = os.fstat(source).st_size
    if hasattr(os, "copy_file_range"):
        try:
            while rest > 0 and (copied := os.copy_file_range(source, copy, rest)):
                rest -= copied
        except OSError as error:
            if error.errno not in _NO_CLONES:
                raise
    if rest > 0:
        with open(os.dup(source), "rb") as reader, open(os.dup(copy), "wb") as writer:
            shutil.copyfileobj(reader, writer)


def flush(folder: Path) -> None:
    """Wait until all that was written to the disk of a folder is on it. Raise `OSError` where the disk failed."""
    if _SYNCFS is None:
        _flush_without_syncfs(folder)
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if _SYNCFS(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk. Windows can't be asked for it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network disks know no such call for folders
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_without_syncfs(folder: Path) -> None:
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), "rb+", buffering=0) as file:
                os.fsync(file.fileno())
        flush_folder(Path(place))


def _syncfs() -> Callable[[int], int] | None:
    """Return Linux's call that flushes one disk: thousands of calls for single files take a minute where this takes a
    second."""
    try:
        return ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError, TypeError):
        return None


_SYNCFS: Final = _syncfs()
