"""The command line: what each command answers, where it says it, and with which exit code."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
from sites_support import (
    FAULTY_CONTENT,
    FINE,
    MACHINE_FAILED,
    WRONG_USE,
    get,
    own_day,
    replace,
    script,
    tree,
)
from support import REPOSITORY, TODAY, compose

from kunskapsbank import cli, rules
from kunskapsbank.serving import run as running
from kunskapsbank.serving.board import Board
from kunskapsbank.serving.server import server

KEYS: Final = ["code", "severity", "path", "line", "column", "end_line", "end_column", "message", "help"]
"""A problem in JSON (design, 5.2)."""

EXAMPLE: Final = "examples/delade-platser.md"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return compose(tmp_path / "bank")


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command on the bank, from a folder outside it: exit code, standard output, standard error."""
    (tmp_path / "annanstans").mkdir()
    monkeypatch.chdir(tmp_path / "annanstans")

    def run_(command: str, *options: str) -> tuple[int, str, str]:
        source = () if command == "rules" else ("--source", str(bank))
        try:
            code = cli.main([command, *source, *options], TODAY)
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_


# build


def test_build_is_what_happens_without_a_command(bank: Path) -> None:
    answer = script("--source", str(bank))
    assert answer.returncode == FINE
    assert re.search(
        rf"^Klart: 7 poster, \d+ filer, \d+\.\d MB i {bank / 'site'}\.$", answer.stdout, re.MULTILINE
    )
    assert (bank / "site" / "index.html").is_file()


def test_results_go_to_standard_output_and_progress_to_standard_error(run: Run, bank: Path) -> None:
    code, out, err = run("build")
    assert code == FINE
    assert out.splitlines() == [
        out.splitlines()[0],
        f"Titta på den: python build_site.py serve --source {bank}",
    ]
    begin = f"python build_site.py urls --write --source {bank}"
    assert [line for line in err.splitlines() if not line.endswith(" …")] == [
        f"Ingen logg vaktar de publicerade adresserna. Börja: {begin}"
    ]
    assert len(err.splitlines()) >= 3
    assert "\x1b" not in out + err


def test_warnings_of_a_build_go_to_standard_error(run: Run, bank: Path) -> None:
    replace(bank / EXAMPLE, "reviewed: 2026-11-23", "reviewed: 2020-11-23")
    code, out, err = run("build")
    assert code == FINE
    assert f"{EXAMPLE}:14:11: varning [overdue-review]" in err
    assert "overdue-review" not in out
    assert "Klart:" in out


