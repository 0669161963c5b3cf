"""No-break spaces before an item, as web pages indent with."""

from pathlib import Path

FILE = "news/2007-02-14-traff-i-malmo.md"


def make(root: Path) -> None:
    text = (Path(__file__).parent / "mended" / FILE).read_text("utf-8")
    text = text.replace("  - process", "\u00a0\u00a0- process", 1)
    (root / FILE).write_text(text, "utf-8")
