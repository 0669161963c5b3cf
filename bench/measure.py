"""Runs a command and measures it: wall time, processor time, and peak memory of all its processes together.

Time is from start to end of the whole process, start-up included. Processor time is what the process and
those of its children that it waited for used, in user and system mode. Memory is the sum over the
command's processes of their proportional set size (PSS: what a process has in memory, with what it
shares split between those that share it), looked at every 20 milliseconds; the greatest sum counts.
Looking costs time that the command could have used, so the pauses grow with it, and looking never
takes more than a twentieth of one core. A peak between two looks is missed. Only Linux tells PSS.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread, Timer

LIMIT = 1800.0
"""Seconds that a command may take, which is many times what the slowest of them needs."""

PAUSE = 0.02
PAUSE_FOR_EACH_LOOK = 20


@dataclass(frozen=True)
class Measured:
    """One run of a command. Output is what it wrote to standard output and error. What was not measured is 0. What had
    not ended in time was ended."""

    seconds: float
    cpu_seconds: float = 0.0
    peak_bytes: int = 0
    exit_code: int = 0
    output: str = ""
    in_time: bool = True


def measure(
    command: Sequence[str], folder: Path, said: Mapping[str, str] | None = None, limit: float = LIMIT
) -> Measured:
    """Run a command in a folder, in a session of its own, to its end. `said` is added to its environment."""
    with TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**environment(), **(said or {})},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        watch, late = _Watch(process.pid), Event()
        timer = Timer(limit, _end, (process.pid, late))
        watch.start()
        timer.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            timer.cancel()
            watch.stop()
        log.seek(0)
        output = log.read().decode("utf-8", errors="replace")
    cpu_seconds = used.ru_utime + used.ru_stime
    return Measured(seconds, cpu_seconds, watch.peak_bytes, process.returncode, output, not late.is_set())


def _end(session: int, late: Event) -> None:
    late.set()
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


def environment() -> dict[str, str]:
    """As on an ordinary machine, where Python keeps the code that it has compiled, and without MkDocs' notice."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "NO_MKDOCS_2_WARNING": "1"}


class _Watch(Thread):
    """Looks at the memory of all processes of a session until it is stopped."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self._session = session
        self._in_session: dict[str, bool] = {}
        self._end = Event()

    def run(self) -> None:
        pause = 0.0
        while not self._end.wait(pause):
            start = time.perf_counter()
            self.peak_bytes = max(self.peak_bytes, sum(map(_pss, self._processes())))
            pause = max(PAUSE, PAUSE_FOR_EACH_LOOK * (time.perf_counter() - start))

    def stop(self) -> None:
        self._end.set()
        self.join()

    def _processes(self) -> list[str]:
        """The session's processes. Each is asked only once for its session: asking is slow."""
        found = [name for name in os.listdir("/proc") if name.isdigit()]
        for name in found:
            if name not in self._in_session:
                self._in_session[name] = _session(name) == self._session
        return [name for name in found if self._in_session[name]]


def _session(process: str) -> int:
    with suppress(OSError):
        stat = Path("/proc", process, "stat").read_text("utf-8", errors="replace")
        return int(stat.rpartition(")")[2].split()[3])
    return 0


def _pss(process: str) -> int:
    with suppress(OSError):
        for line in Path("/proc", process, "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
