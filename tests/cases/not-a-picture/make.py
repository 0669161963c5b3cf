"""Pictures that are pages and other files; the last is one."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    text = file.read_text("utf-8")
    for right, wrong in (
        (
            "Länsstyrelsen ville veta om",
            "![Exemplen i banken](../docs/exempel/index.md) Länsstyrelsen ville veta om",
        ),
        (
            "Svaren redovisades för sektionerna.",
            "![Ramen](../docs/ramar/example.md) ![Snäckan](../docs/bilder/snackan.svg) Svaren redovisades för sektionerna.",
        ),
    ):
        text = text.replace(right, wrong, 1)
    file.write_text(text, "utf-8")
