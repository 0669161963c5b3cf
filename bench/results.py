"""The results of the benchmark as values and as JSON, which tables, pictures and the page are made from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Result:
    """What was seen of one generator in one scenario with one number of records: a number for each run."""

    scenario: str
    competitor: str
    name: str
    records: int
    seconds: tuple[float, ...] = ()
    cpu_seconds: tuple[float, ...] = ()
    peak_bytes: tuple[int, ...] = ()
    pages: int = 0
    files: int = 0
    bytes: int = 0
    failure: str = ""
    note: str = ""

    @property
    def wall(self) -> float:
        """The median time."""
        return median(self.seconds)

    @property
    def cpu(self) -> float:
        """The median processor time."""
        return median(self.cpu_seconds)

    @property
    def peak(self) -> float:
        """The median of the peaks."""
        return median(self.peak_bytes)


@dataclass(frozen=True)
class Loaded:
    """What a browser loaded of one page, in bytes as they were sent. `hosts` counts all that were asked."""

    site: str
    page: str
    requests: int
    bytes: int
    hosts: int


@dataclass(frozen=True)
class Machine:
    """What was measured with. Memory is in gigabytes."""

    cores: int = 0
    processor: str = ""
    memory: int = 0
    system: str = ""


@dataclass(frozen=True)
class Results:
    """One run of the benchmark. `left_out` says of each missing generator how to get it."""

    machine: Machine = Machine()
    versions: dict[str, str] = field(default_factory=dict)
    day: str = ""
    scenarios: dict[str, str] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    left_out: dict[str, str] = field(default_factory=dict)
    reader: tuple[Loaded, ...] = ()

    def of(self, scenario: str, records: int | None = None) -> list[Result]:
        """The results of a scenario, in the order that they were asked for."""
        return [one for one in self.results if one.scenario == scenario and records in {None, one.records}]

    def sizes(self, scenario: str) -> list[int]:
        """The numbers of records that a scenario was run with."""
        return sorted({one.records for one in self.of(scenario)})

    def measured(self) -> Iterator[str]:
        """The scenarios that have any result."""
        return (scenario for scenario in self.scenarios if self.of(scenario))


def well(results: Sequence[Result]) -> list[Result]:
    """Those that did not fail."""
    return [one for one in results if not one.failure]


def load(path: Path) -> Results:
    """Read results from a JSON file."""
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    results = tuple(Result(**{key: _value(value) for key, value in one.items()}) for one in data["results"])
    reader = tuple(Loaded(**one) for one in data["reader"])
    machine = Machine(**data["machine"])
    return Results(**{**data, "machine": machine, "results": results, "reader": reader})


def save(results: Results, path: Path) -> None:
    """Write results as a JSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(results), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", "utf-8")


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
