"""JSON Schema's findings in our words: the right code, place and values for every rule that we translate."""

from typing import Any, Final

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import cut_out, dictionary, names

from kunskapsbank.dictionary.shapes import flow
from kunskapsbank.dictionary.types import RecordType
from kunskapsbank.dictionary.validation import (
    convert,
    is_blank,
    is_partial_date,
    misspelt,
    nearest,
    problems_of,
    validator,
)
from kunskapsbank.problems.problem import Problem, Text
from kunskapsbank.reading.nodes import read_mapping

PATH: Final = "examples/a.md"
EXAMPLES: Final = {"examples": ["så här"], "x-help": {"sv": "Hjälp.", "en": "Help."}}


def judge(text: str, properties: dict[str, Any], **schema: Any) -> list[Problem]:
    """The problems of a file against the rules for its fields."""
    rules = {"type": "object", "properties": properties, **schema}
    node, problems = read_mapping(text, PATH)
    assert problems == []
    return list(problems_of(validator(rules), rules, node, convert(node, rules), PATH))


def judge_field(written: str, rules: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """The one problem of one field: its code, what stands at its place, and its values."""
    text = f"å: x\nfält: {written}\n"
    (problem,) = judge(text, {"fält": {**EXAMPLES, **rules}})
    return problem.code.name, cut_out(text, problem.place), dict(problem.values)


@pytest.mark.parametrize(
    ("written", "rules", "code", "values"),
    [
        ("[a]", {"type": "string"}, "wrong-type", {"expected": Text("en text", "a text"), "example": "fält: så här", "nearest": "fält: a"}),
        ("{a: b}", {"type": "string"}, "wrong-type", {"expected": Text("en text", "a text"), "example": "fält: så här"}),
        ("a", {"type": "array"}, "wrong-type", {"expected": Text("en lista", "a list"), "example": "fält: så här", "nearest": "fält: [a]"}),
        ("a", {"type": "object"}, "wrong-type", {"expected": Text("en grupp av uppgifter", "a group of items"), "example": "fält: så här"}),
        ("många", {"type": "integer"}, "wrong-type", {"expected": Text("ett heltal", "a whole number"), "example": "fält: så här"}),
        ("'60'", {"type": "integer"}, "wrong-type", {"expected": Text("ett heltal", "a whole number"), "example": "fält: så här", "nearest": "fält: 60"}),
        ("ja", {"type": "boolean"}, "wrong-type", {"expected": Text("true eller false", "true or false"), "example": "fält: så här"}),
        ("[a]", {"type": ["integer", "string"]}, "wrong-type", {"expected": Text("ett heltal eller en text", "a whole number or a text"), "example": "fält: så här"}),
        ("abd", {"type": "string", "enum": ["abc", "xyz"]}, "unknown-term", {"value": "abd", "known": "abc, xyz"}),
        ("abcd", {"type": "string", "enum": ["abcde", "xyz"]}, "unknown-term", {"value": "abcd", "known": "abcde, xyz", "nearest": "abcde"}),
        ("2", {"type": "string", "pattern": "^[a-z]+$"}, "wrong-format", {"value": "2", "example": "fält: så här"}),
        ("i går", {"type": "string", "format": "date"}, "wrong-format", {"value": "i går", "example": "fält: så här"}),
        ("2007-02-30", {"type": "string", "format": "date"}, "impossible-date", {"value": "2007-02-30"}),
        ("2007-02-30", {"type": "string", "format": "partial-date"}, "impossible-date", {"value": "2007-02-30"}),
        ("åäö", {"type": "string", "minLength": 4}, "too-short", {"limit": 4, "now": 3, "help": Text("Hjälp.", "Help.")}),
        ("åäö🙂", {"type": "string", "maxLength": 3}, "too-long", {"limit": 3, "now": 4, "help": Text("Hjälp.", "Help.")}),
        ("[]", {"type": "array", "minItems": 1}, "empty-value", {"example": "fält: så här"}),
        ("{}", {"type": "object", "minProperties": 1}, "empty-value", {"example": "fält: så här"}),
        ("0", {"type": "integer", "minimum": 1}, "out-of-range", {"value": "0", "limits": Text("minst 1", "at least 1")}),
        ("9", {"type": "integer", "minimum": 1, "maximum": 8}, "out-of-range", {"value": "9", "limits": Text("mellan 1 och 8", "between 1 and 8")}),
        ("[a, b]", {"type": "array", "maxItems": 1}, "invalid-value", {"help": Text("Hjälp.", "Help.")}),
        ("3", {"type": "integer", "multipleOf": 2}, "invalid-value", {"help": Text("Hjälp.", "Help.")}),
        ("a", {"anyOf": [{"type": "integer"}, {"type": "array"}]}, "invalid-value", {"help": Text("Hjälp.", "Help.")}),
    ],
)  # fmt: skip
def test_every_rule_has_its_words(
    written: str, rules: dict[str, Any], code: str, values: dict[str, Any]
) -> None:
    assert judge_field(written, rules) == (code, written, {"key": "fält", **values})


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("fält: å\n", {"type": "string", "minLength": 1, "maxLength": 1}),
        ("fält: 60\n", {"type": "integer", "minimum": 60, "maximum": 60}),
        ("fält: true\n", {"type": "boolean"}),
        ("fält: unknown\n", {"type": ["integer", "string"], "pattern": "^unknown$"}),
        (
            "fält: [a, b]\n",
            {"type": "array", "uniqueItems": True, "minItems": 2, "items": {"enum": ["a", "b"]}},
        ),
        ("fält: 2008-02-29\n", {"type": "string", "format": "date"}),
        ("annat: x\n", {"type": "string", "minLength": 9}),
    ],
)
def test_what_keeps_the_rules_is_fine(text: str, rules: dict[str, Any]) -> None:
    assert judge(text, {"fält": rules}) == []


