"""SARIF: valid by the standard's schema and by Microsoft's checker, true to the problems, and silent on secrets."""

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from typing import Any, Final
from urllib.parse import unquote

import jsonschema_rs
import pytest
import tools
from sites_support import need
from support import CASES, compose, problems, run

from kunskapsbank import rules
from kunskapsbank.checks.privacy import find
from kunskapsbank.problems import report
from kunskapsbank.problems.formats import FORMATS, write
from kunskapsbank.problems.hidden import without_secrets
from kunskapsbank.problems.problem import (
    Code,
    Language,
    Place,
    Problem,
    Sender,
    Severity,
    Text,
    Value,
    in_general,
    in_order,
)
from kunskapsbank.problems.sarif import SCHEMA

SENDER: Final = Sender(
    "Provbanken", "1.2.3", "https://git.provbanken.example/bank", "https://provbanken.example/bidra/regler/"
)
LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")


KNOWN_NOTES: Final = {
    "SARIF2002": "messages are texts: what shows them to people can't fill in templates",
    "SARIF2003": "where the change came from is known to the host that takes the report in",
    "SARIF2006": "the standard's schema is asked for over the network, which the tests don't need",
    "SARIF2009": "our codes are words, and permanent",
    "SARIF2010": "no lines of the files are in it: what a hidden problem was found in stays there",
    "SARIF2011": "the same",
    "SARIF2012": "NotAFile is refused as Pascal case, for its short word",
}
"""What Microsoft's checker suggests, and why we don't."""


def every_value(code: Code) -> dict[str, Value]:
    """Something for every word that differs from problem to problem."""
    templates = (*code.message, *code.help, *(code.nearest or ()))
    names = {name for template in templates for _, name, _, _ in Formatter().parse(template) if name}
    return {name: f"<{name} é %20>" for name in names}


