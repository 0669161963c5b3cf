"""What earlier runs on the same source have left for this one. All of it may be missing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kunskapsbank.store import Store, nothing_kept

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is `fresh` takes nothing from the store, and leaves there what it makes."""

    store: Store
    fresh: bool = False

    @property
    def source(self) -> Path:
        return self.store.source

    @property
    def can_leave(self) -> bool:
        """Whether there is a place to leave something in."""
        return self.store.folder is not None

    def get(self, name: str, key: bytes, decode: Callable[[bytes], Kept]) -> Kept | None:
        """What was left under this name for this key. `decode` raises `ValueError` for what can't be that."""
        data = None if self.fresh else self.store.get(name, key)
        try:
            return None if data is None else decode(data)
        except ValueError:
            return None

    def leave(self, name: str, key: bytes, encode: Callable[[Kept], bytes], value: Kept) -> None:
        if self.can_leave:
            self.store.put(name, key, encode(value))


def nothing_earlier(source: Path) -> Earlier:
    """For a run that takes nothing and leaves nothing."""
    return Earlier(nothing_kept(source))
