"""Links for e-mail with other recipients, files and hidden parts; and some that are fine."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    text = file.read_text("utf-8")
    for right, wrong in (
        (
            "Länsstyrelsen ville veta om",
            "[Skriv till registratorn](mailto:registrator@exempel.se?bcc=alla@rad.example) om länsstyrelsen ville veta om",
        ),
        (
            "Medarbetarna fick en enkät.",
            "[a](mailto:) [b](mailto:a@exempel.se,b@exempel.se) [c](mailto:a@exempel.se?attach=/etc/passwd) [d](mailto:a%40exempel.se) [e](mailto:a@exempel.se?subject=x%0d%0abcc:b@rad.example) [f](mailto:?to=a@exempel.se) Medarbetarna fick en enkät.",
        ),
        (
            "Svaren redovisades för sektionerna.",
            "[registrator](mailto:registrator@exempel.se) [fråga](mailto:info@exempel.se?subject=Fr%C3%A5ga&body=Hej%0D%0Ahopp) <info@exempel.se> Svaren redovisades för sektionerna.",
        ),
    ):
        text = text.replace(right, wrong, 1)
    file.write_text(text, "utf-8")
