"""A no-break space before a word."""

from pathlib import Path

FILE = "news/2007-02-14-traff-i-malmo.md"


def make(root: Path) -> None:
    text = (Path(__file__).parent / "mended" / FILE).read_text("utf-8")
    text = text.replace("[dalarna,skane]", "[dalarna,\u00a0skane]", 1)
    (root / FILE).write_text(text, "utf-8")
