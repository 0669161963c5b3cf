"""File names that can't be shown: one that is not UTF-8, one that turns its own direction."""

import os
from pathlib import Path


def make(root: Path) -> None:
    record = (root / "examples" / "delade-platser.md").read_bytes()
    for name in (b"\xff.md", "karp\u202edm.md".encode()):
        with open(os.path.join(os.fsencode(root / "examples"), name), "wb") as file:
            file.write(record)
