"""A title, an item, a text of a link and one of a picture without anything to read out; and some that are fine."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    text = file.read_text("utf-8")
    for right, wrong in (
        ("title: Enkät om diskriminering vid en länsstyrelse", 'title: "•••••"'),
        ("Medarbetare vid länsstyrelsen", '"???"'),
        (
            "Länsstyrelsen ville veta om",
            "[\u261e\u261e](https://www.do.se/lag) ![\u2013](../docs/bilder/snackan.svg) l\xe4nsstyrelsen ville veta om",
        ),
        (
            "Svaren redovisades för sektionerna.",
            "[1.4](https://www.do.se/lag) [عربي](https://www.do.se/ar) Svaren redovisades för sektionerna.",
        ),
    ):
        text = text.replace(right, wrong, 1)
    file.write_text(text, "utf-8")
