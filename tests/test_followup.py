"""The follow-up: its figures counted by another way than the code's, the chains of goals, what is missing."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from making import context, dictionary, record
from selectolax.lexbor import LexborHTMLParser
from sites_support import pages
from support import REPOSITORY

from kunskapsbank.checks.partial_dates import has_passed
from kunskapsbank.checks.record import Record
from kunskapsbank.checks.run import examine_text
from kunskapsbank.followup.chains import State, chain_of, in_swedish
from kunskapsbank.followup.data import Place, as_value
from kunskapsbank.followup.quarters import quarter_of
from kunskapsbank.followup.report import compile_report
from kunskapsbank.followup.selection import Scope, select
from kunskapsbank.library.library import Library, relate
from kunskapsbank.pages.report_chapters import attendance

BASE: Final = "uppfoljning/"
COUNTIES: Final = ("dalarna", "skane", "vasternorrland", "vastra-gotaland", "ostergotland")
TODAY: Final = date(2026, 11, 27)

Facts = dict[str, Any]


@cache
def files(folder: str) -> Sequence[Facts]:
    """The front matter of the records in a folder, read by PyYAML and not by us; each value a text."""
    found = []
    for path in sorted((REPOSITORY / folder).iterdir()):
        text = path.read_text("utf-8")
        front = text.split("---\n")[1] if text.startswith("---\n") else text
        facts: Facts = yaml.load(front, yaml.BaseLoader)  # noqa: S506  # our own files, as texts
        found.append({**facts, "_file": path.name})
    return found


@cache
def findings() -> Sequence[Facts]:
    """Every finding, with its file's counties where it has none of its own."""
    return [
        {**said, "counties": said.get("counties", file.get("counties", [])), "_file": file["_file"]}
        for file in files("findings")
        for said in file["findings"]
    ]


def report_of(site: Path, county: str | None) -> Mapping[str, Any]:
    path = site / BASE / (f"{county}/" if county else "") / "rapport.json"
    found: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def numbers(report: Mapping[str, Any]) -> dict[str, int]:
    rows = [row for table in report["tables"] for row in table["rows"]]
    every = [*report["totals"], *report["missing"], *(f for row in rows for f in row["figures"])]
    return {figure["id"]: figure["number"] for figure in every}


def of_county(facts: Sequence[Facts], county: str | None) -> list[Facts]:
    return [f for f in facts if county is None or county in f.get("counties", [])]


HELD: Final = ("done", "ended")


