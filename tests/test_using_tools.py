"""Tools: results counted alike in two languages, files that others can read, and a paper without a script."""

import csv
import gzip
import io
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hostile import TITLES
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from selectolax.lexbor import LexborHTMLParser
from sites_support import attribute, element, need
from support import REPOSITORY

from kunskapsbank.checks import scoring

SCRIPTS: Final = REPOSITORY / "overrides" / "assets" / "verktyg"
NOW: Final = {"date": "2026-11-25T12:00:00.000Z"}
TOOL: Final = {"id": "fair-termometern", "title": "FAIR-termometern"}

Call = Callable[..., Any]
"""Calls a function of a module of the scripts."""


@pytest.fixture(scope="module")
def call() -> Iterator[Call]:
    """One Node answers all questions of the module."""
    command = [need(shutil.which("node"), "Node"), "--no-warnings", str(REPOSITORY / "tests" / "calls.mjs")]
    with subprocess.Popen(
        [*command, str(SCRIPTS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as node:

        def calling(module: str, name: str, *args: Any) -> Any:
            assert node.stdin is not None
            assert node.stdout is not None
            node.stdin.write(json.dumps({"module": module, "call": name, "args": args}) + "\n")
            node.stdin.flush()
            return json.loads(node.stdout.readline())

        yield calling
        assert node.stdin is not None
        node.stdin.close()
        assert node.wait(timeout=20) == 0


# Scoring

POINTS: Final = st.lists(st.integers(0, 10), min_size=2, max_size=5).filter(lambda points: max(points) > 0)


@settings(deadline=None)
@given(data=st.data(), points=POINTS, weights=st.lists(st.integers(1, 5), min_size=1, max_size=12))
def test_the_script_counts_as_the_checks_do(
    call: Call, data: st.DataObject, points: list[int], weights: list[int]
) -> None:
    worth = {str(number): value for number, value in enumerate(points)}
    asked: list[dict[str, Any]] = [
        {"id": str(number), "weight": weight} for number, weight in enumerate(weights)
    ]
    known = st.sampled_from([*worth, scoring.NOT_APPLICABLE])
    given_ = {one["id"]: data.draw(known) for one in asked if data.draw(st.booleans())}
    most = max(worth.values())
    script = [
        {"weight": one["weight"], "points": worth.get(given_.get(str(one["id"]), "")), "most": most}
        for one in asked
    ]
    assert call("scoring", "percent", script) == scoring.percent(asked, given_, worth)


@settings(deadline=None)
@given(
    points=st.lists(st.integers(0, 4), min_size=2, max_size=3).filter(lambda p: max(p) > 0),
    weights=st.lists(st.integers(1, 3), min_size=1, max_size=4),
)
def test_what_can_be_reached_is_what_some_answers_give(points: list[int], weights: list[int]) -> None:
    answers: list[dict[str, Any]] = [
        {"id": str(number), "points": value} for number, value in enumerate(points)
    ]
    asked: list[dict[str, Any]] = [
        {"id": f"s{number}", "weight": weight} for number, weight in enumerate(weights)
    ]
    checklist = {"answers": answers, "sections": [{"statements": asked}]}
    ways = product([answer["id"] for answer in answers], repeat=len(asked))
    worth = scoring.points(checklist)
    every = {
        scoring.percent(asked, {str(s["id"]): str(a) for s, a in zip(asked, way, strict=True)}, worth)
        for way in ways
    }
    assert scoring.reachable(checklist) == every


@settings(deadline=None)
@given(found=st.integers(0, 100), starts=st.sets(st.integers(1, 100), max_size=5))
def test_the_script_finds_the_same_level(call: Call, found: int, starts: set[int]) -> None:
    levels = [{"from": start, "label": str(start)} for start in [0, *sorted(starts)]]
    assert call("scoring", "level", levels, found) == scoring.level(levels, found)


def test_the_weakest_come_first_and_the_best_not_at_all(call: Call) -> None:
    def one(name: str, weight: int, points: int | None) -> dict[str, Any]:
        return {"id": name, "weight": weight, "points": points, "most": 2}

    asked = [
        one("a", 1, 1),
        one("b", 2, 0),
        one("c", 1, 0),
        one("d", 3, 2),
        one("e", 1, None),
        one("f", 1, 0),
    ]
    assert [found["id"] for found in call("scoring", "weakest", asked, 4)] == ["b", "c", "f", "a"]


def test_the_longest_way_comes_first(call: Call) -> None:
    def one(name: str, present: int | None, wanted: int | None) -> dict[str, Any]:
        return {"id": name, "present": present, "wanted": wanted}

    stands = [
        one("a", 2, 3),
        one("b", 1, 4),
        one("c", 1, None),
        one("d", None, 5),
        one("e", 4, 3),
        one("f", 5, None),
    ]
    assert [found["id"] for found in call("scoring", "furthest", stands, 9, 5)] == ["b", "c", "a"]


def test_a_plan_tells_what_it_lacks(call: Call) -> None:
    goals = [{"id": "1"}, {"id": "2"}, {"id": "3"}, {"id": "4", "changed": "Allt"}]
    actions = [{"goal": "2"}, {"goal": "3", "followUp": "2027-01-01"}, {"goal": "4"}, {"goal": ""}]
    found = call("scoring", "gaps", goals, actions)
    assert [goal["id"] for goal in found["withoutAction"]] == ["1"]
    assert [goal["id"] for goal in found["withoutFollowUp"]] == ["2"]
    assert found["withoutGoal"] == [{"goal": ""}]


# Files

TEXTS: Final = st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=4)
STATE: Final = st.fixed_dictionaries(
    {
        **dict.fromkeys(("answers", "wanted", "notes"), TEXTS),
        **dict.fromkeys(("actions", "goals"), st.lists(TEXTS, max_size=3)),
    }
)


@settings(deadline=None)
@given(state=STATE)
def test_a_saved_file_gives_back_what_was_saved(call: Call, state: dict[str, Any]) -> None:
    """But for the one key that means something else to JavaScript."""
    text = call("state", "written", state, TOOL, NOW)
    opened = call("state", "opened", text, TOOL)
    wanted = {**state, **{name: [row for row in state[name] if row] for name in ("actions", "goals")}}
    assert without_proto(opened["state"]) == without_proto(wanted)
    assert opened["saved"] == NOW["date"]


def without_proto(state: Any) -> Any:
    if isinstance(state, list):
        return [without_proto(part) for part in state]
    if isinstance(state, dict):
        return {key: without_proto(part) for key, part in state.items() if key != "__proto__"}
    return state


ANYTHING: Final = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=12,
)


@settings(deadline=None)
@given(file=ANYTHING, state=ANYTHING, rows=ANYTHING)
def test_any_file_is_opened_as_far_as_is_safe_or_refused_in_a_sentence(
    call: Call, file: Any, state: Any, rows: Any
) -> None:
    right = {"format": "kunskapsbanken-verktyg", "version": 1, "tool": TOOL["id"]}
    for data in (
        file,
        {**right, "answers": state, "notes": state, "actions": rows, "goals": rows, "saved": state},
    ):
        answer = call("state", "opened", json.dumps(data), TOOL)
        if "thrown" in answer:
            assert answer["name"] == "Refused"
            continue
        for group in ("answers", "wanted", "notes"):
            assert all(isinstance(value, str) for value in answer["state"][group].values())
        for name in ("actions", "goals"):
            assert all(isinstance(v, str) for row in answer["state"][name] for v in row.values())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "kan vara avbruten"),
        ('{"format": "kunskapsbanken-ver', "kan vara avbruten"),
        ("[]", "inte sparad från ett verktyg"),
        ('{"format": "annat"}', "inte sparad från ett verktyg"),
        ('{"format": "kunskapsbanken-verktyg", "version": 1, "tool": "snackmodellen", "title": "Snäckan"}', "ett annat verktyg: Snäckan."),
        ('{"format": "kunskapsbanken-verktyg", "version": 2, "tool": "fair-termometern"}', "en senare version"),
        ('{"format": "kunskapsbanken-verktyg", "tool": "fair-termometern"}', "en senare version"),
        (" " * 1_000_001, "för stor"),
    ],
)  # fmt: skip
def test_what_cant_be_opened_is_told(call: Call, text: str, sentence: str) -> None:
    answer = call("state", "opened", text, TOOL)
    assert answer["name"] == "Refused"
    assert sentence in answer["thrown"]


