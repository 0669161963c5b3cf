"""A bell, a zero, a delete sign and a character that Windows-1252 leaves behind; tabs are allowed."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    text = file.read_text("utf-8")
    text = text.replace("Svaren redovisades", "\x07Svaren \x00redovisades").replace(
        "status: done", "status: do\x7fne"
    )
    file.write_text(text, "utf-8")
    file = root / "examples" / "delade-platser.md"
    file.write_text(file.read_text("utf-8").replace("inte känt.", "inte känt\x85"), "utf-8")
    file = root / "methods" / "cafemodellen.md"
    file.write_text(file.read_text("utf-8").replace("Vad den", "Vad\tden"), "utf-8")
