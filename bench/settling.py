"""Waits until the file system makes new files as fast as it did when the benchmark began.

After many files were deleted, some file systems make new ones slowly for half a minute. Of the generators
only ours deletes: with each build that changes something, the release before the last. What that costs
within its own run counts; what it costs whoever is next, an editor who builds now and then never meets.
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

FILES, FIRST_LOOKS = 300, 5
SLOWER, PAUSE, AT_MOST = 2.0, 1.0, 40.0
"""Times as slow as at first is good enough. Seconds between two looks, and of waiting in all."""


class Pace:
    """How fast files were made at first, and are now. What it makes for that lies in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looks = 0
        folder.mkdir()
        self._first = median(self._look() for _ in range(FIRST_LOOKS))

    def wait(self) -> None:
        """Return when files are made about as fast as at first, or when waiting has not helped."""
        end = time.monotonic() + AT_MOST
        while self._look() > SLOWER * self._first and time.monotonic() < end:
            time.sleep(PAUSE)

    def _look(self) -> float:
        self._looks += 1
        place = self._folder / str(self._looks)
        place.mkdir()
        start = time.perf_counter()
        for number in range(FILES):
            (place / str(number)).touch()
        return time.perf_counter() - start
