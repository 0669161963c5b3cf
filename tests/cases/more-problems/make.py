"""A record with 99 errors and 5 warnings, of which one is shown."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    partners = "".join(f"- ”Förening {number}”\n" for number in range(5))
    text = file.read_text("utf-8").replace("status: done", f"partners:\n{partners}status: done")
    file.write_text(text + "\n" + "Rad<br>\n" * 99, "utf-8")
