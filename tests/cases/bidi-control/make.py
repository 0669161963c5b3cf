"""Signs that turn the direction of the text, in a field and in the body."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    text = file.read_text("utf-8")
    text = text.replace("title: Enkät", "title: \u202eEnkät").replace(
        "Svaren redovisades", "Svaren\u200f redovisades"
    )
    file.write_text(text, "utf-8")
