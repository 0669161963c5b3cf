"""A release: one complete, verified tree, put in place all at once.

What has changed since the release that is up is written aside, in `.<output>.releases/`, and the whole is
verified. Only then is a tree put together of it and of what stands, and flushed to the disk; then the output, a
symbolic link, changes to it in one step. Where the system has no such links the folders change names instead.
Whatever fails before that, the last good site stays up. Releases before it are kept as a way back.
"""

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from kunskapsbank.publishing.assembly import Plan, carry_out, copy_all, move_all, plan
from kunskapsbank.publishing.disk import (
    FOLDER_MODE,
    READABLE,
    SEARCHABLE,
    flush,
    flush_folder,
    is_public,
    make_public_folder,
    public_modes,
)
from kunskapsbank.publishing.integrity import Difference, Kind, differences, digest_of_file, folders_of, walk
from kunskapsbank.publishing.ledger import Ledger, Line
from kunskapsbank.publishing.manifest import (
    MANIFEST,
    Entry,
    is_manifest_intact,
    read_manifest,
    write_manifest,
)
from kunskapsbank.publishing.placing import switch_to
from kunskapsbank.publishing.store import TREE, ReleaseStore, remove
from kunskapsbank.publishing.verify import Site
from kunskapsbank.publishing.writing import Place, Wanted, write

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
    """`known` is what is known of the batches; `files`, `places` and `sealed` are as in a ledger."""

    release: Release
    files: Mapping[str, Line]
    places: Set[tuple[str, str]]
    sealed: Mapping[str, int]
    known: Sequence[Any]


class Spare(NamedTuple):
    """The tree of a release that nobody needs any more, and what makes of it the one that is up."""

    tree: Path
    plan: Plan


def spare_of(before: Ledger, output: Path, is_thorough: bool) -> Spare | None:
    """Of the latest release that builds may take apart. None where it can't be looked through."""
    store = ReleaseStore(output)
    for release_id in store.spares() if before.files else ():
        tree = store.release(release_id) / TREE
        if release_id in before.sealed and tree.is_dir():
            with contextlib.suppress(OSError):
                return Spare(tree, plan(tree, before.sealed[release_id], before.files, is_thorough))
    return None


def no_spare() -> None:
    return None


def tree_of(release_id: str, output: Path) -> Path:
    return ReleaseStore(output).tree(release_id)


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
    store = ReleaseStore(output)
    with public_modes(), _staging(store) as draft:
        current, spare = store.tree(before.release), spare_when_found()
        copied = wanted.standing if spare is None else ()
        meanwhile = partial(copy_all, copied, current, draft / TREE) if copied else None
        place = Place(draft / MADE, current, site)
        lines, new, places, known = write(wanted, before, place, cores, meanwhile)
        release_id = write_manifest([line.entry for line in lines], wanted.inputs, draft)
        if release_id == store.current():
            changed = _repair(store, release_id, draft, {line.entry.path: line.entry for line in lines}, new)
            lines = list(_as_they_lie(lines, current))
        else:
            stands = {line.entry.path: line for line in lines if line.entry.path not in new}
            gone = frozenset(before.files).difference(stands, new)
            done = {line.entry.path for line in copied}
            _complete(draft, current, spare, done, stands, gone, new)
            if _put_up(store, release_id, draft, cores):
                lines = list(_as_they_lie(lines, store.tree(release_id)))
            changed = True
        seal = store.touch(release_id)
        _forget_old(store)
    sealed = {one: before.sealed[one] for one in store.ids() if one in before.sealed} | {release_id: seal}
    release = Release(release_id, len(lines), sum(line.entry.size for line in lines), changed)
    return Published(release, {line.entry.path: line for line in lines}, places, sealed, known)


@contextmanager
def _staging(store: ReleaseStore) -> Iterator[Path]:
    """Make an empty folder for a release that is being put together, and remove it at the end."""
    make_public_folder(store.folder)
    try:
        store.remove_abandoned()
        (store.staging / MADE).mkdir(parents=True)
        yield store.staging
    finally:
        remove(store.staging)
        with contextlib.suppress(OSError):
            store.folder.rmdir()  # only goes where nothing was ever released


