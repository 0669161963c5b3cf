"""The source of a part: its records and the files of the site as they are, and the generator."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kunskapsbank.dictionary.load import FOLDER as DICTIONARY
from kunskapsbank.dictionary.shared import FILE as SHARED
from kunskapsbank.dictionary.shared import Shared
from kunskapsbank.handover.behind import as_file
from kunskapsbank.pages import frames
from kunskapsbank.reading.files import listing, read_text
from kunskapsbank.reading.nodes import Scalar, read_mapping
from kunskapsbank.settings import CONFIG

GENERATOR: Final = Path(__file__).resolve().parent.parent.parent
_PACKAGE: Final = "kunskapsbank"
_BESIDE: Final = (
    "build_site.py",
    "requirements.lock",
    "requirements-pdf.lock",
    "pyproject.toml",
    "Makefile",
    "LICENSE",
)
"""What the generator needs beside its package, and its licence."""

_IGNORED: Final = "/site\n/.site*\n/.venv/\n__pycache__/\n"


def lay(
    source: Path, records: Iterable[str], shared: Shared, name: str, site_url: str | None, place: Path
) -> None:
    """Puts the source of a part into a new folder. `records` are the paths of their files, `name` is what
    the part is called; with a `site_url` that is the address in mkdocs.yml, which else stays as it is."""
    files = [CONFIG, *records]
    for folder in (DICTIONARY, *frames.sources(source)):
        files += listing(source, folder)
    _copy(source, filter(_is_wanted, files), place)
    code = filter(_is_wanted, listing(GENERATOR, _PACKAGE))
    _copy(GENERATOR, [*code, *_BESIDE], place)
    (place / SHARED).write_text(as_file(shared, name), "utf-8")
    (place / ".gitignore").write_text(_IGNORED, "utf-8")
    if site_url:
        _address(place / CONFIG, site_url if site_url.endswith("/") else f"{site_url}/")


def _is_wanted(path: str) -> bool:
    """Whether a file belongs to the source: no hidden one, and none that Python has made."""
    return not any(step.startswith(".") or step == "__pycache__" for step in path.split("/"))


def _copy(origin: Path, paths: Iterable[str], place: Path) -> None:
    """Links are left behind, since they can lead out of the tree."""
    for path in paths:
        if not os.path.islink(origin / path):
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(origin / path, place / path)


def _address(config: Path, site_url: str) -> None:
    """Writes another address in the place of the one in the settings; all else in the file stays."""
    text, _ = read_text(config.parent, config.name)
    node = read_mapping(text or "", config.name, tags_allowed=True)[0].get("site_url")
    if not isinstance(node, Scalar):
        raise AssertionError(node)  # the settings were read from it
    lines = (text or "").split("\n")
    line, start, end = node.place.line - 1, node.place.column - 1, node.place.end_column - 1
    lines[line] = lines[line][:start] + site_url + lines[line][end:]
    config.write_text("\n".join(lines), "utf-8")


def tree(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file under a folder by its path inside, in order."""
    paths = sorted(os.path.join(where, name) for where, _, names in os.walk(folder) for name in names)
    yield from ((os.path.relpath(path, folder).replace(os.sep, "/"), Path(path)) for path in paths)
