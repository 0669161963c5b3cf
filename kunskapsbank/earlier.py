"""What earlier runs on the same source have left for this one: examined files, frames and the ledger.

All of it may be missing. Whatever was saved while a run was going on is left out of what that run leaves.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from kunskapsbank import digests, rules
from kunskapsbank.checks import kept as kept_files
from kunskapsbank.checks.record import Examined
from kunskapsbank.checks.run import file_digest
from kunskapsbank.checks.subject import Context
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.pages import kept as kept_frames
from kunskapsbank.pages.frames import Engine, Rendered, Rendering
from kunskapsbank.publishing import ledger
from kunskapsbank.publishing.ledger import EMPTY, Ledger
from kunskapsbank.reading.files import read_data
from kunskapsbank.search.index import Indexed
from kunskapsbank.settings import Settings
from kunskapsbank.store import Store

Kept = TypeVar("Kept")

_FRAMES: Final = "frames"
_LEDGER_KEY: Final = digests.digest("ledger")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is `fresh` takes nothing from the store, and leaves there what it makes."""

    store: Store
    fresh: bool = False

    def digests(self, paths: Iterable[str]) -> Mapping[str, str]:
        """Of the records' files at these paths as they are now; nothing where nothing is kept to compare with."""
        if self.store.folder is None or self.fresh:
            return {}
        return {path: self._digest(path) for path in paths}

    def _digest(self, path: str) -> str:
        data, _ = read_data(self.store.source, path)
        return "" if data is None else file_digest(data)

    def examined(self, context: Context, now: Mapping[str, str]) -> Mapping[str, Examined]:
        """The files that have the digests that they have `now`, as they were examined in the same context."""
        if not now:
            return {}
        key, decode = self._key_of(context), partial(kept_files.decoded, code_of=rules.find)
        parts = (self._get(_name_of(context, part), key, decode) or {} for part in range(_PARTS))
        known = (one for part in parts for one in part.values())
        return {one.path: one for one in known if one.digest and one.digest == now.get(one.path)}

    def leave_examined(self, context: Context, examined: Iterable[Examined], known: Container[str]) -> None:
        """`known` are the paths of those that were left before."""
        parts: defaultdict[int, list[Examined]] = defaultdict(list)
        for one in examined:
            parts[_part_of(one.path)].append(one)
        key = self._key_of(context)
        for number, part in parts.items():
            if any(one.path not in known for one in part):
                self.store.put(_name_of(context, number), key, kept_files.encoded(part))

    @contextmanager
    def frames(self, engine: Engine) -> Iterator[Callable[[], Rendered]]:
        """What gives the frames: those that were left or, when it is done, those of the engine at work."""
        key = kept_frames.key(self.store.source, engine)
        left = self._get(_FRAMES, key, kept_frames.decoded)
        if left is not None:
            yield lambda: left
            return
        with Rendering(self.store.source, engine) as rendering:

            def result() -> Rendered:
                made = rendering.result()
                if key == kept_frames.key(self.store.source, engine):  # it began with what the key is of
                    self.store.put(_FRAMES, key, kept_frames.encoded(made))
                return made

            yield result

    def basis(self, settings: Settings, engine: Engine) -> bytes:
        """A digest of what every file of the site is made from: the program, the settings, the dictionary, the
        frames."""
        source = self.store.source
        schema = digests.of_files(source, [dictionary_files.FOLDER])
        told = repr(replace(settings, source=Path()))
        return digests.digest(digests.program(), told, schema, kept_frames.key(source, engine))

    def indexed(self, number: int, key: bytes) -> Indexed | None:
        """What is known of the part of the search's index that has this number."""
        return self._get(f"search-{number}", key, _decode_indexed)

    def leave_indexed(self, number: int, key: bytes, indexed: Indexed) -> None:
        self.store.put(f"search-{number}", key, msgspec.msgpack.encode(indexed))

    def ledger(self, output: Path) -> Ledger:
        return self._get(_ledger_name(output), _LEDGER_KEY, ledger.decoded) or EMPTY

    def leave_ledger(self, made: Ledger, output: Path) -> None:
        self.store.put(_ledger_name(output), _LEDGER_KEY, ledger.encoded(made))

    def _get(self, name: str, key: bytes, decode: Callable[[bytes], Kept]) -> Kept | None:
        data = None if self.fresh else self.store.get(name, key)
        try:
            return None if data is None else decode(data)
        except ValueError:
            return None

    def _key_of(self, context: Context) -> bytes:
        pictures = sorted(context.pictures)
        said = (context.today.isoformat(), str(context.lix_limit), str(context.advice), repr(context.shared))
        schema = digests.of_files(self.store.source, [dictionary_files.FOLDER])
        return digests.digest(digests.program(), *said, schema, *pictures)


def _decode_indexed(data: bytes) -> Indexed:
    try:
        return msgspec.msgpack.decode(data, type=Indexed)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error


def inputs_of(always: bytes, records: Mapping[str, str]) -> bytes:
    """A digest of all that a site is made from: `always` is that of all but the records, and those have digests by
    the paths of their files."""
    return digests.digest(always, *(part for path in sorted(records) for part in (path, records[path])))


_PARTS: Final = 16
"""Examined files are left in as many parts, so that after an edit one is written and not all."""


def _part_of(path: str) -> int:
    return digests.digest(path)[0] % _PARTS


def _name_of(context: Context, part: int) -> str:
    return f"{'checked' if context.advice else 'examined'}-{part}"


def _ledger_name(output: Path) -> str:
    return f"ledger-{digests.digest(str(output)).hex()}"
