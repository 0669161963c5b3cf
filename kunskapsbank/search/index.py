"""The index of a site: a part for each share of its records, and what the search page needs of all of them.

Beside the engine's own files the search page gets two: what there is to choose by and which records each
choice has, and the words of all records, to suggest from.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from kunskapsbank.library.choices import choices
from kunskapsbank.library.library import Library
from kunskapsbank.library.lists import SEARCH_PATH
from kunskapsbank.library.shares import shares
from kunskapsbank.output import File, Made, Maker
from kunskapsbank.pages.views import Viewer
from kunskapsbank.search.entries import Entry, entries
from kunskapsbank.search.pagefind import NONE_KEPT, fragment_path, index_of

ENGINE_PATH: Final = f"{SEARCH_PATH}/pagefind"
CHOICES_FILE: Final = f"{SEARCH_PATH}/val.json"
WORDS_FILE: Final = f"{SEARCH_PATH}/ord.json"


class Indexed(NamedTuple):
    """What the whole needs of a part: the engine's name of each page by the page's address, and in how many
    records each word is."""

    fragments: Mapping[str, str]
    words: Mapping[str, int]


def together(parts: Iterable[Indexed]) -> Indexed:
    """What is known of several parts as if they were one."""
    fragments: dict[str, str] = {}
    words: Counter[str] = Counter()
    for part in parts:
        fragments.update(part.fragments)
        words.update(part.words)
    return Indexed(fragments, words)


class Part(NamedTuple):
    files: Sequence[File]
    known: Indexed


def folder_of(number: int) -> str:
    """Where the part of the share of this number lies. The first has the program that searches in all (engine.js)."""
    return ENGINE_PATH if number == 0 else f"{ENGINE_PATH}/del-{number}"


def fragment_of(number: int, name: str) -> str:
    """Where in a part the fragment lies of a page that the engine calls so."""
    return f"{folder_of(number)}/{fragment_path(name)}"


def part(number: int, read: Sequence[Entry], kept: Mapping[str, bytes] = NONE_KEPT) -> Part:
    """The files of a part, of what the engine reads of its records. `kept` are fragments of those that an earlier
    part has read as they are, by the engine's names. Raises `EngineError` where the engine is missing or failed."""
    index = index_of(((entry.address, entry.html) for entry in read), number, kept)
    folder = folder_of(number)
    files = [File(f"{folder}/{path}", content) for path, content in index.files.items()]
    return Part(files, Indexed(index.fragments, Counter(word for entry in read for word in entry.words)))


def makers(library: Library, known: Indexed, key: bytes | None) -> Iterator[Maker]:
    """The files for all parts, of what is known of them. `key` is that of the parts and of all facts."""
    yield Maker(CHOICES_FILE, partial(_choices_file, library, known), key)
    yield Maker(WORDS_FILE, partial(_words_file, known), key)


def every_maker(viewer: Viewer) -> Iterator[Maker]:
    """All files of the search, one part after the other."""
    parts = []
    for number, share in enumerate(shares(viewer.library)):
        files, known = part(number, entries(share, viewer))
        yield from (Maker(file.path, partial(Made, file.content)) for file in files)
        parts.append(known)
    yield from makers(viewer.library, together(parts), None)


def _choices_file(library: Library, known: Indexed) -> Made:
    return Made(_json(choices_data(library, known.fragments)))


def _words_file(known: Indexed) -> Made:
    return Made(_json(words_data(known.words)))


def choices_data(library: Library, fragments: Mapping[str, str]) -> Mapping[str, Any]:
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
        "records": {fragments[address]: values for address, values in numbers.items()},
    }


def words_data(counted: Mapping[str, int]) -> list[str]:
    """Words, those in most records first."""
    return sorted(counted, key=lambda word: (-counted[word], word))


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
