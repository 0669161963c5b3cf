"""A file where a folder should be."""

import shutil
from pathlib import Path


def make(root: Path) -> None:
    shutil.rmtree(root / "news")
    (root / "news").write_text("Här ska nyheterna ligga.\n", "utf-8")
