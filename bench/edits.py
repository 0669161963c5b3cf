"""Changes one record's file the way an editor would: a word of its text, or a county of its front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

WORD = re.compile(r"^(?P<before>[^#\n\d-].*? )[a-zåäö]{4,}(?= )", re.MULTILINE)
"""The first whole word of small letters in a paragraph, not the paragraph's first."""
COUNTIES = re.compile(r"^counties: \[(?P<terms>.*)\]$", re.MULTILINE)


def change_word(file: Path, word: str) -> None:
    """Put a word in the place of one in the text."""
    start, front_matter, body = file.read_text("utf-8").split("---\n", 2)
    changed, count = WORD.subn(rf"\g<before>{word}", body, count=1)
    assert count, file
    file.write_text(f"{start}---\n{front_matter}---\n{changed}", "utf-8")


def change_county(file: Path, counties: Mapping[str, str]) -> str:
    """Move a record to the first county that it is not in; returns that county's name."""
    text = file.read_text("utf-8")
    found = COUNTIES.search(text)
    assert found, file
    present = found["terms"].split(", ")
    new = next(term for term in counties if term not in present)
    file.write_text(COUNTIES.sub(f"counties: [{new}]", text, count=1), "utf-8")
    return counties[new]
