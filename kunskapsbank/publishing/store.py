"""The releases of an output: where each lies, which one readers see, which one is pinned."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from kunskapsbank.locks import locked
from kunskapsbank.processes import is_running
from kunskapsbank.publishing.beside import written_beside
from kunskapsbank.publishing.disk import flush_folder, make_public_folder, public_modes
from kunskapsbank.publishing.manifest import MANIFEST

TREE: Final = "tree"
"""In the folder of a release: its files."""

RELEASES_BACK: Final = 2
"""How many releases before the current one no build may take apart."""

_ID: Final = re.compile(r"[0-9a-f]{16}")
_STAGING: Final = ".new-"
_OLD: Final = ".old-"
_LOCK: Final = ".lock"
_PIN: Final = ".pinned"


class ReleaseStore(NamedTuple):
    """The releases of one output. They lie beside it in one folder, so that on every disk a release can take the
    output's place in one step."""

    output: Path

    @property
    def folder(self) -> Path:
        return self.output.parent / f".{self.output.name}.releases"

    @property
    def staging(self) -> Path:
        """The folder in which this process puts a release together."""
        return self.folder / f"{_STAGING}{os.getpid()}"

    def release(self, release_id: str) -> Path:
        """Return the folder of a release, which has its manifest and, with symbolic links, its tree."""
        return self.folder / release_id

    def tree(self, release_id: str) -> Path:
        """Return where the files of a release lie, whatever another build may put up in the meantime."""
        tree = self.release(release_id) / TREE
        return tree if tree.is_dir() else self.output  # which is the tree itself where there are no links

    def ids(self) -> list[str]:
        """Return the ids of all releases, the one that readers saw last first."""
        if not self.folder.is_dir():
            return []
        found = [path for path in self.folder.iterdir() if _ID.fullmatch(path.name) and path.is_dir()]
        return [path.name for path in sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)]

    def current(self) -> str:
        """Return the id of the release that readers see; empty where there is none."""
        if self.output.is_symlink():
            parts = Path(os.readlink(self.output)).parts
            is_ours = parts[:1] == (self.folder.name,) and parts[2:] == (TREE,)
            return parts[1] if is_ours and (self.output / ".").exists() else ""
        return self.without_tree() if self.output.is_dir() else ""

    def without_tree(self, but: str = "") -> str:
        """Return the id of the release whose tree is the output itself, on a system without symbolic links."""
        for release_id in self.ids():
            folder = self.release(release_id)
            if release_id != but and (folder / MANIFEST).is_file() and not (folder / TREE).exists():
                return release_id
        return ""

    def back(self) -> list[str]:
        """Return the releases that one can go back to and no build may take apart: the pinned one, and the latest."""
        current, pinned = self.current(), self.pinned()
        others = [release_id for release_id in self.ids() if release_id != current]
        return [*others[:RELEASES_BACK], *(one for one in others[RELEASES_BACK:] if one == pinned)]

    def spares(self) -> list[str]:
        """Return the releases that builds may take apart, the latest first."""
        kept = {self.current(), *self.back()}
        return [release_id for release_id in self.ids() if release_id not in kept]

    def pinned(self) -> str:
        """Return the id of the release that builds must leave in place; empty where none is pinned."""
        try:
            return (self.folder / _PIN).read_text("ascii").strip()
        except (OSError, ValueError):
            return ""

    def pin(self, release_id: str) -> None:
        """Have builds leave a release in place. Raise `OSError`."""
        with public_modes(), written_beside(self.folder / _PIN) as file:
            file.write(f"{release_id}\n".encode("ascii"))

    def unpin(self) -> None:
        (self.folder / _PIN).unlink(missing_ok=True)
        flush_folder(self.folder)

    @contextmanager
    def locked(self, on_wait: Callable[[], None] | None) -> Iterator[None]:
        """Hold the lock of this output, so that one process at a time changes its releases. See `locks.locked`.

        Where nothing was released nothing is left behind.
        """
        with public_modes():
            make_public_folder(self.folder)
        try:
            with locked(self.folder / _LOCK, on_wait):
                try:
                    yield
                finally:
                    if not self.ids():
                        self._remove_empty()
        finally:
            with suppress(OSError):
                self.folder.rmdir()

    def _remove_empty(self) -> None:
        """Remove the lock's file while it is held: whoever waits for it finds that and takes a new one."""
        with suppress(OSError):
            (self.folder / _LOCK).unlink()

    def touch(self, release_id: str) -> int:
        """Make a release the latest. Return a time of the disk's, in nanoseconds, before which all its files were
        written: one that has changed later was changed by others."""
        folder = self.release(release_id)
        os.utime(folder)
        return folder.stat().st_ctime_ns

    def remove_abandoned(self) -> None:
        """Remove what builds have left that were killed."""
        for path in self.folder.iterdir():
            name = path.name
            if name.startswith((_STAGING, _OLD, "aside-")) and not _is_in_use(name):
                remove(path)

    def remove(self, release_id: str) -> None:
        """Remove a release; it stops being one before its files go."""
        aside = self.folder / f"{_OLD}{os.getpid()}-{release_id}"
        with suppress(OSError):
            os.rename(self.release(release_id), aside)
            shutil.rmtree(aside, ignore_errors=True)


def _is_in_use(name: str) -> bool:
    """Return whether the process that a folder is named after is another one, and runs."""
    number = re.search(r"-([0-9]+)", name)
    return number is not None and int(number[1]) != os.getpid() and is_running(int(number[1]))


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with all that is in it. What can't be removed stays."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