def counted(county: str | None) -> Iterator[tuple[str, int]]:
    """What the figures should be, counted from the files."""
    goals, activities = of_county(files("goals"), county), of_county(files("activities"), county)
    examples, said = of_county(files("examples"), county), of_county(findings(), county)
    yield from (("alla-mal", len(goals)), ("alla-aktiviteter", len(activities)))
    yield from (("alla-exempel", len(examples)), ("alla-iakttagelser", len(said)))
    for area in ("process", "arbetsforhallanden", "rekrytering", "medborgarperspektiv"):
        own = [g for g in goals if area in g.get("focus_areas", [])]
        yield f"mal-fokus-{area}-alla", len(own)
        yield f"mal-fokus-{area}-utan-atgard", sum("actions" not in g for g in own)
        yield f"mal-fokus-{area}-foljda-upp", sum("follow_ups" in g for g in own)
        yield f"mal-fokus-{area}-utan-utgangslage", sum(g["baseline"]["state"] == "missing" for g in own)
    for other in COUNTIES if county is None else (county,):
        own = of_county(activities, other)
        known = [a for a in own if a.get("participants", "unknown") != "unknown"]
        answers = Counter(a.get("evaluated", "unknown") for a in own)
        yield f"aktiviteter-lan-{other}-alla", len(own)
        yield f"aktiviteter-lan-{other}-deltagare-kanda", len(known)
        yield f"aktiviteter-lan-{other}-utvarderade", answers["yes"]
        yield f"aktiviteter-lan-{other}-utvardering-okand", answers["unknown"]
    for kind, number in Counter(a["activity_kind"] for a in activities).items():
        own = [a for a in activities if a["activity_kind"] == kind]
        yield f"aktiviteter-typ-{kind}-alla", number
        yield f"aktiviteter-typ-{kind}-genomforda", sum(a["status"] in HELD for a in own)
        yield f"aktiviteter-typ-{kind}-planerade", sum(a["status"] == "planned" for a in own)
        yield f"aktiviteter-typ-{kind}-foreslagna", sum(a["status"] == "proposed" for a in own)
        yield f"aktiviteter-typ-{kind}-oklara", sum(a["status"] == "unclear" for a in own)
    for (status, level), number in Counter((e["status"], e["evidence"]["level"]) for e in examples).items():
        yield f"exempel-lage-{status}-{level}", number
    for (theme, kind), number in Counter((f["theme"], f["kind"]) for f in said).items():
        yield f"iakttagelser-tema-{theme}-{kind}", number
    for kind, number in Counter(f["kind"] for f in said if "led_to" in f).items():
        yield f"iakttagelser-utfall-{kind}-visar-vidare", number
    for kind, number in Counter(f["kind"] for f in said if f.get("outcome") == "unknown").items():
        yield f"iakttagelser-utfall-{kind}-utfall-okant", number
    lacking = [a for a in activities if a["status"] in HELD and not a.get("participants", "u").isdigit()]
    yield "saknas-deltagare-okanda", len(lacking)
    asked = {name for goal in files("goals") for name in goal.get("actions", [])}
    ids = [
        re.sub(r"^(odaterad|\d{4}(-(var|sommar|host|vinter|\d\d)(-\d\d)?)?)-", "", a["_file"])[:-3]
        for a in activities
    ]
    yield "saknas-aktiviteter-utan-mal", sum(name not in asked for name in ids)


@pytest.mark.parametrize("county", [None, *COUNTIES])
def test_figures_are_what_the_files_say(own_site: Path, county: str | None) -> None:
    found = numbers(report_of(own_site, county))
    expected = {name: number for name, number in counted(county) if number or name in found}
    assert {name: found.get(name) for name in expected} == expected
    assert len(expected) > 25


@pytest.mark.parametrize("county", [None, *COUNTIES])
def test_every_figure_on_the_page_leads_to_as_many_records(own_site: Path, county: str | None) -> None:
    at = BASE + (f"{county}/" if county else "")
    site = pages(own_site)
    posts = LexborHTMLParser(site[f"{at}poster/index.html"])
    links = LexborHTMLParser(site[f"{at}index.html"]).css('main a[href*="poster/#"]')
    assert len(links) > 10
    for link in links:
        shown = re.match(r"\d+", link.text(strip=True))
        anchor = (link.attributes["href"] or "").partition("#")[2]
        heading = posts.css_first(f'[id="{anchor}"]')
        assert shown
        assert heading is not None, anchor
        listed = heading.next
        while listed is not None and listed.tag != "ul":
            listed = listed.next
        assert listed is not None
        assert len(listed.css("li")) == int(shown[0]), anchor


