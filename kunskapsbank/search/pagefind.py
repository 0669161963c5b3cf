"""Pagefind at work: the only module that knows the search engine.

It reads a folder of small pages and writes an index that a browser loads in pieces. It is given no
filters: with them, two runs over the same pages give different bytes.
"""

import gzip
import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from kunskapsbank.background import Background, EngineError, cause_in, memory_for, start

_DATA: Final = ("pagefind-entry.json", "*.pf_meta", "fragment/*", "index/*")
_PROGRAM: Final = ("pagefind.js", "wasm.sv.pagefind")
"""What a search in a browser loads; the rest is for ways of using the engine that are not ours."""

ENGINE: Final = "pagefind_bin"
"""The module that has the program. To start that itself spares a second Python for each part."""
OPTIONS: Final = ["--site", "pages", "--output-path", "index", "--quiet"]

LANGUAGE: Final = "sv"
"""Swedish for all pages, whatever they say of themselves: parts of them may be in other languages."""


def _language(part: int) -> str:
    """The engine names a page by its language and a few letters of a digest, which two pages in two parts can have
    alike. So each part has a language of its own, in the manner of a private subtag (RFC 5646)."""
    return f"{LANGUAGE}-x{part}" if part else LANGUAGE


ENVIRONMENT: Final = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "3000"}
"""Of the index a browser loads the piece that a word is in, and a whole piece is 20,000 places where words
stand unless this says otherwise: 30 to 70 kB. The engine's makers promise nothing of it; without it a search
costs more to load, and a test tells."""

_FRAGMENT: Final = ".pf_fragment"

_SIGNATURE: Final = b"pagefind_dcd"
"""Stands in front of the data in each file."""


class Index(NamedTuple):
    """`files` by their path in the engine's folder; `fragments` gives the engine's name of each page by the
    page's address."""

    files: Mapping[str, bytes]
    fragments: Mapping[str, str]

    def has_each_once(self, pages: int) -> bool:
        """Whether it has one fragment for each of so many pages. A name is as many letters of a digest as no other
        page shares, so it can pass on from a page whose fragment was kept."""
        return len(self.fragments) == pages == sum(path.endswith(_FRAGMENT) for path in self.files)


NONE_KEPT: Final[Mapping[str, bytes]] = MappingProxyType({})


def index_of(pages: Iterable[tuple[str, str]], part: int = 0, kept: Mapping[str, bytes] = NONE_KEPT) -> Index:
    """The index of some pages, each (address on the site, HTML). The program that searches in all parts is in the
    first. `kept` are fragments that an earlier index has of pages that are the same now, by the engine's names: it
    doesn't pack them again, which is a third of its work. Raises `EngineError` where the engine is missing or
    failed."""
    every = list(pages)
    index = _index_of(every, part, kept)
    is_right = not kept or index.has_each_once(len(every))
    return index if is_right else _index_of(every, part, NONE_KEPT)


def _index_of(pages: Sequence[tuple[str, str]], part: int, kept: Mapping[str, bytes]) -> Index:
    with _Indexing(pages, _language(part), kept) as indexing:
        return indexing.result(_DATA if part else (*_PROGRAM, *_DATA))


def fragment_path(name: str) -> str:
    """In the engine's folder, of the fragment of a page that the engine calls so."""
    return f"fragment/{name}{_FRAGMENT}"


_LEAST: Final = 1 << 14
_ROOM: Final = 4
"""In memory a page, its fragment and its part of the index take up less than so many times its length and the
least that files take up."""


class _Indexing(Background):
    def __init__(self, pages: Sequence[tuple[str, str]], language: str, kept: Mapping[str, bytes]) -> None:
        self._program = _program()
        self._pages, self._language, self._kept = pages, language, kept
        self.parent = memory_for(_ROOM * sum(_LEAST + len(html) for _, html in pages))

    def begin(self, place: Path) -> subprocess.Popen[str]:
        (place / "pages").mkdir()
        for address, html in self._pages:
            page = place / "pages" / address
            page.mkdir(parents=True, exist_ok=True)
            (page / "index.html").write_text(html, "utf-8")
        (place / "index" / "fragment").mkdir(parents=True)
        for name, content in self._kept.items():
            (place / "index" / fragment_path(name)).write_bytes(content)
        return start([self._program, *OPTIONS, "--force-language", self._language], place, ENVIRONMENT)

    def result(self, needed: Iterable[str]) -> Index:
        went_well, output = self.wait()
        if not went_well:
            raise EngineError(_reason(output))
        made = self.place / "index"
        files = sorted(path for pattern in needed for path in made.glob(pattern))
        return Index(
            {path.relative_to(made).as_posix(): path.read_bytes() for path in files},
            dict(fragment(path) for path in files if path.suffix == _FRAGMENT),
        )


def _program() -> str:
    try:
        return str(import_module(ENGINE).get_executable())
    except (ImportError, FileNotFoundError) as error:
        raise EngineError("Sökmotorn pagefind är inte installerad. Kör: make site") from error


def _reason(output: str) -> str:
    return f"Sökmotorn pagefind kunde inte göra sökregistret: {cause_in(output)}."


def fragment(path: Path) -> tuple[str, str]:
    """The address of the page that a fragment holds, and its name for the engine."""
    data = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))
    return data["url"].removeprefix("/"), path.stem
