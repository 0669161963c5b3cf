"""Temporary folders that name their process and are removed with it or, after a kill, by a later run."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from kunskapsbank.locks import is_held, locked
from kunskapsbank.processes import is_running

_PREFIX: Final = "kunskapsbank-"
_NAME: Final = re.compile(rf"{_PREFIX}[0-9]+-[a-z0-9_]{{8}}")
_LOCK: Final = "owner.lock"
"""In each folder; its process holds it. A number alone may belong to a process of another container."""

MEMORY: Final = "/dev/shm"  # noqa: S108  # only folders with names that nobody can know are made there


@contextmanager
def work_dir(parent: str | None = None) -> Iterator[Path]:
    """Make an empty folder and remove it at the end. It lies in `parent`, or where the system has such folders.

    Raise `OSError` where it can't be made.
    """
    with ExitStack() as stack:
        name = stack.enter_context(
            tempfile.TemporaryDirectory(
                prefix=f"{_PREFIX}{os.getpid()}-", dir=parent, ignore_cleanup_errors=True
            )
        )
        stack.enter_context(locked(Path(name, _LOCK)))
        folder = Path(name, "work")
        folder.mkdir()
        yield folder


def remove_abandoned() -> None:
    """Remove the folders of processes that were killed. What can't be removed stays."""
    for parent in {tempfile.gettempdir(), MEMORY}:
        for folder in _candidates(parent):
            if _is_abandoned(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _candidates(parent: str) -> list[Path]:
    try:
        with os.scandir(parent) as entries:
            return [
                Path(e.path) for e in entries if _NAME.fullmatch(e.name) and e.is_dir(follow_symlinks=False)
            ]
    except OSError:
        return []


def _is_abandoned(folder: Path) -> bool:
    """Return whether the folder is our user's and its process is gone. One without a lock has only just been made,
    or was left by a kill in that moment: its process's number decides."""
    owner = int(folder.name.split("-")[1])
    if owner == os.getpid():  # a process does not see locks of its own
        return False
    try:
        if hasattr(os, "getuid") and folder.lstat().st_uid != os.getuid():
            return False
        if (folder / _LOCK).exists():
            return not is_held(folder / _LOCK)
        return not is_running(owner)
    except OSError:
        return False
