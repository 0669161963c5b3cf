"""Texts of links that name another site, e-mail address or number than the link leads to; and some that are fine."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    text = file.read_text("utf-8")
    for right, wrong in (
        (
            "Länsstyrelsen ville veta om",
            "[regeringen.se/mangfald](https://rad.example/) visar att länsstyrelsen ville veta om",
        ),
        (
            "Medarbetarna fick en enkät.",
            "[Läs på www.do.se om lagen](https://www.rad.example/) [registrator@do.se](mailto:registrator@rad.example) [Ring 08-123 45 67](tel:+46-8-765-43-21) Medarbetarna fick en enkät.",
        ),
        (
            "Svaren redovisades för sektionerna.",
            "[do.se](https://www.do.se/lag) [Jämställ.nu](https://www.jamstall.nu/) [info@do.se](https://www.do.se/kontakt) [08-123 45](tel:+46-8-123-45) [delredovisning.pdf, avsnitt 1.4, t.ex.](https://rad.example/1.4) [Råd.nu](delade-platser.md) Svaren redovisades för sektionerna.",
        ),
    ):
        text = text.replace(right, wrong, 1)
    file.write_text(text, "utf-8")
