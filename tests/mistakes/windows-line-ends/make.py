"""Lines as Windows ends them."""

from pathlib import Path

FILE = "news/2007-02-14-traff-i-malmo.md"


def make(root: Path) -> None:
    data = (root / FILE).read_bytes()
    (root / FILE).write_bytes(data.replace(b"\n", b"\r\n"))
