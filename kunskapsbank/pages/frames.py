"""The site engine, and the frames that it renders: the only module that knows MkDocs or Zensical.

`docs/` is rendered once, in a process of its own and in a folder of its own, so that nothing of the
engine's ends up in the source tree. What comes back is frames: HTML cut up at its slots. There are two
kinds of slot, the comment `<!-- slot:body -->` and the word `@@title@@`. Every relative address in a
frame is turned into one from the site's root, after the `ROOT` mark, so that a frame fits at any depth.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args
from urllib.parse import urljoin, urlsplit

from kunskapsbank.background import Background, EngineError, cause_in, start
from kunskapsbank.dictionary.validation import nearest
from kunskapsbank.pages.frame_codes import (
    FRAME_MISSING,
    SLOT_DOUBLED,
    SLOT_MISSING,
    SLOT_UNKNOWN,
    UNSAFE_PAGE,
)
from kunskapsbank.pages.frame_markup import place_of_tag, refused_tags
from kunskapsbank.pages.markdown import ROOT, scrollable_tables
from kunskapsbank.problems.problem import START, Place, Problem
from kunskapsbank.reading.files import quotable_lines
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Scalar, at, read_mapping
from kunskapsbank.settings import CONFIG

Engine = Literal["mkdocs", "zensical"]
ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)

FOLDER: Final = "ramar"
"""Frames that are not pages by themselves lie here, in docs/."""

PAGE_SLOTS: Final = frozenset({"canonical", "head"})
"""Slots of every page."""

OPTIONAL_SLOTS: Final = frozenset({"root", "page", "part", "policy", "site"})
"""Slots that a page may have: the way to the site's root, which page of a list it is (", sida 2"), what
the site is a part of, the Content Security Policy and the site's whole address."""

FRAME_SLOTS: Final = PAGE_SLOTS | {"title", "description", "body"}
"""Slots that a frame in `FOLDER` must have."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page of the engine cut at its slots: text, slot, text, slot, … text. `path` is its file on the
    site, `source` the file in docs/ that it was made from. `title`, `description` and `language` are what its head
    says, `refused` the tags that may not be there."""

    path: str
    source: str
    parts: tuple[str, ...]
    title: str = ""
    description: str = ""
    language: str = ""
    refused: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """From the site's root."""
        return self.path.removesuffix("index.html")

    @property
    def slots(self) -> tuple[str, ...]:
        return self.parts[1::2]


@dataclass(frozen=True, slots=True)
class Rendered:
    """`frames` by the path of the page on the site; `assets` are other files for the site by path."""

    frames: Mapping[str, Frame]
    assets: Mapping[str, bytes]


class Rendering(Background):
    """The engine at work in the background, as a context manager; `result` waits for it."""

    def __init__(self, source: Path, engine: Engine) -> None:
        self._source, self._engine = source, engine

    def begin(self, place: Path) -> subprocess.Popen[str]:
        self._folders = _copy(self._source, place)
        return start([sys.executable, "-m", self._engine, *_ARGUMENTS[self._engine]], place, _ENVIRONMENT)

    def result(self) -> Rendered:
        """Raises `EngineError` where the engine is missing or failed."""
        went_well, output = self.wait()
        if not went_well:
            raise EngineError(_reason(self._engine, output))
        docs, theme, pages = self._folders
        found = (
            (path, source)
            for path, source in _sources(docs, docs.relative_to(self.place).as_posix()).items()
            if (pages / path).is_file()
        )
        frames = {path: _frame(pages / path, path, source) for path, source in found}
        assets = dict(_assets(pages, (docs, *([theme] if theme else []))))
        return Rendered(frames, assets)


def problems_of(
    rendered: Rendered, needed: Mapping[str, str], page_slots: frozenset[str]
) -> Iterator[Problem]:
    """Everything wrong with the frames. `needed` maps the page path of each frame that must exist to
    its source file; `page_slots` are the slots that a page of docs/ may have beside `PAGE_SLOTS`."""
    for path, source in needed.items():
        if path not in rendered.frames:
            yield Problem(FRAME_MISSING, source, START, {"frame": source, "path": source})
    for path, frame in rendered.frames.items():
        is_frame = path in needed
        known = FRAME_SLOTS if is_frame else PAGE_SLOTS | page_slots
        required = FRAME_SLOTS if is_frame else PAGE_SLOTS
        yield from _slot_problems(frame, known | OPTIONAL_SLOTS, required)
        for tag in frame.refused:
            yield Problem(UNSAFE_PAGE, frame.source, START, {"tag": tag})


