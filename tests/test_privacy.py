"""Personal identity numbers: every valid one is found at its place, and what only looks like one is not."""

from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import cut_out, names, subject

from kunskapsbank.checks.privacy import _CANDIDATES, check, find, may_hold_one

PUBLISHED: Final = [
    "811218-9876",
    "670919-9530",
    "640823-3234",
    "701063-2391",
    "121212-1212",
    "19640823-3234",
]
"""Made-up numbers that authorities and Wikipedia show as examples; the fourth is a coordination number."""

_PRODUCT: Final = "0246813579"
"""The digit sum of twice each digit."""


def check_digit(nine: str) -> str:
    """The last digit by Luhn's method: of the nine before it every other one, from the first, is doubled."""
    total = sum(int(_PRODUCT[int(digit)]) for digit in nine[::2]) + sum(map(int, nine[1::2]))
    return str(-total % 10)


def valid(day: date, extra: int, serial: int, century: bool, separator: str) -> str:
    """A number for a birth date; 60 is added to the day of coordination numbers."""
    six = f"{day:%y%m}{day.day + extra:02}"
    last = f"{serial:03}"
    return f"{f'{day:%Y}'[:2] if century else ''}{six}{separator}{last}{check_digit(six + last)}"


DAYS: Final = st.dates(date(1900, 1, 1), date(2029, 12, 31))
NUMBERS: Final = st.builds(
    valid,
    DAYS,
    st.sampled_from([0, 60]),
    st.integers(0, 999),
    st.booleans(),
    st.sampled_from(["", "-", "+", " ", "–"]),
)
WORDS: Final = st.text(
    st.characters(exclude_categories=["N", "C", "Z"]) | st.sampled_from(" \n"), max_size=20
)


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in find(text)]


@pytest.mark.parametrize("number", PUBLISHED)
def test_published_examples_are_found(number: str) -> None:
    assert found(f"Nummer: {number}.") == [number]


@given(NUMBERS, WORDS, WORDS)
@settings(deadline=None, max_examples=200)
def test_every_valid_number_is_found(number: str, before: str, after: str) -> None:
    assert found(before + number + after) == [number]


@given(st.lists(NUMBERS, min_size=2, max_size=5))
@settings(deadline=None, max_examples=50)
def test_numbers_beside_each_other_are_all_found(numbers: list[str]) -> None:
    assert found(", ".join(numbers)) == numbers


@pytest.mark.parametrize(
    "number",
    [
        "811218 - 9876",
        "1981-12-18-9876",
        "19811218/9876",
        "811218‐9876",
        "811218−9876",
        "-811218-9876",
        "A811218-9876B",
    ],
)
def test_number_in_a_guise_is_found(number: str) -> None:
    assert len(found(f"Nummer {number} här")) == 1


@given(NUMBERS, st.integers(1, 9))
@settings(deadline=None, max_examples=100)
def test_wrong_check_digit_is_not_found(number: str, wrong: int) -> None:
    assert found(number[:-1] + str((int(number[-1]) + wrong) % 10)) == []


@given(st.sampled_from(["00", "13", "19", "20", "47", "99"]), st.integers(1, 28), st.integers(0, 999))
@settings(deadline=None, max_examples=50)
def test_impossible_month_is_not_found(month: str, day: int, serial: int) -> None:
    nine = f"75{month}{day:02}{serial:03}"
    assert found(f"{nine[:6]}-{nine[6:]}{check_digit(nine)}") == []


@given(st.sampled_from([0, 32, 59, 60, 92, 99]), st.integers(0, 999), st.sampled_from(["", "-"]))
@settings(deadline=None, max_examples=50)
def test_impossible_day_is_not_found(day: int, serial: int, separator: str) -> None:
    nine = f"7501{day:02}{serial:03}"
    assert found(nine[:6] + separator + nine[6:] + check_digit(nine)) == []


@pytest.mark.parametrize(
    ("year", "is_leap"), [("1900", False), ("2000", True), ("1996", True), ("1997", False)]
)
def test_leap_days_are_of_their_century(year: str, is_leap: bool) -> None:
    nine = year[2:] + "0229" + "123"
    number = nine[:6] + "-" + nine[6:] + check_digit(nine)
    assert bool(found(year[:2] + number)) is is_leap


@given(DAYS, st.sampled_from(["00", "16", "17", "21", "99"]), st.sampled_from(["", "-"]))
@settings(deadline=None, max_examples=50)
def test_impossible_century_is_not_found(day: date, century: str, separator: str) -> None:
    assert found(century + valid(day, 0, 123, False, separator)) == []


