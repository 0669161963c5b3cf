"""A program of others at work in the background, in a folder of its own that is gone afterwards."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kunskapsbank.processes import DIE_WITH_PARENT
from kunskapsbank.work_dirs import MEMORY, work_dir


class EngineError(Exception):
    """A program that we need is missing or failed; its message is one sentence for a person."""


class Background:
    """A context manager. What the program is, `begin` says; `wait` gives how it ended. The folder lies in `parent`, or
    where the system has such folders."""

    parent: str | None = None

    def begin(self, place: Path) -> subprocess.Popen[str]:
        """Starts it in an empty folder."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.place = stack.enter_context(work_dir(self.parent))
            self._process = self.begin(self.place)
            stack.callback(self._end)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _end(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
            self._process.wait()

    @property
    def done(self) -> bool:
        """Whether there is nothing left to wait for."""
        return self._process.poll() is not None

    def wait(self) -> tuple[bool, str]:
        """Whether all went well, and what the program said."""
        went_well = self._process.wait() == 0
        return went_well, (self.place / _SAID).read_text("utf-8", errors="replace")


def memory_for(size: int) -> str | None:
    """A folder in memory with room for so many bytes, where the system has one. Thousands of small files that are
    gone a second later cost a disk more than the program that they are for."""
    try:
        about = os.statvfs(MEMORY)
    except (OSError, AttributeError):
        return None
    has_room = about.f_bavail * about.f_frsize >= size and os.access(MEMORY, os.W_OK)
    return MEMORY if has_room else None


_SAID: Final = "said.txt"
"""In the folder. A pipe that nobody reads until the end would stop a program that says much."""


def start(command: Sequence[str], place: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """Runs a program with its options. Its output is kept, to be told if it fails."""
    with (place / _SAID).open("wb") as said:
        return subprocess.Popen(
            command,
            cwd=place,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=DIE_WITH_PARENT,  # noqa: PLW1509  # one call of the system's, and no lock of ours is taken
        )


def cause_in(output: str) -> str:
    """Return what failed, from all that a program said: the line that tells it, and in our words where we have any."""
    lines = [line.strip() for line in output.splitlines()]
    lines = [line for line in lines if line and "RUST_BACKTRACE" not in line and not line.startswith("note:")]
    said = _telling(lines)
    return next((words for pattern, words in _KNOWN.items() if re.search(pattern, said)), said)


def _telling(lines: Sequence[str]) -> str:
    """Rust names the place first and Python the error last; others begin with what is wrong."""
    if not lines:
        return "okänt fel"
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if " panicked at " in line and following:
            return following
    errors = [
        line for line in lines if "error" in line.lower() and not line.startswith(("Traceback", "Aborted"))
    ]
    is_python = any(line.startswith("Traceback") for line in lines)
    return (errors or lines[-1 if is_python else 0 :])[0]


_KNOWN: Final = {
    r"No space left on device|os error 28|Errno 28": "skivan är full",
    r"memory allocation of|Cannot allocate memory|MemoryError|os error 12|Errno 12": "minnet räckte inte",
    r"Too many open files|os error 24|Errno 24": "för många filer är öppna",
    r"can't start new thread|Resource temporarily unavailable|os error 11": "datorn kunde inte starta fler trådar",
}
"""What the system says through a program, in our words."""
