"""50 kB of brackets, which crash readers of YAML that read before they look."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "methods" / "klamrar.md").write_text("---\ntitle: " + "[" * 50_000 + "\n---\n\nText.\n", "utf-8")
