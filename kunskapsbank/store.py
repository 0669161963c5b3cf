"""What earlier runs have made, in files that may be thrown away at any time.

It lies in the user's own folder for such things and never in the source: what a stranger sends in must not
be able to pass for something that we have checked. A file that is damaged, half written or made for
another key is as good as none, and a folder that can't be written to keeps nothing.
"""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kunskapsbank.digests import SIZE, digest

SETTING: Final = "KUNSKAPSBANK_CACHE"
"""The variable of the environment that names the folder; where it is empty, nothing is kept."""

_NAME: Final = "kunskapsbank"
_MAGIC: Final = b"kunskapsbanken 2\n"
_STORE_NAME: Final = re.compile(rf"[0-9a-f]{{{2 * SIZE}}}")
_OWNER: Final = "store.txt"
"""In each store: our magic, the disk that the source lies on, and the source's path. It makes the folder ours."""


@dataclass(frozen=True, slots=True)
class Store:
    """Named pieces of data for one source, each for a key. `folder` is None where nothing is kept."""

    folder: Path | None
    source: Path

    def get(self, name: str, key: bytes) -> bytes | None:
        """What was kept under this name for this key."""
        if self.folder is None:
            return None
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        head = len(_MAGIC) + 2 * SIZE
        content = data[head:]
        return content if data[:head] == _MAGIC + key + digest(content) else None

    def put(self, name: str, key: bytes, content: bytes) -> None:
        """Keeps one under a name, in the place of what was there. If that fails, nothing is kept."""
        if self.folder is None:
            return
        with suppress(OSError):
            self._begin(self.folder)
            new = self.folder / f"{name}.{os.getpid()}"
            try:
                new.write_bytes(_MAGIC + key + digest(content) + content)
                os.replace(new, self.folder / name)
            finally:
                new.unlink(missing_ok=True)

    def _begin(self, folder: Path) -> None:
        """Make the folder, and take the chance to remove the stores of sources that are no more."""
        if folder.is_dir():
            return
        folder.mkdir(parents=True, mode=0o700)
        disk = _disk_of(self.source)
        (folder / _OWNER).write_text(f"{_MAGIC.decode()}{disk}\n{self.source}", "utf-8", "surrogateescape")
        for other in folder.parent.iterdir():
            if other != folder and _is_orphan(other):
                _remove(other)


def _is_orphan(folder: Path) -> bool:
    """Return whether a folder is a store of ours whose source has been removed. One whose disk is not mounted now has
    not: something else lies where it lay."""
    if not _STORE_NAME.fullmatch(folder.name) or folder.is_symlink():
        return False
    try:
        owner = (folder / _OWNER).read_text("utf-8", "surrogateescape")
    except (OSError, ValueError):
        return False
    magic, _, rest = owner.partition("\n")
    disk, _, source = rest.partition("\n")
    is_ours = f"{magic}\n".encode() == _MAGIC and os.path.isabs(source)
    return is_ours and not os.path.lexists(source) and disk == str(_disk_of(Path(source)))


def _remove(folder: Path) -> None:
    """Remove a store: the files that begin with our magic and, if nothing else lies there, the folder."""
    for path in folder.iterdir():
        with suppress(OSError):
            with path.open("rb") as file:
                is_ours = file.read(len(_MAGIC)) == _MAGIC
            if is_ours and not path.is_symlink():
                path.unlink()
    with suppress(OSError):
        folder.rmdir()


def _disk_of(path: Path) -> int:
    """Return the number of the disk that a path lies on, or its nearest folder that exists; 0 where there is none."""
    for place in (path, *path.parents):
        with suppress(OSError):
            return os.stat(place).st_dev
    return 0


def store_of(source: Path, environment: Mapping[str, str]) -> Store:
    """The store of a source, where the environment says that there is a place for it."""
    whole = source.resolve()
    home = _home(environment)
    return Store(home / digest(str(whole)).hex() if home else None, whole)


def nothing_kept(source: Path) -> Store:
    return Store(None, source)


def _home(environment: Mapping[str, str]) -> Path | None:
    """Return the folder of all stores. It has our name also where the environment names the place: what else lies
    there is not ours."""
    if SETTING in environment:
        return Path(environment[SETTING], _NAME) if environment[SETTING] else None
    for variable, *steps in (("XDG_CACHE_HOME",), ("LOCALAPPDATA",), ("HOME", ".cache")):
        if environment.get(variable):
            return Path(environment[variable], *steps, _NAME)
    return None
