"""Asks Lighthouse (the npm package) about pages of a site: what each category scores, and what a page asks for."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

SCRIPT: Final = Path(__file__).parent / "lighthouse.mjs"

PERFORMANCE: Final = "performance"
CATEGORIES: Final = ("accessibility", "best-practices", "seo")
"""The categories that don't depend on how fast the machine is."""

CLOCKLESS: Final = {
    "onlyCategories": CATEGORIES,
    "onlyAudits": ("network-requests", "cumulative-layout-shift"),
    "pauseAfterFcpMs": 0,
    "pauseAfterLoadMs": 0,
    "networkQuietThresholdMs": 200,
    "cpuQuietThresholdMs": 200,
    "disableFullPageScreenshot": True,
}
"""For what can be told without a clock: no waiting for a page that may have more to do."""

TIMED: Final = {"onlyCategories": (PERFORMANCE, *CATEGORIES), "disableFullPageScreenshot": True}
"""As a person runs it: a phone of the middle range on a slow network, simulated."""


class Asked(NamedTuple):
    """One request of a page: its address, what it was for, and the bytes that came over the net."""

    address: str
    kind: str
    size: int


class Judged(NamedTuple):
    """What Lighthouse says of a page. `faults` are the audits that cost a category points."""

    address: str
    scores: Mapping[str, int]
    faults: Sequence[str]
    asked: Sequence[Asked]
    shift: float | None


def judge(
    node: str, browser: str, options: Mapping[str, object], addresses: Sequence[str]
) -> Sequence[Judged]:
    """Raises `CalledProcessError` where Lighthouse can't be run, `ValueError` where a page can't be judged."""
    done = subprocess.run(
        [node, str(SCRIPT), browser, json.dumps(options), *addresses],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=True,
        timeout=60 + 30 * len(addresses),
    )
    return [_judged(report) for report in json.loads(done.stdout)]


def _judged(report: dict[str, Any]) -> Judged:
    if error := report.get("runtimeError"):
        raise ValueError(f"{report['requestedUrl']}: {error['code']}")
    audits = report["audits"]
    requests = audits.get("network-requests", {}).get("details", {}).get("items", [])
    return Judged(
        address=report["requestedUrl"],
        scores={name: _score(category) for name, category in report["categories"].items()},
        faults=[id_ for category in report["categories"].values() for id_ in _faults(category, audits)],
        asked=[Asked(one["url"], one["resourceType"], one["transferSize"]) for one in requests],
        shift=audits.get("cumulative-layout-shift", {}).get("numericValue"),
    )


def _score(category: dict[str, Any]) -> int:
    """A category that could not be judged counts as nothing."""
    return round(100 * (category["score"] or 0))


def _faults(category: dict[str, Any], audits: dict[str, Any]) -> Iterator[str]:
    for part in category["auditRefs"]:
        score = audits[part["id"]]["score"]
        if part["weight"] and score is not None and score < 1:
            yield part["id"]
