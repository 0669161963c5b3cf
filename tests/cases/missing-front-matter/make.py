"""A record with a byte-order mark, line ends as Windows writes them and spaces after the fence: all fine."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "methods" / "cafemodellen.md"
    text = file.read_bytes().replace(b"---\n", b"--- \n").replace(b"\n", b"\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text)
