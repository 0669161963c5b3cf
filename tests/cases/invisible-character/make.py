"""A word with a zero-width space, a no-break space and a soft hyphen in it; all three are fine in running text."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    text = file.read_text("utf-8")
    for right, wrong in (
        ("title: Enkät om", "title: Enkät\u00a0om"),
        ("[skane]", "[\u200bskane]"),
        ("[etnisk-tillhorighet, religion]", "[etnisk-tillhorighet,\u00a0religion]"),
        ("practice_type:", "practice_\u00adtype:"),
        ("2006-höst", "2006\u2060-höst"),
        ("Svaren redovisades", "Svaren redo\u00advisades"),
    ):
        text = text.replace(right, wrong, 1)
    file.write_text(text, "utf-8")