@pytest.fixture(scope="module")
def all_problems(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """Those of every case that `check` finds, under the case's name, and one more of every code there is."""
    place = tmp_path_factory.mktemp("cases")
    found = [
        Problem(p.code, f"{case.name}/{p.path}", p.place, p.values)
        for case in sorted(CASES.iterdir())
        for p in problems(compose(place / case.name, case))
    ]
    every = [Problem(code, "docs/hög hatt:1.md", values=every_value(code)) for code in rules.CODES.values()]
    return in_order([*found, *every])


def sarif(found: list[Problem], language: Language = "sv", sender: Sender = SENDER) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(write("sarif", found, language, sender))
    return read


@pytest.fixture(scope="module")
def written(all_problems: list[Problem]) -> Mapping[Language, dict[str, Any]]:
    return {language: sarif(all_problems, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    file = need(tools.npm_file("@microsoft/sarif-multitool-linux/sarif-2.1.0.json"), "the SARIF schema")
    found: dict[str, Any] = json.loads(file.read_text("utf-8-sig"))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_valid_by_the_standard(
    written: Mapping[Language, dict[str, Any]], schema: dict[str, Any], language: Language
) -> None:
    judge = jsonschema_rs.validator_for(schema, validate_formats=True)
    assert [error.message for error in judge.iter_errors(written[language])] == []
    assert not judge.is_valid(written[language] | {"version": "2.0.0"})


def test_nothing_wrong_is_valid_too(schema: dict[str, Any]) -> None:
    judge = jsonschema_rs.validator_for(schema, validate_formats=True)
    for sender in (SENDER, Sender("Provbanken", "1.2.3")):
        empty = sarif([], sender=sender)
        assert judge.is_valid(empty)
        assert empty["runs"][0]["results"] == []


def test_microsofts_checker_has_nothing_to_say(
    written: Mapping[Language, dict[str, Any]], tmp_path: Path
) -> None:
    """On all problems in both languages: no error, no warning, and of its notes those alone that we know."""
    checker = need(tools.sarif_checker(), "the SARIF checker")
    files = [tmp_path / f"{language}.sarif" for language in LANGUAGES]
    for file, language in zip(files, LANGUAGES, strict=True):
        file.write_text(json.dumps(written[language], ensure_ascii=False), "utf-8")
    spoilt = tmp_path / "spoilt.sarif"
    spoilt.write_text(json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [{}]}), "utf-8")
    done = subprocess.run(
        [checker, "validate", *files, spoilt, "--level", "Error;Warning;Note"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    said = set(re.findall(r"^\S*/(\w+)\.sarif\S* (\w+) (\w+):", done.stdout, re.MULTILINE))
    assert {name for name, weight, _ in said if weight in ("error", "warning")} == {"spoilt"}, done.stdout
    assert {code for name, weight, code in said if name != "spoilt"} <= KNOWN_NOTES.keys()


def test_every_problem_is_a_result_of_its_rule_at_its_place(
    all_problems: list[Problem], written: Mapping[Language, dict[str, Any]]
) -> None:
    run_ = written["sv"]["runs"][0]
    described = run_["tool"]["driver"]["rules"]
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
    assert run_["columnKind"] == "unicodeCodePoints"
    shown = in_order(without_secrets(all_problems))
    for problem, result in zip(shown, run_["results"], strict=True):
        rule = described[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] == problem.code.name
        assert result["level"] == rule["defaultConfiguration"]["level"] == levels[problem.severity]
        assert result["message"]["text"] == f"{problem.message('sv')} {problem.help('sv')}"
        place = result["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert unquote(uri) == problem.path
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
        assert place["artifactLocation"]["uriBaseId"] in run_["originalUriBaseIds"]
        assert tuple(
            place["region"][key] for key in ("startLine", "startColumn", "endLine", "endColumn")
        ) == (problem.place)


def test_rules_are_described_for_people(written: Mapping[Language, dict[str, Any]]) -> None:
    for language in LANGUAGES:
        driver = written[language]["runs"][0]["tool"]["driver"]
        assert driver["language"] == language
        assert [rule["id"] for rule in driver["rules"]] == sorted(rules.CODES)
        for rule in driver["rules"]:
            code = rules.CODES[rule["id"]]
            texts = [rule[key]["text"] for key in ("shortDescription", "fullDescription", "help")]
            assert texts[1] == code.why.in_language(language)
            assert all(any(c.isalpha() for c in text) for text in texts)
            assert not any(sign in text for text in texts for sign in "{}")
            assert rule["helpUri"] == f"{SENDER.rule_pages}{code.name}/"


def test_a_site_without_pages_of_rules_points_at_none() -> None:
    (code,) = [code for code in rules.CODES.values() if code.name == "empty-file"]
    driver = sarif([Problem(code, "a.md")], sender=Sender("Provbanken", "1.0.0"))["runs"][0]["tool"]["driver"]
    assert "informationUri" not in driver
    assert "helpUri" not in driver["rules"][0]


def test_what_differs_is_an_ellipsis() -> None:
    assert in_general("Fältet ”{key}” saknas.") == "Fältet ”…” saknas."
    assert in_general("Filen är {size} kB. Gränsen är {limit} kB.") == "Filen är … kB. Gränsen är … kB."
    assert in_general("Välj ett av: {known}.") == "Välj ett av: …"
    assert in_general("På nivå {level}. {rule}") == "På nivå …"


def known_by(found: list[Problem]) -> list[str]:
    return [r["partialFingerprints"]["problem/v1"] for r in sarif(found)["runs"][0]["results"]]


def test_a_problem_is_known_again_where_its_line_has_moved() -> None:
    code = rules.CODES["raw-html"]
    first, moved = (Problem(code, "a.md", Place(n, 1, n, 4), {"tag": "<b>"}) for n in (3, 30))
    other = Problem(code, "a.md", Place(3, 1, 3, 4), {"tag": "<i>"})
    assert known_by([first]) == known_by([moved])
    assert known_by([first]) != known_by([other])
    assert len(set(known_by([first, moved, other]))) == 3
    assert known_by([first]) == [
        r["partialFingerprints"]["problem/v1"] for r in sarif([first], "en")["runs"][0]["results"]
    ]


def test_the_command_says_where_its_site_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = compose(tmp_path / "bank", CASES / "unknown-term")
    page = place / "docs" / "regler" / "index.md"
    page.parent.mkdir()
    page.write_text("# Regler\n\n<!-- slot:rules -->\n", "utf-8")
    assert run("check", place, "--format", "sarif") == 1
    rule = json.loads(capsys.readouterr().out)["runs"][0]["tool"]["driver"]["rules"][-1]
    assert rule["helpUri"] == "https://provbanken.example/regler/unknown-term/"


def test_faulty_settings_are_told_in_the_same_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = compose(tmp_path / "bank")
    (place / "mkdocs.yml").write_text("site_name: Utan adress\n", "utf-8")
    assert run("check", place, "--format", "sarif") == 1
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"]


NUMBER: Final = "121212-1212"
"""A made-up number that authorities show as an example."""


@pytest.mark.parametrize("form", ["text", *FORMATS])
def test_no_form_of_a_report_tells_a_hidden_number(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither its own problem nor another that quotes the same words."""
    place = compose(tmp_path / "bank", CASES / "identity-number")
    record = place / "examples" / "delade-platser.md"
    text = record.read_text("utf-8")
    record.write_text(text.replace("focus_areas: [process]", f"focus_areas: [{NUMBER}]"), "utf-8")
    assert run("check", place, "--format", form) == 1
    said = capsys.readouterr().out
    assert "unknown-term" in said
    assert "identity-number" in said
    assert "•" * len(NUMBER) in said
    told = re.sub(r"Diarienummer 2007-[^,]*, telefon 08-121212, konto 1212121212123", "", said)
    assert [told[start:end] for start, end in find(told)] == []


@pytest.mark.parametrize("form", ["text", *FORMATS])
def test_nor_of_a_file_that_cannot_be_read_as_a_record(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line that is quoted for its fault has the number in it."""
    place = compose(tmp_path / "bank")
    record = place / "examples" / "delade-platser.md"
    record.write_text(f'---\ntitle: "Anmälan av {NUMBER}" kom in\n---\n\nText.\n', "utf-8")
    assert run("check", place, "--format", form) == 1
    said = capsys.readouterr().out
    assert "yaml-syntax" in said
    assert "identity-number" in said
    assert NUMBER not in said


def test_words_that_a_hidden_problem_is_about_are_blotted_in_both_languages() -> None:
    quoting = Code(
        "quoting", Severity.ERROR, Text("{what}", "{what}"), Text("Ja.", "Yes."), Text("Nej.", "No.")
    )
    hidden = rules.CODES["identity-number"]
    found = [
        Problem(quoting, "a.md", values={"what": Text(f"nr {NUMBER}", f"no {NUMBER}"), "times": 2}),
        Problem(hidden, "a.md", values={"secret": NUMBER}),
    ]
    shown = [p.message(language) for p in without_secrets(found) for language in LANGUAGES]
    assert shown[:2] == ["nr •••••••••••", "no •••••••••••"]
    assert NUMBER not in report.as_text(found, lambda _: (), "sv", report.Next("check", "build"))
