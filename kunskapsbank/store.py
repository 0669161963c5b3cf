"""What earlier runs have made, in files that may be thrown away at any time.

It lies in the user's own folder for such things and never in the source: what a stranger sends in must not
be able to pass for something that we have checked. A file that is damaged, half written or made for
another key is as good as none, and a folder that can't be written to keeps nothing.
"""

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kunskapsbank.digests import SIZE, digest

SETTING: Final = "KUNSKAPSBANK_CACHE"
"""The variable of the environment that names the folder; where it is empty, nothing is kept."""

_NAME: Final = "kunskapsbank"
_MAGIC: Final = b"kunskapsbanken 1\n"
_SOURCE: Final = "source.txt"
"""In each folder, the path of the source that it is for: what is gone needs none."""


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
        """Makes the folder, and takes the chance to forget sources that are no more."""
        if folder.is_dir():
            return
        folder.mkdir(parents=True, mode=0o700)
        (folder / _SOURCE).write_text(str(self.source), "utf-8")
        for other in folder.parent.iterdir():
            with suppress(OSError, ValueError):
                if not Path((other / _SOURCE).read_text("utf-8")).exists():
                    shutil.rmtree(other, ignore_errors=True)


def store_of(source: Path, environment: Mapping[str, str]) -> Store:
    """The store of a source, where the environment says that there is a place for it."""
    whole = source.resolve()
    home = _home(environment)
    return Store(home / digest(str(whole)).hex() if home else None, whole)


def nothing_kept(source: Path) -> Store:
    return Store(None, source)


def _home(environment: Mapping[str, str]) -> Path | None:
    if SETTING in environment:
        return Path(environment[SETTING]) if environment[SETTING] else None
    for variable, *steps in (("XDG_CACHE_HOME",), ("LOCALAPPDATA",), ("HOME", ".cache")):
        if environment.get(variable):
            return Path(environment[variable], *steps, _NAME)
    return None
