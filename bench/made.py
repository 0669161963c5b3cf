"""A made-up site as the benchmark needs it: where it lies, and the pages that all must make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus
import dictionary
from peers import records

SEED = 1


@dataclass(frozen=True)
class Item:
    """One record, as little as is needed to change its file and to find it again in what was built."""

    id: str
    file: str
    section: str
    title: str

    @property
    def page(self) -> str:
        """The path of its page in the output, the same with all generators."""
        return f"{self.section}/{self.id}/index.html"


@dataclass(frozen=True)
class Made:
    """A corpus on the disk. `changeable` are the examples with counties, which the scenarios change."""

    folder: Path
    items: Sequence[Item]
    changeable: Sequence[Item]
    counties: dict[str, str]

    def without_page(self, output: Path) -> list[str]:
        """The pages that are not in an output, or that do not have their record's title."""
        return [item.page for item in self.items if not _has(output / item.page, item.title)]


def make(size: int, folder: Path) -> Made:
    """Make a corpus of so many records in a new folder."""
    corpus.make(size, SEED, folder)
    words = dictionary.load(folder / "schema")
    items: list[Item] = []
    changeable: list[Item] = []
    for record in records.read(folder, words):
        items.append(Item(record.id, record.file, record.type.path, record.fields["title"]))
        if record.type.id == "example" and record.terms("counties"):
            changeable.append(items[-1])
    return Made(folder, items, changeable, words.vocabularies["counties"].terms)


def _has(page: Path, title: str) -> bool:
    return page.is_file() and title in page.read_text("utf-8")
