"""Addresses that look as if they led somewhere else, in links and in a field; and some that are fine."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    text = file.read_text("utf-8")
    for right, wrong in (
        (
            "Länsstyrelsen ville veta om",
            "[Skatteverkets råd](https://www.skatteverket.se@rad.example/lag) säger att länsstyrelsen ville veta om",
        ),
        (
            "Medarbetarna fick en enkät.",
            "[a](https://) [b](https:///rad.example) [c](https://127.1/) [d](https://rad.example:8443/) [e](https://xn--sknes-lra.example/) [f](https://reгeringen.example/) [g](https://intranet/sida) [h](https://rad.example%2fx/) [i](https://rad.example./) Medarbetarna fick en enkät.",
        ),
        (
            "Svaren redovisades för sektionerna.",
            "[Malmö](https://malmö.se/) [sök](https://www.do.se/sok?q=a@b.se#x:1) [listan](https://listor.example/@mangfald) Svaren redovisades för sektionerna.",
        ),
        ("Medarbetare vid länsstyrelsen", "Se https://0x7f.1/ om medarbetare vid länsstyrelsen"),
    ):
        text = text.replace(right, wrong, 1)
    file.write_text(text, "utf-8")
