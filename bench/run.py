"""Measures our build against its peers, on the same made-up records.

    make bench                            every scenario: about half an hour, most of it with 10,000 records
    make bench QUICK=1                    at most 3 minutes: 1,000 records, one run each, five scenarios of
                                          ours, Hugo and Material (QUICK_SCENARIOS, QUICK_ONLY)
    python bench/run.py --only ours,hugo --scenarios cold,edited --sizes 10000 --runs 5

Every run is a new process. The generators take turns, so that a busy moment of the machine strikes all of
them, and the median counts. Before the clock starts, all that waits to be written to the disk is written;
what the operating system has in memory of the sources stays there. `--results FILE` keeps everything as
JSON, from which `bench/report.py` makes the tables, the pictures and the page on the site. Exit code 1 if
any generator failed or left out a record.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import results
from competitors import COMPETITORS, Competitor
from machine import machine, versions
from made import make
from results import Result, Results
from scenarios import SCENARIOS
from scenarios.scenario import Broken, Entrant, Run, Scenario, Turn
from settling import Pace
from table import report

RUNS, QUICK_RUNS = 3, 1
QUICK_SIZES = [1_000]
QUICK_SCENARIOS = "cold,cold-search,edited,serve,check"
QUICK_ONLY = "ours,hugo,material"

FAILURES = (Broken, OSError)
"""What goes into the table as a generator's failure, and lets the others go on."""

Named = TypeVar("Named", Competitor, Scenario)


def main() -> int:
    """Run the command line."""
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # whoever is measured is ended, and all is deleted
    options = _options()
    missing = {one.id: one.missing() for one in options.only}
    competitors = [one for one in options.only if not missing[one.id]]
    found = Results(
        machine=machine(),
        versions=versions(),
        day=datetime.now(UTC).date().isoformat(),
        scenarios={one.id: one.does for one in options.scenarios},
        left_out={one.name: missing[one.id] for one in options.only if missing[one.id]},
    )
    with TemporaryDirectory(prefix="bench-", dir=options.folder) as folder:
        for size in sorted({size for one in options.scenarios for size in _sizes(one, options)}):
            scenarios = [one for one in options.scenarios if size in _sizes(one, options)]
            for measured in _compare(size, options.runs, competitors, scenarios, Path(folder, str(size))):
                found = replace(found, results=(*found.results, *measured))
                if options.results:  # after each scenario, so that hours are not lost with the last
                    results.save(found, options.results)
    text = report(found)
    print(text, end="")
    if options.output:
        options.output.write_text(text, "utf-8")
    return 1 if any(result.failure for result in found.results) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=_numbers, help="numbers of records, with commas between")
    parser.add_argument("--runs", type=int, help=f"runs of each generator (default {RUNS})")
    parser.add_argument("--only", help=_names(COMPETITORS))
    parser.add_argument("--scenarios", help=_names(SCENARIOS))
    parser.add_argument("--output", type=Path, help="also write the tables to a file")
    parser.add_argument("--results", type=Path, help="also write the results as JSON")
    parser.add_argument("--quick", action="store_true", help="at most 3 minutes; see the top of this file")
    parser.add_argument("--folder", type=Path, help="where to put temporary files")
    options = parser.parse_args()
    quick = options.quick
    options.sizes = options.sizes or (QUICK_SIZES if quick else None)
    options.runs = options.runs or (QUICK_RUNS if quick else RUNS)
    only = options.only or (QUICK_ONLY if quick else _names(COMPETITORS))
    scenarios = options.scenarios or (QUICK_SCENARIOS if quick else _names(SCENARIOS))
    options.only = _chosen(parser, "generator", only, COMPETITORS)
    options.scenarios = _chosen(parser, "scenario", scenarios, SCENARIOS)
    return options


def _names(things: Sequence[Named]) -> str:
    return ",".join(thing.id for thing in things)


def _numbers(value: str) -> list[int]:
    return [int(part) for part in value.split(",")]


def _chosen(parser: argparse.ArgumentParser, kind: str, value: str, things: Sequence[Named]) -> list[Named]:
    wanted = value.split(",")
    if unknown := set(wanted) - {thing.id for thing in things}:
        parser.error(f"no such {kind}: {', '.join(sorted(unknown))}")
    return [thing for thing in things if thing.id in wanted]


def _sizes(scenario: Scenario, options: argparse.Namespace) -> Sequence[int]:
    """The scenario's own sizes, unless others are asked for."""
    return options.sizes or scenario.sizes


def _compare(
    size: int, runs: int, competitors: Sequence[Competitor], scenarios: Sequence[Scenario], folder: Path
) -> Iterator[list[Result]]:
    """Run all scenarios of one corpus, one after the other."""
    _say(f"{size:,} records")
    folder.mkdir()
    made = make(size, folder / "corpus")
    entrants = [Entrant(competitor, made, folder / competitor.id) for competitor in competitors]
    pace = Pace(folder / "pace")
    for scenario in scenarios:
        able = [entrant for entrant in entrants if scenario.id in entrant.competitor.scenarios]
        _say(f"  {scenario.id}: {scenario.does}")
        yield _take_turns(scenario, able, size, runs, pace)


def _take_turns(
    scenario: Scenario, entrants: Sequence[Entrant], size: int, runs: int, pace: Pace
) -> list[Result]:
    """Run one scenario with all generators, in turns."""
    done: dict[str, list[Run]] = {entrant.competitor.id: [] for entrant in entrants}
    failures: dict[str, str] = {}
    with ExitStack() as stack:
        turns: dict[str, Turn] = {}
        for entrant in entrants:
            name = entrant.competitor.id
            try:
                turns[name] = stack.enter_context(scenario.opened(entrant))
            except FAILURES as broken:
                failures[name] = str(broken)
                _say(f"    {name}: {broken}")
        for number in range(runs):
            for entrant in entrants:
                name = entrant.competitor.id
                if number < entrant.competitor.runs(size, runs) and name not in failures:
                    os.sync()
                    if scenario.deletes:
                        pace.wait()
                    failures |= _run(name, turns[name], number, done[name])
    return [
        _result(scenario, entrant.competitor, size, done[entrant.competitor.id], failures)
        for entrant in entrants
    ]


def _run(name: str, turn: Turn, number: int, done: list[Run]) -> dict[str, str]:
    """Run once; returns the failure by the generator's name, if it failed."""
    try:
        done.append(turn(number))
    except FAILURES as broken:
        _say(f"    {name}: {broken}")
        return {name: str(broken)}
    measured = done[-1].measured
    _say(f"    {name}: {measured.seconds:.2f} s, processor {measured.cpu_seconds:.2f} s")
    return {}


def _result(
    scenario: Scenario, competitor: Competitor, size: int, done: Sequence[Run], failures: dict[str, str]
) -> Result:
    """All runs as one result; of the outputs, which are alike, the last is counted."""
    output = done[-1].output if done else None
    files = [path for path in output.resolve().rglob("*") if path.is_file()] if output else []
    return Result(
        scenario=scenario.id,
        competitor=competitor.id,
        name=competitor.name,
        records=size,
        seconds=tuple(run.measured.seconds for run in done),
        cpu_seconds=tuple(run.measured.cpu_seconds for run in done),
        peak_bytes=tuple(run.measured.peak_bytes for run in done),
        pages=sum(path.suffix == ".html" for path in files),
        files=len(files),
        bytes=sum(path.stat().st_size for path in files),
        failure=failures.get(competitor.id, ""),
        note=competitor.note,
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
