"""Builds with no output yet: without and with a search, and of more and more records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from scenarios.scenario import Entrant, Run, Scenario, Turn


@contextmanager
def _plain(entrant: Entrant) -> Iterator[Turn]:
    yield _builder(entrant, search=False)


@contextmanager
def _searched(entrant: Entrant) -> Iterator[Turn]:
    yield _builder(entrant, search=True)


def _builder(entrant: Entrant, *, search: bool) -> Turn:
    entrant.source(search=search)

    def turn(_: int) -> Run:
        output = entrant.new_output()
        measured = entrant.build(output, search=search)
        entrant.prove(output)
        return Run(measured, output)

    return turn


COLD = Scenario("cold", "build with no output yet, no search", _plain, sizes=(100, 1_000, 10_000))
COLD_SEARCH = Scenario(
    "cold-search", "build with no output yet, with a search by Pagefind; Hugo is followed by it", _searched
)
GROWTH = Scenario("growth", "cold, of more and more records", _plain, sizes=(1_000, 10_000, 100_000))
