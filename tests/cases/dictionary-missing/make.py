"""A site without a field dictionary."""

import shutil
from pathlib import Path


def make(root: Path) -> None:
    shutil.rmtree(root / "schema")
