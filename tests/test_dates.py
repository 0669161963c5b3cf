"""Dates of records in words, in order and for machines."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kunskapsbank.library.dates import day_in_words, days, in_words, machine_form, sort_key


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2007-03-14", "14 mars 2007"),
        ("2007-03-01", "1 mars 2007"),
        ("2007-12", "december 2007"),
        ("2007-01", "januari 2007"),
        ("2005", "2005"),
        ("2006-vår", "våren 2006"),
        ("2006-sommar", "sommaren 2006"),
        ("2006-höst", "hösten 2006"),
        ("2006-vinter", "vintern 2006"),
        ("unknown", "datum okänt"),
    ],
)
def test_in_words(text: str, words: str) -> None:
    assert in_words(text) == words


def test_day_in_words() -> None:
    assert day_in_words(date(2026, 11, 3)) == "3 november 2026"


@given(st.dates(max_value=date(9998, 12, 31)))
@settings(deadline=None, max_examples=100)
def test_days_of_a_day_and_of_a_month(day: date) -> None:
    assert days(day.isoformat()) == (day, day)
    month = days(day.isoformat()[:7])
    assert month is not None
    assert month[0].day == 1
    assert (month[1] + timedelta(days=1)).day == 1
    assert month[0] <= day <= month[1] < month[0] + timedelta(days=31)


@pytest.mark.parametrize("text", ["unknown", "2005", "2006-vår", "2006-vinter", "0000-01-01", "9999-12"])
def test_what_is_vaguer_than_a_month_has_no_days(text: str) -> None:
    assert days(text) is None


def test_order_goes_from_unknown_and_vague_to_exact() -> None:
    in_order = [
        "unknown", "1999-12-31", "2006", "2006-01", "2006-01-01", "2006-02-28", "2006-03", "2006-vår", "2006-05-31", "2006-sommar",
        "2006-06-01", "2006-08-31", "2006-höst", "2006-09-30", "2006-10", "2006-12", "2006-vinter", "2007",
    ]  # fmt: skip
    keys = [sort_key(text) for text in in_order]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("month", "season"), [("03", "vår"), ("06", "sommar"), ("09", "höst"), ("12", "vinter")]
)
def test_season_is_no_later_than_any_day_of_its_first_month(month: str, season: str) -> None:
    assert sort_key(f"2006-{season}") < sort_key(f"2006-{month}-01")


@given(st.dates(), st.dates())
@settings(deadline=None, max_examples=100)
def test_order_of_whole_dates_is_that_of_the_calendar(first: date, second: date) -> None:
    assert (sort_key(first.isoformat()) < sort_key(second.isoformat())) == (first < second)
    assert (sort_key(first.isoformat()) == sort_key(second.isoformat())) == (first == second)
    assert sort_key("unknown") < sort_key(first.isoformat())


@given(st.dates())
@settings(deadline=None, max_examples=100)
def test_vaguer_dates_come_right_before_what_they_hold(day: date) -> None:
    text = day.isoformat()
    assert sort_key(text[:4]) < sort_key(text[:7]) < sort_key(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2007-03-14", "2007-03-14"),
        ("2007-03", "2007-03"),
        ("2007", "2007"),
        ("2007-höst", None),
        ("unknown", None),
    ],
)
def test_machine_form_is_what_html_knows(text: str, form: str | None) -> None:
    assert machine_form(text) == form
