"""Who takes part in the benchmark: how each gets the corpus, and which commands build and serve its site.

Peers that are not there are left out, and the report says how to get them.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from made import Item
from peers import for_eleventy, for_hugo, for_material, for_zensical
from peers.command import REPOSITORY, Command, package_file

BUILDS = frozenset({"cold"})
ALL_BUILDS = frozenset({"cold", "cold-search", "edited", "facet", "unchanged"})
OURS_ONLY = frozenset({"check", "check-one", "growth"})


def _nothing(_: Path) -> None:
    """No search to turn on in the sources."""


def _there() -> str:
    return ""


@dataclass(frozen=True)
class Competitor:
    """One generator.

    `prepare` makes the corpus into what the generator wants, outside the measured time; `command` gets the
    prepared folder and the output folder, and so does `search_command`, once `turn_on_search` has changed
    the prepared folder. `file` is where a record lies in it. `missing` says how to get a generator that is
    not there, and installs what it can. From `once_from` records upwards one run is enough, since it takes
    minutes. `scenarios` are the ids of those that it can take part in.
    """

    id: str
    name: str
    prepare: Callable[[Path, Path], None]
    command: Callable[[Path, Path], Command]
    file: Callable[[Path, Item], Path]
    scenarios: frozenset[str] = BUILDS
    turn_on_search: Callable[[Path], None] = _nothing
    search_command: Callable[[Path, Path], Command] | None = None
    server: Callable[[Path, int], Command] | None = None
    missing: Callable[[], str] = _there
    once_from: int = sys.maxsize
    note: str = ""

    def runs(self, records: int, wanted: int) -> int:
        """How many times to run with so many records."""
        return 1 if records >= self.once_from else wanted


def _copy(corpus: Path, source: Path) -> None:
    shutil.copytree(corpus, source)


def our_command(*arguments: str, left_in: Path | None = None) -> Command:
    """One of our own script's commands. What it leaves for later runs lies in the folder `left_in`; without one it
    leaves nothing, and finds nothing."""
    environment = {"KUNSKAPSBANK_CACHE": str(left_in or "")}
    return Command([sys.executable, "build_site.py", *arguments], REPOSITORY, environment)


def _ours(source: Path, output: Path) -> Command:
    """A first build into an output finds nothing of earlier builds, and those after it find what it left."""
    left_in = output.with_name(f"{output.name}.left")
    return our_command("build", "--source", str(source), "--output", str(output), left_in=left_in)


def _serve(source: Path, port: int) -> Command:
    return our_command("serve", "--source", str(source), "--port", str(port))


def _our_search(source: Path) -> None:
    config = source / "mkdocs.yml"
    settings = config.read_text("utf-8")
    assert settings.count("search: false") == 1, config
    config.write_text(settings.replace("search: false", "search: true"), "utf-8")


def _our_file(source: Path, item: Item) -> Path:
    return source / item.file


def _page_in(folder: str) -> Callable[[Path, Item], Path]:
    """Where the peers have their records: a file named by the id, in a folder for its type."""
    return lambda source, item: source / folder / item.section / f"{item.id}.md"


def _material(source: Path, output: Path) -> Command:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    return Command(
        [*command, "--config-file", str(source / "mkdocs.yml"), "--site-dir", str(output)], REPOSITORY
    )


def _no_material() -> str:
    return "" if package_file("material", "__init__.py") else "pip install mkdocs-material"


COMPETITORS = (
    Competitor(
        "ours",
        "Kunskapsbanken",
        _copy,
        _ours,
        _our_file,
        scenarios=ALL_BUILDS | OURS_ONLY | {"serve"},
        turn_on_search=_our_search,
        search_command=_ours,
        server=_serve,
        once_from=100_000,
        note="checks every record and proves every link while it builds",
    ),
    Competitor(
        "hugo",
        "Hugo",
        for_hugo.prepare,
        for_hugo.command,
        _page_in("content"),
        scenarios=ALL_BUILDS | {"serve"},
        search_command=for_hugo.search_command,
        server=for_hugo.server,
        missing=for_hugo.missing,
        note="checks no content and no links",
    ),
    Competitor(
        "material",
        "Material for MkDocs",
        for_material.prepare,
        _material,
        _page_in("docs"),
        missing=_no_material,
        once_from=10_000,
        note="no feeds; lists and facts are written beforehand",
    ),
    Competitor(
        "zensical",
        "Zensical",
        for_zensical.prepare,
        for_zensical.command,
        _page_in("docs"),
        missing=for_zensical.missing,
        once_from=10_000,
        note="as Material; always writes the index of its own search too",
    ),
    Competitor(
        "eleventy",
        "Eleventy",
        for_eleventy.prepare,
        for_eleventy.command,
        _page_in("content"),
        missing=for_eleventy.missing,
        once_from=10_000,
        note="checks no content and no links",
    ),
)
