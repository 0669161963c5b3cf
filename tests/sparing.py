"""What tests do once where a person's commands do it each time: read a dictionary, run the site engine, build a site.

Most tests have a bank of their own with the same dictionary and the same pages in it, and reading and rendering
these takes longer than what the tests are about.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import pytest

from kunskapsbank import digests
from kunskapsbank.dictionary import load
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.locks import locked
from kunskapsbank.pages import kept
from kunskapsbank.pages.frames import Engine, Rendered, Rendering
from kunskapsbank.publishing import disk


def dictionaries() -> Callable[[Path], Dictionary]:
    """Return `load` that reads the same files once: dictionaries of the same files are one value."""
    read, known = load.load, dict[bytes, Dictionary]()

    def once(source: Path) -> Dictionary:
        key = digests.of_files(source, [load.FOLDER])
        if key in known:
            return known[key]
        made = read(source)
        if key == digests.of_files(source, [load.FOLDER]):  # nobody wrote in it in the meantime
            known[key] = made
        return made

    return once


class RenderedOnce(Rendering):
    """The site engine, which is not started where it has rendered the same files before."""

    _known: ClassVar[dict[tuple[str, bytes], Rendered]] = {}

    def __init__(self, source: Path, engine: Engine) -> None:
        super().__init__(source, engine)
        self._files = source, engine
        self._key = self._now()

    def _now(self) -> tuple[str, bytes]:
        return sys.executable, kept.key(*self._files)

    def __enter__(self) -> Self:
        return self if self._key in self._known else super().__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if hasattr(self, "_process"):
            super().__exit__(kind, error, trace)

    def result(self) -> Rendered:
        if not hasattr(self, "_process"):
            return self._known[self._key]
        made = super().result()
        if self._key == self._now():
            self._known[self._key] = made
        return made


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that one of the processes of a run has filled with `make`, for all of them."""
    own = factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with locked(place.with_name(f"{name}.lock"), on_wait=lambda: None):
        if not place.exists():
            half = place.with_name(f"{name}.half")
            half.mkdir()
            make(half)
            half.rename(place)
    return place


@contextmanager
def sparing() -> Iterator[None]:
    """Read each dictionary and render each set of pages once, take one core for builds in this process, since tests
    are run on all cores already, and leave it to the system when to write to the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "load", dictionaries())
        for module in ("earlier.site", "handover.run"):
            patch.setattr(f"kunskapsbank.{module}.Rendering", RenderedOnce)
        patch.setattr("kunskapsbank.settings.cores", lambda: 1)
        patch.setattr("os.fsync", lambda _: None)
        if disk._SYNCFS is not None:
            patch.setattr(disk, "_SYNCFS", lambda _: 0)
        yield
