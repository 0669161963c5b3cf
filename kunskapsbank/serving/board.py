"""What is shown now: put up by one thread, looked at by many, and waited for by those who want the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Condition
from typing import Final, NamedTuple

from kunskapsbank.serving.pages import Pages


class Shown(NamedTuple):
    """`number` grows with each; `pages` are the last good ones, if there ever were any, and `since` the
    number that they came with. `report` tells what is wrong, or is empty; `summary` is a line about it all."""

    number: int
    since: int
    pages: Pages | None
    report: str
    summary: str

    @property
    def page_version(self) -> str:
        """Changes when a page that is open is no longer what would be served."""
        return str(self.since) if self.pages else f"rapport-{self.number}"

    @property
    def overlay(self) -> str:
        """The report, where there are pages to lay it over."""
        return self.report if self.pages else ""


NOTHING: Final = Shown(0, 0, None, "", "")


class Board:
    """`seats` is how many may wait at once."""

    def __init__(self, seats: int = 64) -> None:
        self._changed = Condition()
        self._shown = NOTHING
        self._closed = False
        self._seats = BoundedSemaphore(seats)

    @property
    def now(self) -> Shown:
        return self._shown

    @property
    def closed(self) -> bool:
        return self._closed

    def show(self, shown: Shown) -> None:
        with self._changed:
            self._shown = shown
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> Shown | None:
        """What is shown, as soon as it is not that of the number; None where it stays so, or all is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._shown.number != number, seconds)
            return None if self._closed or self._shown.number == number else self._shown

    def close(self) -> None:
        """Sends home those who wait."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @contextmanager
    def seat(self) -> Iterator[bool]:
        """Whether there is a place to wait in; it is kept for as long as the context lasts."""
        free = self._seats.acquire(blocking=False)
        try:
            yield free
        finally:
            if free:
                self._seats.release()