@pytest.mark.parametrize("written", ["", "''", "null", "~", "NULL"])
@pytest.mark.parametrize(
    "rules", [{"type": "string", "minLength": 1}, {"type": "integer"}, {"type": "array"}]
)
def test_empty_value(written: str, rules: dict[str, Any]) -> None:
    text = f"fält: {written}\n"
    problems = judge(text, {"fält": {**rules, "examples": [5]}})
    assert "empty-value" in names(problems)
    empty = next(problem for problem in problems if problem.code.name == "empty-value")
    assert cut_out(text, empty.place) == written
    assert empty.values == {"key": "fält", "example": "fält: 5"}


def test_blank_value_is_empty() -> None:
    assert judge_field("'    '", {"type": "string", "minLength": 4})[0] == "empty-value"


@pytest.mark.parametrize(
    ("written", "rules"),
    [
        ("~", {"type": "string", "minLength": 4}),
        ("null", {"type": "integer"}),
        ("''", {"type": "string", "minLength": 1, "pattern": "^a"}),
    ],
)
def test_one_empty_value_is_one_problem(written: str, rules: dict[str, Any]) -> None:
    assert names(judge(f"fält: {written}\n", {"fält": rules})) == ["empty-value"]


def test_unknown_keys_are_all_told_each_at_its_place() -> None:
    text = "summry: x\nhelt_annat: y\nRubrik: z\n"
    properties = {
        "title": {"type": "string", "x-label": {"sv": "Rubrik", "en": "Title"}},
        "summary": {"type": "string"},
    }
    problems = judge(text, properties, additionalProperties=False)
    assert names(problems) == ["unknown-key"] * 3
    assert {cut_out(text, p.place): p.values.get("nearest") for p in problems} == {
        "summry": "summary",
        "helt_annat": None,
        "Rubrik": "title",
    }
    assert problems[0].values["known"] == "title, summary"


def test_missing_field_is_told_at_the_start_with_an_example() -> None:
    problems = judge("b: x\n", {"a": EXAMPLES, "b": {}}, required=["a", "b"])
    assert names(problems) == ["missing-field"]
    assert problems[0].values == {"key": "a", "example": "a: så här"}
    assert problems[0].place == (1, 1, 1, 1)


