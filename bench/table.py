"""The results of the benchmark, and how they are shown: as a Markdown table."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from competitors import Competitor
from measure import Measured

PACKAGES = ("hugo", "mkdocs", "mkdocs-material")
COLUMNS = (
    "Records", "Generator", "Wall s", "× Hugo", "× Material", "Peak MB", "Pages", "Files", "MB out",
    "Runs", "Notes",
)  # fmt: skip
LEGEND = """\
Wall s: median time of the whole process. × Hugo, × Material: that time as a multiple of theirs, so
below 1 is faster. Peak MB: median of the peak memory of all processes together. Pages: HTML files.
The peers get the records in a form of their own, made before the clock starts.
"""


@dataclass
class Result:
    """What was seen of one competitor with one number of records."""

    competitor: Competitor
    records: int
    failure: str = ""
    runs: list[Measured] = field(default_factory=list)
    files: int = 0
    pages: int = 0
    bytes: int = 0

    def add(self, run: Measured, output: Path) -> None:
        """Take in one more run; of the outputs, which are alike, the last is counted."""
        files = [path for path in output.rglob("*") if path.is_file()]
        self.runs.append(run)
        self.files = len(files)
        self.pages = sum(path.suffix == ".html" for path in files)
        self.bytes = sum(path.stat().st_size for path in files)

    @property
    def seconds(self) -> float:
        """The median time."""
        return median(run.seconds for run in self.runs)

    @property
    def peak_bytes(self) -> float:
        """The median of the peaks."""
        return median(run.peak_bytes for run in self.runs)


def machine() -> str:
    """The machine and the versions, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        f"{os.cpu_count()} cores ({_processor()})",
        f"{memory:.0f} GB memory",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}",
        *(f"{package} {_version(package)}" for package in PACKAGES),
    ]
    return "Machine: " + ", ".join(parts) + "."


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table, with a legend under it."""
    seconds = {
        (result.competitor.id, result.records): result.seconds for result in results if not result.failure
    }
    rows = [COLUMNS, tuple("---" for _ in COLUMNS)]
    rows += [tuple(_cells(result, seconds)) for result in results]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows) + "\n" + LEGEND


def _cells(result: Result, seconds: dict[tuple[str, int], float]) -> Iterator[str]:
    yield f"{result.records:,}"
    yield result.competitor.name
    if result.failure:
        yield from ("FAILED", *["–"] * 7, result.failure)
        return
    yield f"{result.seconds:.2f}"
    for peer in ("hugo", "material"):
        theirs = seconds.get((peer, result.records))
        yield f"{result.seconds / theirs:.2f}" if theirs else "–"
    yield f"{result.peak_bytes / 1e6:.0f}"
    yield f"{result.pages:,}"
    yield f"{result.files:,}"
    yield f"{result.bytes / 1e6:.1f}"
    yield str(len(result.runs))
    yield result.competitor.note
