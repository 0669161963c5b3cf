"""Partial dates compared, as far as they are exact: a day, a month, a season or a year. Shared by several rules."""

from datetime import date
from typing import Final

_SEASONS: Final = {"vår": 3, "sommar": 6, "höst": 9, "vinter": 12}
"""The month that each begins in. It lasts three."""


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
    if rest in _SEASONS:
        years, month = divmod(_SEASONS[rest] + 2, 12)  # the month after it, counted from 0
        after = f"{int(year) + years:04}-{month + 1:02}"
        return after <= today.isoformat()[: len(after)]
    return text < today.isoformat()[: len(text)]


def _comparable(text: str) -> str:
    """A partial date that sorts; a season by the month that it begins in, roughly."""
    if not text[:4].isdigit():
        return ""
    year, _, rest = text.partition("-")
    if rest in _SEASONS:
        return f"{year}-{_SEASONS[rest]:02}"
    return year + (f"-{rest}" if rest[:1].isdigit() else "")
