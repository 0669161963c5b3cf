"""The usual mistakes in front matter: each is named in words of ours, and doing what the help says mends it.

A case is a folder `tests/mistakes/<name>/` as in tests/cases (see support.py), with one thing more:

    mended/           the file as it is when one has done what the help says; none where nothing is wrong

The files are whole, and short, since one can then read what somebody wrote, what was told and what became
of it side by side. What doesn't show in an editor is made by `make.py`.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import context, dictionary, is_inside
from support import (
    LANGUAGES,
    PARSERS_WORDS,
    REPOSITORY,
    assert_reported,
    compose,
    lay,
    said_by_us,
)

from kunskapsbank.checks.run import examine_text
from kunskapsbank.problems.problem import Language, Problem
from kunskapsbank.problems.report import Next, as_text
from kunskapsbank.reading.characters import INVISIBLE_CHARACTER
from kunskapsbank.reading.files import decode, unified_line_ends

MISTAKES: Final = REPOSITORY / "tests" / "mistakes"
NAMES: Final = sorted(path.name for path in MISTAKES.iterdir())
FEWEST: Final = 40

ACCEPTED: Final = frozenset({"byte-order-mark", "windows-line-ends", "no-last-line-end", "tab-after-colon"})
"""What some would call a mistake, and we don't."""

FAULTY: Final = sorted(set(NAMES) - ACCEPTED)


def mended_file(name: str) -> Path:
    """From the source of the site."""
    (file,) = (path for path in (MISTAKES / name / "mended").rglob("*") if path.is_file())
    return file.relative_to(MISTAKES / name / "mended")


def as_written(name: str, place: Path) -> bytes:
    """The file with the mistake in it."""
    (place / mended_file(name)).parent.mkdir()
    lay(place, MISTAKES / name)
    return (place / mended_file(name)).read_bytes()


def problems_of(data: bytes, path: str) -> list[Problem]:
    text, problems = decode(data, path)
    if text is None:
        return problems
    (type_,) = (
        t for t in dictionary().types.values() if path.startswith(f"{t.folder}/") and path.endswith(t.suffix)
    )
    return list(examine_text(text, path, type_, context()).problems)


def lines_of(data: bytes) -> list[str]:
    return unified_line_ends(data.decode("utf-8-sig", "replace")).split("\n")


def test_the_usual_mistakes_are_there() -> None:
    assert len(FAULTY) >= FEWEST
    assert set(NAMES) >= ACCEPTED


