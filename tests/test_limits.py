"""The limits on strangers' files: what they refuse, what a report leaves out, and that nothing leaks or is lost."""

import json
from itertools import islice
from pathlib import Path
from typing import Final

import pytest
from growing import FILES, File, body, front, identity_numbers
from hypothesis import given
from hypothesis import strategies as st
from making import context, dictionary, names
from support import REPOSITORY, compose, run

from kunskapsbank.checks import freshness, language, markup, privacy
from kunskapsbank.checks.privacy import find
from kunskapsbank.checks.run import all_problems, examine_text
from kunskapsbank.checks.targets import type_of
from kunskapsbank.problems.limits import MAX_PROBLEMS, limit_per_file, limit_problems, number_of
from kunskapsbank.problems.problem import Code, Place, Problem, Severity, in_order
from kunskapsbank.reading.body import Excess, read_body
from kunskapsbank.reading.complexity import MAX_DEPTH, MAX_HEADINGS, MAX_PARTS
from kunskapsbank.reading.files import MAX_BYTES
from kunskapsbank.reading.nodes import read_mapping
from kunskapsbank.search.compounds import LONGEST_WORD, Compounds

CODES: Final = (
    privacy.IDENTITY_NUMBER, markup.RAW_HTML, freshness.OVERDUE_REVIEW, language.HARD_TO_READ,
)  # fmt: skip
"""One that is hidden, and one of each severity."""


def problems_of(file: File) -> list[Problem]:
    examined = examine_text(file.text, file.path, dictionary().types[file.type], context())
    return all_problems([examined], advice=True)


# Problems of one file


def problem(code: Code, line: int, path: str = "a.md") -> Problem:
    return Problem(code, path, Place(line, 1, line, 2), {"tag": "x", "due": "x", "lix": 1, "limit": 1})


FOUND: Final = st.lists(st.sampled_from(CODES), max_size=3 * MAX_PROBLEMS).map(
    lambda codes: [problem(code, line) for line, code in enumerate(codes, start=1)]
)


@given(FOUND)
def test_the_most_serious_are_kept_and_the_others_counted(found: list[Problem]) -> None:
    kept = limit_problems(iter(found))
    if len(found) <= MAX_PROBLEMS:
        assert kept == found
        return
    *shown, last = kept
    most_serious = sorted(found, key=lambda p: CODES.index(p.code))[:MAX_PROBLEMS]
    assert sorted(names(shown)) == sorted(names(most_serious))
    assert last.code.name == "more-problems"
    assert last.values["number"] == len(found) - MAX_PROBLEMS
    assert in_order(kept)[-1] is last
    for severity in Severity:
        assert number_of(kept, severity) == sum(p.severity is severity for p in found)
        assert number_of(found, severity) == number_of(kept, severity)


@given(FOUND, FOUND)
def test_limiting_twice_is_limiting_once(first: list[Problem], second: list[Problem]) -> None:
    """What files say of each other comes when each was limited by itself."""
    once, twice = limit_problems([*first, *second]), limit_problems([*limit_problems(first), *second])
    assert sorted(names(once)) == sorted(names(twice))
    assert [p.values for p in once if p.code.is_remainder] == [p.values for p in twice if p.code.is_remainder]


def test_each_file_has_its_own_limit() -> None:
    many = [problem(markup.RAW_HTML, line, "a.md") for line in range(1, 300)]
    one = problem(markup.RAW_HTML, 1, "b.md")
    kept = limit_per_file([*many, one])
    assert [p for p in kept if p.path == "b.md"] == [one]
    assert len(kept) == MAX_PROBLEMS + 2


