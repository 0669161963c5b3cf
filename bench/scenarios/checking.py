"""Checks without building, which only our generator can: all files, and one that was changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import edits
from competitors import our_command
from scenarios.scenario import Entrant, Run, Scenario, Turn, run

FIRST = 9
"""The record that the changes begin at."""


@contextmanager
def _all(entrant: Entrant) -> Iterator[Turn]:
    source = entrant.source()
    yield lambda _: Run(run(our_command("check", "--source", str(source))))


@contextmanager
def _one(entrant: Entrant) -> Iterator[Turn]:
    source = entrant.source()
    left_in = source.with_name("checked.left")
    run(our_command("check", "--source", str(source), left_in=left_in))

    def turn(number: int) -> Run:
        file = entrant.file(entrant.item(FIRST + number))
        edits.change_word(file, f"rattatord{number}")
        return Run(run(our_command("check", "--source", str(source), str(file), left_in=left_in)))

    yield turn


CHECK = Scenario("check", "check every file; the processor time counts", _all)
CHECK_ONE = Scenario("check-one", "check again, naming the one file that was changed", _one)
