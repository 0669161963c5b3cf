"""Slips in the files of schema/ and in mkdocs.yml: each is a problem at its place, and none is a traceback."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from making import cut_out
from mutants import mutate
from sites_support import replace
from support import REPOSITORY, compose, problems

from kunskapsbank import checking, settings
from kunskapsbank.dictionary import load
from kunskapsbank.problems.problem import Problem, Rejected
from kunskapsbank.reading.files import MAX_BYTES

TODAY: Final = date(2026, 11, 23)
MUTANTS: Final = 40
"""A few seconds; with more of them, and other seeds, it has been run by hand."""

GOAL: Final = "schema/goal.yml"
COMMON: Final = "schema/common.yml"
TOOL: Final = "schema/tool.yml"
NEWS: Final = "schema/news.yml"
GROUNDS: Final = "schema/vocabularies/grounds.yml"
COUNTIES: Final = "schema/vocabularies/counties.yml"
FUNCTIONS: Final = "schema/vocabularies/functions.yml"
STATE: Final = "x-label: {sv: Utgångsläget är, en: The starting point is}"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base site with the repository's settings. Not to be changed."""
    place = compose(tmp_path_factory.mktemp("whole") / "bank")
    shutil.copy(REPOSITORY / settings.CONFIG, place)
    return place


