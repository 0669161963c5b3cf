"""What a scenario of the benchmark is, and what each generator brings to it: sources, outputs and checks.

A scenario is opened once for each generator, which prepares what is not to be measured, and then asked for
one measured run after the other, the generators taking turns.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from competitors import Competitor
from made import Item, Made
from measure import LIMIT, Measured, measure
from peers.command import Command


class Broken(Exception):
    """A generator failed, or did not make what was asked for."""


@dataclass(frozen=True)
class Run:
    """One measured run, and what it wrote if it wrote anything."""

    measured: Measured
    output: Path | None = None


class Entrant:
    """One generator with one corpus. Each change that is made is of a record of its own, as far as they last.

    Outputs are never deleted here, nor written to twice unless the scenario is about that: after many files
    were deleted, some file systems make new ones slowly for half a minute, which would strike whoever
    builds next. All of it goes when the whole benchmark has ended.
    """

    def __init__(self, competitor: Competitor, made: Made, folder: Path) -> None:
        self.competitor = competitor
        self.made = made
        self._folder = folder
        self._outputs = 0
        self._searched: Path | None = None
        folder.mkdir()
        (folder / "outputs").mkdir()

    def source(self, *, search: bool = False) -> Path:
        """The corpus in the generator's own form."""
        place = self._folder / ("source-search" if search else "source")
        if not place.exists():
            self.competitor.prepare(self.made.folder, place)
            if search:
                self.competitor.turn_on_search(place)
        return place

    def new_output(self) -> Path:
        """A folder that is not there yet."""
        self._outputs += 1
        return self._folder / "outputs" / str(self._outputs)

    def build(self, output: Path, *, search: bool = False) -> Measured:
        """Build once, measured."""
        command = self.competitor.search_command if search else self.competitor.command
        assert command is not None, self.competitor.id
        return run(command(self.source(search=search), output))

    def built_with_search(self) -> Path:
        """An output with a search, built once and then rebuilt by all scenarios that start from one."""
        if self._searched is None:
            output = self.new_output()
            self.build(output, search=True)
            self._searched = output
        return self._searched

    def file(self, item: Item, *, search: bool = False) -> Path:
        """Where a record lies in the generator's sources."""
        return self.competitor.file(self.source(search=search), item)

    def item(self, number: int) -> Item:
        """The record that is changed in a run: the same for all generators, another in each run."""
        return self.made.changeable[number % len(self.made.changeable)]

    def prove(self, output: Path) -> None:
        """See that every record has its page, with its title in it."""
        if missing := self.made.without_page(output):
            raise Broken(f"{len(missing)} records without a page, such as {missing[0]}")


Turn = Callable[[int], Run]
Opened = Callable[[Entrant], AbstractContextManager[Turn]]


@dataclass(frozen=True)
class Scenario:
    """What is measured: `does` says it to a reader. `sizes` are the numbers of records that it is for.

    `deletes` tells that our build deletes a release in it, after which the others wait (`settling.py`).
    """

    id: str
    does: str
    opened: Opened
    sizes: tuple[int, ...] = (1_000, 10_000)
    deletes: bool = False


def run(command: Command) -> Measured:
    """Run a command, which must end well."""
    measured = measure(command.arguments, command.folder, command.environment)
    if not measured.in_time:
        raise Broken(f"was not done in {LIMIT:.0f} seconds")
    if measured.exit_code:
        raise Broken(f"exit code {measured.exit_code}: {measured.output.strip()[-400:]}")
    return measured
