"""The quarter of a partial date. A season lies in the quarter that most of it is in; a year alone in none."""

from typing import Final, NamedTuple

from kunskapsbank.library import dates

_SEASONS: Final = {"vår": (0, 2), "sommar": (0, 3), "höst": (0, 4), "vinter": (1, 1)}
"""Years to add, and the quarter. Winter begins in December, and most of it is in the year after."""

_MONTHS: Final = 3
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
    if text is None or text == dates.UNKNOWN:
        return Quarter(_NEVER, 0)
    year, _, rest = text.partition("-")
    if not rest:
        return Quarter(int(year), _NO_QUARTER)
    if rest in _SEASONS:
        years, number = _SEASONS[rest]
        return Quarter(int(year) + years, number)
    return Quarter(int(year), (int(rest[:2]) - 1) // _MONTHS + 1)