@pytest.mark.parametrize("name", NAMES)
def test_case_has_only_files_that_are_used(name: str) -> None:
    files = {path.name for path in (MISTAKES / name).iterdir() if path.name != "__pycache__"}
    needed = {f"expected.{language}.txt" for language in LANGUAGES}
    assert files - {"site", "make.py"} == needed | (set() if name in ACCEPTED else {"mended"})
    assert files & {"site", "make.py"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_report_is_the_expected_one(
    name: str, language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = MISTAKES / name
    report = assert_reported(case, language, compose(tmp_path / "bank", case), capsys)
    faultless = {"sv": "Inga fel och inga varningar.", "en": "No errors and no warnings."}[language]
    assert (faultless in report) == (name in ACCEPTED)


@pytest.mark.parametrize("name", FAULTY)
def test_doing_what_the_help_says_is_enough(name: str, tmp_path: Path) -> None:
    path = mended_file(name)
    before, after = as_written(name, tmp_path), (MISTAKES / name / "mended" / path).read_bytes()
    problems = problems_of(before, path.as_posix())
    assert problems
    assert problems_of(after, path.as_posix()) == []
    changed = changed_lines(lines_of(before), lines_of(after))
    assert [problem.place for problem in problems if problem.place.line not in changed] == []


def changed_lines(before: list[str], after: list[str]) -> set[int]:
    """The lines that were changed, and those at which others were put in."""
    changed: set[int] = set()
    for what, start, end, _, _ in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if what != "equal":
            changed.update(range(start + 1, end + 1) if end > start else (start, start + 1))
    return changed


WHOLE_LINE: Final = re.compile(r"Skriv raden så(?:, med (?P<indent>\d+) mellanslag först)?: (?P<words>.*)")
VALUE: Final = re.compile(r"Menade du ”(?P<words>.*)”\?|Skriv tecknet i stället: (?P<sign>.*)")
FIELD: Final = re.compile(r"Skriv: (?P<words>(?P<key>\w+): .*)")


def done_as_told(lines: list[str], problem: Problem) -> list[str] | None:
    """The lines in which somebody has written what the help gives to write; None where it only explains."""
    said, place = problem.help("sv"), problem.place
    number = place.line - 1
    before, after = lines[number][: place.column - 1], lines[number][place.end_column - 1 :]
    first, end = number, number + 1
    if match := WHOLE_LINE.search(said):
        written = " " * int(match["indent"] or 0) + match["words"]
    elif match := FIELD.fullmatch(said):
        first = max(n for n in range(number + 1) if lines[n].startswith(match["key"] + ":"))
        written, end = match["words"], place.end_line
    elif problem.code is INVISIBLE_CHARACTER:
        written = before + after  # the word that is given, typed where the other one was
    elif (match := VALUE.fullmatch(said)) and place.end_line == place.line:
        written = before + (match["words"] or match["sign"]) + after
    else:
        return None
    return [*lines[:first], written, *lines[end:]]


EXPLAINED: Final = frozenset(
    {
        "code-block", "ellipsis-in-list", "empty-line-above", "empty-value", "fence-too-many",
        "field-twice", "hyphen-before-every-part", "hyphen-first", "hyphens-after-value",
        "name-that-is-not-in-the-list", "no-colon", "no-first-fence", "no-last-fence", "null",
        "part-at-the-edge", "pasted-twice", "remark-after-value", "title-above", "two-fields-on-a-line", "utf-16", "windows-1252",
    }
)  # fmt: skip
"""Where the help says what to do and can't give the very words, or leaves a choice."""


@pytest.mark.parametrize("name", FAULTY)
def test_what_the_help_gives_to_write_is_the_mend(name: str, tmp_path: Path) -> None:
    """Nothing is done but what the help gives to write, the last of it first, and then that is done again."""
    path = mended_file(name)
    lines = lines_of(as_written(name, tmp_path))
    for _ in range(ROUNDS):
        problems = problems_of("\n".join(lines).encode(), path.as_posix())
        mended = [done for problem in problems if (done := done_as_told(lines, problem)) is not None]
        lines = mended[-1] if mended else lines
    same = lines == lines_of((MISTAKES / name / "mended" / path).read_bytes())
    assert same == (name not in EXPLAINED)


ROUNDS: Final = 3


# Whatever stands there

GOOD: Final = (MISTAKES / "capital-in-field" / "mended" / mended_file("capital-in-field")).read_text("utf-8")
PATH: Final = "news/2007-02-14-traff-i-malmo.md"
NASTY: Final = (
    *"\t\n :-–—#\"'”“@`%&*!|>?[]{},;=~\\/<.åaA1\u00a0\u00ad\u200b\u200d\u2060\ufeff：•…🙂",
    "---", "\n---\n", "...", ": ", " #", "- ", "  ", "\r\n", "&aring;", "{{", "}}", "{fault}", "%s", "```", "<<: ", "!!", "null", "title: ",
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A good record after one slip of the hand, or two."""
    text = GOOD
    for _ in range(draw(st.integers(1, 2))):
        start = draw(st.integers(0, GOOD.index("\n\n") + 4))
        gone = draw(st.sampled_from((0, 0, 1, 1, 2, 5, 20)))
        text = text[:start] + draw(st.sampled_from(("", *NASTY))) + text[start + gone :]
    return text


@given(edited())
@settings(deadline=None, max_examples=400)
def test_whatever_is_miswritten_is_told_in_our_words(text: str) -> None:
    lines = lines_of(text.encode())
    problems = problems_of(text.encode(), PATH)
    for problem in problems:
        assert is_inside("\n".join(lines), problem.place)
    for language in LANGUAGES:
        report = as_text(problems, lambda _: lines, language, Next("igen", "vidare"))
        assert not PARSERS_WORDS.search(said_by_us(report).replace("document", ""))


@pytest.mark.parametrize(
    "said",
    [
        "mapping values are not allowed in this context",
        "while scanning a simple key\n  in \"<unicode string>\", line 2, column 1\ncould not find expected ':'",
        "found character '@' that cannot start any token",
        "while parsing a block mapping",
        "did not find expected <document start>",
        "found a tab character that violates indentation",
        "found unknown escape character",
        "block sequence entries are not allowed in this context",
    ],
)
def test_the_parsers_words_would_be_known(said: str) -> None:
    assert all(PARSERS_WORDS.search(line) for line in said.split("\n"))


def every_report() -> Iterator[Path]:
    yield from (REPOSITORY / "tests").glob("mistakes/*/expected.*.txt")
    yield from (REPOSITORY / "tests").glob("cases/*/expected.*.txt")


def test_every_report_ends_with_the_sums_and_a_command() -> None:
    reports = [path.read_text("utf-8").splitlines()[-1] for path in every_report()]
    assert len(reports) > 2 * FEWEST
    sums = re.compile(
        r"(?:\d+ (?:fel|varning|varningar|råd|errors?|warnings?|pieces? of advice)(?:, )?)+ (?:i|in) \d+ (?:fil|filer|files?)\. .*: python build_site\.py .+"
        r"|(?:Inga fel och inga varningar|No errors and no warnings)\. .*: python build_site\.py .+"
    )
    assert [line for line in reports if not sums.fullmatch(line)] == []
