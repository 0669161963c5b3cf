"""The quarter of a partial date. A season lies in the quarter that most of it is in; a year alone in none."""

from typing import Final, NamedTuple

from kunskapsbank.library import dates

_MONTHS, _YEAR = 3, 12
"""In months: a quarter, and a year."""

_NEVER: Final = 10_000
"""Sorts what has no year last."""

_NO_QUARTER: Final = 5
"""Sorts a year without a quarter after its quarters."""


class Quarter(NamedTuple):
    year: int
    number: int

    @property
    def id(self) -> str:
        if self.year == _NEVER:
            return "okant"
        return f"{self.year}" if self.number == _NO_QUARTER else f"{self.year}-{self.number}"

    @property
    def label(self) -> str:
        if self.year == _NEVER:
            return "Datum inte känt"
        if self.number == _NO_QUARTER:
            return f"{self.year}, kvartal inte känt"
        return f"{self.year}, kvartal {self.number}"


def quarter_of(text: str | None) -> Quarter:
    """By its middle, which is what most of a season lies around."""
    span = dates.months(text or dates.UNKNOWN)
    if span is None:
        return Quarter(_NEVER, 0)
    first, last = span
    if last - first >= _YEAR:
        return Quarter(int(first) // _YEAR, _NO_QUARTER)
    year, month = divmod(int((first + last) / 2), _YEAR)
    return Quarter(year, month // _MONTHS + 1)
