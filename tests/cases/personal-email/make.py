"""Addresses of persons in a field, a link and the text; and of functions."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    text = file.read_text("utf-8")
    for right, wrong in (
        (
            "Länsstyrelsen ville veta om",
            "[Skriv till projektledaren](mailto:anna.andersson@exempel.se) om länsstyrelsen ville veta om",
        ),
        ("Medarbetarna fick en enkät.", "Frågor tar b.berg@exempel.se emot. Medarbetarna fick en enkät."),
        (
            "Svaren redovisades för sektionerna.",
            "[registrator](mailto:registrator@exempel.se) info.skane@exempel.se arbetsgruppen.mangfald@exempel.se hr.support@exempel.se Svaren redovisades för sektionerna.",
        ),
        ("Medarbetare vid länsstyrelsen", "Medarbetare som skriver till karl_erik.svensson2@exempel.se"),
    ):
        text = text.replace(right, wrong, 1)
    file.write_text(text, "utf-8")
