"""A release: one complete, verified tree, put in place all at once.

The tree is written aside, in `.<output>.releases/`, and verified there. Only then does the output, a
symbolic link, change to it in one step; where the system has no such links the folders change names
instead. Whatever fails before that, the last good site stays up. The release before is kept as a way back.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from kunskapsbank.output import File, Maker
from kunskapsbank.parallel import in_chunks
from kunskapsbank.problems.problem import Rejected
from kunskapsbank.publishing.verify import Outline, Site, judge, outline

KEPT: Final = 2
"""How many releases are kept: the one that is up and the one before it."""

MANIFEST: Final = "manifest.json"
TREE: Final = "tree"


LateMakers = Callable[[], Iterable[Maker]]
"""Gives makers of files that are worked on by others while the rest is written."""


class OutputRefused(Exception):
    """The output can't be used; its message is one sentence for a person."""


class Entry(NamedTuple):
    """A file of a release in its manifest."""

    path: str
    digest: str
    size: int
    made_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """`id` is a digest of the whole content, so equal input gives an equal id."""

    id: str
    files: int
    size: int
    changed: bool


def publish(
    makers: Sequence[Maker], late: LateMakers, output: Path, site: Site, inputs: Mapping[str, str], cores: int
) -> Release:
    """Makes every file, verifies the whole and puts it in place.

    `late` is asked for its makers when the others are done. `inputs` goes into the manifest as it is: the digests of what every file depends on. Raises
    `Rejected` where the verification finds something, `OutputRefused` where the output is not ours to
    replace, `OSError` where the disk fails; the output is then as it was.
    """
    _refuse_foreign(output)
    shelf = _shelf(output)
    draft = shelf / f".new-{os.getpid()}"
    try:
        shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed and had the same number
        (draft / TREE).mkdir(parents=True)
        entries = _write(makers, late, draft / TREE, site, cores)
        release_id = _write_manifest(entries, inputs, draft / MANIFEST)
        changed = _put_in_place(draft, shelf / release_id, output)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        with contextlib.suppress(OSError):
            shelf.rmdir()  # only goes where nothing was ever released
    _forget_old(shelf, shelf / release_id)
    return Release(release_id, len(entries), sum(entry.size for entry in entries), changed)


class _Written(NamedTuple):
    entries: list[Entry]
    outline: Outline


def _write(makers: Sequence[Maker], late: LateMakers, tree: Path, site: Site, cores: int) -> list[Entry]:
    """Writes the files, on all cores, and judges the whole."""
    parts = in_chunks(lambda chunk: _write_chunk(chunk, tree, site), makers, cores)
    parts.append(_write_chunk(late(), tree, site))
    # Two files at one address come in the order of their sources, whatever is in them.
    entries = sorted((e for part in parts for e in part.entries), key=lambda e: (e.path, e.made_from))
    made = ((entry.path, entry.made_from) for entry in entries)
    outlines = (part.outline for part in parts)
    problems = list(judge(outlines, made, lambda path: (tree / path).read_bytes(), site.elsewhere))
    if problems:
        raise Rejected(problems)
    return entries


def _write_chunk(makers: Iterable[Maker], tree: Path, site: Site) -> _Written:
    entries: list[Entry] = []
    return _Written(entries, outline(_written(makers, tree, entries.append), site))


def _written(makers: Iterable[Maker], tree: Path, note: Callable[[Entry], None]) -> Iterator[File]:
    for make in makers:
        file = make()
        target = f"{tree}/{file.path}"
        try:
            _write_file(target, file.content)
        except (IsADirectoryError, NotADirectoryError, FileExistsError):
            pass  # an address taken twice: the entry tells, and the verification refuses the release
        note(Entry(file.path, hashlib.sha256(file.content).hexdigest(), len(file.content), file.made_from))
        yield file


def _write_file(target: str, content: bytes) -> None:
    _make_folder(os.path.dirname(target))
    with open(target, "wb", buffering=0) as stream:
        if stream.write(content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)