@settings(deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=30), min_size=4, max_size=4), max_size=5))
def test_the_table_is_read_as_it_was_written(call: Call, rows: list[list[str]]) -> None:
    rows = [
        [cell.replace("\0", "") for cell in row] for row in [*rows, list(TITLES[:4]), list(TITLES[11:15])]
    ]
    text = call("files", "table", rows)
    assert text.startswith("\ufeff")
    found = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [[cell.removeprefix("'") for cell in row] for row in found] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not [c for row in found for c in row if c.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_calendar_has_a_day_for_each_date_whatever_the_titles(call: Call) -> None:
    days = [
        {"id": str(n), "day": "2027-03-14", "title": f"Klart: {title} {'å' * 80}"}
        for n, title in enumerate(TITLES)
    ]
    calendar = Calendar.from_ical(call("files", "calendar", days, NOW))
    events = [part for part in calendar.walk() if part.name == "VEVENT"]
    assert len(events) == len(TITLES)
    for event, title in zip(events, TITLES, strict=True):
        assert str(event["SUMMARY"]) == " ".join(f"Klart: {title} {'å' * 80}".split())
        assert event.decoded("DTSTART") == date(2027, 3, 14)
    assert all(len(line) <= 75 for line in call("files", "calendar", days, NOW).encode().split(b"\r\n"))


# Definitions and pages


def tools() -> dict[str, Any]:
    files = sorted((REPOSITORY / "methods").glob("*.tool.yml"))
    return {file.name.removesuffix(".tool.yml"): yaml.safe_load(file.read_text("utf-8")) for file in files}


def test_the_three_tools_are_as_large_as_they_should_be() -> None:
    found = tools()
    assert {tool["tool_kind"] for tool in found.values()} == {"checklist", "maturity", "planner"}
    assert len(scoring.statements(found["fair-termometern"]["checklist"])) >= 25


def test_without_a_script_the_page_is_a_paper_to_fill_in(own_site: Path) -> None:
    """With everything that is asked, every answer and every advice in sight, and what the tool is and is not."""
    for name, tool in tools().items():
        page = LexborHTMLParser((own_site / "metoder" / name / "verktyg" / "index.html").read_text("utf-8"))
        text = " ".join(element(page, ".tool").text().split())
        for words in words_of(tool[tool["tool_kind"]]):
            assert " ".join(words.split()) in text, words
        assert "Källan återger inte originalets frågor." in text
        assert "det är inget intyg" in text
        assert f"avsnitt {tool['sources'][0]['section']}" in text
        assert not [node for node in page.css(".tool [hidden]") if "before" not in attribute(node, "class")]
        names = {attribute(node, "name") for node in page.css(".tool input[type=radio]")}
        assert len(names) == len(scoring.statements(tool["checklist"])) if "checklist" in tool else True
        assert page.css(".tool textarea, .tool table td")


def words_of(value: Any) -> Iterator[str]:
    """Every text that a reader should see: all but ids, references and numbers."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from words_of(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in ("id", "links", "answer", "builds_on", "collects", "weight", "points", "from"):
                yield from words_of(part)


def test_the_scripts_of_a_tool_page_are_small(own_site: Path) -> None:
    files = [*(own_site / "assets" / "verktyg").glob("*.js"), own_site / "assets" / "element.js"]
    assert len(files) > 10
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 20_000
