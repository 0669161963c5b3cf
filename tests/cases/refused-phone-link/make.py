"""Links for telephones with codes in them; and some that are fine."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    text = file.read_text("utf-8")
    for right, wrong in (
        ("Länsstyrelsen ville veta om", "[Ring växeln](tel:*21*0812345%23) om länsstyrelsen ville veta om"),
        (
            "Medarbetarna fick en enkät.",
            "[a](tel:) [b](tel:+468123;ext=4) [c](tel:0812345,,9) [d](tel:#31#0812345) [e](tel:VÄXELN) Medarbetarna fick en enkät.",
        ),
        (
            "Svaren redovisades för sektionerna.",
            "[växeln](tel:+46-8-123-45) [akut](tel:112) [rådgivning](<tel:08 123 45>) Svaren redovisades för sektionerna.",
        ),
    ):
        text = text.replace(right, wrong, 1)
    file.write_text(text, "utf-8")
