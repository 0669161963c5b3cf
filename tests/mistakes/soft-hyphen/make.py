"""A soft hyphen in the name of a field, as Word divides words with."""

from pathlib import Path

FILE = "news/2007-02-14-traff-i-malmo.md"


def make(root: Path) -> None:
    text = (Path(__file__).parent / "mended" / FILE).read_text("utf-8")
    text = text.replace("counties", "coun\u00adties", 1)
    (root / FILE).write_text(text, "utf-8")