def _slot_problems(frame: Frame, known: frozenset[str], required: frozenset[str]) -> Iterator[Problem]:
    for slot in sorted(required - set(frame.slots)):
        yield Problem(
            SLOT_MISSING,
            frame.source,
            START,
            {"frame": frame.source, "slot": slot, "written": _written(slot)},
        )
    for slot in dict.fromkeys(frame.slots):
        values = {"frame": frame.source, "slot": slot, "written": _written(slot)}
        times = frame.slots.count(slot)
        if slot not in known:
            yield _unknown_slot(frame, slot, known - OPTIONAL_SLOTS)
        elif times > 1 and slot not in _WORDS:
            yield Problem(SLOT_DOUBLED, frame.source, START, values | {"times": times})


def _unknown_slot(frame: Frame, slot: str, known: frozenset[str]) -> Problem:
    values = {"frame": frame.source, "slot": slot, "known": ", ".join(sorted(known))}
    near = nearest(slot, {name: name for name in known})
    return Problem(SLOT_UNKNOWN, frame.source, START, values | ({"nearest": near} if near else {}))


_WORDS: Final = frozenset({"title", "description", "canonical"}) | OPTIONAL_SLOTS
"""Slots written as @@word@@, which may stand in several places."""


def _written(slot: str) -> str:
    return f"@@{slot}@@" if slot in _WORDS else f"<!-- slot:{slot} -->"


def place_of_problem(problem: Problem, source: Path) -> Place:
    """Return where a problem of `problems_of` stands in the file of its frame."""
    if tag := problem.values.get("tag"):
        return place_of_tag(str(tag), quotable_lines(source, problem.path))
    slot = problem.values.get("slot")
    return place_of(problem.path, str(slot), source) if slot else problem.place


def place_of(frame_source: str, slot: str, source: Path) -> Place:
    """Where a slot stands in the file of its frame; the start where it comes from the page template."""
    for number, line in enumerate(quotable_lines(source, frame_source), start=1):
        for match in _SLOT.finditer(line):
            if slot in match.groups():
                return Place(number, match.start() + 1, number, match.end() + 1)
    return START


def asking(source: Path, docs: str, slot: str) -> str | None:
    """The address of the page in docs/ that asks for a slot, told without rendering it."""
    for path, file in _sources(source / docs, docs).items():
        if place_of(file, slot, source) != START:
            return path.removesuffix("index.html")
    return None


_SLOT: Final = re.compile(r"<!--\s*slot:([a-z0-9_-]+)\s*-->|@@([a-z]+)@@")
_UNPOURED: Final = re.compile(r"<!-- unpoured -->.*?<!-- /unpoured -->", re.DOTALL)
_CLOSED_VOID: Final = re.compile(r"(<(?:img|br|hr)\b[^<>]*?)\s*/>")
"""An element without content as Python-Markdown writes it, in the manner of XML."""
_ALIGNED: Final = re.compile(r'style="text-align: (left|right|center);"')
"""How Python-Markdown aligns the cells of a table; the policy of security allows no inline style."""
_TAG: Final = re.compile(r"<[a-zA-Z][^<>]*>")
_ADDRESS: Final = re.compile(r'(?<=\s)(href|src|action)="([^"]*)"')


def cut(html: str, path: str) -> tuple[str, ...]:
    """The parts of a page: text and the names of slots in turn."""
    plain = _CLOSED_VOID.sub(r"\1>", _ALIGNED.sub(r'class="\1"', _UNPOURED.sub("", html)))
    finished = rebased(scrollable_tables(plain), path)
    parts: list[str] = []
    end = 0
    for match in _SLOT.finditer(finished):
        parts += [finished[end : match.start()], match[1] or match[2]]
        end = match.end()
    return (*parts, finished[end:])


def rebased(html: str, path: str) -> str:
    """The HTML of the page at `path` with its addresses from the `ROOT` mark."""
    return _TAG.sub(lambda tag: _rebase(tag.group(), path), html)


def _rebase(tag: str, path: str) -> str:
    return _ADDRESS.sub(lambda found: f'{found[1]}="{from_root(found[2], path)}"', tag)


