"""Mends files in place, each all at once, and tells what changed."""

import os
from collections.abc import Callable, Iterable
from difflib import unified_diff
from pathlib import Path

from kunskapsbank.checks.targets import type_of
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.drafting.mending import mended
from kunskapsbank.reading.files import read_text


def mend_files(source: Path, paths: Iterable[str], dictionary: Dictionary, say: Callable[[str], None]) -> int:
    """How many were changed. Files that can't be read are left to the checks. Raises `OSError`."""
    return sum(_mend_file(source, path, dictionary, say) for path in paths)


def _mend_file(source: Path, path: str, dictionary: Dictionary, say: Callable[[str], None]) -> bool:
    type_ = type_of(dictionary, path)
    text, _ = read_text(source, path)
    if type_ is None or text is None:
        return False
    raw = (source / path).read_bytes().decode()
    right = mended(raw, path, type_, dictionary)
    if right == raw:
        return False
    _replace(source / path, right.encode())
    say(
        "\n".join(
            unified_diff(raw.splitlines(), right.splitlines(), path, path, "före", "efter", lineterm="", n=1)
        )
    )
    return True


def _replace(file: Path, content: bytes) -> None:
    """Whatever happens, the file is the old one or the new one, whole."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        os.chmod(aside, file.stat().st_mode)
        os.replace(aside, file)
    finally:
        aside.unlink(missing_ok=True)
