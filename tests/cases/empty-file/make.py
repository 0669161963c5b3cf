"""A file with a byte-order mark and nothing else: what some editors save for an empty text."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "news" / "2007-03-nyhet.md").write_bytes(b"\xef\xbb\xbf\r\n")
