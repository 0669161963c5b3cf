"""Measures our build against Hugo and Material for MkDocs, on the same made-up records.

    make bench                            the full table: minutes, most of them Material's
    python bench/run.py --quick           100 and 1,000 records, one run each
    python bench/run.py --only ours,hugo --sizes 10000 --runs 5

Every run is a new process with no output folder yet. The generators take turns, so that a busy
moment of the machine strikes all of them, and the median counts. Before the clock starts, all that
waits to be written to the disk is written; what the operating system has in memory of the sources
stays there. Exit code 1 if any generator failed or left out a record.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
import dictionary
from competitors import COMPETITORS, REPOSITORY, Competitor
from measure import measure
from peers import records
from table import Result, machine, table

SIZES, RUNS = [100, 1_000, 10_000], 3
QUICK_SIZES, QUICK_RUNS = [100, 1_000], 1
SEED = 1


def main() -> int:
    """Run the command line."""
    options = _options()
    results: list[Result] = []
    for size in options.sizes:
        with TemporaryDirectory(prefix="bench-", dir=options.folder) as folder:
            results += _compare(size, options.runs, options.only, Path(folder))
    report = f"{machine()}\n\n{table(results)}"
    print(report, end="")
    if options.output:
        options.output.write_text(report, "utf-8")
    return 1 if any(result.failure for result in results) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=_sizes, help="numbers of records, with commas between")
    parser.add_argument("--runs", type=int, help=f"runs of each generator (default {RUNS})")
    parser.add_argument("--only", type=_competitors, default=COMPETITORS, help="ours,hugo,material")
    parser.add_argument("--output", type=Path, help="also write the table to a file")
    parser.add_argument("--quick", action="store_true", help="100 and 1,000 records, one run")
    parser.add_argument("--folder", type=Path, help="where to put temporary files")
    options = parser.parse_args()
    options.sizes = options.sizes or (QUICK_SIZES if options.quick else SIZES)
    options.runs = options.runs or (QUICK_RUNS if options.quick else RUNS)
    return options


def _sizes(value: str) -> list[int]:
    return [int(part) for part in value.split(",")]


def _competitors(value: str) -> Sequence[Competitor]:
    wanted = value.split(",")
    if unknown := set(wanted) - {competitor.id for competitor in COMPETITORS}:
        raise argparse.ArgumentTypeError(f"no such generator: {', '.join(sorted(unknown))}")
    return [competitor for competitor in COMPETITORS if competitor.id in wanted]


def _compare(size: int, runs: int, competitors: Sequence[Competitor], folder: Path) -> list[Result]:
    """Build one corpus with every competitor, in turns."""
    _say(f"{size} records")
    source = folder / "corpus"
    corpus.make(size, SEED, source)
    expected = _expected_pages(source)
    for competitor in competitors:
        competitor.prepare(source, folder / competitor.id)
    results = {competitor.id: Result(competitor, size) for competitor in competitors}
    for turn in range(runs):
        for competitor in competitors:
            result = results[competitor.id]
            if turn < competitor.runs(size, runs) and not result.failure:
                _run(competitor, folder, result, expected)
    return list(results.values())


def _run(competitor: Competitor, folder: Path, result: Result, expected: dict[str, str]) -> None:
    """Build once into a new folder, and add what was seen to the result."""
    with TemporaryDirectory(dir=folder) as parent:
        output = Path(parent, "site")
        os.sync()
        run = measure(competitor.command(folder / competitor.id, output), REPOSITORY)
        if run.exit_code:
            result.failure = f"exit code {run.exit_code}"
            _say(run.output)
        elif missing := _missing(output, expected):
            result.failure = f"{len(missing)} records without a page, such as {missing[0]}"
        result.add(run, output.resolve())
    _say(f"  {competitor.name}: {run.seconds:.2f} s {result.failure}")


def _expected_pages(source: Path) -> dict[str, str]:
    """The file of every record's page, and the title that must stand in it."""
    words = dictionary.load(source / "schema")
    return {f"{record.address}index.html": record.fields["title"] for record in records.read(source, words)}


def _missing(output: Path, expected: dict[str, str]) -> list[str]:
    return [path for path, title in expected.items() if not _has(output / path, title)]


def _has(page: Path, title: str) -> bool:
    return page.is_file() and title in page.read_text("utf-8")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
