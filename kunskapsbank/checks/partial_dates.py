"""Partial dates compared, as far as they are exact: a day, a month, a season or a year. Shared by several rules."""

from datetime import date
from typing import Final

_SEASONS: Final = {"vår": "-03", "sommar": "-06", "höst": "-09", "vinter": "-12"}
_SEASON_ENDS: Final = {"vår": (0, 6), "sommar": (0, 9), "höst": (0, 12), "vinter": (1, 3)}
"""The month after each season, in the same year or the next."""


def is_before(one: str, other: str) -> bool:
    """Whether one lies before the other, as far as both are exact. What is not a date lies before nothing."""
    first, second = _comparable(one), _comparable(other)
    shared = min(len(first), len(second))
    return first[:shared] < second[:shared]


def has_passed(text: str, today: date) -> bool:
    """Whether the whole of it lies before a day. What is not a date hasn't."""
    year, _, rest = text.partition("-")
    if len(year) != len("2007") or not year.isdigit():
        return False
    if rest in _SEASON_ENDS:
        years, month = _SEASON_ENDS[rest]
        after = f"{int(year) + years:04}-{month:02}"
        return after <= today.isoformat()[: len(after)]
    return text < today.isoformat()[: len(text)]


def _comparable(text: str) -> str:
    """A partial date that sorts; a season by the month that it begins in, roughly."""
    if not text[:4].isdigit():
        return ""
    year, _, rest = text.partition("-")
    return year + _SEASONS.get(rest, f"-{rest}" if rest[:1].isdigit() else "")