def _make_folder(folder: str) -> None:
    """Nearly every file is the first in its folder, and its folder the only new one: that way is short."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _write_manifest(entries: Sequence[Entry], inputs: Mapping[str, str], path: Path) -> str:
    """The manifest, and the id of the release: the digest of its files and inputs."""
    files = {
        entry.path: {"sha256": entry.digest, "size": entry.size, "from": entry.made_from} for entry in entries
    }
    content = json.dumps({"version": 1, "inputs": dict(inputs), "files": files}, ensure_ascii=False)
    path.write_text(content, "utf-8")
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _refuse_foreign(output: Path) -> None:
    """An output that somebody else made is left alone."""
    if not output.parent.is_dir():
        raise OutputRefused(f"Mappen {output.parent} finns inte. Skapa den, eller ange en annan --output.")
    if output.is_symlink():
        if not os.readlink(output).startswith(f".{output.name}.releases/"):
            raise OutputRefused(
                f"{output} är en länk som build_site.py inte har gjort. Ange en annan --output."
            )
        return
    if not output.exists():
        return
    if not output.is_dir():
        raise OutputRefused(f"{output} är en fil. Ange en mapp med --output.")
    if any(output.iterdir()) and _emptied(_shelf(output)) is None:
        raise OutputRefused(
            f"{output} finns redan och är inte gjord av build_site.py. Flytta den, eller ange en annan --output."
        )


def _put_in_place(draft: Path, release: Path, output: Path) -> bool:
    """Whether the output changed. A release that is up already is left as it is."""
    target = f"{release.parent.name}/{release.name}/{TREE}"
    if _is_up(release, output, target):
        return False
    if release.exists():
        shutil.rmtree(release)
    draft.rename(release)
    link = output.parent / f".{output.name}.new-{os.getpid()}"
    link.unlink(missing_ok=True)
    try:
        os.symlink(target, link, target_is_directory=True)
    except OSError:
        _exchange_folders(release / TREE, output)
        return True
    try:
        if output.is_dir() and not output.is_symlink():
            os.replace(output, _aside(output))
        os.replace(link, output)
    finally:
        link.unlink(missing_ok=True)
    return True


def _is_up(release: Path, output: Path, target: str) -> bool:
    """As a link to the release or, without links, as the tree that is missing from it."""
    if output.is_symlink():
        return os.readlink(output) == target and (output / ".").exists()
    return output.is_dir() and (release / MANIFEST).is_file() and not (release / TREE).exists()


def _exchange_folders(tree: Path, output: Path) -> None:
    """For systems without symbolic links: two renamings, the first undone if the second fails."""
    aside = _aside(output)
    if output.exists():
        os.replace(output, aside)
    try:
        os.replace(tree, output)
    except OSError:
        if aside.exists():
            os.replace(aside, output)
        raise
    origin = _emptied(tree.parent.parent, but=tree.parent)
    if aside.exists() and origin:
        os.replace(aside, origin / TREE)  # back into the release it came from


def _shelf(output: Path) -> Path:
    return output.parent / f".{output.name}.releases"


def _aside(output: Path) -> Path:
    return _shelf(output) / f"aside-{os.getpid()}"


def _emptied(shelf: Path, but: Path | None = None) -> Path | None:
    """The release whose tree is up as a folder, and so not on the shelf."""
    releases = shelf.iterdir() if shelf.is_dir() else ()
    without = (p for p in releases if p != but and (p / MANIFEST).is_file() and not (p / TREE).exists())
    return next(without, None)


def _forget_old(shelf: Path, current: Path) -> None:
    """Keeps the release that is up and the latest before it; drafts of dead runs go too."""
    drafts = [path for path in shelf.iterdir() if path.name.startswith(".new-")]
    others = [path for path in shelf.iterdir() if path != current and path not in drafts]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [*others[KEPT - 1 :], *(draft for draft in drafts if not _is_alive(draft))]:
        shutil.rmtree(path, ignore_errors=True)


def _is_alive(draft: Path) -> bool:
    """Whether the process that a draft is named after is running; taken for granted on Windows, where
    asking would end it."""
    number = draft.name.rpartition("-")[2]
    if os.name == "nt" or not number.isdigit():
        return True
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
