"""A record of 300 kB, and one of exactly the limit."""

from pathlib import Path

LIMIT = 256 * 1024


def make(root: Path) -> None:
    for name, size in (("delade-platser.md", 300_000), ("enkat-om-diskriminering.md", LIMIT)):
        file = root / "examples" / name
        text = file.read_bytes()
        file.write_bytes(text + b"." * (size - len(text)))