@given(
    st.integers(1, 9),
    st.integers(0, 9),
    st.integers(2, 9),
    st.integers(0, 999_999),
    st.sampled_from(["-", ""]),
)
@settings(deadline=None, max_examples=150)
def test_organisation_number_is_not_found(
    group: int, second: int, third: int, rest: int, separator: str
) -> None:
    """The third digit is at least 2 (Act 1974:174), where a birth date has the first digit of its month."""
    nine = f"{group}{second}{third}{rest:06}"
    number = nine[:6] + separator + nine[6:] + check_digit(nine)
    assert found(f"Org.nr {number}, 16{number}") == []


@given(NUMBERS, st.from_regex(r"\A[0-9]{1,14}\Z"))
@settings(deadline=None, max_examples=150)
def test_end_of_a_longer_run_of_digits_is_not_found(number: str, run: str) -> None:
    assert number not in found(run + number)
    assert number not in found(number + run)


@given(DAYS)
@settings(deadline=None, max_examples=50)
def test_date_is_not_found(day: date) -> None:
    text = f"{day:%Y-%m-%d} {day:%Y%m%d} {day:%y%m%d} {day:%d/%m/%Y} {day:%Y-%m-%d} kl. 13.00 {day:%Y-%m-%dT%H:%M:%S}"
    assert found(text) == []


@given(DAYS, st.integers(1, 3000), st.sampled_from(["–", " – ", " - ", "/", " "]))
@settings(deadline=None, max_examples=200)
def test_pair_of_dates_is_not_found(start: date, days: int, separator: str) -> None:
    assert found(f"Projektet pågick {start}{separator}{start + timedelta(days)}.") == []


@pytest.mark.parametrize(
    "number",
    [
        "08-123 456 78",
        "070-123 45 67",
        "0701-23 45 67",
        "+46 70 123 45 67",
        "+46701234567",
        "040-660 80 00",
        "112",
        "0771-567 567",
    ],
)
def test_phone_number_is_not_found(number: str) -> None:
    assert found(f"Ring {number}.") == []


def test_phone_number_with_a_four_digit_code_is_not_found() -> None:
    assert found("Ring 0411-10203" + check_digit("041110203")) == []


def test_check_tells_the_exact_place() -> None:
    text = "---\ntitle: Åå 🙂\n---\n\n🙂 Numret är 811218-9876 (ö).\n"
    (problem,) = check(subject(text))
    assert problem.code.name == "identity-number"
    assert problem.place == (5, 13, 5, 24)


def test_number_in_the_fields_or_in_code_is_found_too() -> None:
    text = "---\ntitle: Om 8112189876\n---\n\n`811218-9876`\n\n    19811218-9876\n"
    problems = list(check(subject(text)))
    assert [cut_out(text, p.place) for p in problems] == ["8112189876", "811218-9876", "19811218-9876"]


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitle: "811218\\u002D9876"\n---\n\nText.\n',
        "---\ntitle: x\n---\n\n811218&#45;9876\n",
        "---\ntitle: x\n---\n\n811218&#x2d;9876\n",
    ],
)
def test_number_written_with_escapes_is_found(text: str) -> None:
    assert names(check(subject(text))) == ["identity-number"]


def test_number_in_a_file_name_is_found() -> None:
    problems = list(check(subject("---\ntitle: x\n---\n\nText.\n", path="news/2007-811218-9876.md")))
    assert names(problems) == ["identity-number"]
    assert problems[0].place == (1, 1, 1, 1)


def test_report_does_not_spread_the_number() -> None:
    (problem,) = check(subject("---\ntitle: x\n---\n\n811218-9876\n"))
    assert problem.code.hidden
    assert all("9876" not in problem.message(language) + problem.help(language) for language in ("sv", "en"))


@given(st.text(st.sampled_from("0123456789٣໘𝟗-+‐– \u00a0/aå”🙂\n"), max_size=40))
@settings(max_examples=400)
def test_text_that_is_passed_over_holds_no_candidate(text: str) -> None:
    assert may_hold_one(text) or not any(pattern.search(text) for pattern in _CANDIDATES)


@pytest.mark.parametrize("text", ["121212-1212", "19121212 – 1212", "1912-12-12-1212", "٣٣٣٣٣٣-٣٣٣٣"])
def test_text_with_a_candidate_is_searched(text: str) -> None:
    assert may_hold_one(f"Å {text} ö")


@pytest.mark.parametrize("text", ["e-000123.md", "2007-03-01, 2007-03-02", "1234567", "”100 000 kronor”"])
def test_text_with_other_digits_is_passed_over(text: str) -> None:
    assert not may_hold_one(text)
