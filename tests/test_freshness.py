"""Review dates: when a page is due, and what is told of a date that has passed or has not come."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import TODAY, cut_out, names, subject

from kunskapsbank.checks.freshness import check, due_date


@pytest.mark.parametrize(
    ("reviewed", "months", "due"),
    [
        ("2026-11-23", 24, "2028-11-23"),
        ("2026-11-23", 1, "2026-12-23"),
        ("2026-11-23", 2, "2027-01-23"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-01-31", 3, "2026-04-30"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2096-02-29", 48, "2100-02-28"),
        ("9999-06-01", 12, "9999-12-31"),
    ],
)
def test_due_date(reviewed: str, months: int, due: str) -> None:
    assert due_date(date.fromisoformat(reviewed), months) == date.fromisoformat(due)


@given(st.dates(), st.integers(1, 1200))
@settings(deadline=None, max_examples=200)
def test_due_is_that_many_months_later_on_the_same_day_or_the_last(reviewed: date, months: int) -> None:
    due = due_date(reviewed, months)
    assert due > reviewed or due == date.max
    if due != date.max:
        assert (due.year - reviewed.year) * 12 + due.month - reviewed.month == months
        is_last_of_month = due.month != due.replace(day=28).fromordinal(due.toordinal() + 1).month
        assert due.day == reviewed.day or (due.day < reviewed.day and is_last_of_month)


def item(fields: str) -> str:
    return f"---\n{fields}\n---\n\nText.\n"


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("reviewed: 2026-11-23\nreview_every: 1", []),
        ("reviewed: 2026-10-23\nreview_every: 1", []),
        ("reviewed: 2026-10-22\nreview_every: 1", ["overdue-review"]),
        ("reviewed: 2024-11-23\nreview_every: 24", []),
        ("reviewed: 2024-11-22\nreview_every: 24", ["overdue-review"]),
        ("reviewed: 2026-11-24\nreview_every: 1", ["future-date"]),
        ("reviewed: 2026-11-24", ["future-date"]),
        ("reviewed: 2020-01-01", []),
        ("reviewed: 2020-01-01\nreview_every: 0", []),
        ("reviewed: 2020-01-01\nreview_every: -5", []),
        ("reviewed: 2020-01-01\nreview_every: 999999999999", []),
        ("reviewed: i går\nreview_every: 1", []),
        ("reviewed: [2020-01-01]\nreview_every: 1", []),
        ("withdrawn: {date: 2027-01-01, reason: x}", ["future-date"]),
        ("withdrawn: {date: 2026-11-23, reason: x}", []),
        ("withdrawn: 2027-01-01", []),
        ("evidence: {assessed_on: 2026-11-24}", ["future-date"]),
        ("evidence: {assessed_on: [2026-11-24]}", []),
    ],
)
def test_check(fields: str, codes: list[str]) -> None:
    assert date(2026, 11, 23) == TODAY
    assert names(check(subject(item(fields)))) == codes


def test_place_is_that_of_the_date() -> None:
    text = item("å: 🙂\nevidence: {level: x, assessed_on: 2030-01-01}\nreviewed: 2000-01-31\nreview_every: 1")
    future, overdue = check(subject(text))
    assert cut_out(text, future.place) == "2030-01-01"
    assert future.values == {"key": "assessed_on", "date": "2030-01-01"}
    assert cut_out(text, overdue.place) == "2000-01-31"
    assert overdue.values == {"due": "2000-02-29"}
