"""What the nightly round tells the editors: overdue reviews, dead links, and one issue that says so."""

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from sites_support import replace
from support import TODAY, compose

from scripts import dead_links, hosted_text, one_issue, overdue

RECORD: Final = "examples/enkat-om-diskriminering.md"
ANSWERS: Final = "Samordnaren i Skåne län"
DUE: Final = "2026-10-31"
"""24 months after the day that the tests below write in it."""

FAKE_GH: Final = """
import json, pathlib, sys

state = pathlib.Path(__file__).with_name("state.json")
data = json.loads(state.read_text("utf-8"))
kind, verb, *rest = sys.argv[1:]
data["calls"].append(" ".join([kind, verb]))
option = lambda name: rest[rest.index(name) + 1]
found = lambda: next(i for i in data["issues"] if str(i["number"]) == rest[0])
if data.get("broken"):
    sys.exit("HTTP 403: Resource not accessible by integration")
match kind, verb:
    case "issue", "list":
        print(json.dumps([i for i in data["issues"] if option("--label") in i["labels"]]))
    case "issue", "create":
        assert option("--label") in data["labels"] and option("--body-file") == "-"
        number = len(data["issues"]) + 1
        made = {"number": number, "state": "OPEN", "title": option("--title")}
        data["issues"].append(made | {"body": sys.stdin.read(), "labels": [option("--label")]})
        print(f"https://git.example/issues/{number}")
    case "issue", "edit":
        found()["body"] = sys.stdin.read().replace("\\n", "\\r\\n")
    case "issue", "close":
        found()["state"] = "CLOSED"
    case "issue", "reopen":
        found()["state"] = "OPEN"
    case "label", "create":
        data["labels"].append(rest[0])
    case _:
        sys.exit(f"unknown: {kind} {verb}")
state.write_text(json.dumps(data), "utf-8")
"""


def told(source: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert overdue.main(["--source", str(source), *options]) == 0
    return capsys.readouterr().out


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY["SOURCE_DATE_EPOCH"])
    return compose(tmp_path / "bank")


