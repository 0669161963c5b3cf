"""Makes a corpus into an Eleventy site: the site in peers/eleventy, with our records as its content.

Front matter is kept, and links lead to addresses instead of files.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import dictionary
from peers import npm, records
from peers.command import Command
from peers.for_hugo import ANSWERS
from peers.records import LINK, Record

SITE = Path(__file__).with_name("eleventy")
STYLE = Path(__file__).parent / "hugo" / "static" / "style.css"
PROGRAM = "@11ty/eleventy/cmd.cjs"


def missing() -> str:
    """Install Eleventy if it is not there; how to get it if that does not work."""
    return npm.missing(SITE, PROGRAM)


def prepare(corpus: Path, source: Path) -> None:
    """Write the Eleventy site into a new folder."""
    shutil.copytree(SITE, source, ignore=shutil.ignore_patterns("package-lock.json"))
    words = dictionary.load(corpus / "schema")
    content = source / "content"
    shutil.copy(STYLE, content)
    paths = {type_.folder: type_.path for type_ in words.types.values()}
    for path in paths.values():
        (content / path).mkdir()
    for record in records.read(corpus, words):
        (content / record.type.path / f"{record.id}.md").write_text(_text(record, paths), "utf-8")
    (source / "data").mkdir()
    (source / "data" / "site.json").write_text(json.dumps(_labels(words), ensure_ascii=False), "utf-8")


def command(source: Path, output: Path) -> Command:
    """Build without a search. Eleventy wants to be run in the folder of its sources."""
    node = shutil.which("node") or "node"
    program = npm.place(SITE) / "node_modules" / PROGRAM
    return Command([node, str(program), "--quiet", f"--output={_beside(source, output)}"], source)


def version() -> str:
    """The version that is pinned."""
    return str(json.loads((SITE / "package.json").read_text("utf-8"))["dependencies"]["@11ty/eleventy"])


def _beside(source: Path, output: Path) -> str:
    """An output as seen from the sources."""
    return f"../{output.relative_to(source.parent).as_posix()}"


def _text(record: Record, paths: dict[str, str]) -> str:
    body = LINK.sub(lambda link: f"](/{paths[link['folder']]}/{link['id']}/)", record.body)
    return f"---\n{record.front_matter}---\n{body}"


def _labels(words: dictionary.Dictionary) -> dict[str, object]:
    vocabularies = {facet: words.vocabularies[name] for facet, name in dictionary.FACETS.items()}
    return {
        "answers": ANSWERS,
        "documents": words.vocabularies["documents"].terms,
        "facets": [
            {"id": facet, "path": found.path, "plural": found.plural, "terms": found.terms}
            for facet, found in vocabularies.items()
        ],
        "fields": words.fields,
        "functions": words.vocabularies["functions"].terms,
        "types": [{"path": type_.path, "plural": type_.plural} for type_ in words.types.values()],
    }
