"""check --fix: it mends what it should, nothing else, and proves it."""

import json
import shutil
from difflib import unified_diff
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites_support import FAULTY_CONTENT, FINE, own_day
from support import REPOSITORY

from kunskapsbank import cli
from kunskapsbank.dictionary import load
from kunskapsbank.drafting.files import _diff
from kunskapsbank.drafting.mending import mended

DICTIONARY: Final = load.load(REPOSITORY)
EXAMPLE: Final = DICTIONARY.types["example"]
KARP: Final = (REPOSITORY / "examples" / "karp-malmo-stad.md").read_text("utf-8")


def mend(text: str) -> str:
    return mended(text, "examples/karp-malmo-stad.md", EXAMPLE, DICTIONARY)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("counties: [Skåne]", "counties: [skane]"),
        ("counties: [  SKÅNE  ]", "counties: [  skane  ]"),
        ("reviewed: 2026-11-3", "reviewed: 2026-11-03"),
        ("reviewed: 2026-1-3", "reviewed: 2026-01-03"),
        ("  assessed_on: 2026-1-23", "  assessed_on: 2026-01-23"),
        ("status: Genomfört   ", "status: done"),
        ("status: done \t", "status: done"),
        ("contact: redaktionen # Skåne  ", "contact: redaktionen # Skåne"),
    ],
)
def test_what_has_one_right_answer_is_mended(wrong: str, right: str) -> None:
    key = wrong.split(":", maxsplit=1)[0]
    line = next(line for line in KARP.splitlines() if line.startswith(f"{key}:"))
    assert mend(KARP.replace(line, wrong)) == KARP.replace(line, right)


@pytest.mark.parametrize(
    "text",
    [
        KARP,
        KARP.replace("counties: [skane]", "counties: [Skånne]"),
        KARP.replace("counties: [skane]", 'counties: ["Skåne"]'),
        KARP.replace("reviewed: 2026-11-23", "reviewed: igår"),
        KARP.replace("## Mål\n", "## Mål\n\nEn rad  \nmed brytning.\n"),
        KARP.replace("title: ", "title: [", 1),
        "inget av vårt  \n",
        "",
    ],
)
def test_the_rest_is_left_alone(text: str) -> None:
    assert mend(text) == text


def test_blanks_go_but_line_breaks_stay() -> None:
    text = KARP.replace("## Mål\n", "## Mål  \n  \nEn rad  \nmed brytning. \n")
    assert mend(text) == KARP.replace("## Mål\n", "## Mål  \n\nEn rad  \nmed brytning.\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_in_front_stay_as_they_are(end: str, mark: str) -> None:
    wrong = KARP.replace("counties: [skane]", "counties: [Skåne] ")
    assert mend(mark + wrong.replace("\n", end)) == mark + KARP.replace("\n", end)


@given(
    st.lists(
        st.sampled_from(["a", " ", "  ", "\t", "\n", "\r\n", "- ", "# ", "å: ", "|", "```", "[x](y)"]),
        max_size=30,
    )
)
def test_whatever_stands_there_mending_twice_is_mending_once_and_words_stay(parts: list[str]) -> None:
    text = KARP + "".join(parts)
    once = mend(text)
    assert mend(once) == once
    assert once.split() == text.split()


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    for name in ("schema", "examples", "methods", "activities", "news", "goals", "findings", "docs"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path)
    return tmp_path


def check(bank: Path, *options: str) -> int:
    return cli.main(["check", "--fix", "--source", str(bank), *options], own_day())


def test_the_command_shows_the_difference_and_checks_what_is_left(
    bank: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = bank / "examples" / "karp-malmo-stad.md"
    file.write_bytes(KARP.replace("[skane]", "[Skåne]").replace("\n", "\r\n").encode())
    assert check(bank) == FINE
    out = capsys.readouterr().out
    assert "-counties: [Skåne]" in out
    assert "+counties: [skane]" in out
    assert "1 fil är rättad." in out
    assert file.read_bytes() == KARP.replace("\n", "\r\n").encode()


def test_a_report_for_machines_is_not_mixed_with_the_difference(
    bank: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (bank / "examples" / "karp-malmo-stad.md").write_text(KARP.replace("[skane]", "[Skåne]"), "utf-8")
    assert check(bank, "--format", "json") == FINE
    said = capsys.readouterr()
    assert isinstance(json.loads(said.out), list)
    assert "+counties: [skane]" in said.err


def test_only_the_files_that_were_asked_for_are_mended(bank: Path) -> None:
    file = bank / "examples" / "karp-malmo-stad.md"
    file.write_text(KARP.replace("[skane]", "[Skåne]"), "utf-8")
    assert check(bank, "methods") == FINE
    assert "[Skåne]" in file.read_text("utf-8")
    assert check(bank, "examples/karp-malmo-stad.md") == FINE
    assert file.read_text("utf-8") == KARP


def test_what_cannot_be_mended_is_reported(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bank / "examples" / "karp-malmo-stad.md").write_text(KARP.replace("[skane]", "[Skånne]"), "utf-8")
    assert check(bank) == FAULTY_CONTENT
    out = capsys.readouterr().out
    assert "Inget fanns att rätta." in out
    assert "unknown-term" in out


def test_a_file_that_cannot_be_read_is_reported_and_left(bank: Path) -> None:
    file = bank / "examples" / "karp-malmo-stad.md"
    file.write_bytes(b"---\ntitle: \xff\n---\n")
    assert check(bank) == FAULTY_CONTENT
    assert file.read_bytes() == b"---\ntitle: \xff\n---\n"


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_the_difference_is_shown_as_others_show_it(lines: list[tuple[bool, bool]]) -> None:
    """As `difflib` does, where lines have blanks at their ends and some of them are taken away."""
    before = [f"{number}{'  ' if has_blanks else ''}" for number, (has_blanks, _) in enumerate(lines)]
    after = [line.rstrip() if fixed else line for line, (_, fixed) in zip(before, lines, strict=True)]
    if before != after:
        shown = unified_diff(before, after, "a.md", "a.md", "före", "efter", lineterm="", n=1)
        assert list(_diff(before, after, "a.md")) == list(shown)