def test_a_faulty_build_reports_on_standard_output(run: Run, bank: Path) -> None:
    replace(bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [proces]")
    code, out, err = run("build")
    assert code == FAULTY_CONTENT
    assert f"{EXAMPLE}:4:15: fel [unknown-term]" in out
    assert "Menade du ”process”?" in out
    assert out.splitlines()[-2:] == [
        "Inget har byggts. Webbplatsen är orörd.",
        f"1 fel i 1 fil. Rätta och kör sedan: python build_site.py build --source {bank}",
    ]
    assert "unknown-term" not in err
    assert not (bank / "site").exists()


def test_strict_lets_warnings_stop_a_build(run: Run, bank: Path) -> None:
    assert run("build", "--strict")[0] == FINE
    replace(bank / EXAMPLE, "reviewed: 2026-11-23", "reviewed: 2020-11-23")
    assert run("build", "--strict")[0] == FAULTY_CONTENT


def test_the_output_is_site_in_the_source_or_what_was_asked_for(run: Run, bank: Path, tmp_path: Path) -> None:
    assert run("build", "--output", str(tmp_path / "ute"))[0] == FINE
    assert not (bank / "site").exists()
    assert run("build")[0] == FINE
    assert tree(bank / "site") == tree(tmp_path / "ute")


def test_a_build_in_english(run: Run, bank: Path) -> None:
    replace(bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [proces]")
    code, out, _ = run("build", "--lang", "en")
    assert code == FAULTY_CONTENT
    assert f"{EXAMPLE}:4:15: error [unknown-term]" in out
    assert out.splitlines()[-2:] == [
        "Nothing was built. The site is untouched.",
        f"1 error in 1 file. Mend it and then run: python build_site.py build --source {bank} --lang en",
    ]


@pytest.mark.parametrize(
    "address", ["ftp://a.example/", "a.example", "https://", "https://a.example/a b/", ""]
)
def test_an_address_that_is_none_is_refused(address: str, run: Run, bank: Path) -> None:
    code, out, err = run("build", "--site-url", address)
    assert code == WRONG_USE
    assert "--site-url ska vara en adress" in err
    assert out == ""
    assert not (bank / "site").exists()


# check


def test_a_fault_in_one_file_and_a_warning_in_another(run: Run, bank: Path) -> None:
    replace(bank / EXAMPLE, "related: [enkat-om-diskriminering]", "related: [enkat-om-diskriminerin]")
    replace(bank / "methods" / "cafemodellen.md", "reviewed: 2026-11-23", "reviewed: 2020-11-23")
    code, out, err = run("check")
    assert code == FAULTY_CONTENT
    assert f"{EXAMPLE}:17:11: fel [dangling-reference]" in out
    assert "methods/cafemodellen.md:10:11: varning [overdue-review]" in out
    assert out.splitlines()[-2:] == [
        "7 poster kontrollerade.",
        f"1 fel, 1 varning i 2 filer. Rätta och kör sedan: python build_site.py check --source {bank}",
    ]
    assert err == ""
    assert not (bank / "site").exists()


def test_check_of_a_path_shows_that_file_alone(run: Run, bank: Path) -> None:
    replace(bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [proces]")
    code, out, _ = run("check", "methods/cafemodellen.md")
    assert code == FINE
    assert "unknown-term" not in out
    code, out, _ = run("check", EXAMPLE)
    assert code == FAULTY_CONTENT
    assert "unknown-term" in out


LAST_LINES: Final = (
    (["check", EXAMPLE], "proces", "1 fel i 1 fil. Rätta och kör sedan: {} check --source {bank} " + EXAMPLE),
    (["check", EXAMPLE, "--strict"], "proces", "1 fel i 1 fil. Rätta och kör sedan: {} check --source {bank} " + EXAMPLE + " --strict"),
    (["check", "methods"], "proces", "Inga fel och inga varningar. Kör sedan: {} build --source {bank}"),
    (["check"], "Process", "1 fel i 1 fil. Datorn kan rätta det. Kör: {} check --fix --source {bank}"),
    (["check", EXAMPLE], "Process, x", "2 fel i 1 fil. Datorn kan rätta 1 av dem. Kör: {} check --fix --source {bank} " + EXAMPLE),
    (["check", "--fix", EXAMPLE], "Process, x", "1 fel i 1 fil. Rätta och kör sedan: {} check --source {bank} " + EXAMPLE),
    (["build", "--strict"], "proces", "1 fel i 1 fil. Rätta och kör sedan: {} build --source {bank} --strict"),
)  # fmt: skip
"""A command, what stands in a field, and the last line of the report."""


@pytest.mark.parametrize(("command", "value", "last"), LAST_LINES)
def test_the_last_line_counts_the_faults_and_says_what_to_run(
    command: list[str], value: str, last: str, run: Run, bank: Path
) -> None:
    replace(bank / EXAMPLE, "focus_areas: [process]", f"focus_areas: [{value}]")
    _, out, _ = run(*command)
    assert out.splitlines()[-1] == last.format("python build_site.py", bank=bank)


def test_the_last_line_of_what_a_dictionary_lacks(run: Run, bank: Path) -> None:
    replace(bank / "schema" / "news.yml", "path: nyheter", "path: Nyheter!")
    for command in ("check", "build"):
        again = f"python build_site.py {command} --source {bank}"
        assert run(command)[1].splitlines()[-1] == f"1 fel i 1 fil. Rätta och kör sedan: {again}"


def test_the_command_to_run_can_be_copied_with_blanks_in_it(run: Run, bank: Path) -> None:
    file = bank / "examples" / "en fil.md"
    file.write_text((bank / EXAMPLE).read_text("utf-8"), "utf-8")
    out = run("check", "examples/en fil.md")[1]
    assert out.splitlines()[-1].endswith(f'check --source {bank} "examples/en fil.md"')


def test_what_the_last_line_says_to_run_leads_to_a_site(run: Run, bank: Path) -> None:
    """The command that the report names is run, and the one that it names then, until the site is built."""
    replace(bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [Process]")
    said = run("check")[1]
    for _ in range(2):
        _, _, command = said.splitlines()[-1].partition("python build_site.py ")
        name, _, rest = command.partition(f" --source {bank}")
        code, said, _ = run(*name.split(), *rest.split())
        assert code == FINE
    assert (bank / "site" / "index.html").is_file()


def test_advice_need_not_be_followed(run: Run, bank: Path) -> None:
    long = "Verksamhetsintegreringsperspektivet förutsätter organisationsövergripande kompetensförsörjningsstrategier. "
    replace(
        bank / EXAMPLE, "Det var svårt att hitta gemensamma utbildningar som alla hade nytta av.", long * 40
    )
    last = run("check")[1].splitlines()[-1]
    assert (
        last
        == f"1 råd i 1 fil. Råd behöver inte följas. Kör sedan: python build_site.py build --source {bank}"
    )


def test_check_of_a_path_still_relates_it_to_all_files(run: Run, bank: Path) -> None:
    """It mentions a record of another folder, which is there; when that goes, the fault is this file's."""
    path = "examples/enkat-om-diskriminering.md"
    assert run("check", path)[0] == FINE
    (bank / "methods" / "snackmodellen.md").rename(bank / "methods" / "snackan-ny.md")
    code, out, _ = run("check", path)
    assert code == FAULTY_CONTENT
    assert f"{path}:9:11: fel [dangling-reference]" in out
    assert {line.partition(":")[0] for line in out.splitlines() if ": fel [" in line} == {path}


@pytest.mark.parametrize("path", [EXAMPLE, f"./{EXAMPLE}", "examples", "examples/", f"methods/../{EXAMPLE}"])
def test_a_path_may_be_written_in_many_ways(path: str, run: Run, bank: Path) -> None:
    replace(bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [proces]")
    code, out, _ = run("check", path)
    assert code == FAULTY_CONTENT
    assert "unknown-term" in out


def test_a_path_may_be_written_from_where_one_stands(
    run: Run, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [proces]")
    monkeypatch.chdir(bank / "examples")
    assert run("check", "delade-platser.md")[0] == FAULTY_CONTENT
    assert run("check", str(bank / EXAMPLE))[0] == FAULTY_CONTENT
    assert run("check", "enkat-om-diskriminering.md")[0] == FINE


def test_a_path_in_the_source_is_found_whatever_lies_where_one_stands(
    run: Run, bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the site of --source is checked from the folder of another site, such as the generator's own."""
    other = compose(tmp_path / "annan-bank")
    replace(bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [proces]")
    monkeypatch.chdir(other)
    assert run("check", EXAMPLE)[0] == FAULTY_CONTENT


@pytest.mark.parametrize("path", ["examples/finns-inte.md", "..", "/etc/hostname"])
def test_a_path_that_is_not_in_the_site_is_refused(path: str, run: Run) -> None:
    code, out, err = run("check", path)
    assert (code, out) == (WRONG_USE, "")
    assert f"{path} finns inte i " in err


def test_json_has_exactly_the_keys_of_the_contract(run: Run, bank: Path) -> None:
    replace(bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [proces]")
    replace(bank / EXAMPLE, "reviewed: 2026-11-23", "reviewed: 2020-11-23")
    code, out, err = run("check", "--format", "json")
    problems = json.loads(out)
    assert code == FAULTY_CONTENT
    assert err == ""
    assert all(list(problem) == KEYS for problem in problems)
    assert [
        (p["code"], p["severity"], p["line"], p["column"], p["end_line"], p["end_column"]) for p in problems
    ] == [
        ("unknown-term", "error", 4, 15, 4, 21),
        ("overdue-review", "warning", 14, 11, 14, 21),
    ]
    assert all(isinstance(p["message"], str) and p["message"] and p["help"] for p in problems)


def test_json_of_a_faultless_site_is_an_empty_list(run: Run) -> None:
    assert run("check", "--format", "json") == (FINE, "[]\n", "")


def test_json_of_a_faulty_dictionary_is_a_report_too(run: Run, bank: Path) -> None:
    replace(bank / "schema" / "news.yml", "path: nyheter", "path: Nyheter!")
    code, out, _ = run("check", "--format", "json")
    assert code == FAULTY_CONTENT
    assert {p["path"] for p in json.loads(out)} == {"schema/news.yml"}


def test_check_in_english(run: Run, bank: Path) -> None:
    assert run("check", "--lang", "en")[1] == (
        "7 records checked.\n"
        f"No errors and no warnings. Then run: python build_site.py build --source {bank} --lang en\n"
    )
    replace(bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [proces]")
    out = run("check", "--lang", "en")[1]
    assert f"{EXAMPLE}:4:15: error [unknown-term]" in out
    assert "help:" in out
    problem = json.loads(run("check", "--lang", "en", "--format", "json")[1])[0]
    swedish = json.loads(run("check", "--format", "json")[1])[0]
    assert problem["message"] != swedish["message"]
    assert {key: problem[key] for key in KEYS[:7]} == {key: swedish[key] for key in KEYS[:7]}


def test_strict_counts_warnings_as_faults(run: Run, bank: Path) -> None:
    assert run("check", "--strict")[0] == FINE
    replace(bank / EXAMPLE, "reviewed: 2026-11-23", "reviewed: 2020-11-23")
    assert run("check")[0] == FINE
    assert run("check", "--strict")[0] == FAULTY_CONTENT
    assert run("check", "--strict", "methods")[0] == FINE


def test_advice_is_never_a_fault(run: Run, bank: Path) -> None:
    long = "Verksamhetsintegreringsperspektivet förutsätter organisationsövergripande kompetensförsörjningsstrategier. "
    replace(
        bank / EXAMPLE, "Det var svårt att hitta gemensamma utbildningar som alla hade nytta av.", long * 40
    )
    code, out, _ = run("check", "--strict")
    assert "råd [hard-to-read]" in out
    assert code == FINE


def test_a_file_of_a_site_may_be_anything(run: Run, bank: Path) -> None:
    """Bytes of no meaning, an empty file, a folder: a report and never a traceback."""
    (bank / "examples" / "bytes.md").write_bytes(bytes(range(256)))
    (bank / "examples" / "tom.md").write_bytes(b"")
    (bank / "examples" / "mapp.md").mkdir()
    code, out, _ = run("check")
    assert code == FAULTY_CONTENT
    for path in ("bytes.md", "tom.md", "mapp.md"):
        assert f"examples/{path}:" in out


# The repository's own content with one fault in it

FAULTS: Final = (
    ("examples/karp-malmo-stad.md", "[rekrytering]", "[rekryterng]", "unknown-term", "rekryterng"),
    ("examples/karp-malmo-stad.md", "status: done", "status: done\nansvarig: Kim", "unknown-key", "ansvarig"),
    ("examples/karp-malmo-stad.md", "methods: [karp]", "methods: [karpen]", "dangling-reference", "karpen"),
    ("examples/karp-malmo-stad.md", "methods/snackmodellen.md", "methods/snacka.md", "link-to-nowhere", "snacka.md"),
    ("examples/karp-malmo-stad.md", "och presenterade den.", "<b>nu</b>.", "raw-html", "<b>nu</b>"),
    ("examples/karp-malmo-stad.md", "## Resultat", "## Utfall", "unknown-section", "## Utfall"),
    ("examples/karp-malmo-stad.md", "review_every: 24", "review_every: 0", "out-of-range", "review_every"),
    ("examples/karp-malmo-stad.md", "status: done", "status: done\nstatus: running", "duplicate-key", "running"),
    ("examples/karp-malmo-stad.md", "summary: Malmö", "summary: Nytt: Malmö", "yaml-syntax", "summary"),
    ("activities/odaterad-kick-off.md", "participants: 50", "participants: många", "wrong-format", "många"),
    ("activities/odaterad-kick-off.md", "date: unknown", "date: 2006-03", "wrong-date-in-name", "date: "),
    ("news/2006-02-projektet-startar.md", "i februari 2006. De", "den 811218-9876. De", "identity-number", "9876"),
    ("news/2006-02-projektet-startar.md", "date: 2006-02", "date: 2006-13", "wrong-format", "2006-13"),
    ("methods/vervas-uppfoljningsmodell.tool.yml", "tool_kind: maturity", "", "missing-field", "title"),
    ("methods/snackmodellen.md", "reviewed: 2026-11-23", "reviewed: 2999-01-01", "future-date", "2999"),
)  # fmt: skip
"""A file, what is changed in it, the code, and what stands first on the line that the report must name."""


@pytest.fixture(scope="module")
def own_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("own-copy") / "bank"
    for folder in ("activities", "examples", "methods", "news", "goals", "findings", "schema", "docs"):
        shutil.copytree(REPOSITORY / folder, place / folder)
    shutil.copy(REPOSITORY / "mkdocs.yml", place)
    return place


@pytest.mark.parametrize(("path", "old", "new", "code", "marker"), FAULTS)
def test_a_fault_in_the_own_content_is_told_with_its_line(
    path: str,
    old: str,
    new: str,
    code: str,
    marker: str,
    own_copy: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = own_copy / path
    before = file.read_text("utf-8")
    try:
        file.write_text(before.replace(old, new, 1), "utf-8")
        lines = file.read_text("utf-8").splitlines()
        arguments = ["check", "--source", str(own_copy), "--format", "json"]
        exit_code = cli.main(arguments, own_day())
    finally:
        file.write_text(before, "utf-8")
    found = [p for p in json.loads(capsys.readouterr().out) if p["severity"] == "error"]
    line = next(number for number, text in enumerate(lines, start=1) if marker in text)
    assert (code, path, line) in [(p["code"], p["path"], p["line"]) for p in found]
    assert {p["path"] for p in found} == {path}
    assert exit_code == FAULTY_CONTENT


def test_the_own_content_without_a_fault_is_fine(own_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--source", str(own_copy), "--format", "json"], own_day()) == FINE
    assert [p for p in json.loads(capsys.readouterr().out) if p["severity"] != "advice"] == []


def test_not_utf8_in_the_own_content_is_told_with_its_line(
    own_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = own_copy / "examples" / "mine.md"
    before = file.read_bytes()
    try:
        file.write_bytes(before.replace("Malmö".encode(), "Malmö".encode("latin-1"), 1))
        assert cli.main(["check", "--source", str(own_copy), "--format", "json"], own_day()) == FAULTY_CONTENT
    finally:
        file.write_bytes(before)
    line = before.partition("Malmö".encode())[0].count(b"\n") + 1
    errors = [p for p in json.loads(capsys.readouterr().out) if p["severity"] == "error"]
    assert [(p["code"], p["path"], p["line"]) for p in errors] == [("not-utf8", "examples/mine.md", line)]


def test_the_number_in_a_report_of_an_identity_number_is_blotted_out(run: Run, bank: Path) -> None:
    replace(bank / EXAMPLE, "Samarbetet var i gång", "Ring 19811218-9876. Samarbetet var i gång")
    for options in ((), ("--format", "json"), ("--lang", "en")):
        code, out, _ = run("check", *options)
        assert code == FAULTY_CONTENT
        assert "identity-number" in out
        assert "9876" not in out


# rules


@pytest.mark.parametrize("language", ["sv", "en"])
def test_rules_lists_every_code(language: str, run: Run) -> None:
    code, out, err = run("rules", "--lang", language)
    assert (code, err) == (FINE, "")
    assert [line.split()[0] for line in out.splitlines()] == sorted(rules.CODES)
    words = {"sv": {"fel", "varning", "råd"}, "en": {"error", "warning", "advice"}}[language]
    assert {line.split()[1] for line in out.splitlines()} == words


def test_rules_shows_each_code(run: Run) -> None:
    for name, rule in rules.CODES.items():
        code, out, _ = run("rules", name)
        assert code == FINE
        assert out.startswith(f"{name} (")
        assert rule.message.sv in out
        assert rule.why.sv in out
        assert rule.why.en in run("rules", name, "--lang", "en")[1]


def test_a_rule_that_is_none_is_refused(run: Run) -> None:
    code, out, err = run("rules", "finns-inte")
    assert (code, out) == (WRONG_USE, "")
    assert err.startswith("build_site.py: Regeln finns-inte finns inte.")


# serve


def test_serve_shows_the_site_until_it_is_ended(
    bank: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """Asks for pages while the command runs, and then ends it as Ctrl-C does."""
    answers: dict[str, int] = {}

    def asked(source: Path, names: Callable[[], Iterable[str]]) -> Iterator[frozenset[str]]:
        yield frozenset()
        (port,) = (server.server_port for server in opened)
        for path in ("/", "/exempel/delade-platser/", "/finns-inte/"):
            answers[path], _ = get(f"http://127.0.0.1:{port}{path}")
        raise KeyboardInterrupt

    def noted(board: Board, port: int) -> ThreadingHTTPServer:
        opened.append(server(board, port))
        return opened[-1]

    opened: list[ThreadingHTTPServer] = []
    monkeypatch.setattr(running, "saves", asked)
    monkeypatch.setattr(running, "server", noted)
    code, out, err = run("serve", "--port", "0")
    assert code == FINE
    assert out.splitlines()[0].endswith(": Inga fel och inga varningar.")
    assert re.search(r"http://127\.0\.0\.1:\d+/", out)
    assert out.endswith("Avslutat.\n")
    assert err == ""
    assert answers == {"/": 200, "/exempel/delade-platser/": 200, "/finns-inte/": 404}
    assert not (bank / "site").exists()


def test_a_port_that_is_taken_is_told(run: Run) -> None:
    with server(Board(), 0) as taken:
        code, out, err = run("serve", "--port", str(taken.server_port))
    assert (code, out) == (MACHINE_FAILED, "")
    assert f"Port {taken.server_port} används redan" in err
    assert "--port 0" in err


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_that_is_none_is_refused(port: str, run: Run, bank: Path) -> None:
    code, _, _ = run("serve", "--port", port)
    assert code == WRONG_USE
    assert not (bank / "site").exists()


# What is wrongly asked


@pytest.mark.parametrize(
    "arguments",
    [
        ["flyga"],
        ["build", "--flyg"],
        ["--flyg"],
        ["check", "--format", "xml"],
        ["check", "--lang", "de"],
        ["build", "--engine", "hugo"],
        ["build", "--output"],
        ["serve", "--port", "x"],
        ["rules", "raw-html", "wrong-type"],
    ],
)
def test_a_command_that_is_none_is_told_in_swedish(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments, TODAY)
    said = capsys.readouterr()
    assert end.value.code == WRONG_USE
    assert said.out == ""
    assert "kommandot gick inte att förstå" in said.err
    assert "--help" in said.err.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["build", "-h"], ["check", "--help"], ["serve", "-h"]]
)
def test_help_is_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments, TODAY)
    assert end.value.code == FINE
    assert "visa den här hjälpen" in capsys.readouterr().out


def test_a_source_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("build", "check", "serve"):
        assert cli.main([command, "--source", str(tmp_path / "ingen")], TODAY) == WRONG_USE
        assert f"Mappen {tmp_path / 'ingen'} finns inte." in capsys.readouterr().err


def test_a_source_without_a_site_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("build", "check"):
        assert cli.main([command, "--source", str(tmp_path)], TODAY) == FAULTY_CONTENT
        assert "mkdocs.yml:1:1: fel [unreadable-file]" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("epoch", ["igår", "1e9", "1.5", "9" * 30, "-" + "9" * 30, "0x10"])
def test_a_day_that_is_none_is_refused(epoch: str, bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("build", "check"):
        assert cli.main([command, "--source", str(bank)], {"SOURCE_DATE_EPOCH": epoch}) == WRONG_USE
        said = capsys.readouterr()
        assert said.err == "build_site.py: SOURCE_DATE_EPOCH ska vara ett antal sekunder.\n"
        assert said.out == ""
    assert not (bank / "site").exists()


def test_the_day_decides_what_is_overdue(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = {"SOURCE_DATE_EPOCH": "1900000000"}
    assert cli.main(["check", "--source", str(bank)], later) == FINE
    assert capsys.readouterr().out.count("varning [overdue-review]") == 7


def test_a_worker_that_is_killed_is_the_machines_failure(
    bank: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The system ends a process when memory runs out. That is no bug of ours, and no traceback."""

    def killed(*_: Any) -> NoReturn:
        raise BrokenProcessPool("A process in the process pool was terminated abruptly")

    monkeypatch.setattr("kunskapsbank.pipeline.publish", killed)
    assert cli.main(["build", "--source", str(bank)], TODAY) == MACHINE_FAILED
    assert capsys.readouterr().err.endswith("Webbplatsen är orörd.\n")


# The script, and what is written about it


def test_the_script_answers_with_the_exit_code(bank: Path) -> None:
    assert script("check", "--source", str(bank)).returncode == FINE
    assert script("check", "--source", str(bank / "ingen")).returncode == WRONG_USE
    replace(bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [proces]")
    answer = script("check", "--source", str(bank))
    assert answer.returncode == FAULTY_CONTENT
    assert answer.stderr == ""


def test_the_script_works_from_any_folder(tmp_path: Path) -> None:
    answer = script("check", environment=own_day(), folder=tmp_path)
    assert answer.returncode == FINE, answer.stdout
    assert re.search(r"^\d+ poster kontrollerade\.$", answer.stdout, re.MULTILINE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_the_script_speaks_in_any_encoding(encoding: str, bank: Path) -> None:
    """What a terminal can't show is shown in some other way, and is no traceback."""
    replace(bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [proces]")
    answer = subprocess.run(
        [sys.executable, str(REPOSITORY / "build_site.py"), "check", "--source", str(bank)],
        env={**os.environ, **TODAY, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (answer.returncode, answer.stderr) == (FAULTY_CONTENT, b"")
    assert b"unknown-term" in answer.stdout


def test_without_the_requirements_the_script_says_what_to_run(tmp_path: Path) -> None:
    program = [sys.executable, "-S", "-E", str(REPOSITORY / "build_site.py")]
    for arguments in ([], ["check"], ["rules"], ["--help"]):
        answer = subprocess.run(
            [*program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
        )
        assert answer.returncode == MACHINE_FAILED
        assert answer.stdout == ""
        assert re.fullmatch(r"Paketet \w+ är inte installerat\. Kör: make site\n", answer.stderr)


def test_an_interruption_of_the_script_is_told(bank: Path, tmp_path: Path) -> None:
    """Ctrl-C while the pages are made: the way it is, and not a traceback."""
    if os.name == "nt":
        pytest.skip("Windows has no such signal")
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import os, signal, sys\n"
        "def stop(event, arguments):\n"
        "    if event == 'open' and str(arguments[0]).endswith('made/robots.txt'):\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job in the background ignores it
        "sys.addaudithook(stop)\n",
        "utf-8",
    )
    answer = script("build", "--source", str(bank), environment={"PYTHONPATH": str(hook)})
    assert answer.returncode == MACHINE_FAILED
    assert answer.stderr.endswith("build_site.py: Avbrutet. Webbplatsen är orörd.\n")
    assert "Traceback" not in answer.stderr
    assert [path.name for path in bank.iterdir() if "site" in path.name] == []


def text_of(name: str) -> str:
    return (REPOSITORY / name).read_text("utf-8")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "build_site.py", "kunskapsbank/pages/frames.py"]
)
def test_every_make_command_that_is_written_about_is_in_the_makefile(document: str) -> None:
    named = set(re.findall(r"(?:^|`|Kör: )make ([a-z]+)\b", text_of(document), re.MULTILINE))
    assert named <= targets()
    assert named or document != "README.md"


def test_the_makefile_names_its_own_targets() -> None:
    makefile = text_of("Makefile")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == targets()
    assert set(re.findall(r"make (\w+)", makefile.splitlines()[0])) <= targets()


def test_every_command_in_the_readme_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    lines = re.findall(r"build_site\.py(?: ([a-z]+))?((?: [^\n#|`]*)?)$", text_of("README.md"), re.MULTILINE)
    assert lines
    for command, rest in lines:
        with pytest.raises(SystemExit):
            cli.main([command or "build", "--help"], TODAY)
        said = capsys.readouterr().out
        assert [option for option in re.findall(r"--[a-z-]+", rest) if option not in said] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_file_that_is_linked_to_is_there(document: str) -> None:
    linked = re.findall(r"\]\(([^)#:\s]+)\)", text_of(document))
    assert [path for path in linked if not (REPOSITORY / path).exists()] == []
    named = re.findall(r"`([a-z_]+(?:/[a-z_.]+)*/|[a-z_/-]+\.(?:py|yml|toml|lock|json))`", text_of(document))
    inside = {
        path.name
        for folder in ("kunskapsbank", ".github", "tests/cases")
        for path in (REPOSITORY / folder).rglob("*")
    }
    inside.add("site/")
    assert [path for path in named if not (REPOSITORY / path).exists() and path not in inside] == []