def test_table_for_spreadsheets_has_a_row_for_every_record(own_site: Path) -> None:
    text = (own_site / BASE / "rapport.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    found = numbers(report_of(own_site, None))
    per_figure = Counter(row["Id"] for row in rows if row["Adress"])
    assert {name: number for name, number in found.items() if number} == dict(per_figure)
    assert all(found[row["Id"]] == int(row["Antal"]) for row in rows)


SHAPES: Final = st.recursive(
    st.sampled_from(["2007-höst", "2007-13", "unknown", "planned", "missing", "", "a-b"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "due", "kind", "date", "state", "value", "to"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
FIELDS: Final = (
    "findings",
    "follow_ups",
    "baseline",
    "indicator",
    "actions",
    "date",
    "period",
    "status",
    "outcome",
)


@given(
    st.sampled_from(["goal", "finding", "activity", "example"]),
    st.dictionaries(st.sampled_from(FIELDS), SHAPES),
)
def test_rules_bear_any_shape(type_id: str, fields: Facts) -> None:
    """What has the wrong form is told by the dictionary's own rules; these pass it over."""
    flow = f"title: x\n{yaml.safe_dump(fields, allow_unicode=True) if fields else ''}"
    type_ = dictionary().types[type_id]
    written = flow if not type_.has_body else f"---\n{flow}---\n\nText.\n"
    found = examine_text(written, f"{type_.folder}/x{type_.suffix}", type_, context())
    assert found.problems


def library(*records: Record) -> Library:
    return relate(records, dictionary())


def goal(name: str = "g", **fields: Any) -> Record:
    return record(
        "goal",
        name,
        baseline=fields.pop("baseline", {"state": "missing"}),
        owner="county",
        date="2006",
        **fields,
    )


def activity(name: str, **fields: Any) -> Record:
    return record("activity", name, **{"status": "done", "activity_kind": "seminarium", **fields})


TOLD: Final = {"date": "2007", "document": "delredovisning-2007", "section": "1.1"}
WANTED: Final = {"measure": "Andel", "unit": "procent", "target": 50}


@pytest.mark.parametrize(
    ("fields", "statuses", "state"),
    [
        ({}, [], State.UNSERVED),
        ({}, ["planned", "planned"], State.PLANNED),
        ({}, ["planned", "running"], State.RUNNING),
        ({}, ["proposed"], State.PROPOSED),
        ({}, ["unclear"], State.UNCLEAR),
        ({}, ["unclear", "proposed"], State.UNCLEAR),
        ({}, ["proposed", "planned"], State.PLANNED),
        ({}, ["unclear", "planned"], State.PLANNED),
        ({}, ["unclear", "proposed", "planned", "done"], State.RUNNING),
        ({"follow_ups": [{**TOLD, "words": "Det går framåt."}]}, ["done"], State.FOLLOWED_UP),
        ({"follow_ups": [{**TOLD, "value": 50}], "indicator": WANTED}, ["done"], State.REACHED),
        ({"follow_ups": [{**TOLD, "value": 49.9}], "indicator": WANTED}, ["done"], State.FOLLOWED_UP),
        (
            {"follow_ups": [{**TOLD, "value": 40}], "indicator": WANTED, "baseline": {"state": "measured", "value": 80}},
            ["done"],
            State.REACHED,
        ),
        (
            {"follow_ups": [{**TOLD, "date": "2009", "value": 40}, {**TOLD, "value": 60}], "indicator": WANTED},
            ["done"],
            State.FOLLOWED_UP,
        ),
        ({"follow_ups": [{**TOLD, "words": "Ingen har gjort något."}]}, [], State.UNSERVED),
    ],
)  # fmt: skip
def test_state_of_a_goal_is_worked_out(fields: Facts, statuses: list[str], state: State) -> None:
    actions = [activity(f"a{number}", status=status) for number, status in enumerate(statuses)]
    named: Facts = {"actions": [a.id for a in actions]} if actions else {}
    own = goal(**fields, **named)
    assert chain_of(own, library(own, *actions), Scope()).state is state


def test_gaps_of_a_chain_are_seen() -> None:
    own = goal(actions=["a"])
    chain = chain_of(own, library(own, activity("a", status="planned")), Scope())
    assert [step.there for step in chain.steps] == [False, True, True, False, False]


@pytest.mark.parametrize("status", ["proposed", "unclear"])
def test_what_is_not_known_to_be_done_or_planned_counts_as_neither(status: str) -> None:
    """It is in a column of its own, and nothing is missing from it that only what was held can have."""
    bank = library(goal(actions=["a"]), activity("a", status=status, outcome="unknown"))
    report = compile_report(bank, Scope(), TODAY)
    number = {name: len(figure.refs) for name, figure in report.figures.items()}
    own = {"proposed": "foreslagna", "unclear": "oklara"}[status]
    columns = ("genomforda", "pagar", "planerade", "foreslagna", "oklara")
    counted = [name for name in columns if number[f"aktiviteter-typ-seminarium-{name}"]]
    assert counted == [own]
    assert not {"saknas-deltagare-okanda", "saknas-utvardering-okand", "saknas-utfall-okant"} & set(number)
    assert [step.there for step in report.chains[0].steps] == [False, True, True, False, False]


NUMBERS: Final[Sequence[tuple[Sequence[Facts], str]]] = (
    ([{"participants": 60}], "känt, 60 personer."),
    ([{"participants": 60}, {"participants": 1}], "känt, tillsammans 61 personer."),
    ([{"participants": 50, "participants_precision": "approximate"}], "känt, ungefär 50 personer."),
    (
        [{"participants": 50, "participants_precision": "approximate"}, {"participants": 60, "participants_precision": "exact"}],
        "känt, tillsammans ungefär 110 personer (1 av 2 tal är ungefärligt).",
    ),
    (
        [{"participants": 50, "participants_precision": "approximate"}] * 2 + [{"participants": 60}],
        "känt, tillsammans ungefär 160 personer (2 av 3 tal är ungefärliga).",
    ),
    ([{"participants": "unknown", "participants_precision": "approximate"}], "känt. "),
)  # fmt: skip


@pytest.mark.parametrize(("facts", "words"), NUMBERS)
def test_a_sum_of_approximate_numbers_is_approximate(facts: Sequence[Facts], words: str) -> None:
    bank = library(*(activity(f"a{number}", **own) for number, own in enumerate(facts)))
    report = compile_report(bank, Scope(), TODAY)
    assert words in attendance(report)


def test_data_says_how_many_numbers_are_approximate() -> None:
    known = (
        activity("a", participants=50, participants_precision="approximate"),
        activity("b", participants=60),
    )
    bank = library(*known)
    value = as_value(compile_report(bank, Scope(), TODAY), bank, Place("Prov", "https://prov.example/"))
    assert (value["participants"], value["participants_approximate"]) == (110, 1)
    precisions = {a["id"]: a.get("participants_precision") for a in value["activities"]}
    assert precisions == {"a": "approximate", "b": None}


def test_words_of_a_source_are_not_told_as_a_follow_up(own_site: Path) -> None:
    """The interim report says something of ten goals; nobody followed them up."""
    for address in (BASE, f"{BASE}rapport/", "mal/process/"):
        page = LexborHTMLParser((own_site / address / "index.html").read_text("utf-8"))
        labels = [node.text() for node in page.css(".tag, .step, .whole-chain h2, .whole-chain h3")]
        assert "Läget enligt källan" in labels
        assert not [text for text in labels if re.search("uppföljning|följt upp", text, re.IGNORECASE)]
    summary = (own_site / BASE / "rapport" / "index.html").read_text("utf-8")
    assert "Om 10 av 12 mål säger källan något om läget." in summary


PERIODS: Final[Sequence[tuple[Scope, tuple[str | None, str | None], bool]]] = (
    (Scope(None, "2007", None), ("2006-12-31", None), False),
    (Scope(None, "2007", None), ("2006-höst", "2007-01"), True),
    (Scope(None, None, "2006-höst"), ("2006-12", None), False),
    (Scope(None, None, "2006-höst"), ("2006-11-30", None), True),
    (Scope(None, "2007-03", "2007-03"), ("2007", None), True),
    (Scope(None, "2007-03", "2007-03"), (None, None), True),
)


@pytest.mark.parametrize(("scope", "span", "inside"), PERIODS)
def test_what_a_time_reaches(scope: Scope, span: tuple[str | None, str | None], inside: bool) -> None:
    assert scope.reaches(*span) is inside


def test_nothing_without_a_date_is_lost() -> None:
    bank = library(activity("a", date="unknown"), activity("b", date="2006"), activity("c", date="2008"))
    chosen = select(bank, Scope(None, "2007", "2008"))
    assert {r.id for r in chosen.activities} == {"a", "c"}
    assert [r.id for r in chosen.undated] == ["a"]


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("2007-02-14", "2007, kvartal 1"),
        ("2007-04", "2007, kvartal 2"),
        ("2007-vår", "2007, kvartal 2"),
        ("2007-höst", "2007, kvartal 4"),
        ("2007-vinter", "2008, kvartal 1"),
        ("2007", "2007, kvartal inte känt"),
        ("unknown", "Datum inte känt"),
        (None, "Datum inte känt"),
    ],
)
def test_quarters(written: str | None, label: str) -> None:
    assert quarter_of(written).label == label


def test_quarters_are_in_time_with_the_unknown_last() -> None:
    dates = ["unknown", "2007", "2007-01", "2006-höst"]
    assert [quarter.id for quarter in sorted(map(quarter_of, dates))] == ["2006-4", "2007-1", "2007", "okant"]


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("2007", date(2007, 12, 31)),
        ("2007-02", date(2007, 2, 28)),
        ("2007-02-14", date(2007, 2, 14)),
        ("2007-vår", date(2007, 5, 31)),
        ("2007-sommar", date(2007, 8, 31)),
        ("2007-höst", date(2007, 11, 30)),
        ("2007-vinter", date(2008, 2, 29)),
    ],
)
def test_a_date_has_passed_the_day_after_its_last(written: str, last: date) -> None:
    assert not has_passed(written, last)
    assert has_passed(written, last + timedelta(days=1))


