"""Rules on review dates: a page says when it was last checked, and is checked again in time."""

from collections.abc import Iterator
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
    Text(
        "”{key}” är en dag som inte har varit än: {date}.", "“{key}” is a day that has not been yet: {date}."
    ),
    Text("Skriv dagen då det gjordes.", "Write the day when it was done."),
    Text("En granskning kan inte ha gjorts i framtiden.", "A review can't have been made in the future."),
)

_LONGEST: Final = 1200
"""More months than this is a slip, which the field's own limits report."""

CODES: Final = (OVERDUE_REVIEW, FUTURE_DATE)


def due_date(reviewed: date, months: int) -> date:
    """The last day on which a review is in time: the same day of the month, or its last day."""
    year, month = divmod(reviewed.year * 12 + reviewed.month - 1 + months, 12)
    for day in range(reviewed.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def check(subject: Subject) -> Iterator[Problem]:
    today = subject.context.today
    reviewed = _date(subject.data.get("reviewed"))
    evidence = subject.data.get("evidence")
    assessed = _date(evidence.get("assessed_on")) if isinstance(evidence, dict) else None
    if assessed and assessed > today:
        yield subject.problem(
            FUTURE_DATE,
            subject.node("evidence", "assessed_on").place,
            key="assessed_on",
            date=assessed.isoformat(),
        )
    if reviewed is None:
        return
    place = subject.node("reviewed").place
    if reviewed > today:
        yield subject.problem(FUTURE_DATE, place, key="reviewed", date=reviewed.isoformat())
    months = subject.data.get("review_every")
    if isinstance(months, int) and 0 < months <= _LONGEST:
        due = due_date(reviewed, months)
        if due < today:
            yield subject.problem(OVERDUE_REVIEW, place, due=due.isoformat())


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
