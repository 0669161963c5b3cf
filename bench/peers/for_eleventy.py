"""Makes a corpus into an Eleventy site: the site in peers/eleventy, with our records as its content.

Front matter is kept, and links lead to addresses instead of files. Eleventy comes from npm, into a folder
in .cache/ that is named by its lock file, so that nothing of it lies among our own packages.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import dictionary
from peers import records
from peers.command import REPOSITORY, Command
from peers.for_hugo import ANSWERS
from peers.records import LINK, Record

SITE = Path(__file__).with_name("eleventy")
STYLE = Path(__file__).parent / "hugo" / "static" / "style.css"
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")


def missing() -> str:
    """Install Eleventy if it is not there; how to get it if that does not work."""
    if _program().exists():
        return ""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "install Node.js 20 or later with npm"
    place = _place()
    place.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(SITE / name, place)
    done = subprocess.run([npm, *INSTALL], cwd=place, check=False, stdin=subprocess.DEVNULL)
    return (
        "" if done.returncode == 0 and _program().exists() else f"npm ci in {place.relative_to(REPOSITORY)}"
    )


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
    return Command([node, str(_program()), "--quiet", f"--output={_beside(source, output)}"], source)


def version() -> str:
    """The version that is pinned."""
    return str(json.loads((SITE / "package.json").read_text("utf-8"))["dependencies"]["@11ty/eleventy"])


def _beside(source: Path, output: Path) -> str:
    """An output as seen from the sources."""
    return f"../{output.relative_to(source.parent).as_posix()}"


def _place() -> Path:
    digest = hashlib.sha256((SITE / "package-lock.json").read_bytes()).hexdigest()[:16]
    return REPOSITORY / ".cache" / "bench" / f"eleventy-{digest}"


def _program() -> Path:
    return _place() / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"


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
