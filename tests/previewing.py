"""Runs the live preview as a writer does, in a process of its own, while a test lasts."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from support import REPOSITORY, TODAY

LOOKS, PAUSE = 600, 0.05
"""A preview that says nothing for half a minute says nothing at all."""

_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+")


class Previewing:
    """A preview of the site at `source`. `said` is all that it has said, `address` has no slash at the end."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process, self._log = process, log
        self.address = ""
        self.until(_ADDRESS.pattern)
        self.address = _ADDRESS.findall(self.said)[0]

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8")

    def until(self, pattern: str) -> str:
        """Waits until it has said something; gives all that it has."""
        for _ in range(LOOKS):
            if re.search(pattern, self.said):
                return self.said
            if self._process.poll() is not None:
                break
            time.sleep(PAUSE)
        pytest.fail(f"never said {pattern}:\n{self.said}")

    def interrupt(self) -> int:
        """Ctrl-C; gives the exit code."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(timeout=20)


@contextmanager
def previewing(
    source: Path, log: Path, *options: str, environment: Mapping[str, str] = TODAY
) -> Iterator[Previewing]:
    with log.open("wb") as said:
        process = subprocess.Popen(
            [
                sys.executable,
                REPOSITORY / "build_site.py",
                "serve",
                "--source",
                source,
                "--port",
                "0",
                *options,
            ],
            env={**os.environ, **environment, "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Previewing(process, log)
        finally:
            process.kill()
            process.wait()
