"""What Notepad calls Unicode."""

from pathlib import Path

FILE = "news/2007-02-14-traff-i-malmo.md"


def make(root: Path) -> None:
    text = (Path(__file__).parent / "mended" / FILE).read_text("utf-8")
    (root / FILE).write_bytes(text.encode("utf-16"))