def _put_up(store: ReleaseStore, release_id: str, draft: Path, cores: int) -> bool:
    """Give a complete draft its name and put it in place. A release of that name that is there already is the same,
    unless somebody has touched it, and may be one to go back to: it is not removed while it is good. Return whether
    it was taken."""
    release = store.release(release_id)
    is_there = (release / TREE).is_dir() and not differences_of(store, release_id, cores)
    if not is_there:
        flush(draft)
        store.remove(release_id)
        draft.rename(release)
        flush_folder(store.folder)
    else:
        remove(draft)
    switch_to(store, release_id)
    return is_there


def differences_of(store: ReleaseStore, release_id: str, cores: int) -> list[Difference]:
    """Return all that differs between a release and its manifest. A manifest that is not the release's own is one
    difference, and nothing else can be told then."""
    files = read_manifest(store.release(release_id))
    if files is None:
        return [Difference(MANIFEST, Kind.CHANGED)]
    return differences(store.tree(release_id), files, cores)


def _repair(
    store: ReleaseStore, release_id: str, draft: Path, files: Mapping[str, Entry], new: Set[str]
) -> bool:
    """Put right what others have altered in the release that is up, file by file. Return whether there was anything;
    `new` are the paths of the files that were made anew."""
    tree, release = store.tree(release_id), store.release(release_id)
    has_opened = _open_folders(tree)
    known = folders_of(files).union(files)
    extra = [path for path, _ in walk(str(tree)) if path not in known]
    for path in extra:
        remove(tree / path)
    damaged = [path for path in sorted(new) if not _is_sound(tree / path, files[path])]
    for path in damaged:
        _replace(draft / MADE / path, tree / path)
    is_manifest_lost = not is_manifest_intact(release)
    if is_manifest_lost:
        os.replace(draft / MANIFEST, release / MANIFEST)
    was_altered = bool(has_opened or extra or damaged or is_manifest_lost)
    if was_altered:
        flush(release)
    return was_altered


def _open_folders(tree: Path) -> bool:
    """Let everybody read the folders of a tree. Return whether there were others."""
    closed = [tree] if not is_public(tree.stat().st_mode, SEARCHABLE) else []
    for folder in closed:
        folder.chmod(FOLDER_MODE)
    for place, names, _ in os.walk(tree):
        for folder in (Path(place, name) for name in names):
            if not folder.is_symlink() and not is_public(folder.stat().st_mode, SEARCHABLE):
                folder.chmod(FOLDER_MODE)
                closed.append(folder)
    return bool(closed)


def _is_sound(file: Path, entry: Entry) -> bool:
    try:
        about = file.lstat()
        is_file = stat.S_ISREG(about.st_mode) and is_public(about.st_mode, READABLE)
        return is_file and digest_of_file(str(file)) == entry.digest
    except OSError:
        return False


def _replace(made: Path, target: Path) -> None:
    if target.is_dir() and not target.is_symlink():
        remove(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(made, target)


def _as_they_lie(lines: Iterable[Line], tree: Path) -> Iterator[Line]:
    for line in lines:
        yield line._replace(time=os.stat(tree / line.entry.path).st_mtime_ns)


def _complete(
    draft: Path,
    current: Path,
    spare: Spare | None,
    done: Set[str],
    stands: Mapping[str, Line],
    gone: frozenset[str],
    new: frozenset[str],
) -> None:
    """The whole tree, of what has just been made and of what stands, some of it `done` already."""
    tree = draft / TREE
    if not stands:
        os.rename(draft / MADE, tree)
        return
    if spare is not None and _taken(spare.tree, tree):
        carry_out(spare.plan, tree, current, stands, gone, new)
    else:
        copy_all([stands[path] for path in sorted(stands.keys() - done)], current, tree)
    move_all(sorted(new), draft / MADE, tree)


def _taken(spare: Path, tree: Path) -> bool:
    """Whether it could be: another build can have been quicker."""
    try:
        os.rename(spare, tree)
    except FileNotFoundError:
        return False
    remove(spare.parent)
    return True


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
    if any(output.iterdir()) and not ReleaseStore(output).without_tree():
        raise OutputRefused(
            f"{output} finns redan och är inte gjord av build_site.py. Flytta den, eller ange en annan --output."
        )


def is_up(release_id: str, output: Path) -> bool:
    """Whether it is the release of this id that the output shows."""
    return bool(release_id) and ReleaseStore(output).current() == release_id


SPARES: Final = 1
"""How many releases are kept for builds to begin with, beside those that one can go back to."""


def _forget_old(store: ReleaseStore) -> None:
    for release_id in store.spares()[SPARES:]:
        store.remove(release_id)
