"""Rules on review dates: a page says when it was last checked, and is checked again in time."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from kunskapsbank.checks.subject import Subject
from kunskapsbank.problems.problem import Code, Problem, Severity, Text

OVERDUE_REVIEW: Final = Code(
    "overdue-review",
    Severity.WARNING,
    Text("Sidan skulle ha granskats senast {due}.", "The page was to be reviewed by {due}."),
    Text(
        "Gå igenom sidan mot källan och skriv dagens datum i reviewed.",
        "Check the page against its source and write today's date in reviewed.",
    ),
    Text(
        "Läsaren ska kunna lita på att uppgifterna är genomgångna.",
        "Readers should be able to trust that the facts have been gone through.",
    ),
)
FUTURE_DATE: Final = Code(
    "future-date",
    Severity.ERROR,
    Text("Dagen i ”{key}” ligger i framtiden: {date}.", "The day in “{key}” lies in the future: {date}."),
    Text("Skriv dagen då det gjordes.", "Write the day when it was done."),
    Text("En granskning kan inte ha gjorts i framtiden.", "A review can't have been made in the future."),
)

_LONGEST: Final = 1200
"""More months than this is a slip, which the field's own limits report."""

CODES: Final = (OVERDUE_REVIEW, FUTURE_DATE)


def due_date(reviewed: date, months: int) -> date:
    """The last day on which a review is in time: the same day of the month, or its last day."""
    year, month = divmod(reviewed.year * 12 + reviewed.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    for day in range(reviewed.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def check(subject: Subject) -> Iterator[Problem]:
    today = subject.context.today
    for path in (("evidence", "assessed_on"), ("withdrawn", "date"), ("reviewed",)):
        day = _date(_value(subject.data, path))
        if day and day > today:
            place = subject.node(*path).place
            yield subject.problem(FUTURE_DATE, place, key=path[-1], date=day.isoformat())
    reviewed, months = _date(subject.data.get("reviewed")), subject.data.get("review_every")
    if reviewed and isinstance(months, int) and 0 < months <= _LONGEST:
        due = due_date(reviewed, months)
        if due < today:
            yield subject.problem(OVERDUE_REVIEW, subject.node("reviewed").place, due=due.isoformat())


def _value(data: object, path: tuple[str, ...]) -> object:
    for step in path:
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
