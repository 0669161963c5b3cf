"""Records with too many points, values, headings and signs."""

from pathlib import Path


def make(root: Path) -> None:
    for name, text in (
        ("examples/delade-platser.md", "- Se utbildning som annat.\n" * 5_000),
        ("methods/cafemodellen.md", "## Rubrik\n\nText.\n\n" * 500),
        ("news/2007-02-14-nya-utbildningar.md", "&" * 10_001),
    ):
        file = root / name
        file.write_text(f"{file.read_text('utf-8')}\n{text}\n", "utf-8")
    items = root / "examples" / "enkat-om-diskriminering.md"
    partners = "partners: [" + ", ".join(f"Förening {number}" for number in range(10_000)) + "]"
    items.write_text(items.read_text("utf-8").replace("status: done", f"{partners}\nstatus: done"), "utf-8")
