"""A release: one complete, verified tree, put in place all at once.

What has changed since the release that is up is written aside, in `.<output>.releases/`, and the whole is
verified. Only then is a tree put together of it and of what stands, and the output, a symbolic link, changes
to that in one step; where the system has no such links the folders change names instead. Whatever fails
before that, the last good site stays up. The release before is kept as a way back.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from kunskapsbank.publishing.assembly import Plan, carry_out, link_all, move_all, plan
from kunskapsbank.publishing.ledger import Entry, Ledger, Line
from kunskapsbank.publishing.verify import Site
from kunskapsbank.publishing.writing import Place, Wanted, write

KEPT: Final = 2
"""How many releases are kept: the one that is up and the one before it."""

MANIFEST: Final = "manifest.json"
TREE: Final = "tree"
MADE: Final = "made"
"""In a draft: what was made for it, before the tree is put together."""


class OutputRefused(Exception):
    """The output can't be used; its message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Release:
    """`id` is a digest of the whole content, so equal input gives an equal id."""

    id: str
    files: int
    size: int
    changed: bool


def release_of(ledger: Ledger) -> Release:
    """The one that a ledger is of, as it is left when there is nothing to do."""
    sizes = [line.entry.size for line in ledger.files.values()]
    return Release(ledger.release, len(sizes), sum(sizes), False)


class Published(NamedTuple):
    """`known` is what is known of the batches; `files` and `places` are as in a ledger."""

    release: Release
    files: Mapping[str, Line]
    places: Set[tuple[str, str]]
    known: Sequence[Any]


class Spare(NamedTuple):
    """The tree of a release that nobody needs any more, and what makes of it the one that is up."""

    tree: Path
    plan: Plan


def spare_of(before: Ledger, output: Path) -> Spare | None:
    """Of the latest release but the one that is up, which would be forgotten. None where it can't be looked through:
    another build can have been quicker."""
    shelf, current = _shelf(output), tree_of(before.release, output)
    trees = [path / TREE for path in _releases(shelf)] if before.files and shelf.is_dir() else []
    others = [tree for tree in trees if tree.is_dir() and tree != current]
    with contextlib.suppress(OSError):
        return Spare(others[0], plan(others[0], before.files, current)) if others else None
    return None


def no_spare() -> None:
    return None


def publish(
    wanted: Wanted,
    before: Ledger,
    output: Path,
    site: Site,
    cores: int,
    spare_when_found: Callable[[], Spare | None] = no_spare,
) -> Published:
    """Makes the files that have yet to be made, verifies the whole and puts it in place. `before` is the ledger of
    the release that is up.

    Raises `Rejected` where the verification finds something, `OutputRefused` where the output is not ours to
    replace, `OSError` where the disk fails; the output is then as it was.
    """
    refuse_foreign(output)
    shelf = _shelf(output)
    draft = shelf / f"{_DRAFT}{os.getpid()}"
    try:
        shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed and had the same number
        (draft / MADE).mkdir(parents=True)
        current, spare = tree_of(before.release, output), spare_when_found()
        linked = [line.entry.path for line in wanted.standing] if spare is None else []
        meanwhile = partial(link_all, linked, current, draft / TREE) if linked else None
        place = Place(draft / MADE, current, site)
        lines, new, places, known = write(wanted, before, place, cores, meanwhile)
        entries = [line.entry for line in lines]
        release_id = _write_manifest(entries, wanted.inputs, draft / MANIFEST)
        if _is_up(shelf / release_id, output):
            changed = _mend([entry for entry in entries if entry.path in new], draft / MADE, output)
            lines = list(_as_they_lie(lines, output))
        else:
            stands = frozenset(entry.path for entry in entries).difference(new)
            gone = frozenset(before.files).difference(stands, new)
            _complete(draft, current, spare, linked, stands, gone, new)
            _put_in_place(draft, shelf / release_id, output)
            changed = True
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        with contextlib.suppress(OSError):
            shelf.rmdir()  # only goes where nothing was ever released
    _forget_old(shelf, shelf / release_id)
    release = Release(release_id, len(entries), sum(entry.size for entry in entries), changed)
    return Published(release, {line.entry.path: line for line in lines}, places, known)


