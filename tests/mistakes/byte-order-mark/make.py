"""What Notepad puts before the text when it saves as UTF-8 with BOM."""

from pathlib import Path

FILE = "news/2007-02-14-traff-i-malmo.md"


def make(root: Path) -> None:
    data = (root / FILE).read_bytes()
    (root / FILE).write_bytes(b"\xef\xbb\xbf" + data)
