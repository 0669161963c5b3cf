"""Small sites for tests: the base site with the repository's field dictionary, and a case's files over it."""

import importlib.util
import shutil
from pathlib import Path
from typing import Final

from kunskapsbank import cli, pipeline, settings
from kunskapsbank.problems.problem import Problem, Rejected

REPOSITORY: Final = Path(__file__).resolve().parent.parent
CASES: Final = REPOSITORY / "tests" / "cases"
BASE: Final = REPOSITORY / "tests" / "sites" / "base"

TODAY: Final = {"SOURCE_DATE_EPOCH": "1795392000"}
"""2026-11-23, so that what is overdue or in the future doesn't change with the calendar."""


def compose(place: Path, case: Path | None = None) -> Path:
    """A whole site in a new folder `place`: the base, the dictionary and then what the case brings."""
    shutil.copytree(BASE, place)
    shutil.copytree(REPOSITORY / "schema", place / "schema")
    if case is not None:
        if (case / "site").is_dir():
            shutil.copytree(case / "site", place, dirs_exist_ok=True)
        if (case / "make.py").is_file():
            _run(case / "make.py", place)
    return place


def _run(file: Path, place: Path) -> None:
    """Calls `make(root)` of a case's own script, for what can't be kept in a repository as it is."""
    spec = importlib.util.spec_from_file_location(f"make_{file.parent.name.replace('-', '_')}", file)
    if spec is None or spec.loader is None:
        raise AssertionError(f"{file} can't be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.make(place)


def run(command: str, place: Path, *options: str) -> int:
    """The exit code of a command on a site; what it says goes to standard output and error as ever."""
    return cli.main([command, "--source", str(place), *options], TODAY)


def problems(place: Path) -> list[Problem]:
    """What `check` finds in a site, as values."""
    try:
        site = settings.load(place, settings.today_from(TODAY))
        return list(pipeline.check(site, 1, advice=True).problems)
    except Rejected as rejected:
        return list(rejected.problems)
