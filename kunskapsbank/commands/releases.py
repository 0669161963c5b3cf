"""`releases`: which releases of the site there are, and which one readers see."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from kunskapsbank.commands.common import FINE, command_line, output_of
from kunskapsbank.publishing.manifest import read_manifest
from kunskapsbank.publishing.store import ReleaseStore


class _Row(NamedTuple):
    """A release in a line of the list."""

    id: str
    shown: str
    size: str
    notes: str


def run(options: argparse.Namespace, _: Mapping[str, str]) -> int:
    store = ReleaseStore(output_of(options))
    rows = [_row(store, release_id) for release_id in store.ids()]
    if not rows:
        print(f"Det finns ingen version av {store.output}. Kör: {command_line('build', options)}")
        return FINE
    print(f"Versioner av {store.output}, den som visades senast först:")
    width = max(len(row.size) for row in rows)
    for row in rows:
        print(f"  {row.id}  {row.shown}  {row.size:<{width}}  {row.notes}".rstrip())
    if store.pinned():
        print(
            f"Byggen ändrar inget så länge en version ligger fast. Släpp den: {command_line('rollback --unpin', options)}"
        )
    elif store.back():
        print(f"Gå tillbaka: {command_line('rollback', options)}")
    return FINE


def _row(store: ReleaseStore, release_id: str) -> _Row:
    folder = store.release(release_id)
    files = read_manifest(folder)
    moment = datetime.fromtimestamp(folder.stat().st_mtime).astimezone().strftime("%Y-%m-%d %H:%M")
    size = "manifestet är skadat"
    if files is not None:
        megabytes = sum(file.size for file in files.values()) / 1_000_000
        size = f"{len(files)} filer, {megabytes:.1f} MB".replace(".", ",")
    return _Row(release_id, moment, size, ", ".join(_notes(store, release_id)))


def _notes(store: ReleaseStore, release_id: str) -> list[str]:
    notes = ["visas nu"] if release_id == store.current() else []
    notes += ["ligger fast"] if release_id == store.pinned() else []
    return notes + (["tas bort vid nästa bygge"] if release_id in store.spares() else [])
