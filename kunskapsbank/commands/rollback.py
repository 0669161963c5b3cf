"""`rollback`: shows an earlier release again, and pins it until that is taken back."""

import argparse
from collections.abc import Mapping

from kunskapsbank import settings
from kunskapsbank.commands.common import FINE, command_line, output_of, waiting
from kunskapsbank.commands.verify import MOST, in_words, release_named
from kunskapsbank.publishing.manifest import read_manifest
from kunskapsbank.publishing.placing import switch_to
from kunskapsbank.publishing.release import OutputRefused, differences_of, refuse_foreign
from kunskapsbank.publishing.store import ReleaseStore


def run(options: argparse.Namespace, _: Mapping[str, str]) -> int:
    output = output_of(options)
    refuse_foreign(output)
    store = ReleaseStore(output)
    if not store.current():
        raise OutputRefused(f"{output} är inte byggd, så det finns inget att gå tillbaka till.")
    if options.unpin and options.id:
        raise OutputRefused("Skriv antingen --unpin eller ett ID.")
    with store.locked(waiting(options)):
        print(_unpin(store) if options.unpin else _roll_back(store, options))
    return FINE


def _unpin(store: ReleaseStore) -> str:
    pinned = store.pinned()
    if not pinned:
        return "Ingen version ligger fast. Byggen lägger upp nya versioner som vanligt."
    store.unpin()
    return f"Version {pinned} ligger inte längre fast. Nästa bygge lägger upp det som då står i källan."


def _roll_back(store: ReleaseStore, options: argparse.Namespace) -> str:
    """Show a release that is exactly as it was built, and pin it. Raise `OutputRefused`; nothing has changed then."""
    before, target = store.current(), release_named(store, options) if options.id else _latest_back(store)
    found = differences_of(store, target, settings.cores())
    if found:
        lines = "\n".join(f"  {in_words(one)}" for one in found[:MOST])
        raise OutputRefused(
            f"Version {target} är inte som den byggdes, så den visas inte. Webbplatsen är orörd.\n{lines}\n"
            f"Välj en annan: {command_line('releases', options)}"
        )
    store.pin(target)
    if target != before:
        switch_to(store, target)
        store.touch(target)
    files = len(read_manifest(store.release(target)) or ())
    return (
        f"Version {target} visas nu, {files} filer i {store.output}.\n"
        f"Den ligger fast: byggen ändrar inget förrän du kör {command_line('rollback --unpin', options)}"
    )


def _latest_back(store: ReleaseStore) -> str:
    back = store.back()
    if not back:
        raise OutputRefused("Det finns ingen tidigare version att gå tillbaka till. Webbplatsen är orörd.")
    return back[0]
