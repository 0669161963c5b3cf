"""The examples on the pages of rules, made from the cases: what is wrong, what is right, what the report says.

Each case says in `example.yml` what its page shows:

    title    what the rule is about, for its page's heading
    file     the file that has the problem
    wrong    the stretch of it to show, from the start of a line, which stands in it once
    right    the same stretch mended
    mark     the part of `wrong` to mark, where the problem has no place in it
    renamed  the file's right name
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from support import CASES, REPOSITORY

from kunskapsbank.checks.privacy import find
from kunskapsbank.problems.hidden import blot

DATA: Final = REPOSITORY / "kunskapsbank" / "pages" / "rule_examples.json"
_HEAD: Final = r"^{path}:(?P<line>\d+):(?P<column>\d+): \w+ \[{code}\]$"


@dataclass(frozen=True, slots=True)
class Told:
    """What a case says. `wrong` and `right` are empty where there is nothing to show of them."""

    title: str
    file: str
    wrong: str
    right: str
    mark: str
    renamed: str


def told(code: str) -> Told:
    said = yaml.safe_load((CASES / code / "example.yml").read_text("utf-8"))
    keys = Told.__slots__
    assert set(said) <= set(keys)
    return Told(**{key: said.get(key, "") for key in keys})


def text_of(place: Path, example: Told) -> str:
    """The faulty file of a case; what is not UTF-8 in it is a mark."""
    file = place / example.file
    return file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""


def example_of(code: str, place: Path) -> dict[str, Any]:
    """What the page of a code shows. `place` is the case's site."""
    example = told(code)
    text = text_of(place, example)
    assert not example.wrong or f"\n{text}".count(f"\n{example.wrong}") == 1, code
    first = text[: text.index(example.wrong)].count("\n") + 1 if example.wrong else 0
    report, line, column, length = _reported(code, example, first)
    before, marked, after = _parts(example, line - first, column, length)
    return {
        "title": example.title,
        "file": _shown(example.file),
        "renamed": example.renamed,
        "line": line,
        "report": report,
        "before": before,
        "marked": marked,
        "after": after,
        "right": example.right,
    }


def _reported(code: str, example: Told, first: int) -> tuple[str, int, int, int]:
    """The paragraph on the problem in the expected report, its line and column, and how long its caret is.
    A problem in the stretch that is shown goes before another of the code in the file."""
    report = (CASES / code / "expected.sv.txt").read_text("utf-8")
    last = first + example.wrong.count("\n")
    head = re.compile(_HEAD.format(path=re.escape(_shown(example.file)), code=code), re.MULTILINE)
    found = [(match, paragraph) for paragraph in report.split("\n\n") if (match := head.match(paragraph))]
    assert found, code
    match, paragraph = min(found, key=lambda one: not first <= int(one[0]["line"]) <= last)
    caret = re.search(r"^ +\| +(\^+)$", paragraph, re.MULTILINE)
    return paragraph, int(match["line"]), int(match["column"]), len(caret[1]) if caret else 0


def _parts(example: Told, line: int, column: int, length: int) -> tuple[str, str, str]:
    """The wrong stretch in three: before the mark, the marked, after it. `line` counts from 0 in it."""
    wrong = example.wrong
    if example.mark:
        start = wrong.index(example.mark)
        length = len(example.mark)
    elif 0 <= line <= wrong.count("\n") and length:
        start = sum(len(one) + 1 for one in wrong.split("\n")[:line]) + column - 1
    else:
        start = length = 0
    shown = _fit(wrong)
    return shown[:start], shown[start : start + length], shown[start + length :]


def _fit(text: str) -> str:
    """As a report quotes it: numbers of persons blotted out, and what can't be printed a question mark."""
    for start, end in find(text):
        text = text[:start] + blot(text[start:end]) + text[end:]
    return "".join(sign if sign.isprintable() or sign == "\n" else "?" for sign in text)


def _shown(path: str) -> str:
    return "".join(s if s.isprintable() else s.encode("unicode_escape").decode() for s in path)


def written(examples: Mapping[str, Mapping[str, Any]]) -> str:
    return json.dumps(examples, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
