"""`verify`: holds the files of a release against its manifest, all of them."""

import argparse
from collections.abc import Mapping
from typing import Final

from kunskapsbank import settings
from kunskapsbank.commands.common import FAULTY_CONTENT, FINE, command_line, output_of
from kunskapsbank.publishing.integrity import Difference, Kind
from kunskapsbank.publishing.manifest import MANIFEST, read_manifest
from kunskapsbank.publishing.release import OutputRefused, differences_of
from kunskapsbank.publishing.store import ReleaseStore

MOST: Final = 50
"""As many differences are told one by one."""

_WORDS: Final[Mapping[Kind, str]] = {
    Kind.CHANGED: "innehållet är ändrat",
    Kind.MISSING: "saknas",
    Kind.EXTRA: "hör inte till versionen",
    Kind.WRONG_KIND: "är inte en vanlig fil",
    Kind.UNREADABLE: "går inte att läsa för alla",
}


def run(options: argparse.Namespace, _: Mapping[str, str]) -> int:
    store = ReleaseStore(output_of(options))
    release_id = release_named(store, options) if options.id else store.current()
    if not release_id:
        raise OutputRefused(f"{store.output} är inte byggd, så det finns inget att kontrollera.")
    found = differences_of(store, release_id, settings.cores())
    if not found:
        files = len(read_manifest(store.release(release_id)) or ())
        print(
            f"Version {release_id} är hel: alla {files} filer är som de byggdes, och inget annat ligger där."
        )
        return FINE
    for one in found[:MOST]:
        print(in_words(one))
    if len(found) > MOST:
        print(f"… och {len(found) - MOST} till")
    print(
        f"Version {release_id} är inte som den byggdes: {len(found)} avvikelser. {_advice(store, release_id, options)}"
    )
    return FAULTY_CONTENT


def release_named(store: ReleaseStore, options: argparse.Namespace) -> str:
    """Return the id of the release whose id begins with the word that was given. Raise `OutputRefused` unless there
    is exactly one."""
    word = options.id
    found = [release_id for release_id in store.ids() if release_id.startswith(word)]
    if len(found) == 1:
        return found[0]
    fault = "Flera versioner börjar så" if found else "Ingen version heter så"
    raise OutputRefused(f"{fault}: {word}. Alla versioner: {command_line('releases', options)}")


def in_words(difference: Difference) -> str:
    if difference.path == MANIFEST:
        return "Manifestet, listan över versionens filer, saknas eller är ändrat"
    return f"{difference.path}: {_WORDS[difference.kind]}"


def _advice(store: ReleaseStore, release_id: str, options: argparse.Namespace) -> str:
    if release_id == store.pinned():
        return f"Visa en annan: {command_line('releases', options)}"
    if release_id == store.current():
        return f"Bygg om: {command_line('build --fresh', options)}"
    return "Gå inte tillbaka till den."
