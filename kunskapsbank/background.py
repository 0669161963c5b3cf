"""A program of others at work in the background, in a folder of its own that is gone afterwards."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self


class EngineError(Exception):
    """A program that we need is missing or failed; its message is one sentence for a person."""


class Background:
    """A context manager. What the program is, `begin` says; `wait` gives how it ended."""

    def begin(self, place: Path) -> subprocess.Popen[str]:
        """Starts it in an empty folder."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="kunskapsbank-")
        self.place = Path(self._folder.name)
        self._process = self.begin(self.place)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.returncode is None:
            self._process.kill()
            self._process.communicate()
        self._folder.cleanup()

    def wait(self) -> tuple[bool, str]:
        """Whether all went well, and what the program said."""
        output, _ = self._process.communicate()
        return self._process.returncode == 0, output


def start(module: Sequence[str], place: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """Runs a Python module with its options. Its output is kept, to be told if it fails."""
    return subprocess.Popen(
        [sys.executable, "-m", *module],
        cwd=place,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
