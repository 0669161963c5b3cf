"""The last line is not ended, and the record has nothing below it."""

from pathlib import Path

FILE = "news/2007-02-14-traff-i-malmo.md"


def make(root: Path) -> None:
    data = (root / FILE).read_bytes()
    (root / FILE).write_bytes(data.rstrip(b"\n"))