@pytest.fixture
def bank(whole: Path) -> Iterator[Path]:
    """The same, which is made right again afterwards."""
    before = {file: file.read_bytes() for file in (*whole.glob("schema/**/*.yml"), whole / settings.CONFIG)}
    yield whole
    for file, content in before.items():
        file.write_bytes(content)
    for file in whole.glob("schema/**/*"):
        if file.is_file() and file not in before:
            file.unlink()


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "shown"),
    [
        (GOAL, STATE, "x-label: {sv: Utgångsläget är}", "missing-field", ""),
        (GOAL, STATE, "x-label: {sv: '…', en: The starting point is}", "text-without-letters", "'…'"),
        (COUNTIES, "label: {sv: Dalarna, en: Dalarna}", "label: {sv: Dalarna, en: '––'}", "text-without-letters", "'––'"),
        (COUNTIES, "label: {sv: Dalarna, en: Dalarna}", "label: {sv: Dalarna\u3164, en: Dalarna}", "hidden-character", "\u3164"),
        (COUNTIES, "id: dalarna", "id: aux", "wrong-format", "aux"),
        (FUNCTIONS, "email: redaktionen@kunskapsbanken.example", "email: red@127.0.0.1", "refused-mail-link", "red@127.0.0.1"),
        (GOAL, STATE, "x-label: Utgångsläget är", "wrong-type", "Utgångsläget är"),
        (GOAL, STATE, "x-label: {sv: Utgångsläget är, en: 1}", "wrong-type", "1"),
        (GOAL, STATE, "x-label: {sv: Utgångsläget är, en: ''}", "empty-value", "''"),
        (GOAL, STATE, "x-label: [a, b]", "wrong-type", "[a, b]"),
        (GOAL, STATE, "x-labell: {sv: Utgångsläget är, en: x}", "unknown-key", "x-labell"),
        (GOAL, STATE, f"{STATE}\n        x-unit: procent", "wrong-type", "procent"),
        (GOAL, STATE, f"{STATE}\n        x-facet: ja", "wrong-type", "ja"),
        (GOAL, STATE, f"{STATE}\n        default: bra", "dictionary-fault", "bra"),
        (GOAL, STATE, f"{STATE}\n        x-today: true", "dictionary-fault", "true"),
        (GOAL, STATE, f"{STATE}\n        $ref: common.yml#/$defs/title", "dictionary-fault", "common.yml#/$defs/title"),
        (GOAL, STATE, f"{STATE}\n        $id: https://x.example/", "unknown-key", "$id"),
        (GOAL, STATE, f"{STATE}\n        allOf: [{{$ref: 'https://x.example/'}}]", "dictionary-fault", "'https://x.example/'"),
        (GOAL, "title: Mål", "title: Mål\nallOf: [{$ref: 'https://x.example/'}]", "dictionary-fault", "'https://x.example/'"),
        (GOAL, "$schema: https://json-schema.org/", "$schema: https://x.example/", "unknown-term", "https://x.example/draft/2020-12/schema"),
        (GOAL, STATE, f"{STATE}\n        pattern: '('", "dictionary-fault", "'('"),
        (GOAL, STATE, f"{STATE}\n        x-vocabulary: lander", "dictionary-fault", "lander"),
        (GOAL, "enum: [missing, described, measured]", "enum: [missing, described]", "dictionary-fault", "measured"),
        (GOAL, "enum: [missing, described, measured]", "enum: [missing, described, measured, x]", "dictionary-fault", "x"),
        (GOAL, "measured: {sv: Mätt, en: Measured}", "measured: Mätt", "wrong-type", "Mätt"),
        (GOAL, "required: [measure, unit]", "required: [measure, units]", "dictionary-fault", "units"),
        (GOAL, "required: [measure, unit]", "required: measure", "wrong-type", "measure"),
        (GOAL, "items: {type: string, x-reference: [activity, example]}", "items: {type: string, x-reference: [activities]}", "dictionary-fault", "activities"),
        (GOAL, "items: {type: string, x-reference: [activity, example]}", "items: [string]", "wrong-type", "[string]"),
        (GOAL, "items: {type: string, x-reference: [activity, example]}", "items: {type: [string, array], x-reference: [activity]}", "dictionary-fault", "x-reference"),
        (GOAL, "examples: [procent]", "examples: []", "empty-value", "[]"),
        (GOAL, "examples: [procent]", "examples: ['']", "dictionary-fault", "''"),
        (GOAL, "examples: [12]", "examples: [tolv]", "dictionary-fault", "tolv"),
        (GOAL, "facts: [owner, date,", "facts: [owners, date,", "dictionary-fault", "owners"),
        (GOAL, "key: need", "key: aim", "dictionary-fault", "aim"),
        (GOAL, "  indicator:\n", "  in dikator:\n", "dictionary-fault", "in dikator"),
        (GOAL, "format: partial-date", "format: partial_date", "unknown-term", "partial_date"),
        (GOAL, "minLength: 10", "minLenght: 10", "unknown-key", "minLenght"),
        (GOAL, "order: title", "order: titel", "unknown-term", "titel"),
        (GOAL, "folder: goals", "folder: schema", "dictionary-fault", "schema"),
        (NEWS, "id: news\n", "id: goal\n", "dictionary-fault", "goal"),
        (GOAL, "path: mal", "path: lan", "dictionary-fault", "lan"),
        (COMMON, "x-label: {sv: Rubrik, en: Title}", "x-label: {sv: Rubrik}", "missing-field", ""),
        (COMMON, "examples: [Delade utbildningsplatser mellan myndigheter]", "examples: [x]", "dictionary-fault", "x"),
        (COMMON, "  title:\n    type: string", "  title:\n    type: strang", "wrong-format", "strang"),
        (COMMON, "en: Short and clear. Say", "en: <b>Short</b> and clear. Say", "unsafe-text", "<b>"),
        (TOOL, "parent: method", "parent: methods", "dictionary-fault", "methods"),
        (TOOL, "parent: method", "parent: tool", "dictionary-fault", "tool"),
        (TOOL, "sections: []", "sections: [{key: a, heading: {sv: A, en: A}, silence: {sv: a, en: a}, help: {sv: A, en: A}}]", "dictionary-fault", "sections"),
        (TOOL, "x-unit: {sv: procent, en: per cent}", "x-unit: {}", "missing-field", ""),
        (COUNTIES, "label: {sv: Skåne, en: Skåne}", "label: Skåne", "wrong-type", "Skåne"),
        (GROUNDS, "attribute: ground", "attribute: county", "dictionary-fault", "county"),
        (GROUNDS, "path: diskrimineringsgrunder", "path: lan", "dictionary-fault", "lan"),
        (GROUNDS, "id: grounds", "id: counties", "dictionary-fault", "counties"),
        (COUNTIES, "sv: Projektet drevs", "sv: '![x](//evil.example/x.png) Projektet drevs", "yaml-syntax", None),
        (COUNTIES, "sv: Projektet drevs i fem län.", "sv: '[x](data:text/html,x)'\n  #", "unsafe-text", "data:text/html,x"),
        (COUNTIES, "sv: Projektet drevs i fem län.", "sv: '![x](//evil.example/x.png)'\n  #", "unsafe-text", "//evil.example/x.png"),
        (COUNTIES, "sv: Projektet drevs i fem län.", f"sv: '{'[' * 60}'\n  #", "unsafe-text", f"'{'[' * 60}'"),
        (COUNTIES, "sv: Projektet drevs i fem län.", f"sv: {'x' * 2001}\n  #", "too-long", "x" * 2001),
        ("mkdocs.yml", "om/index.md", "javascript:alert(1)", "wrong-format", "javascript:alert(1)"),
        ("mkdocs.yml", "om/index.md", "//evil.example/", "wrong-format", "//evil.example/"),
        ("mkdocs.yml", "om/index.md", "[{A: http://evil.example/}]", "wrong-format", "http://evil.example/"),
        ("mkdocs.yml", "https://creativecommons.org/licenses/by/4.0/deed.sv", "'https://x.example/\" onclick=\"x'", "wrong-format", "'https://x.example/\" onclick=\"x'"),
        ("mkdocs.yml", "https://www.digg.se/tdosanmalan", "//www.digg.se/", "wrong-format", "//www.digg.se/"),
        ("mkdocs.yml", "https://git.kunskapsbanken.example/kunskapsbanken/kunskapsbanken", "https://x.example/", "wrong-format", "https://x.example/"),
        ("mkdocs.yml", "site_name: Kunskapsbanken", "site_name: <b>Banken</b>", "wrong-format", "<b>Banken</b>"),
        ("mkdocs.yml", "why: En sådan", "why: <i>En</i> sådan", "unsafe-text", "<i>"),
        ("mkdocs.yml", "  kunskapsbank:", "  kunskapsbonk:", "missing-field", ""),
        ("mkdocs.yml", "site_name:", "site_nam:", "missing-field", ""),
        ("mkdocs.yml", "permalink: false", "tables", "wrong-format", "tables"),
    ],
)  # fmt: skip
def test_slip_is_a_problem_at_its_place(
    file: str, old: str, new: str, code: str, shown: str | None, bank: Path
) -> None:
    right = (bank / file).read_text("utf-8")
    assert old in right
    text = right.replace(old, new, 1)
    (bank / file).write_text(text, "utf-8")
    found = [problem for problem in problems(bank) if (problem.code.name, problem.path) == (code, file)]
    assert found
    if shown is not None:
        assert shown in [cut_out(text, problem.place) for problem in found]
    assert all(
        problem.message(language) and problem.help(language) for problem in found for language in ("sv", "en")
    )