def from_root(address: str, path: str) -> str:
    """A relative or root-absolute address on the page at `path`, from the `ROOT` mark."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or address.startswith(("#", "@@")):
        return address
    return ROOT + urljoin("/" + path.removesuffix("index.html"), address or ".").removeprefix("/")


class _Folders(NamedTuple):
    """Where the engine works: what it renders, what the theme is overridden with, where its pages go."""

    docs: Path
    theme: Path | None
    pages: Path


def sources(source: Path) -> tuple[str, ...]:
    """The folders of the source that the engine renders, beside mkdocs.yml, which must be readable."""
    docs, theme = _folders(_config(source))
    return (docs, theme) if theme else (docs,)


def _config(source: Path) -> MappingNode:
    return read_mapping((source / CONFIG).read_text("utf-8"), CONFIG, tags_allowed=True)[0]


def _folders(config: MappingNode) -> tuple[str, str | None]:
    """Where the pages are, and what the theme is overridden with."""
    return _setting(config, "docs_dir") or "docs", _setting(config, "theme", "custom_dir")


def _copy(source: Path, place: Path) -> _Folders:
    """Brings what the engine needs into its folder: mkdocs.yml, docs and the theme's overrides."""
    config = _config(source)
    docs, theme = _folders(config)
    shutil.copy(source / CONFIG, place / CONFIG)
    for folder in (docs, theme):
        if folder and (source / folder).is_dir():
            shutil.copytree(source / folder, place / folder, ignore=_links)
    pages = _setting(config, "site_dir") or "site"
    return _Folders(place / docs, place / theme if theme else None, place / pages)


def _links(folder: str, names: list[str]) -> list[str]:
    """Symbolic links are left behind: they can lead out of the tree."""
    return [name for name in names if os.path.islink(os.path.join(folder, name))]


def _setting(config: MappingNode, *steps: str) -> str | None:
    node = at(config, list(steps))
    found = node if config.get(steps[0]) is not None else None
    return found.text if isinstance(found, Scalar) else None


_ARGUMENTS: Final[Mapping[Engine, Sequence[str]]] = {"mkdocs": ["build", "--quiet"], "zensical": ["build"]}
_ENVIRONMENT: Final = {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _reason(engine: Engine, output: str) -> str:
    if any(line.rstrip().endswith(f"No module named {engine}") for line in output.splitlines()):
        return f"Webbplatsmotorn {engine} är inte installerad. Kör: make site"
    said = cause_in(output)
    return f"Webbplatsmotorn {engine} kunde inte bygga docs: {said.removeprefix('ERROR').lstrip(' -')}"


def _sources(docs: Path, name: str) -> dict[str, str]:
    """The page path on the site of every Markdown file in docs, with the file's path in the source, where
    docs is called `name`."""
    pages = {}
    for file in sorted(docs.rglob("*.md")):
        inside = file.relative_to(docs).with_suffix("").as_posix()
        page = (
            inside.removesuffix("index") if inside == "index" or inside.endswith("/index") else f"{inside}/"
        )
        pages[f"{page}index.html"] = f"{name}/{inside}.md"
    return pages


def _frame(file: Path, path: str, source: str) -> Frame:
    html = file.read_text("utf-8")
    title, description, language = (_said(pattern, html) for pattern in _SAID_IN_HEAD)
    parts = cut(html, path)
    refused = refused_tags("".join(parts[::2]))
    return Frame(path, source, parts, title, description, language, refused)


def _said(pattern: re.Pattern[str], html: str) -> str:
    return unescape(found[1]) if (found := pattern.search(html)) else ""


_SAID_IN_HEAD: Final = (
    re.compile(r"<title>([^<]*)</title>"),
    re.compile(r'<meta name="description" content="([^"]*)">'),
    re.compile(r'<html lang="([^"]*)">'),
)
"""The title, the description and the language of a page, as the page template writes them."""


def _assets(site: Path, origins: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """Files that come from docs or the overrides as they are; what the theme brings itself is left out."""
    for origin in origins:
        for file in sorted(origin.rglob("*")):
            path = file.relative_to(origin).as_posix()
            if file.is_file() and file.suffix not in (".md", ".html") and (site / path).is_file():
                yield path, (site / path).read_bytes()
