"""Fillers, tags, private use and characters that Unicode does not have; and those that languages and emoji need."""

from pathlib import Path


def make(root: Path) -> None:
    file = root / "examples" / "enkat-om-diskriminering.md"
    text = file.read_text("utf-8")
    for right, wrong in (
        ("title: Enkät", "title: Enk\xe4t\u3164"),
        ("Medarbetarna fick en enkät.", "Medar\ue000betarna fick en en\U000e0041k\xe4t \ufe0f \u0378."),
        (
            "Svaren redovisades för sektionerna.",
            "Svaren redovisades f\xf6r \U0001f469\u200d\U0001f680 \u2600\ufe0f \u845b\U000e0100\u57ce \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.",
        ),
    ):
        text = text.replace(right, wrong, 1)
    file.write_text(text, "utf-8")
