"""A no-break space, as Word and web pages put in."""

from pathlib import Path

FILE = "news/2007-02-14-traff-i-malmo.md"


def make(root: Path) -> None:
    text = (Path(__file__).parent / "mended" / FILE).read_text("utf-8")
    text = text.replace("contact: ", "contact:\u00a0", 1)
    (root / FILE).write_text(text, "utf-8")
