"""What earlier runs on the same source have left for this one: examined files, frames and the ledger.

All of it may be missing. Whatever was saved while a run was going on is left out of what that run leaves.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from kunskapsbank import digests, rules
from kunskapsbank.checks import kept as kept_files
from kunskapsbank.checks.record import Examined
from kunskapsbank.checks.run import digest_of
from kunskapsbank.checks.subject import Context
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.pages import kept as kept_frames
from kunskapsbank.pages.frames import Engine, Rendered, Rendering
from kunskapsbank.publishing import ledger
from kunskapsbank.publishing.ledger import EMPTY, Ledger
from kunskapsbank.reading.files import read_data
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

    def examined(self, context: Context, paths: Sequence[str]) -> Mapping[str, Examined]:
        """The files at these paths that are as they were, as they were examined in the same context."""
        decode = partial(kept_files.decoded, code_of=rules.find)
        known = self._get(_name_of(context), self._key_of(context), decode) or {}
        return {p: known[p] for p in paths if p in known and self.digest(p) == known[p].digest}

    def leave_examined(self, context: Context, examined: Iterable[Examined]) -> None:
        readable = [one for one in examined if one.digest]
        self.store.put(_name_of(context), self._key_of(context), kept_files.encoded(readable))

    def digest(self, path: str) -> str:
        """Of a record's file as it is now; empty where it can't be taken."""
        data, _ = read_data(self.store.source, path)
        return "" if data is None else digest_of(data)

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

    def inputs(self, always: bytes, paths: Iterable[str]) -> bytes:
        """A digest of what the site is made from, as the records' files are now."""
        return inputs_of(always, {path: self.digest(path) for path in paths})

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


def inputs_of(always: bytes, records: Mapping[str, str]) -> bytes:
    """A digest of all that a site is made from: `always` is that of all but the records, and those have digests by
    the paths of their files."""
    return digests.digest(always, *(part for path in sorted(records) for part in (path, records[path])))


def _name_of(context: Context) -> str:
    return "checked" if context.advice else "examined"


def _ledger_name(output: Path) -> str:
    return f"ledger-{digests.digest(str(output)).hex()}"
