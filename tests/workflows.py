"""What the tests of the code host share: the workflows as they are written, and their commands."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml
from support import REPOSITORY

GITHUB: Final = REPOSITORY / ".github"
WORKFLOWS: Final = sorted((GITHUB / "workflows").glob("*.yml"))
EXPRESSION: Final = re.compile(r"\$\{\{.*?\}\}")


class Command(NamedTuple):
    """One line of a step that is run. `where` names the workflow, the job and the step, which `may_fail`."""

    where: str
    line: str
    may_fail: bool = False


def read(file: Path) -> dict[Any, Any]:
    """A file of YAML 1.1, as the code host reads it; there the key `on` is the truth value."""
    data: dict[Any, Any] = yaml.safe_load(file.read_text("utf-8"))
    return data


def jobs(file: Path) -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = read(file)["jobs"]
    return found


def commands(file: Path) -> Iterator[Command]:
    for name, job in jobs(file).items():
        for step in job.get("steps", ()):
            for line in step.get("run", "").splitlines():
                where = f"{file.stem}/{name}/{step['name']}"
                yield Command(where, line.strip(), step.get("continue-on-error", False))
