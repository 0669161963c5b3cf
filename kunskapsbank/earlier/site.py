"""What a build has left: the frames, what is known of the search's index, and the ledger of the release.

What was saved while a build was going on is no part of what it leaves.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from kunskapsbank import digests
from kunskapsbank.earlier import Earlier
from kunskapsbank.earlier.records import schema_of
from kunskapsbank.packed import decoder, encode
from kunskapsbank.pages import kept
from kunskapsbank.pages.frames import Engine, Rendered, Rendering
from kunskapsbank.publishing import ledger
from kunskapsbank.publishing.ledger import EMPTY, Ledger
from kunskapsbank.publishing.release import is_up
from kunskapsbank.search.entries import Entry
from kunskapsbank.search.index import Indexed
from kunskapsbank.settings import Settings
from kunskapsbank.urls.log import UrlLog

_FRAMES: Final = "frames"
_LEDGER_KEY: Final = digests.digest("ledger")


def basis(settings: Settings, engine: Engine) -> bytes:
    """A digest of what every file of the site is made from: the program, the settings, the dictionary, the
    frames."""
    told = repr(replace(settings, source=Path()))
    source = settings.source
    return digests.digest(digests.program(), told, schema_of(source), kept.key(source, engine))


def inputs_of(always: bytes, records: Mapping[str, str], url_log: UrlLog) -> bytes:
    """A digest of all that a site is made from: its basis, the records' files with their digests, and the log."""
    files = (part for path in sorted(records) for part in (path, records[path]))
    return digests.digest(always, url_log.digest, *files)


@contextmanager
def frames(earlier: Earlier, engine: Engine) -> Iterator[Callable[[], Rendered]]:
    """What gives the frames: those that were left or, when it is done, those of the engine at work."""
    key = kept.key(earlier.source, engine)
    left = earlier.get(_FRAMES, key, kept.decoded)
    if left is not None:
        yield lambda: left
        return
    with Rendering(earlier.source, engine) as rendering:

        def result() -> Rendered:
            made = rendering.result()
            if key == kept.key(earlier.source, engine):  # it began with what the key is of
                earlier.leave(_FRAMES, key, kept.encoded, made)
            return made

        yield result


def indexed(earlier: Earlier, number: int, key: bytes) -> Indexed | None:
    """What is known of the part of the search's index that has this number."""
    return earlier.get(f"search-{number}", key, _decoded)


def leave_indexed(earlier: Earlier, number: int, key: bytes, known: Indexed) -> None:
    earlier.leave(f"search-{number}", key, encode, known)


_decoded: Final[Callable[[bytes], Indexed]] = decoder(Indexed)


class Read(NamedTuple):
    """What the engine read of a record, and what it calls the fragment that it made of it."""

    entry: Entry
    fragment: str


def entries(earlier: Earlier, number: int, always: bytes) -> Mapping[bytes, Read]:
    """By their keys, what the engine read of the records in the part that has this number."""
    return earlier.get(f"entries-{number}", always, _decoded_entries) or {}


def leave_entries(earlier: Earlier, number: int, always: bytes, made: Mapping[bytes, Read]) -> None:
    earlier.leave(f"entries-{number}", always, encode, made)


_decoded_entries: Final[Callable[[bytes], Mapping[bytes, Read]]] = decoder(dict[bytes, Read])


def ledger_of(earlier: Earlier, output: Path) -> Ledger:
    """Of the release that is up; empty where that is another one."""
    left = earlier.get(_ledger_name(output), _LEDGER_KEY, ledger.decoded)
    return left if left and is_up(left.release, output) else EMPTY


def leave_ledger(earlier: Earlier, made: Ledger, output: Path) -> None:
    earlier.leave(_ledger_name(output), _LEDGER_KEY, ledger.encoded, made)


def _ledger_name(output: Path) -> str:
    return f"ledger-{digests.digest(str(output)).hex()}"