def test_slip_in_a_definition_is_told_once(bank: Path) -> None:
    """And not in every type that takes it in."""
    replace(bank / COMMON, "x-label: {sv: Rubrik, en: Title}", "x-label: {sv: Rubrik}")
    assert [(p.code.name, p.path) for p in problems(bank)] == [("missing-field", COMMON)]


def test_number_as_a_label_is_to_be_in_quotation_marks(bank: Path) -> None:
    replace(bank / GOAL, STATE, "x-label: {sv: 2007, en: The starting point is}")
    (problem,) = problems(bank)
    assert problem.help("sv") == 'Skriv: sv: "2007"'


def test_file_with_another_ending_is_not_passed_over(bank: Path) -> None:
    shutil.move(bank / GOAL, bank / "schema" / "goal.yaml")
    assert ("dictionary-fault", "schema/goal.yaml") in [(p.code.name, p.path) for p in problems(bank)]


def test_too_large_a_vocabulary_gets_advice_of_its_own(bank: Path) -> None:
    with (bank / COUNTIES).open("a", encoding="utf-8") as file:
        file.write("#" * MAX_BYTES)
    (problem,) = [p for p in problems(bank) if p.code.name == "file-too-large"]
    assert "ordlist" in problem.help("sv")
    assert "vocabular" in problem.help("en")


def test_example_of_a_term_that_is_gone_is_no_fault(bank: Path) -> None:
    """An example shows the form, and terms come and go."""
    replace(bank / COMMON, "examples: [[skane]]", "examples: [[halland]]")
    assert problems(bank) == []


def test_definition_in_the_file_itself_is_taken_in(bank: Path) -> None:
    replace(
        bank / GOAL,
        "properties:\n  title:",
        '$defs:\n  own: {type: string, maxLength: 3}\nproperties:\n  mark:\n    $ref: "#/$defs/own"\n    examples: [abc]\n    x-label: {sv: A, en: A}\n    x-help: {sv: A., en: A.}\n  title:',
    )
    assert load.load(bank).types["goal"].schema["properties"]["mark"]["maxLength"] == 3


def mutants(bank: Path) -> Iterator[tuple[Path, str]]:
    """A file of the bank and what it is to say, again and again."""
    files = [*sorted((bank / "schema").rglob("*.yml")), bank / settings.CONFIG]
    texts = [(file, file.read_text("utf-8")) for file in files]
    for seed in range(MUTANTS):
        file, text = texts[seed % len(texts)]
        yield file, mutate(text, seed)
        file.write_text(text, "utf-8")


def test_mutants_are_no_tracebacks(bank: Path) -> None:
    number = 0
    for file, text in mutants(bank):
        file.write_text(text, "utf-8")
        number += _assert_each_has_a_place(bank)
    assert number > MUTANTS / 2


def _assert_each_has_a_place(bank: Path) -> bool:
    """Whether there was any problem."""
    try:
        found = checking.check(settings.load(bank, TODAY), 1, advice=True).problems
    except Rejected as rejected:
        found = rejected.problems
        assert found
    for problem in found:
        assert _stands_in_its_file(problem, bank), problem
    return bool(found)


def _stands_in_its_file(problem: Problem, bank: Path) -> bool:
    place, lines = problem.place, (bank / problem.path).read_text("utf-8", errors="replace").split("\n")
    is_ordered = (1, 1) <= (place.line, place.column) <= (place.end_line, place.end_column)
    is_told = problem.message("sv") and problem.message("en") and problem.help("sv") and problem.help("en")
    return is_ordered and place.line <= len(lines) + 1 and bool(is_told)
