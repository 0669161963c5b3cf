"""The manifest of a release: its files with their digests. The release's id is a digest of it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

MANIFEST: Final = "manifest.json"
_VERSION: Final = 1


class Entry(NamedTuple):
    """A file of a release: its path from the site's root, SHA-256 in hexadecimal, size in octets, source files."""

    path: str
    digest: str
    size: int
    made_from: tuple[str, ...]


class _File(msgspec.Struct, rename={"made_from": "from"}):
    sha256: str
    size: int
    made_from: tuple[str, ...]


class _Manifest(msgspec.Struct):
    version: int
    inputs: dict[str, Any]
    files: dict[str, _File]


def write_manifest(entries: Sequence[Entry], inputs: Mapping[str, str], folder: Path) -> str:
    """Write the manifest of a release into its folder and return the release's id. Raise `OSError`."""
    files = {
        entry.path: {"sha256": entry.digest, "size": entry.size, "from": entry.made_from} for entry in entries
    }
    content = msgspec.json.encode({"version": _VERSION, "inputs": inputs, "files": files})
    (folder / MANIFEST).write_bytes(content)
    return _id_of(content)


def read_manifest(folder: Path) -> Mapping[str, Entry] | None:
    """Return the files of the release in a folder by their paths; None where its manifest is missing or is not the one
    that gave the release its id, which is the folder's name."""
    try:
        content = (folder / MANIFEST).read_bytes()
    except OSError:
        return None
    if _id_of(content) != folder.name:
        return None
    try:
        files = _decode(content).files
    except msgspec.DecodeError:
        return None
    return {path: Entry(path, file.sha256, file.size, file.made_from) for path, file in files.items()}


def is_manifest_intact(folder: Path) -> bool:
    """Return whether the manifest in a release's folder is the one that gave the release its id."""
    try:
        return _id_of((folder / MANIFEST).read_bytes()) == folder.name
    except OSError:
        return False


def _id_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


_decode: Final[Callable[[bytes], _Manifest]] = msgspec.json.Decoder(_Manifest).decode