def test_nothing_is_written_where_nothing_is_due(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(site, capsys) == ""


def test_overdue_review_is_told_with_page_day_and_who_answers(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(site / RECORD, "reviewed: 2026-11-23", "reviewed: 2024-10-31")
    assert told(site, capsys) == (
        "## Granskningar som är försenade (1)\n\n"
        "Gå igenom sidan mot källan, och skriv sedan dagens datum i `reviewed`.\n\n"
        "- [Enkät om diskriminering vid en länsstyrelse](https://provbanken.example/exempel/enkat-om-diskriminering/)"
        f" skulle ha granskats senast {DUE}. Svarar: {ANSWERS}. Fil: `{RECORD}`\n"
    )


def test_longest_overdue_comes_first_at_the_address_that_is_given(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(site / RECORD, "reviewed: 2026-11-23", "reviewed: 2024-10-31")
    replace(site / "examples/delade-platser.md", "reviewed: 2026-11-23", "reviewed: 2020-01-01")
    lines = told(site, capsys, "--site-url", "https://annan.example/").splitlines()[4:]
    assert [line.split("](")[1].split(")")[0] for line in lines] == [
        "https://annan.example/exempel/delade-platser/",
        "https://annan.example/exempel/enkat-om-diskriminering/",
    ]


def test_withdrawn_record_is_not_due(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    withdrawn = "reviewed: 2020-01-01\nwithdrawn: {date: 2026-01-01, reason: Uppgifterna gäller inte längre.}"
    replace(site / RECORD, "reviewed: 2026-11-23", withdrawn)
    assert told(site, capsys) == ""


def test_address_that_is_none_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert overdue.main(["--source", str(site), "--site-url", "annan"]) == 2
    assert "annan är ingen adress" in capsys.readouterr().err


def test_strangers_text_stays_words() -> None:
    text = "Se [hit](https://ond.example), @nagon #12 <b>`x`\n# Rubrik"
    said = hosted_text.plain(text)
    assert "\n" not in said
    assert "@<!-- -->nagon" in said
    for mark in "[]()<`#":
        assert said.replace("<!-- -->", "").count("\\" + mark) == text.replace("\n", " ").count(mark)


def test_cut_text_keeps_whole_lines_and_says_so() -> None:
    assert hosted_text.cut("ett\ntvå\n", 100, "slut") == "ett\ntvå\n"
    cut = hosted_text.cut("åäö\n" * 100, 50, "slut")
    assert len(cut.encode()) <= 50
    assert cut.splitlines() == ["åäö"] * 6 + ["slut"]


def link(url: str, **status: Any) -> dict[str, Any]:
    return {"url": url, "status": status, "span": {"line": 1, "column": 1}}


GONE: Final = link("https://borta.example/a_b", text="Rejected status code: 404 Not Found", code=404)
SLOW: Final = link("https://trog.example/", text="Timeout")


def links_told(tmp_path: Path, report: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    file = tmp_path / "links.json"
    file.write_text(json.dumps(report), "utf-8")
    return dead_links.main([str(file)]), capsys.readouterr().out


def test_dead_link_is_told_once_with_the_pages_that_have_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {f"site/sida-{number}/index.html": [GONE] for number in range(7)}
    report = {"error_map": pages, "timeout_map": {"site/index.html": [SLOW], "site/404.html": [SLOW]}}
    code, words = links_told(tmp_path, report, capsys)
    assert code == 0
    assert words.splitlines()[0] == "## Länkar som inte leder någonstans (2)"
    assert words.splitlines()[4:] == [
        "- <https://borta.example/a_b>: svarar 404. Länkas från "
        "`/sida-0/`, `/sida-1/`, `/sida-2/`, `/sida-3/`, `/sida-4/` och 2 sidor till",
        "- <https://trog.example/>: Timeout. Länkas från `/`, `/404.html`",
    ]


def test_nothing_is_written_where_all_links_lead_somewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert links_told(tmp_path, {"error_map": {}, "timeout_map": {}}, capsys) == (0, "")


def test_report_of_another_form_is_not_taken_for_good_news(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert links_told(tmp_path, {"fail_map": {"site/index.html": [GONE]}}, capsys) == (1, "")


class Host:
    """A code host behind a `gh` of our own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        program = folder / "gh"
        program.write_text(f"#!{sys.executable}\n{FAKE_GH}", "utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        self.write({"issues": [], "labels": [], "calls": []})

    def write(self, state: dict[str, Any]) -> None:
        (self.folder / "state.json").write_text(json.dumps(state), "utf-8")

    @property
    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "state.json").read_text("utf-8"))
        return found

    def night(self, *parts: str, expect: int = 0) -> list[str]:
        """Keeps the issue after a night that found these parts; gives what was asked of the host."""
        self.write(self.state | {"calls": []})
        files = [self.folder / f"{number}.md" for number in range(len(parts))]
        for file, part in zip(files, parts, strict=True):
            file.write_text(part, "utf-8")
        assert one_issue.main(list(map(str, files))) == expect
        return list(self.state["calls"])


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
    return Host(tmp_path, monkeypatch)


def test_one_issue_from_the_first_finding_to_the_last(host: Host) -> None:
    assert host.night("", "") == ["issue list"]
    assert host.night("## Ett\n", "") == ["issue list", "label create", "issue create"]
    assert host.night("## Ett\n", "## Två\n") == ["issue list", "issue edit"]
    assert host.night("## Ett\n", "## Två\n") == ["issue list"]
    assert host.night("", "\n") == ["issue list", "issue close"]
    assert host.night("", "") == ["issue list"]
    assert host.night("", "## Två\n") == ["issue list", "issue edit", "issue reopen"]
    (issue,) = host.state["issues"]
    assert (issue["state"], issue["title"]) == ("OPEN", one_issue.TITLE)
    assert "## Två" in issue["body"]
    assert "## Ett" not in issue["body"]


def test_issues_of_others_are_left_alone(host: Host) -> None:
    theirs = {"number": 9, "state": "OPEN", "title": "Vår", "body": "Hej", "labels": [one_issue.LABEL]}
    host.write(host.state | {"issues": [theirs]})
    assert host.night("") == ["issue list"]
    assert host.night("## Ett") == ["issue list", "label create", "issue create"]
    assert host.state["issues"][0] == theirs


def test_long_list_is_cut_at_a_line_and_says_so(host: Host) -> None:
    host.night("- en rad med åäö\n" * 5000)
    body = host.state["issues"][0]["body"]
    assert len(body) < 65_536
    assert body.rstrip().endswith("Listan är avkortad. Resten kommer när det här är gjort.")
    assert set(body.splitlines()[4:-2]) == {"- en rad med åäö"}


def test_no_from_the_host_is_a_failure(host: Host, capsys: pytest.CaptureFixture[str]) -> None:
    host.write(host.state | {"broken": True})
    host.night("## Ett", expect=3)
    assert "HTTP 403" in capsys.readouterr().err
