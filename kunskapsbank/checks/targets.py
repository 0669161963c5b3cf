"""What a relative link in a record points at, and the anchors that a record has.

Links between records are file paths, as on a code host (`../methods/karp.md`), so that a preview there
and the site agree. Shared by the rule on links, which judges them, and the renderer, which rewrites them.
"""

import posixpath
import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from kunskapsbank.checks.subject import name_parts
from kunskapsbank.dictionary.types import Dictionary, RecordType
from kunskapsbank.reading.addresses import SCHEMES as SCHEMES  # noqa: PLC0414  # asked for here, too
from kunskapsbank.reading.addresses import scheme as scheme  # noqa: PLC0414

PICTURES: Final = "docs"
"""Pictures in records are files in this folder, which the site engine copies as they are."""

_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")


class Target(NamedTuple):
    """A record by type and id, or (with no type) the record that the link stands in. `path` is that of the file
    that the link names, as it is written; empty for the file itself."""

    type: RecordType | None
    id: str
    fragment: str
    path: str

    @property
    def address(self) -> str:
        return self.type.address(self.id) if self.type else ""


@lru_cache(maxsize=1 << 12)
def slug(text: str) -> str:
    """Words as an anchor or file name: å and ä become a, ö becomes o."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_SLUG.sub("-", folded).strip("-")


def type_of(dictionary: Dictionary, path: str) -> RecordType | None:
    """The record type of a file by its folder and the end of its name; the longest ending wins."""
    folder, _, name = path.rpartition("/")
    fitting = [t for t in dictionary.types.values() if t.folder == folder and name.endswith(t.suffix)]
    return max(fitting, key=lambda t: len(t.suffix), default=None)


def resolve(dictionary: Dictionary, from_path: str, target: str) -> Target | None:
    """The record that a relative link names; None where it names no record file."""
    return _resolve(dictionary, from_path.rpartition("/")[0], target)


@lru_cache(maxsize=1 << 16)
def _resolve(dictionary: Dictionary, folder: str, target: str) -> Target | None:
    """Each link is asked for by several rules and by the renderer, and each target by many records."""
    plain = _PLAIN.fullmatch(target)
    split = (f"{plain[1] or folder}/{plain[2]}", plain[3] or "") if plain else _split(folder, target)
    if split is None:
        return None
    path, fragment = split
    if not path:
        return Target(None, "", fragment, "")
    type_ = type_of(dictionary, path)
    names = name_parts(type_, path) if type_ else None
    if type_ is None or names is None:
        return None
    named = path if plain else relative_path(f"{folder}/.", target.partition("#")[0])
    return Target(type_, names[0], fragment, named)


_PLAIN: Final = re.compile(r"(?:\.\./([a-z0-9_-]+)/)?([a-z0-9-]+\.[a-z]+(?:\.[a-z]+)?)(?:#([a-z0-9-]*))?")
"""A link as nearly all are written, to a file in the same folder or one beside it: nothing to work out."""


def _split(folder: str, target: str) -> tuple[str, str] | None:
    """The path from the source (empty for the file itself) and the fragment of a relative link."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or parts.query or parts.path.startswith("/"):
        return None
    path = relative_path(f"{folder}/.", parts.path) if parts.path else ""
    return path, unquote(parts.fragment)


def relative_path(from_path: str, target: str) -> str:
    """The path in the source tree that a relative link from a file points at."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(from_path), unquote(target)))