@pytest.mark.parametrize("written", ["unknown", "", "höst 2007", "våren"])
def test_what_is_no_date_has_not_passed(written: str) -> None:
    assert not has_passed(written, date.max)


@pytest.mark.parametrize(
    ("number", "words"), [(5000000, "5\u00a0000\u00a0000"), (12.5, "12,5"), (3.0, "3"), (0, "0")]
)
def test_numbers_are_written_in_swedish(number: float, words: str) -> None:
    assert in_swedish(number) == words


@given(
    st.lists(
        st.tuples(st.sampled_from(COUNTIES), st.sampled_from(["done", "planned"]), st.sampled_from(["unknown", "2006", "2007-höst"])),
        max_size=12,
    )
)  # fmt: skip
def test_the_parts_of_a_table_are_its_whole(given_: list[tuple[str, str, str]]) -> None:
    """Each activity of one county, one kind and one quarter is counted once in every table."""
    records = [
        activity(f"a{number}", counties=[county], status=status, date=day)
        for number, (county, status, day) in enumerate(given_)
    ]
    report = compile_report(library(*records), Scope(), TODAY)
    for table in report.tables:
        if table.id.startswith("aktiviteter"):
            assert sum(len(row.figures[0].refs) for row in table.rows) == len(records), table.id


def test_digest_is_of_what_is_said_alone() -> None:
    def digest(*records: Record, made: date = TODAY) -> str:
        return compile_report(library(*records), Scope(), made).digest

    one, other = activity("a", date="2006"), activity("b", date="2007")
    assert digest(one, other) == digest(other, one, made=date(2027, 1, 1))
    assert digest(one) != digest(one, other) != digest(activity("a", date="2005"), other)


def test_a_county_without_records_is_empty() -> None:
    report = compile_report(library(activity("a", counties=["skane"])), Scope("dalarna"), TODAY)
    assert report.chosen.is_empty
    assert report.gaps == ()


def test_others_pages_have_the_findings_and_the_chain_as_text(own_site: Path) -> None:
    finding = files("findings")[0]
    html = (own_site / "embed" / "v1" / "iakttagelser" / f"{finding['_file'][:-4]}-h2.html").read_text(
        "utf-8"
    )
    shown = [node.text(strip=True) for node in LexborHTMLParser(html).css("li")]
    assert shown == [said["text"] for said in sorted(finding["findings"], key=_kind)]
    html = (own_site / "embed" / "v1" / "mal" / "arbetet-lever-vidare-h2.html").read_text("utf-8")
    assert "Åtgärder: saknas" in [node.text(strip=True) for node in LexborHTMLParser(html).css("li")]


def _kind(said: Facts) -> int:
    return list(dictionary().vocabularies["finding_kinds"].terms).index(said["kind"])
