"""Mends files in place, each all at once, and tells what changed."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from kunskapsbank.checks.targets import type_of
from kunskapsbank.dictionary.codes import UNKNOWN_TERM, WRONG_FORMAT
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.drafting.mending import mendable_places, mended
from kunskapsbank.problems.problem import Problem, in_order
from kunskapsbank.reading.files import read_text


def mend_files(source: Path, paths: Iterable[str], dictionary: Dictionary, say: Callable[[str], None]) -> int:
    """How many were changed. Files that can't be read are left to the checks. Raises `OSError`."""
    return sum(_mend_file(source, path, dictionary, say) for path in paths)


def mendable(source: Path, problems: Iterable[Problem], dictionary: Dictionary) -> int:
    """How many problems would be gone with the files mended. Raises `OSError`."""
    return sum(
        _mendable_in(source, path, list(own), dictionary)
        for path, own in groupby(in_order(list(problems)), _path)
    )


def _path(problem: Problem) -> str:
    return problem.path


def _mendable_in(source: Path, path: str, problems: list[Problem], dictionary: Dictionary) -> int:
    type_ = type_of(dictionary, path)
    of_values = [problem for problem in problems if problem.code in _OF_VALUES]
    text, _ = read_text(source, path) if type_ and of_values else (None, [])
    if type_ is None or text is None:
        return 0
    places = mendable_places(text, path, type_, dictionary)
    return sum(problem.place in places for problem in of_values)


_OF_VALUES: Final = (UNKNOWN_TERM, WRONG_FORMAT)


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
    say("\n".join(_diff(raw.splitlines(), right.splitlines(), path)))
    return True


def _diff(before: Sequence[str], after: Sequence[str], path: str) -> Iterator[str]:
    """Yield the lines of a unified diff of two texts with equally many lines, each with one line around it.

    A line is only mended in its place, so that nothing is searched for as `difflib` does, which takes the square
    of the number of lines.
    """
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    yield from (f"--- {path}\tföre", f"+++ {path}\tefter")
    for hunk in _hunks(changed, len(before)):
        span = f"{hunk.start + 1},{len(hunk)}" if len(hunk) > 1 else f"{hunk.start + 1}"
        yield f"@@ -{span} +{span} @@"
        for is_same, numbers in groupby(hunk, lambda number: before[number] == after[number]):
            run = list(numbers)
            yield from (f"{' ' if is_same else '-'}{before[number]}" for number in run)
            yield from (f"+{after[number]}" for number in run if not is_same)


def _hunks(changed: Iterable[int], end: int) -> Iterator[range]:
    """Yield the stretches of lines to show; those that meet are one."""
    hunk: range | None = None
    for number in changed:
        own = range(max(0, number - 1), min(end, number + 2))
        if hunk is not None and own.start > hunk.stop:
            yield hunk
            hunk = None
        hunk = own if hunk is None else range(hunk.start, own.stop)
    if hunk is not None:
        yield hunk


def _replace(file: Path, content: bytes) -> None:
    """Whatever happens, the file is the old one or the new one, whole."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with aside.open("wb") as draft:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())  # or a power cut could leave an empty file
        os.chmod(aside, file.stat().st_mode)
        os.replace(aside, file)
    finally:
        aside.unlink(missing_ok=True)
