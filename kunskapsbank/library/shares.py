"""The records in shares of which each has an index of its own, so that after an edit one is made and not all."""

from typing import Final

from kunskapsbank.checks.record import Record
from kunskapsbank.digests import digest
from kunskapsbank.library.library import Library

LARGEST: Final = 1_000
"""About as many records are in a share. A reader's search asks all shares, so a site that isn't large has one."""

Share = tuple[Record, ...]


def shares(library: Library) -> tuple[Share, ...]:
    """Not empty, but for the one share of a library without records. A record stays in its share whatever comes of
    others, as long as the number of shares is the same."""
    records = tuple(library.all_records())
    number = -(-len(records) // LARGEST)
    if number <= 1:
        return (records,)
    found: list[list[Record]] = [[] for _ in range(number)]
    for record in records:
        found[int.from_bytes(digest(library.address(record))[:4]) % number].append(record)
    return tuple(tuple(share) for share in found if share)
