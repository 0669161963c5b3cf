"""Puts a release in the output's place, in one step where the system has symbolic links."""

import os
from pathlib import Path

from kunskapsbank.publishing.disk import flush_folder
from kunskapsbank.publishing.store import TREE, ReleaseStore


def switch_to(store: ReleaseStore, release_id: str) -> None:
    """Show readers a release that is complete, and have the disk keep that. Raise `OSError`; readers then see what
    they saw before."""
    target = f"{store.folder.name}/{release_id}/{TREE}"
    link = store.staging  # a name that later runs remove if this one is killed
    link.unlink(missing_ok=True)
    try:
        os.symlink(target, link, target_is_directory=True)
    except OSError:
        _exchange_folders(store, store.release(release_id) / TREE)
    else:
        try:
            if store.output.is_dir() and not store.output.is_symlink():
                os.replace(store.output, _aside(store))
            os.replace(link, store.output)
        finally:
            link.unlink(missing_ok=True)
    flush_folder(store.output.parent)


def _exchange_folders(store: ReleaseStore, tree: Path) -> None:
    """For systems without symbolic links: two renamings, the first undone if the second fails."""
    aside, output = _aside(store), store.output
    if output.exists():
        os.replace(output, aside)
    try:
        os.replace(tree, output)
    except OSError:
        if aside.exists():
            os.replace(aside, output)
        raise
    origin = store.without_tree(but=tree.parent.name)
    if aside.exists() and origin:
        os.replace(aside, store.release(origin) / TREE)  # back into the release it came from


def _aside(store: ReleaseStore) -> Path:
    return store.folder / f"aside-{os.getpid()}"
