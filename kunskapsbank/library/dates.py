"""Dates as the records write them: whole, by month, by season, by year, or unknown."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date
from typing import Any, Final

UNKNOWN: Final = "unknown"

_MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_SEASONS: Final = {
    "vår": ("våren", 3),
    "sommar": ("sommaren", 6),
    "höst": ("hösten", 9),
    "vinter": ("vintern", 12),
}
"""How a season is spoken of, and the month that it is sorted under."""


def in_words(text: str) -> str:
    """As it is written in running Swedish: "14 mars 2007", "hösten 2006", "2005"."""
    if text == UNKNOWN:
        return "datum okänt"
    year, _, rest = text.partition("-")
    if not rest:
        return year
    if rest in _SEASONS:
        return f"{_SEASONS[rest][0]} {year}"
    month, _, day = rest.partition("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"


def day_in_words(day: date) -> str:
    return in_words(day.isoformat())


def sort_key(text: str) -> tuple[int, int, int]:
    """Later is larger; what is less exact comes before what is more so; unknown is smallest."""
    if text == UNKNOWN:
        return (0, 0, 0)
    year, _, rest = text.partition("-")
    if rest in _SEASONS:
        return (int(year), _SEASONS[rest][1], 0)
    month, _, day = rest.partition("-")
    return (int(year), int(month or 0), int(day or 0))


def months(text: str) -> tuple[float, float] | None:
    """From when to when a date reaches, in months since the year 0; None where it is unknown."""
    if text == UNKNOWN:
        return None
    year, _, rest = text.partition("-")
    if not rest:
        return int(year) * 12, int(year) * 12 + 12
    if rest in _SEASONS:
        start = int(year) * 12 + _SEASONS[rest][1] - 1
        return start, start + 3
    month, _, day = rest.partition("-")
    start = int(year) * 12 + int(month) - 1
    return (start + (int(day) - 1) / 31, start + int(day) / 31) if day else (start, start + 1)


def days(text: str) -> tuple[date, date] | None:
    """The first and the last day of a date that names a day or a month; None for what is vaguer. The years are
    those whose every day has a day after it."""
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    if not month.isdigit() or not MINYEAR <= int(year) < MAXYEAR:
        return None
    first, last = (int(day), int(day)) if day else (1, monthrange(int(year), int(month))[1])
    return date(int(year), int(month), first), date(int(year), int(month), last)


def machine_form(text: str) -> str | None:
    """The `datetime` attribute of HTML, which knows years, months and days but no seasons."""
    return text if text != UNKNOWN and text.replace("-", "").isdigit() else None


def years_of(fields: Mapping[str, Any]) -> range:
    """The years that a record speaks of: of its date, to its end, or from the start to the end of its period.
    Of a longer time than people plan for only the last one, since it is rather a slip than a period."""
    period = fields.get("period", {})
    ends = (fields.get("date"), fields.get("end"), period.get("from"), period.get("to"))
    years = [int(str(text)[:4]) for text in ends if text and text != UNKNOWN]
    if not years:
        return range(0)
    first, last = min(years), max(years)
    return range(first if last - first < _LONGEST else last, last + 1)


_LONGEST: Final = 50