def test_misspelt_field_is_not_missing_too() -> None:
    properties: dict[str, Any] = {"summary": {"type": "string"}, "title": {"type": "string"}}
    problems = judge("sumary: x\n", properties, required=["summary", "title"], additionalProperties=False)
    assert sorted((p.code.name, p.values["key"]) for p in problems) == [
        ("missing-field", "title"),
        ("unknown-key", "sumary"),
    ]
    node, _ = read_mapping("sumary: x\ntitle: y\n", PATH)
    assert misspelt({"properties": properties}, node) == {"summary"}


def test_item_of_a_list_has_its_own_place_and_the_examples_of_the_list() -> None:
    text = "fält:\n  - abc\n  - åäö\n  - [x]\n"
    rules = {"type": "array", "items": {"type": "string", "enum": ["abc"]}, "examples": [["abc"]]}
    problems = sorted(judge(text, {"fält": rules}), key=lambda problem: problem.place)
    assert [(p.code.name, cut_out(text, p.place)) for p in problems] == [
        ("unknown-term", "åäö"),
        ("wrong-type", "[x]"),
    ]
    assert [problem.values["key"] for problem in problems] == ["fält", "fält"]
    assert problems[1].values["example"] == "fält: [abc]"


def test_field_in_a_group_has_its_own_name_and_place() -> None:
    text = "a:\n  - b: {c: 0, d: x}\n  - b: {e: 1}\n"
    inner = {
        "type": "object",
        "additionalProperties": False,
        "required": ["c"],
        "properties": {"c": {"type": "integer", "minimum": 1}, "d": {"type": "string", "minLength": 2}},
    }
    item = {"type": "object", "properties": {"b": inner}}
    problems = sorted(
        judge(text, {"a": {"type": "array", "items": item}}), key=lambda p: (p.place, p.code.name)
    )
    assert [(p.code.name, cut_out(text, p.place), p.values["key"]) for p in problems] == [
        ("out-of-range", "0", "c"),
        ("too-short", "x", "d"),
        ("missing-field", "", "c"),
        ("unknown-key", "e", "e"),
    ]


def test_every_repetition_is_told_at_its_place() -> None:
    text = "fält: [a, b, a, 'a']\n"
    problems = judge(text, {"fält": {"type": "array", "uniqueItems": True, "items": {"type": "string"}}})
    assert names(problems) == ["repeated-value"] * 2
    assert [cut_out(text, problem.place) for problem in problems] == ["a", "'a'"]


def test_repeated_groups_are_told() -> None:
    rules = {"type": "array", "uniqueItems": True, "items": {"type": "object"}}
    assert names(judge("fält: [{a: b}, {a: b}]\n", {"fält": rules})) == ["repeated-value"]


def test_const_says_what_is_allowed() -> None:
    code, _, values = judge_field("y", {"const": "x"})
    assert (code, values["known"]) == ("unknown-term", "x")


def test_upper_limit_alone() -> None:
    _, _, values = judge_field("9", {"type": "integer", "maximum": 8})
    assert "None" not in str(values["limits"])


@pytest.mark.parametrize("type_", ["number", "null"])
def test_every_type_of_json_schema_has_words(type_: str) -> None:
    assert judge_field("[x]", {"type": type_})[0] == "wrong-type"


def test_long_list_of_terms_is_cut() -> None:
    _, _, values = judge_field("x", {"enum": [f"term-{number}" for number in range(25)]})
    assert str(values["known"]).endswith("term-23 …")
    _, _, values = judge_field("x", {"enum": [f"term-{number}" for number in range(24)]})
    assert str(values["known"]).endswith("term-23")


@pytest.mark.parametrize(
    ("written", "suggested"),
    [
        ("skane", None),
        ("skåne", "skane"),
        ("Skåne län", "skane"),
        ("SKANE", "skane"),
        ("skanne", "skane"),
        ("Pågående", "running"),
        ("Berlin", "NOTHING"),
    ],
)
def test_term_by_another_name_is_suggested(written: str, suggested: str | None) -> None:
    rules = {
        "type": "string",
        "enum": ["skane", "dalarna", "running"],
        "x-aliases": {"Skåne": "skane", "Skåne län": "skane", "Dalarna": "dalarna"},
        "x-words": {"running": {"sv": "Pågående", "en": "Running"}},
    }
    if suggested is None:
        assert judge(f"fält: {written}\n", {"fält": rules}) == []
    else:
        _, _, values = judge_field(written, rules)
        assert values.get("nearest", "NOTHING") == suggested


