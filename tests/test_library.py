"""The library: order, terms, mentions and aliases, whatever the order of the files."""

from dataclasses import replace
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st
from making import dictionary, record

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.library.library import Key, Library, relate, swedish, terms_of
from kunskapsbank.library.lists import by_term, by_type


def library(*records: Record) -> Library:
    return relate(records, dictionary())


def ids(records: object) -> list[str]:
    assert isinstance(records, tuple)
    return [one.id for one in records]


def test_alphabet_is_swedish() -> None:
    in_order = [
        "2007", "Ansvar", "Bok", "Café", "Cafémodellen", "eget", "Ort", "y", "Über", "yta", "zebra",
        "Ål", "ålder", "Ängel", "æra", "Ö", "ösa",
    ]  # fmt: skip
    assert sorted(set(in_order), key=swedish) == in_order


def test_alphabet_is_the_same_however_a_letter_is_written() -> None:
    assert swedish("A\u030al") == swedish("Ål")


def test_titles_are_in_order_and_then_ids() -> None:
    found = library(
        record("example", "d", "Zebra"),
        record("example", "c", "Ängel"),
        record("example", "b", "Å"),
        record("example", "a2", "arbete"),
        record("example", "a1", "Arbete"),
        record("example", "e", "Övrigt"),
    )
    assert ids(found.records["example"]) == ["a1", "a2", "d", "b", "c", "e"]


def test_dates_are_latest_first_and_unknown_last() -> None:
    found = library(
        record("news", "a", "b", date="2006"),
        record("news", "b", "a", date="2006"),
        record("news", "c", date="unknown"),
        record("news", "d", date="2007-höst"),
        record("news", "e", date="2007-03-14"),
        record("news", "f", date="2007-12-31"),
    )
    assert ids(found.records["news"]) == ["f", "d", "e", "b", "a", "c"]


def test_every_type_has_its_list_in_a_set_order() -> None:
    found = library(record("tool", "a"), record("news", "b", date="2007"), record("method", "a"))
    assert list(found.records) == ["example", "method", "tool", "activity", "news", "goal", "finding"]
    assert [one.id for one in found.all_records()] == ["a", "a", "b"]


def test_withdrawn_records_are_found_by_address_only() -> None:
    notice = {"date": "2026-11-23", "reason": "x"}
    gone = record(
        "example", "gone", withdrawn=notice, focus_areas=["process"], methods=["m"], aliases=["old"]
    )
    here = record("example", "here", related=["gone"])
    found = library(gone, here, record("method", "m"))
    assert ids(found.records["example"]) == ["here"]
    assert ids(found.withdrawn) == ["gone"]
    assert found.by_key[Key("example", "gone")] is gone
    assert found.find(["example"], "gone") is None
    assert found.find(["method", "example"], "here") is here
    assert found.by_term == {}
    assert Key("method", "m") not in found.mentions
    assert found.aliases == {Key("example", "old"): gone}
    assert gone not in list(found.all_records())


def test_terms_gather_records_of_every_type_in_the_order_of_lists() -> None:
    found = library(
        record("news", "n", date="2007", focus_areas=["process"]),
        record("example", "b", "B", focus_areas=["process", "rekrytering"], status="running"),
        record("example", "a", "A", focus_areas=["process"]),
        record("method", "m", focus_areas=["process"]),
    )
    assert ids(found.by_term["focus_areas", "process"]) == ["a", "b", "m", "n"]
    assert ids(found.by_term["focus_areas", "rekrytering"]) == ["b"]
    assert ids(found.by_term["statuses", "running"]) == ["b"]
    assert ("focus_areas", "medborgarperspektiv") not in found.by_term


def test_terms_inside_a_group_count_and_others_do_not() -> None:
    evidence = {"level": "described", "assessed_by": "redaktionen", "assessed_on": "2026-11-23"}
    one = record("example", "a", evidence=evidence, counties=["skane"], contact="redaktionen")
    assert set(terms_of(one, dictionary())) == {("evidence_levels", "described"), ("counties", "skane")}


