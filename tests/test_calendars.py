"""Calendars, read by a parser: the days that the source names and no others, stable, and inert."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sites_support import attribute, build, element, replace, tree
from support import REPOSITORY, compose

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary import load
from kunskapsbank.library.keys import Keys
from kunskapsbank.library.library import relate
from kunskapsbank.outlets import calendars
from kunskapsbank.outlets.calendars import Span, makers, span_of
from kunskapsbank.pages.site import Site

DICTIONARY: Final = load.load(REPOSITORY)
ACTIVITY: Final = "2007-var-seminarium-om-snackmodellen.md"
HOSTILE: Final = (
    "BEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR",
    "a\r\nATTACH:https://x.example/",
    "a\\nDTSTART:20070101",
    "C:\\Nya \\\\N \\, \\;",
    "semikolon; komma, omvänt \\ kolon: citat \"x\" 'y'",
    "\u2028BEGIN:VALARM\u2029\x85\x0b\x0c",
    "\U0001f41a" * 40,
    "å" * 100,
    "\x00\x07\x1b[31m",
    "\u202eabc\u2066",
)


def calendar(content: bytes) -> Any:
    found = Calendar.from_ical(content)
    assert isinstance(found, Calendar)
    return found


def events(content: bytes) -> list[Any]:
    """Parsed events, whose properties are of many types."""
    return [one for one in calendar(content).subcomponents if one.name == "VEVENT"]


def a_record(title: str, **fields: Any) -> Record:
    known = {
        "title": title,
        "summary": title,
        "date": "2007-03-14",
        "status": "done",
        "reviewed": "2026-11-23",
    }
    return Record("activity", "prov", "activities/prov.md", known | fields, "", (), ())


def made_of(*records: Record) -> dict[str, bytes]:
    """The calendars of some records, without pages around them."""
    library = relate(records, DICTIONARY)
    viewer = SimpleNamespace(library=library, dictionary=DICTIONARY)
    known = SimpleNamespace(site_name="Prov; banken, \\n", site_url="https://prov.example:8080/mapp/")
    site = cast("Site", SimpleNamespace(viewer=viewer, settings=known, keys=Keys(library)))
    return {maker.path: maker().content for maker in makers(site)}


def lines_of(content: bytes) -> Iterator[str]:
    """The lines of a calendar with their folds undone."""
    yield from content.decode().replace("\r\n ", "").split("\r\n")


# The days


@pytest.mark.parametrize(
    ("fields", "span"),
    [
        ({"date": "2007-03-14"}, Span(date(2007, 3, 14), date(2007, 3, 14))),
        ({"date": "2007-03-14", "end": "2007-03-16"}, Span(date(2007, 3, 14), date(2007, 3, 16))),
        ({"date": "2006-12-31", "end": "2007-01-01"}, Span(date(2006, 12, 31), date(2007, 1, 1))),
        ({"date": "2008-02"}, Span(date(2008, 2, 1), date(2008, 2, 29), "exakt dag anges inte")),
        ({"date": "2007-12"}, Span(date(2007, 12, 1), date(2007, 12, 31), "exakt dag anges inte")),
        (
            {"date": "2006-10", "end": "2006-11"},
            Span(date(2006, 10, 1), date(2006, 11, 30), "exakt dag anges inte"),
        ),
        (
            {"date": "2006-10", "end": "2006-11-05"},
            Span(date(2006, 10, 1), date(2006, 11, 5), "exakt dag anges inte"),
        ),
        (
            {"date": "2007-03-14", "end": "2007-04"},
            Span(date(2007, 3, 14), date(2007, 4, 30), "exakt slutdag anges inte"),
        ),
        (
            {"date": "2007-03-14", "end": "2007-vår"},
            Span(date(2007, 3, 14), date(2007, 3, 14), "exakt slutdag anges inte"),
        ),
        (
            {"date": "2007-03-14", "end": "unknown"},
            Span(date(2007, 3, 14), date(2007, 3, 14), "exakt slutdag anges inte"),
        ),
        (
            {"date": "2007-03", "end": "2008"},
            Span(date(2007, 3, 1), date(2007, 3, 31), "exakt dag anges inte"),
        ),
        ({"date": "2007-03", "end": "2007-03-10"}, Span(date(2007, 3, 1), date(2007, 3, 31), "exakt dag anges inte")),
        ({"date": "2007-höst"}, None),
        ({"date": "2007-vår", "end": "2007-05-01"}, None),
        ({"date": "2007"}, None),
        ({"date": "unknown"}, None),
        ({"date": "0000-01"}, None),
        ({"date": "9999-12-31"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_days_are_those_of_the_source(fields: dict[str, str], span: Span | None) -> None:
    assert span_of(fields) == span


@given(st.dates(max_value=date(9998, 12, 31)), st.integers(0, 400))
@settings(deadline=None, max_examples=50)
def test_an_event_ends_the_day_after_its_last(first: date, length: int) -> None:
    last = min(first + timedelta(days=length), date(9998, 12, 31))
    record = a_record("Prov av dagar", date=first.isoformat(), end=last.isoformat())
    (event,) = events(made_of(record)["kalender.ics"])
    assert event.decoded("dtstart") == first
    assert event.decoded("dtend") == last + timedelta(days=1)
    assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
    assert str(event["summary"]) == "Prov av dagar"


def test_the_site_shows_days_and_months_and_leaves_out_the_rest(own_site: Path) -> None:
    found = events((own_site / "kalender.ics").read_bytes())
    files = [path.read_text("utf-8") for path in (REPOSITORY / "activities").iterdir()]
    exact = [text for text in files if re.search(r"^date: \"?\d{4}-\d\d", text, re.MULTILINE)]
    titles = {re.search(r"^title: (.+)$", text, re.MULTILINE)[1] for text in exact}  # type: ignore[index]
    assert len(titles) == len(found) == 3
    assert {str(event["summary"]).removesuffix(" (exakt dag anges inte)") for event in found} == titles
    assert all(str(event["summary"]).endswith("(exakt dag anges inte)") for event in found)


# What an event says


def test_an_event_says_what_the_record_does() -> None:
    record = a_record(
        "Kick-off", activity_kind="mote", counties=["dalarna", "skane"], focus_areas=["process"], agencies=["verva"]
    )  # fmt: skip
    (event,) = events(made_of(record)["kalender.ics"])
    assert str(event["uid"]) == "activity-prov@prov.example"
    assert event.decoded("dtstamp") == datetime(2026, 11, 23, tzinfo=UTC)
    assert str(event["url"]) == "https://prov.example:8080/mapp/aktiviteter/prov/"
    assert str(event["url"]) in str(event["description"])
    assert "Datum enligt källan: 14 mars 2007." in str(event["description"])
    assert str(event["location"]) == "Dalarna, Skåne"
    assert str(event["class"]) == "PUBLIC"
    categories = [str(one) for one in event["categories"].cats]
    assert "Process" in categories
    assert not {"Dalarna", "Genomfört"} & set(categories)


def test_without_a_known_place_there_is_none() -> None:
    (event,) = events(made_of(a_record("Kick-off"))["kalender.ics"])
    assert "location" not in event


@pytest.mark.parametrize(
    ("status", "said"), [("planned", "TENTATIVE"), ("proposed", "TENTATIVE"), ("unclear", "TENTATIVE"),
     ("done", "CONFIRMED"), ("running", "CONFIRMED"), ("ended", "CONFIRMED")]
)  # fmt: skip
def test_status(status: str, said: str) -> None:
    (event,) = events(made_of(a_record("Kick-off", status=status))["kalender.ics"])
    assert str(event["status"]) == said


def test_every_status_of_the_vocabulary_is_known() -> None:
    assert set(calendars._STATUS) == set(DICTIONARY.vocabularies["statuses"].terms)


# Which calendars there are, and which records are in them


def test_a_calendar_for_the_site_and_one_for_each_county() -> None:
    counties = DICTIONARY.vocabularies["counties"].terms
    found = made_of(
        a_record("Kick-off", counties=["dalarna"]),
        Record("activity", "utan", "b.md", a_record("Utan län").fields, "", (), ()),
    )
    assert set(found) == {"kalender.ics", *(f"lan/{county}/kalender.ics" for county in counties)}
    titles = {path: [str(e["summary"]) for e in events(content)] for path, content in found.items()}
    assert titles.pop("kalender.ics") == ["Kick-off", "Utan län"]
    assert titles.pop("lan/dalarna/kalender.ics") == ["Kick-off"]
    assert set(map(tuple, titles.values())) == {()}


def test_a_withdrawn_record_is_in_no_calendar() -> None:
    gone = a_record("Kick-off", counties=["dalarna"], withdrawn={"date": "2026-11-20", "reason": "Fel."})
    assert [events(content) for content in made_of(gone).values() if events(content)] == []


def test_types_take_part_by_what_the_dictionary_says(tmp_path: Path) -> None:
    """News as events are in it under any name; a site where nothing is an event has no calendar."""
    bank = compose(tmp_path / "bank")
    replace(bank / "schema" / "news.yml", "schema_org: NewsArticle", "schema_org: Event")
    site = build(bank, tmp_path / "site")
    titles = [str(event["summary"]) for event in events((site / "kalender.ics").read_bytes())]
    assert titles == ["Två nya utbildningar på väg"]
    for name in ("news", "activity"):
        replace(bank / "schema" / f"{name}.yml", "schema_org: Event", "schema_org: Article")
    assert [path for path in tree(build(bank, tmp_path / "other")) if path.endswith(".ics")] == []


def test_pages_and_events_agree(tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    replace(bank / "activities" / ACTIVITY, "date: 2007-vår", "date: 2007-03-14\nend: 2007-03-15")
    (bank / "activities" / ACTIVITY).rename(bank / "activities" / "2007-03-14-seminarium-om-snackmodellen.md")
    site = build(bank, tmp_path / "site")
    (event,) = events((site / "lan" / "dalarna" / "kalender.ics").read_bytes())
    page = site / str(event["url"]).removeprefix("https://provbanken.example/") / "index.html"
    html = page.read_text("utf-8")
    assert element(html, "h1").text() == str(event["summary"]) == "Seminarium om Snäckmodellen"
    assert attribute(element(html, 'link[rel="canonical"]'), "href") == str(event["url"])
    assert event.decoded("dtend") == date(2007, 3, 16)


# The format


def test_every_calendar_keeps_to_the_format(own_site: Path) -> None:
    found = {path: content for path, content in tree(own_site).items() if path.endswith(".ics")}
    assert len(found) == 6
    for path, content in found.items():
        parsed = calendar(content)
        assert parsed["version"] == "2.0", path
        assert parsed["prodid"], path
        assert "Kunskapsbanken" in parsed["x-wr-calname"], path
        assert "REFRESH-INTERVAL;VALUE=DURATION:P1D" in set(lines_of(content)), path
        assert parsed.subcomponents, path
        assert parsed.errors == [], path
        assert content.endswith(b"END:VCALENDAR\r\n"), path
        assert b"\n" not in content.replace(b"\r\n", b""), path
        assert max(map(len, content.split(b"\r\n"))) <= 75, path
    ids = [str(event["uid"]) for event in events(found["kalender.ics"])]
    assert len(ids) == len(set(ids))


def test_bytes_do_not_depend_on_when_they_are_made(own_site: Path, tmp_path: Path) -> None:
    later = {"SOURCE_DATE_EPOCH": "1827000000"}
    other = build(REPOSITORY, tmp_path / "site", environment=later)
    for path, content in tree(own_site).items():
        if path.endswith(".ics"):
            assert (other / path).read_bytes() == content, path


def test_the_name_of_a_calendar_is_text(own_site: Path) -> None:
    content = (own_site / "lan" / "skane" / "kalender.ics").read_bytes()
    assert "NAME:Aktiviteter\\, Skåne – Kunskapsbanken" in set(lines_of(content))
    assert "X-WR-CALNAME:Aktiviteter\\, Skåne – Kunskapsbanken" in set(lines_of(content))
    made = set(lines_of(made_of()["kalender.ics"]))
    assert "X-WR-CALNAME:Aktiviteter – Prov\\; banken\\, \\\\n" in made


# Texts of strangers


def assert_inert(title: str) -> None:
    """One event of one record, with the properties that ours have and no others, whatever the texts are."""
    content = made_of(a_record(title, counties=["dalarna"]))["lan/dalarna/kalender.ics"]
    parsed = calendar(content)
    (event,) = parsed.subcomponents
    assert event.name == "VEVENT"
    assert event.subcomponents == []
    assert event.errors == []
    assert set(event) == {
        "UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "CLASS", "TRANSP", "LOCATION", "STATUS"
    }  # fmt: skip
    expected = "".join(sign for sign in " ".join(title.split()) if sign.isprintable())
    assert str(event["summary"]) == expected
    assert str(event["description"]).split("\n")[0] == expected
    names = [re.split("[:;]", line)[0] for line in lines_of(content)]
    assert names.count("BEGIN") == names.count("END") == 2
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", content)


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_texts_are_inert(title: str) -> None:
    assert_inert(title)


@given(st.text(min_size=1, max_size=120) | st.text('\\;,:"\r\n nN=BEGIND', min_size=1))
@settings(deadline=None, max_examples=300)
def test_any_text_is_inert(title: str) -> None:
    assert_inert(title)
