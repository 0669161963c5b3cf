"""Builds again, in a new process, over an output with a search: after a change of one record, and after none.

Whoever can't build only what changed builds everything again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import edits
from made import Item
from scenarios.scenario import Broken, Entrant, Run, Scenario, Turn

FIRST_EDITED, FIRST_MOVED = 0, 3
"""The records that the scenarios begin at, so that they change different ones."""


@contextmanager
def _edited(entrant: Entrant) -> Iterator[Turn]:
    output = entrant.built_with_search()

    def turn(number: int) -> Run:
        item = entrant.item(FIRST_EDITED + number)
        word = f"nyttord{number}"
        edits.change_word(entrant.file(item, search=True), word)
        return _rebuilt(entrant, output, item, word)

    yield turn


@contextmanager
def _moved(entrant: Entrant) -> Iterator[Turn]:
    output = entrant.built_with_search()

    def turn(number: int) -> Run:
        item = entrant.item(FIRST_MOVED + number)
        county = edits.change_county(entrant.file(item, search=True), entrant.made.counties)
        return _rebuilt(entrant, output, item, county)

    yield turn


@contextmanager
def _unchanged(entrant: Entrant) -> Iterator[Turn]:
    output = entrant.built_with_search()
    entrant.build(output, search=True)  # what other scenarios changed is built here

    def turn(_: int) -> Run:
        before = _state(output)
        measured = entrant.build(output, search=True)
        if entrant.competitor.id == "ours" and _state(output) != before:
            raise Broken("wrote to the output though nothing had changed")
        return Run(measured, output)

    yield turn


def _rebuilt(entrant: Entrant, output: Path, item: Item, wanted: str) -> Run:
    """Build again, and see that the record's page is another and has what it should."""
    before = (output / item.page).read_text("utf-8")
    measured = entrant.build(output, search=True)
    after = (output / item.page).read_text("utf-8")
    if after == before or wanted not in after:
        raise Broken(f"{item.page} was not built again: {wanted} is not in it")
    return Run(measured, output)


def _state(output: Path) -> tuple[Path, Mapping[str, tuple[int, int]]]:
    """Where an output really lies, and the time and size of each of its files."""
    real = output.resolve()
    stats = ((path, path.stat()) for path in real.rglob("*"))
    return real, {str(path): (stat.st_mtime_ns, stat.st_size) for path, stat in stats}


EDITED = Scenario("edited", "built again after one word was changed, with Pagefind", _edited, deletes=True)
FACET = Scenario(
    "facet", "built again after one record changed its county, with Pagefind", _moved, deletes=True
)
UNCHANGED = Scenario("unchanged", "built again after no change, with Pagefind", _unchanged, deletes=True)