def test_mentions_go_both_ways_and_count_once() -> None:
    found = library(
        record("method", "m", examples=["b"]),
        record("example", "a", "Ö", methods=["m"], related=["b"]),
        record("example", "b", "A", methods=["m"], related=["a", "a"]),
        record("news", "n", date="2007", related=["m", "saknas"]),
    )
    assert ids(found.mentions[Key("method", "m")]) == ["b", "a", "n"]
    assert ids(found.mentions[Key("example", "a")]) == ["b"]
    assert ids(found.mentions[Key("example", "b")]) == ["a", "m"]
    assert set(found.mentions) == {Key("method", "m"), Key("example", "a"), Key("example", "b")}


def test_mention_leads_to_the_first_type_that_answers() -> None:
    first, second = dictionary().types["example"].fields["related"].references[:2]
    found = library(record(first, "same"), record(second, "same"), record("example", "a", related=["same"]))
    assert ids(found.mentions[Key(first, "same")]) == ["a"]
    assert Key(second, "same") not in found.mentions


def test_field_with_one_reference_mentions_too() -> None:
    known = dictionary()
    example = known.types["example"]
    fields = {**example.fields, "methods": replace(example.fields["methods"], many=False)}
    changed = Dictionary({**known.types, "example": replace(example, fields=fields)}, known.vocabularies)
    found = relate([record("example", "a", methods="karp"), record("method", "karp")], changed)
    assert ids(found.mentions[Key("method", "karp")]) == ["a"]


def test_aliases_lead_to_their_record() -> None:
    one, two = record("example", "a", aliases=["x", "y"]), record("method", "a", aliases=["x"])
    assert library(one, two).aliases == {
        Key("example", "x"): one,
        Key("example", "y"): one,
        Key("method", "x"): two,
    }


def test_lists_of_types_and_terms() -> None:
    found = library(
        record("example", "a", counties=["skane"]),
        record("example", "b", counties=["skane"]),
        record("method", "m", focus_areas=["process"]),
        record("tool", "m"),
    )
    types = by_type(found)
    assert list(types) == ["example", "method", "activity", "news", "goal", "finding"]
    assert (types["example"].title, types["example"].address, types["example"].noun) == (
        "Exempel",
        "exempel/",
        "exempel",
    )
    lists = {listed.address: listed for listed in by_term(found)}
    assert (lists["lan/skane/"].title, lists["lan/skane/"].noun, len(lists["lan/skane/"].records)) == (
        "Skåne",
        "exempel",
        2,
    )
    assert lists["fokusomraden/process/"].noun == "metod"
    assert lists["lan/dalarna/"].records == ()
    assert lists["lan/dalarna/"].noun == "sidor"


POOL: Final = [
    record("example", "a", "Ö", focus_areas=["process"], related=["b"], aliases=["x"]),
    record("example", "b", "Ö", focus_areas=["process", "rekrytering"], methods=["m"]),
    record("example", "c", "å", withdrawn={"date": "2026-11-23", "reason": "x"}, related=["a"]),
    record("example", "d", "a", methods=["m"], related=["a", "n2"]),
    record("method", "m", "Metod", focus_areas=["process"], examples=["a", "d"], aliases=["x", "y"]),
    record("tool", "m", "Verktyg"),
    record("news", "n1", "Ny", date="2007", related=["m"]),
    record("news", "n2", "Ny", date="2007"),
    record("news", "n3", "Ny", date="unknown", focus_areas=["process"]),
    record("activity", "k", "Kurs", date="2007-höst", counties=["skane"]),
]


@given(st.permutations(POOL))
@settings(deadline=None, max_examples=60)
def test_order_of_the_files_does_not_matter(records: list[Record]) -> None:
    first, second = relate(POOL, dictionary()), relate(iter(records), dictionary())
    assert first == second
    assert [list(getattr(first, name)) for name in ("records", "by_term", "mentions", "aliases")] == [
        list(getattr(second, name)) for name in ("records", "by_term", "mentions", "aliases")
    ]
