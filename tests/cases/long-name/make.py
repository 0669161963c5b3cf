"""A file whose name is three characters too long."""

from pathlib import Path


def make(root: Path) -> None:
    examples = root / "examples"
    text = (examples / "delade-platser.md").read_text("utf-8")
    (
        examples / "utbildningar-om-mangfald-for-chefer-och-medarbetare-vid-lansstyrelserna-och-polisen.md"
    ).write_text(text, "utf-8")
