"""Serves while somebody writes: from the save of a changed word until the record's page has it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from tempfile import TemporaryFile

import edits
from measure import Measured, environment
from peers.command import Command
from scenarios.scenario import Broken, Entrant, Run, Scenario, Turn

LOOPBACK = "127.0.0.1"
PAUSE = 0.003
"""Seconds between two looks at the page."""
TO_START, TO_SHOW, TO_ANSWER, TO_END = 900, 120, 60, 10
"""Seconds that each may take at most."""
FIRST = 6
"""The record that the changes begin at."""


@contextmanager
def _served(entrant: Entrant) -> Iterator[Turn]:
    server = entrant.competitor.server
    assert server is not None, entrant.competitor.id
    source, port = entrant.source(), _free_port()

    def turn(number: int) -> Run:
        item = entrant.item(FIRST + number)
        path, word = f"/{item.page.removesuffix('index.html')}", f"sparatord{number}"
        _wait_for(port, path, item.title, TO_START)  # a writer looks at the page before changing it
        start = time.perf_counter()
        edits.change_word(entrant.file(item), word)
        _wait_for(port, path, word, TO_SHOW)
        return Run(Measured(time.perf_counter() - start))

    with _running(server(source, port)):
        _wait_for(port, "/", "Kunskapsbanken", TO_START)
        yield turn


@contextmanager
def _running(command: Command) -> Iterator[None]:
    """A server in a session of its own, which is ended with the context."""
    with TemporaryFile() as log:
        process = subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            env={**environment(), **command.environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a server as Ctrl-C does, and what is left of its session after that."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(TO_END)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, path: str, text: str, seconds: float) -> None:
    """Ask for a page again and again until it has a text."""
    wanted, end = text.encode("utf-8"), time.monotonic() + seconds
    while wanted not in _get(port, path):
        if time.monotonic() > end:
            raise Broken(f"{path} did not have {text!r} after {seconds} s")
        time.sleep(PAUSE)


def _get(port: int, path: str) -> bytes:
    """The page, or nothing as long as there is none."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=TO_ANSWER)
    with closing(connection), suppress(OSError, http.client.HTTPException):
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.read() if answer.status == http.HTTPStatus.OK else b""
    return b""


SERVE = Scenario("serve", "from a save until the served page shows it, no search", _served)