def _mend(new: Iterable[Entry], made: Path, output: Path) -> bool:
    """Whether files of the release that is up were not what they should be. Such files are replaced."""
    damaged = [entry for entry in new if _differs(entry, output)]
    for entry in damaged:
        target = output / entry.path
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(made / entry.path, target)
    return bool(damaged)


def _differs(entry: Entry, output: Path) -> bool:
    try:
        return hashlib.sha256((output / entry.path).read_bytes()).hexdigest() != entry.digest
    except OSError:
        return True


def _as_they_lie(lines: Iterable[Line], output: Path) -> Iterator[Line]:
    for line in lines:
        yield line._replace(time=os.stat(output / line.entry.path).st_mtime_ns)


def tree_of(release_id: str, output: Path) -> Path:
    """Where the files of a release are while it is up, whatever another build may put up in the meantime."""
    tree = _shelf(output) / release_id / TREE
    return tree if tree.is_dir() else output  # which is the tree itself where there are no links


def _complete(
    draft: Path,
    current: Path,
    spare: Spare | None,
    linked: Sequence[str],
    stands: frozenset[str],
    gone: frozenset[str],
    new: frozenset[str],
) -> None:
    """The whole tree, of what has just been made and of what stands, some of it `linked` already."""
    tree = draft / TREE
    if not stands:
        os.rename(draft / MADE, tree)
        return
    if spare is not None and _taken(spare.tree, tree):
        carry_out(spare.plan, tree, current, stands, gone, new)
    else:
        link_all(sorted(stands.difference(linked)), current, tree)
    move_all(sorted(new), draft / MADE, tree)


def _taken(spare: Path, tree: Path) -> bool:
    """Whether it could be: another build can have been quicker."""
    try:
        os.rename(spare, tree)
    except FileNotFoundError:
        return False
    shutil.rmtree(spare.parent)
    return True


def _write_manifest(entries: Sequence[Entry], inputs: Mapping[str, str], path: Path) -> str:
    """The manifest, and the id of the release: the digest of its files and inputs."""
    files = {
        entry.path: {"sha256": entry.digest, "size": entry.size, "from": entry.made_from} for entry in entries
    }
    content = msgspec.json.encode({"version": 1, "inputs": inputs, "files": files})
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()[:16]


def refuse_foreign(output: Path) -> None:
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


def _put_in_place(draft: Path, release: Path, output: Path) -> None:
    target = _target(release)
    if release.exists():
        shutil.rmtree(release)
    draft.rename(release)
    link = output.parent / f".{output.name}.new-{os.getpid()}"
    link.unlink(missing_ok=True)
    try:
        os.symlink(target, link, target_is_directory=True)
    except OSError:
        _exchange_folders(release / TREE, output)
        return
    try:
        if output.is_dir() and not output.is_symlink():
            os.replace(output, _aside(output))
        os.replace(link, output)
    finally:
        link.unlink(missing_ok=True)


def _target(release: Path) -> str:
    """What the output says as a link to a release."""
    return f"{release.parent.name}/{release.name}/{TREE}"


def _is_up(release: Path, output: Path) -> bool:
    """As a link to the release or, without links, as the tree that is missing from it."""
    if output.is_symlink():
        return os.readlink(output) == _target(release) and (output / ".").exists()
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


def is_up(release_id: str, output: Path) -> bool:
    """Whether it is the release of this id that the output shows."""
    return bool(release_id) and _is_up(_shelf(output) / release_id, output)


def _forget_old(shelf: Path, current: Path) -> None:
    """Keeps the release that is up and the latest before it; drafts of dead runs go too."""
    drafts = [path for path in shelf.iterdir() if path.name.startswith(_DRAFT)]
    others = [path for path in _releases(shelf) if path != current]
    for path in [*others[KEPT - 1 :], *(draft for draft in drafts if not _is_alive(draft))]:
        shutil.rmtree(path, ignore_errors=True)


def _releases(shelf: Path) -> list[Path]:
    """The latest first."""
    found = [path for path in shelf.iterdir() if not path.name.startswith(_DRAFT)]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


_DRAFT: Final = ".new-"


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
