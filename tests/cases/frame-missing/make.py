"""The frame of tools is gone."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "docs" / "ramar" / "tool.md").unlink()
