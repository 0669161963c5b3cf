"""A record that is a link to a file outside the site, one that leads to a record, and a linked folder."""

from pathlib import Path


def make(root: Path) -> None:
    outside = root.parent / "losenord.txt"
    outside.write_text("Det här ska ingen få se.\n", "utf-8")
    (root / "examples" / "losenord.md").symlink_to(outside)
    (root / "methods" / "snackan.md").symlink_to("snackmodellen.md")
    (root / "news" / "arkiv").symlink_to(root / "examples", target_is_directory=True)
