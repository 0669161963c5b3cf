"""Shows results as Markdown tables: one for each scenario, with a legend under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from results import Loaded, Result, Results, well

COLUMNS = (
    "Records", "Generator", "Wall s", "× Hugo", "× Material", "Peak MB", "Pages", "Files", "MB out",
    "Runs", "CPU s", "Notes",
)  # fmt: skip
LEGEND = """\
Wall s: median time of the whole process. × Hugo, × Material: that time as a multiple of theirs, so
below 1 is faster. Peak MB: median of the peak memory of all processes together. Pages: HTML files.
CPU s: median of the processor time. The peers get the records in a form of their own, made before the
clock starts; one run is enough where it takes minutes.
"""
NOTHING = "–"


def report(results: Results) -> str:
    """Everything that was measured, as Markdown."""
    versions = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    has = results.machine
    machine = f"{has.cores} cores ({has.processor}), {has.memory} GB memory, {has.system}"
    parts = [f"Machine: {machine}. {versions}. {results.day}.\n"]
    for scenario in results.measured():
        rows = [row for size in results.sizes(scenario) for row in _rows(results.of(scenario, size))]
        parts.append(f"## {scenario}: {results.scenarios[scenario]}\n\n{markdown(COLUMNS, rows)}")
        if scenario == "growth" and (steps := growth(results)):
            parts.append(markdown(("From", "To", "× wall", "× peak"), steps))
    parts += [f"Left out: {name}. To have it: {how}.\n" for name, how in results.left_out.items()]
    if results.results:
        parts.append(LEGEND)
    if results.reader:
        parts.append(f"## What a reader loads\n\n{reader(results.reader)}")
    return "\n".join(parts)


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def growth(results: Results) -> list[tuple[str, str, str, str]]:
    """By which factors time and memory grew from each number of records to the next."""
    found = sorted(well(results.of("growth")), key=lambda one: one.records)
    return [
        (f"{a.records:,}", f"{b.records:,}", f"{b.wall / a.wall:.2f}", f"{b.peak / a.peak:.2f}")
        for a, b in pairwise(found)
    ]


def reader(loaded: Sequence[Loaded]) -> str:
    """What a browser loaded of each page."""
    rows = [
        (one.site, one.page, str(one.requests), f"{one.bytes / 1000:.1f}", str(one.hosts)) for one in loaded
    ]
    return markdown(("Site", "Page", "Requests", "kB", "Hosts"), rows)


def _rows(results: Sequence[Result]) -> Iterator[list[str]]:
    walls = {one.competitor: one.wall for one in well(results)}
    return (list(_cells(one, walls)) for one in results)


def _cells(result: Result, walls: dict[str, float]) -> Iterator[str]:
    yield f"{result.records:,}"
    yield result.name
    if result.failure:
        yield from ("FAILED", *[NOTHING] * (len(COLUMNS) - 4), result.failure.replace("|", "/"))
        return
    yield f"{result.wall:.2f}"
    for peer in ("hugo", "material"):
        yield f"{result.wall / walls[peer]:.2f}" if peer in walls else NOTHING
    yield _or_nothing(result.peak / 1e6, "{:.0f}")
    yield _or_nothing(result.pages, "{:,}")
    yield _or_nothing(result.files, "{:,}")
    yield _or_nothing(result.bytes / 1e6, "{:.1f}")
    yield str(len(result.seconds))
    yield _or_nothing(result.cpu, "{:.2f}")
    yield result.note


def _or_nothing(number: float, form: str) -> str:
    return form.format(number) if number else NOTHING
