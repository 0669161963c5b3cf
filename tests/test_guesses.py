"""What is meant by values that can't be taken, and that nothing wrong is passed over for a guess."""

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import dictionary, names

from kunskapsbank.dictionary.guesses import a_date, a_list, a_number, several
from kunskapsbank.dictionary.validation import convert, problems_of
from kunskapsbank.reading.nodes import read_mapping

PATH: Final = "news/2007-02-14-a.md"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3/5 2007", "2007-05-03"),
        ("14.2.2007", "2007-02-14"),
        ("14-02-2007", "2007-02-14"),
        ("2007-2-4", "2007-02-04"),
        ("2007–02–14", "2007-02-14"),
        ("2007/02/14", "2007-02-14"),
        ("20070214", "2007-02-14"),
        ("den 1:e maj 2007", "2007-05-01"),
        ("3 sept. 2007", "2007-09-03"),
        ("Mars 2007", "2007-03"),
        ("2007 mars", "2007-03"),
        ("2007-3", "2007-03"),
        ("våren 2007", "2007-vår"),
        ("vt 2007", "2007-vår"),
        ("  hösten   2006 ", "2006-höst"),
        ("år 2007", "2007"),
        ("blåsippan 2007", None),
        ("3 våren 2007", None),
        ("23/11-26", None),
        ("i går", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(written: str, meant: str | None) -> None:
    assert a_date(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ca 60", "60"),
        ("60 st", "60"),
        ("24,5", None),
        ("10-12", None),
        ("två", None),
        ("60.", None),
        ("", None),
    ],
)
def test_the_only_number(written: str, meant: str | None) -> None:
    assert a_number(written) == meant


KNOWN: Final = {"skane": "skane", "skåne": "skane", "västra götaland": "vg", "vg": "vg", "a": "a"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("skane vg", ["skane", "vg"]),
        ("Skåne; vg/a", ["skane", "vg", "a"]),
        ("skane och vg", ["skane", "vg"]),
        ("skane", []),
        ("skane okänt", []),
        ("", []),
    ],
)
def test_several_known_words(written: str, meant: list[str]) -> None:
    assert several(written, KNOWN) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Västra Götaland, Skåne", ["vg", "skane"]),
        ("- skane - okänt", ["skane", "okänt"]),
        ("(Skåne)", ["skane"]),
        ("”Skåne”", ["skane"]),
        ("Ålsta folkhögskola", ["Ålsta folkhögskola"]),
        ("{b: c}", [{"b": "c"}]),
    ],
)
def test_a_list_that_was_no_list(written: str, meant: list[Any]) -> None:
    node = read_mapping(f"x: {written}\n", PATH)[0].entries
    value = node[0][1] if node else read_mapping(f'x: "{written}"\n', PATH)[0].entries[0][1]
    assert a_list(value, KNOWN) == meant


FRONT: Final = """title: Nätverket träffades i Malmö
summary: Samordnarna i nätverket möttes i Malmö och talade om rekrytering.
date: 2007-02-14
reviewed: 2026-11-23
review_every: 24
contact: redaktionen
"""
PARTS: Final = ("document: delredovisning-2007", "section: a", "sektion: b", "docu\u00adment: c")


@given(
    st.lists(st.lists(st.sampled_from(PARTS), max_size=3, unique=True), min_size=1, max_size=4),
    st.lists(st.sampled_from(PARTS), max_size=2, unique=True),
)
@settings(deadline=None, max_examples=200)
def test_no_fault_is_passed_over_because_another_explains_it(
    groups: list[list[str]], edge: list[str]
) -> None:
    """However groups are torn apart and their parts moved to the edge, what breaks the schema is told."""
    sources = ", ".join("{" + ", ".join(parts) + "}" for parts in groups)
    text = FRONT + "".join(f"{line}\n" for line in edge) + f"sources: [{sources}]\n"
    type_ = dictionary().types["news"]
    node, problems = read_mapping(text, PATH)
    assert problems == []
    data = convert(node, type_.schema)
    found = list(problems_of(type_.validator, type_.schema, node, data, PATH))
    assert bool(found) == (not type_.validator.is_valid(data))


def test_a_group_in_two_parts_is_told_once_at_the_hyphen_too_many() -> None:
    text = FRONT + "sources:\n  - document: delredovisning-2007\n  - section: a\n"
    type_ = dictionary().types["news"]
    node, _ = read_mapping(text, PATH)
    found = list(problems_of(type_.validator, type_.schema, node, convert(node, type_.schema), PATH))
    assert names(found) == ["missing-field"]
    assert found[0].place.line == 9
    assert "rad 8" in found[0].help("sv")
