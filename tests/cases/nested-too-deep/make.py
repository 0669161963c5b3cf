"""A text of 94 kB with one line of list marks, and one of quotations that many lines go on with."""

from pathlib import Path


def make(root: Path) -> None:
    for name, text in (
        ("examples/delade-platser.md", "- + * " * 16_000 + "slut"),
        ("methods/cafemodellen.md", "> " * 20_000 + "Ett\n" + "citat\n" * 10_000),
    ):
        file = root / name
        file.write_text(f"{file.read_text('utf-8')}\n{text}\n", "utf-8")
