"""The index of a site: made while the pages are poured, and poured after them.

Beside the engine's own files the search page gets two: what there is to choose by and which records each
choice has, and the words of all records, to suggest from.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, Self

from kunskapsbank.checks.record import Record
from kunskapsbank.library.choices import choices
from kunskapsbank.library.library import Library
from kunskapsbank.library.lists import SEARCH_PATH
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.views import Viewer
from kunskapsbank.parallel import in_chunks
from kunskapsbank.search.compounds import Compounds
from kunskapsbank.search.entries import Entry, entry, with_parts
from kunskapsbank.search.pagefind import Index, Indexing

ENGINE_PATH: Final = f"{SEARCH_PATH}/pagefind"
CHOICES_FILE: Final = f"{SEARCH_PATH}/val.json"
WORDS_FILE: Final = f"{SEARCH_PATH}/ord.json"

SHORTEST_SUGGESTED: Final = 4


class SearchIndex:
    """The index of all records of a viewer's library in the making, as a context manager."""

    def __init__(self, viewer: Viewer, cores: int) -> None:
        self._library = viewer.library
        self._entries = _entries(viewer, cores)
        compounds = Compounds({word for made in self._entries for word in made.words})
        self._indexing = Indexing((made.address, with_parts(made, compounds)) for made in self._entries)

    def __enter__(self) -> Self:
        self._indexing.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._indexing.__exit__(*error)

    def makers(self) -> Iterator[Maker]:
        """Waits for the engine. Raises `EngineError` where it is missing or failed."""
        index = self._indexing.result()
        for path, content in index.files.items():
            yield Maker(f"{ENGINE_PATH}/{path}", partial(Made, content))
        yield Maker(CHOICES_FILE, partial(Made, _json(choices_data(self._library, index))))
        yield Maker(WORDS_FILE, partial(Made, _json(words_data(self._entries))))


def _entries(viewer: Viewer, cores: int) -> Sequence[Entry]:
    def some(records: Sequence[Record]) -> list[Entry]:
        return [entry(record, viewer) for record in records]

    parts = in_chunks(some, list(viewer.library.all_records()), cores)
    return [made for part in parts for made in part]


def choices_data(library: Library, index: Index) -> Mapping[str, Any]:
    """`values` of each choice are [key, label]. `records` gives, by the engine's name of a page, the numbers
    of its values, counted through all choices; they stand in the order of lists."""
    offered = choices(library, years=True)
    numbers: dict[str, list[int]] = {library.address(record): [] for record in library.all_records()}
    every = (value for choice in offered for value in choice.values)
    for number, value in enumerate(every):
        for record in value.records:
            numbers[library.address(record)].append(number)
    return {
        "choices": [
            {"key": c.key, "label": c.label, "values": [[v.key, v.label] for v in c.values]} for c in offered
        ],
        "records": {index.fragments[address]: values for address, values in numbers.items()},
    }


def words_data(entries: Iterable[Entry]) -> list[str]:
    """The words of all records that are long enough to be misspelt, those in most records first."""
    counted = Counter(word for made in entries for word in made.words if len(word) >= SHORTEST_SUGGESTED)
    return sorted(counted, key=lambda word: (-counted[word], word))


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