def test_one_error_among_thousands_of_warnings_still_stops(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = compose(tmp_path / "bank")
    file = place / "examples" / "enkat-om-diskriminering.md"
    partners = "".join(f"- ”Förening {number}”\n" for number in range(2000))
    text = file.read_text("utf-8").replace("status: done", f"partners:\n{partners}status: done")
    file.write_text(text, "utf-8")
    assert run("check", place) == 0
    assert run("check", place, "--strict") == 1
    assert "2000 varningar i 1 fil" in capsys.readouterr().out
    file.write_text(f"{text}\n<b>\n", "utf-8")
    assert run("check", place) == 1
    assert "1 fel, 2000 varningar i 1 fil" in capsys.readouterr().out
    assert run("check", place, "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert len(told) == MAX_PROBLEMS + 1
    assert [told[-2]["code"], told[-1]["code"]] == ["raw-html", "more-problems"]


# Secrets


NUMBERS: Final = list(islice(identity_numbers(), 3 * MAX_PROBLEMS))


@pytest.mark.parametrize(
    "file",
    [
        body(", ".join(NUMBERS)),
        body("\n".join(f"{number} <b>{number}</b>" for number in NUMBERS)),
        body(", ".join(NUMBERS) + "<b>" * 300),
        front("counties: [" + ", ".join(NUMBERS) + "]\n"),
        front("partners: [" + ", ".join(f'"\\x20{number}"' for number in NUMBERS) + "]\n"),
        front("partners:\n" + "".join(f'- "\\x{ord(n[0]):x}{n[1:]}" # {n[0]}\n' for n in NUMBERS)),
        front("partners: [" + ", ".join(f'"\\x{ord(n[0]):x}{n[1:]}"' for n in NUMBERS) + "]\n"),
        File("\n".join(NUMBERS)),
        body("> " * 300 + ", ".join(NUMBERS)),
    ],
    ids=lambda file: file.text[-40:-20],
)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_no_number_is_told_also_where_most_are_left_out(
    file: File, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = compose(tmp_path / "bank")
    (place / file.path).write_text(file.text, "utf-8")
    assert run("check", place, "--format", form) == 1
    said = capsys.readouterr().out
    assert "identity-number" in said
    assert "more-problems" in said
    assert list(find(said)) == []
    assert [number for number in NUMBERS if number in said or number[1:] in said] == []


def test_lines_are_quoted_where_every_number_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = body(", ".join(NUMBERS[: MAX_PROBLEMS - 1]))
    place = compose(tmp_path / "bank")
    (place / file.path).write_text(file.text, "utf-8")
    run("check", place)
    said = capsys.readouterr().out
    assert "| ••••••••••, ••••••••••, " in said
    assert list(find(said)) == []


# Texts


def excess_of(markdown: str) -> Excess | None:
    return read_body(markdown, 1).excess


def test_nesting_ends_at_the_limit() -> None:
    """A list is a level, and each of its points; so are the paragraph and the emphasis within."""
    allowed = "> " * (MAX_DEPTH - 2) + "*a*"
    assert excess_of(allowed) is None
    excess = excess_of(f"å\n\n> {allowed}\n")
    assert excess is not None
    assert excess.code.name == "nested-too-deep"
    assert excess.place == Place(3, 39, 3, 42)


@pytest.mark.parametrize("lines", [200, 20_000])
@pytest.mark.parametrize("mark", ["> ", ">", "- ", "1. ", "2) ", "-\t", "> - ", "* + - "])
def test_marks_that_many_lines_go_on_with_are_refused(mark: str, lines: int) -> None:
    excess = excess_of(f"Ett\n\n{mark * 120}två\n" + "tre\n" * lines)
    assert excess is not None
    assert excess.code.name == "nested-too-deep"
    assert excess.place.line == 3


@pytest.mark.parametrize(
    "line", ["- " * 150, "* " * 150, "-" * 300, "*" * 300, "|-" * 150 + "|", "1.1." * 100]
)
def test_a_rule_across_the_page_is_no_nesting(line: str) -> None:
    assert excess_of(f"Ett\n\n{line}\n\n" + "två\n" * 3000) is None


@pytest.mark.parametrize(
    ("part", "most"),
    [
        ("- a\n", MAX_PARTS - 1),
        ("a\n\n", MAX_PARTS),
        ("## a\n", MAX_HEADINGS),
        ("&", MAX_PARTS),
        ("§", MAX_PARTS),
    ],
)
def test_parts_end_at_the_limit(part: str, most: int) -> None:
    """Each point of a list is a part, and the list is one."""
    assert excess_of(part * most) is None
    excess = excess_of(part * (most + 1))
    assert excess is not None
    assert excess.code.name == "too-many-parts"


def test_values_end_at_the_limit() -> None:
    """The group, the key and the list count too."""
    text = "a: [" + "b, " * (MAX_PARTS - 3) + "]"
    assert read_mapping(text, "a.yml", max_parts=MAX_PARTS)[1] == []
    _, found = read_mapping(text.replace("]", "c]"), "a.yml", max_parts=MAX_PARTS)
    assert names(found) == ["too-many-parts"]
    assert read_mapping(text.replace("]", "c]"), "a.yml")[1] == []


def test_a_long_text_of_words_is_fine() -> None:
    paragraph = "En mening om *något*, med en [länk](https://exempel.se/) & ett ”citat”. " * 5
    text = f"## Rubrik\n\n{paragraph}\n\n- {paragraph}\n- {paragraph}\n\n"
    assert excess_of(text * (MAX_BYTES // len(text.encode()))) is None


def test_our_own_records_are_far_from_every_limit() -> None:
    for type_ in dictionary().types.values():
        for file in (REPOSITORY / type_.folder).iterdir():
            text = file.read_text("utf-8")
            of = type_of(dictionary(), f"{type_.folder}/{file.name}")
            assert of is not None
            front_text, _, words = text.partition("\n---\n") if of.has_body else (text, "", "")
            assert names(read_mapping(front_text, file.name, max_parts=MAX_PARTS // 10)[1]) == []
            assert excess_of(words * 10) is None


# What stopped a check or a build


@pytest.mark.parametrize("digits", [41, 4301, 100_000])
def test_a_number_of_a_sign_may_have_any_length(digits: int) -> None:
    assert "html-code" not in names(problems_of(front(f"target_group: Alla &#{'9' * digits}; här\n")))


def test_a_word_without_an_end_is_no_compound() -> None:
    word = "rekryterings" * 20_000 + "utbildning"
    assert Compounds([word, "rekryteringsutbildning"]).parts(word) == ()
    assert len("rekryteringsutbildning") < LONGEST_WORD
    assert Compounds(["rekryteringsutbildning"]).parts("rekryteringsutbildning")


@pytest.mark.parametrize("name", ["list marks nested", "quotes that go on", "square table"])
def test_what_held_the_build_is_refused(name: str) -> None:
    (problem,) = problems_of(FILES[name](94_000))
    assert problem.code.name in ("nested-too-deep", "too-many-parts")