KNOWN: Final = {"summary": "summary", "title": "title", "skåne län": "skane", "x": "x"}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("summary", "summary"),
        ("sumary", "summary"),
        ("  SUMMARY ", "summary"),
        ("summaries", "summary"),
        ("Skåne Län", "skane"),
        ("skane lan", "skane"),
        ("X", "x"),
        ("y", None),
        ("", None),
        ("helt_annat", None),
    ],
)
def test_nearest(word: str, found: str | None) -> None:
    assert nearest(word, KNOWN) == found


@given(st.text())
@settings(deadline=None, max_examples=100)
def test_nearest_is_always_a_known_word(word: str) -> None:
    assert nearest(word, KNOWN) in {None, *KNOWN.values()}
    assert nearest(word, {}) is None


def test_convert_makes_numbers_where_the_rules_want_them() -> None:
    rules = {
        "properties": {
            "a": {"type": "integer"},
            "b": {"type": ["integer", "string"]},
            "c": {"type": "string"},
            "d": {"type": "array", "items": {"type": "integer"}},
            "e": {"properties": {"f": {"type": "integer"}}},
            "h": {"type": "boolean"},
            "i": {"type": "integer"},
        }
    }
    text = (
        "a: 60\nb: unknown\nc: 60\nd: [1, '2', x, -3]\ne: {f: 007, g: 5}\nh: true\ni: {j: 4}\nk: 5\nl: true\n"
    )
    node, _ = read_mapping(text, PATH)
    assert convert(node, rules) == {
        "a": 60,
        "b": "unknown",
        "c": "60",
        "d": [1, "2", "x", -3],
        "e": {"f": "007", "g": "5"},
        "h": True,
        "i": {"j": "4"},
        "k": "5",
        "l": "true",
    }


def test_number_beyond_all_bounds_is_a_wrong_type() -> None:
    code, _, _ = judge_field("9" * 5000, {"type": "integer", "minimum": 1, "maximum": 120})
    assert code == "wrong-type"


@pytest.mark.parametrize(
    ("written", "blank"),
    [("~", True), ("null", True), ("'null'", False), ("", True), ("' '", True), ("x", False), ("[]", False)],
)
def test_is_blank(written: str, blank: bool) -> None:
    assert is_blank(read_mapping(f"a: {written}\n", PATH)[0].get("a")) is blank
    assert is_blank(None) is False


@pytest.mark.parametrize(
    ("text", "exists"),
    [
        ("2008-02-29", True),
        ("2007-02-29", False),
        ("2007-13-01", False),
        ("2007-höst", True),
        ("2007-02", True),
        ("unknown", True),
        ("2007-sommar", True),
    ],
)
def test_partial_date(text: str, exists: bool) -> None:
    assert is_partial_date(text) is exists


def test_faulty_schema_is_refused() -> None:
    with pytest.raises(jsonschema_rs.ValidationError):
        validator({"type": "banan"})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("så här", "så här"),
        (60, "60"),
        (["a", 1], "[a, 1]"),
        ([{"a": "b", "c": ["d"]}], "[{a: b, c: [d]}]"),
        ([], "[]"),
    ],
)
def test_flow(value: Any, written: str) -> None:
    assert flow(value) == written


@pytest.mark.parametrize(
    "type_id",
    [
        "example",
        "news",
        *("method", "tool", "activity"),
    ],
)
def test_example_of_every_field_keeps_the_rules_as_it_is_shown(type_id: str) -> None:
    type_ = dictionary().types[type_id]
    assert {key: _as_it_is_read(type_, key) for key in type_.fields} == {
        key: field.example for key, field in type_.fields.items()
    }


def _as_it_is_read(type_: RecordType, key: str) -> Any:
    """A field's example, written as a report shows it and read again; or what is wrong with it."""
    node, problems = read_mapping(f"{key}: {flow(type_.fields[key].example)}\n", PATH)
    rules = {"properties": {key: type_.schema["properties"][key]}}
    data = convert(node, rules)
    faults = [*problems, *problems_of(validator(rules), rules, node, data, PATH)]
    return names(faults) if faults else data[key]
