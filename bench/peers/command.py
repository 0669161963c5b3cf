"""What a generator is run with: its command line and folder, and where an installed package has its files."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Command:
    """A command line, the folder that it runs in, and what is said in its environment beside what is there."""

    arguments: list[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


def package_file(package: str, path: str) -> Path | None:
    """A file of an installed Python package."""
    found = importlib.util.find_spec(package)
    for folder in (found.submodule_search_locations or []) if found else []:
        if (file := Path(folder, path)).exists():
            return file
    return None
