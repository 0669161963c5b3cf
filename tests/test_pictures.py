"""Pictures: every number leads to the records behind it, gaps are seen, and nothing is drawn of nothing."""

import re
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY, dictionary, record
from selectolax.lexbor import LexborHTMLParser
from sites_support import attribute, element

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.library import dates
from kunskapsbank.library.library import relate
from kunskapsbank.pages import pictures
from kunskapsbank.pages.markdown import renderers
from kunskapsbank.pages.texts import Texts
from kunskapsbank.pages.views import Viewer

NOTHING: Final = Dictionary({}, {})


def drawn(name: str, *records: Record) -> LexborHTMLParser:
    viewer = Viewer(relate(records, dictionary()), TODAY, renderers(dictionary()), Texts([]))
    return LexborHTMLParser(pictures.module(name).html(viewer))


def test_pictures_that_a_dictionary_has_what_it_takes_for() -> None:
    assert pictures.names(dictionary()) == ("map", "matrix", "timeline", "turnout")
    assert pictures.names(NOTHING) == ()


def test_every_number_of_the_matrix_leads_to_as_many_records(own_site: Path) -> None:
    html = LexborHTMLParser((own_site / "overblick" / "index.html").read_text("utf-8"))
    links = html.css(".matrix td a")
    assert len(links) > 5
    for link in links:
        place = element(html, f'section[aria-labelledby="{attribute(link, "href")[1:]}"]')
        number = re.match(r"\d+", link.text())
        assert number
        assert int(number[0]) == len(place.css("li a"))


def test_matrix_counts_each_pair_and_shows_where_nothing_is() -> None:
    found = drawn(
        "matrix",
        record("example", "a", focus_areas=["process", "rekrytering"], counties=["skane"]),
        record("example", "b", focus_areas=["process"], counties=["skane", "dalarna"]),
        record("method", "c", focus_areas=["process"], counties=["skane"]),
    )
    cells = [re.sub(r"\D", "", cell.text()) for cell in found.css(".matrix tbody td")]
    dalarna, skane, *others = cells[:5]
    assert (dalarna, skane, others) == ("1", "2", ["", "", ""])
    assert sorted(filter(None, cells)) == ["1", "1", "2"]
    assert len(found.css(".matrix .n0")) == len(cells) - 3


def test_timeline_has_a_bar_for_each_dated_activity_in_order_and_counts_the_others() -> None:
    found = drawn(
        "timeline",
        record("activity", "a", "Sist", date="2007-höst"),
        record("activity", "b", "Först", date="2006-10"),
        record("activity", "c", "Okänd", date="unknown"),
    )
    assert [row.text() for row in found.css("tbody th a")] == ["Först", "Sist"]
    assert [row.text() for row in found.css("tbody td:nth-child(2)")] == ["Oktober 2006", "Hösten 2007"]
    first, last = (tuple(float(attribute(bar, name)) for name in ("x", "width")) for bar in found.css("rect"))
    assert (first, last) == ((270.0, 30.0), (600.0, 90.0))
    assert "En aktivitet har inget datum" in element(found, "p").text()


def test_nothing_is_drawn_of_no_activities() -> None:
    for name in ("timeline", "turnout"):
        assert drawn(name).css("table") == []
    assert drawn("timeline", record("activity", "c", "Okänd", date="unknown")).css("table") == []


def test_turnout_counts_by_county_and_keeps_the_unknown_apart() -> None:
    found = drawn(
        "turnout",
        record("activity", "a", counties=["skane"], participants=60, evaluated="yes", date="2007"),
        record(
            "activity",
            "b",
            counties=["skane", "dalarna"],
            participants="unknown",
            evaluated="unknown",
            date="2007",
        ),
        record("activity", "c", evaluated="no", date="2007"),
    )
    rows = {
        element(row, "th").text(): [cell.text() for cell in row.css("td") if not cell.css("svg")]
        for row in (LexborHTMLParser(f"<table>{tr.html}</table>") for tr in found.css("tbody tr"))
    }
    assert rows["Skåne"] == ["2", "1", "1", "0", "1"]
    assert rows["Dalarna"] == ["1", "0", "0", "0", "1"]
    assert rows["Östergötland"] == ["0", "0", "0", "0", "0"]
    assert rows["Inget län anges"] == ["1", "0", "0", "1", "0"]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("unknown", None),
        ("2007", (24084, 24096)),
        ("2007-vår", (24086, 24089)),
        ("2007-vinter", (24095, 24098)),
        ("2007-12", (24095, 24096)),
    ],
)
def test_months_that_a_date_reaches_over(text: str, span: tuple[float, float] | None) -> None:
    assert dates.months(text) == span


@given(st.dates())
def test_a_day_lies_in_its_month_and_its_month_in_its_year(day: object) -> None:
    year, month, whole = str(day)[:4], str(day)[:7], str(day)
    for inner, outer in ((whole, month), (month, year)):
        inside, around = dates.months(inner), dates.months(outer)
        assert inside
        assert around
        assert around[0] <= inside[0] < inside[1] <= around[1]
