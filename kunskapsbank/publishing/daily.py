"""The release that is up, held against its digests once a day, before anything of it is taken over.

How a file lies (`ledger.is_unmodified`) tells of all that people and programs do to it, but not of a disk that
forgets.
"""

import time
from dataclasses import replace
from pathlib import Path
from typing import Final

from kunskapsbank.publishing.integrity import differences
from kunskapsbank.publishing.ledger import Ledger
from kunskapsbank.publishing.manifest import is_manifest_intact
from kunskapsbank.publishing.store import ReleaseStore

DAY_NS: Final = 24 * 3600 * 1_000_000_000


def verified(ledger: Ledger, output: Path, cores: int) -> Ledger:
    """Return what of a ledger can be relied on: without the files that are not what was written, and without the word
    that nothing has to be done where anything differs.

    Every file is read if that was not done within a day; else the manifest alone is. `verified` of the ledger that is
    returned says when that was.
    """
    now, store = time.time_ns(), ReleaseStore(output)
    if not ledger.files:
        return replace(ledger, verified=now)
    if not is_manifest_intact(store.release(ledger.release)):
        ledger = replace(ledger, inputs=b"")
    if 0 <= now - ledger.verified < DAY_NS:
        return ledger
    files = {path: line.entry for path, line in ledger.files.items()}
    damaged = {found.path for found in differences(store.tree(ledger.release), files, cores)}
    return replace(
        ledger,
        inputs=b"" if damaged else ledger.inputs,
        files={path: line for path, line in ledger.files.items() if path not in damaged},
        verified=now,
    )
