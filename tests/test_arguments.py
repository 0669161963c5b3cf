"""The command line's words: what argparse says comes out in Swedish, whatever it is."""

import argparse
from pathlib import Path

import pytest

from kunskapsbank.arguments import in_swedish, parse

RUNS = {name: lambda *_: 0 for name in ("build", "check", "serve", "rules")}


def options(*arguments: str) -> argparse.Namespace:
    return parse(arguments, RUNS, Path("källa"), lambda: ("ett", "annat"), ("json", "github"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("build --fel", "okänt: --fel"),
        (
            "bygg",
            "kommandot bygg finns inte. Det finns: build, check, serve, rules, new, handover, releases, rollback, verify, report, urls",
        ),
        ("check --format xml", "--format kan inte vara xml. Välj bland: text, json, github"),
        ("build --output", "--output ska följas av ett värde"),
        ("build --strict=1", "--strict tar inget värde, men fick 1"),
        ("serve --port många", "--port: många är ingen port"),
        ("build --s", "--s kan betyda flera saker: --source, --site-url, --strict"),
    ],
)
def test_what_is_wrong_is_said_in_swedish(
    arguments: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        options(*arguments.split())
    assert ended.value.code == 2
    words = capsys.readouterr().err
    assert f"({said})" in words
    assert words.startswith("Så skrivs det: build_site.py")


def test_what_we_have_no_words_for_is_passed_on() -> None:
    assert in_swedish("something new") == "something new"


@pytest.mark.parametrize("command", ["", "build", "check", "serve", "rules"])
def test_help_has_swedish_headings_only(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        options(*command.split(), "--help")
    assert ended.value.code == 0
    words = capsys.readouterr().out
    assert words.startswith("Så skrivs det: ")
    assert "\nval:\n" in words
    for english in ("usage", "options:", "positional", "show this"):
        assert english not in words


def test_defaults() -> None:
    for found in (options(), options("build"), options("serve"), options("--strict")):
        assert (found.source, found.engine, found.lang, found.format) == (Path("källa"), "ett", "sv", "text")
    assert (options().strict, options("--strict").strict) == (False, True)
    assert options("check", "a", "b", "--format", "json").paths == ["a", "b"]
    assert options("--engine", "annat").engine == "annat"
