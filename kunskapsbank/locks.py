"""Locks between processes: a file that one process at a time holds, and that its end, however it comes, lets go.

On Unix these are POSIX record locks and not `flock`: a forked worker does not inherit them, so that one which
outlives a killed build can't hold up the next.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_TAKEN: Final = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_UNSUPPORTED: Final = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)
"""What disks without locks answer, some network disks among them. There a build runs without one, as before."""


class LockTaken(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(path: Path, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock of a file, which is created, with its folder, where it is missing.

    While another process has it, call `on_wait` once and wait. Raise `LockTaken` instead where that is None,
    and `OSError` where the file can't be opened.
    """
    descriptor = _open_locked(path, on_wait)
    try:
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Return whether another process holds the lock of a file; False where there is no such file."""
    if not path.exists():
        return False
    try:
        with locked(path):
            return False
    except LockTaken:
        return True


def _open_locked(path: Path, on_wait: Callable[[], None] | None) -> int:
    """Return the descriptor of a locked file. Its holder may have removed it meanwhile: then lock the new one."""
    while True:
        path.parent.mkdir(exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        try:
            if not _lock(descriptor, wait=False):
                if on_wait is None:
                    raise LockTaken(str(path))
                on_wait()
                _lock(descriptor, wait=True)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(descriptor), os.stat(path)):
                    return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> bool:
    """Lock an open file; return False if another process holds it and `wait` is not set."""
    try:
        _lock_by_system(descriptor, wait)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        if error.errno not in _UNSUPPORTED:
            raise
    return True


if sys.platform == "win32":

    def _lock_by_system(descriptor: int, wait: bool) -> None:
        """Lock the first octet; Windows itself gives up after ten seconds, so ask again."""
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    raise
            else:
                return

else:

    def _lock_by_system(descriptor: int, wait: bool) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
