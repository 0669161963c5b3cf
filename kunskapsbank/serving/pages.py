"""One version of the site: every file of it, made when it is asked for and not kept."""

from collections.abc import Callable, Iterable, Mapping, Set
from threading import Lock
from typing import NamedTuple

from kunskapsbank.output import Maker


class Late(NamedTuple):
    """Files that are made together, all under one folder, when the first of them is asked for."""

    folder: str
    make: Callable[[], Iterable[Maker]]


class Pages:
    """Asked by many threads. `late` raises what it raises; it is then asked again the next time."""

    def __init__(self, makers: Iterable[Maker], late: Late | None, base_path: str) -> None:
        self.base_path = base_path
        self._makers = {maker.path: maker for maker in makers}
        self._late = late
        self._lock, self._late_lock = Lock(), Lock()
        self._made_late: Mapping[str, Maker] | None = None

    @property
    def paths(self) -> Set[str]:
        """Of all files but the late ones."""
        return self._makers.keys()

    def content(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        maker = self._makers.get(path) or self._late_maker(path)
        if maker is None:
            return None
        with self._lock:  # texts are rendered by one converter
            return maker().content

    def rest(self) -> None:
        """Waits until nothing is in the making, so that nothing is left lying half made."""
        with self._late_lock, self._lock:
            pass

    def _late_maker(self, path: str) -> Maker | None:
        if self._late is None or not path.startswith(f"{self._late.folder}/"):
            return None
        with self._late_lock:
            if self._made_late is None:
                self._made_late = {maker.path: maker for maker in self._late.make()}
        return self._made_late.get(path)
