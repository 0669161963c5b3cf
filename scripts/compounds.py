"""Makes the word lists of kunskapsbank/search/words/ from the npm package dictionary-sv.

    npm ci && python scripts/compounds.py

The package is a spelling dictionary in Hunspell's format, index.dic and index.aff. Of its marks these are used:
X and U, a form that can begin a compound; Y, a word that can end one; Z and ¤, forms that can't stand alone;
%, words that are left out of compounds.
"""

from __future__ import annotations

import lzma
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "dictionary-sv"
TARGET = ROOT / "kunskapsbank" / "search" / "words"

BEGINS, ENDS, NOT_ALONE, LEFT_OUT = "XU", "Y", "Z¤", "%"
SHORTEST = 3
WORD = re.compile(r"[a-zåäöéüà]+")


class Suffix(NamedTuple):
    """A rule that makes a form of a word that its condition fits."""

    strip: str
    add: str
    marks: str
    condition: str


def main() -> int:
    """Write both lists."""
    heads, tails = derive(PACKAGE)
    for name, words in (("heads", heads), ("tails", tails)):
        (TARGET / f"{name}.txt.xz").write_bytes(lzma.compress("\n".join(words).encode()))
        print(f"{name}: {len(words)} words")
    return 0


def derive(package: Path) -> tuple[list[str], list[str]]:
    """The forms that can begin and those that can end a compound, in order."""
    rules = suffixes((package / "index.aff").read_text("utf-8").splitlines())
    heads: set[str] = set()
    tails: set[str] = set()
    for line in (package / "index.dic").read_text("utf-8").splitlines()[1:]:
        word, _, marks = line.strip().partition("/")
        word = word.lower()
        if not word or set(LEFT_OUT) & set(marks):
            continue
        for form, of_form in forms(word, marks, rules):
            if set(BEGINS) & set(of_form):
                heads.add(form)
            if ENDS in marks and not set(NOT_ALONE) & set(of_form):
                tails.add(form)
    return _fit(heads), _fit(tails)


def suffixes(lines: Iterable[str]) -> dict[str, list[Suffix]]:
    """The rules of an .aff file by their marks."""
    rules: defaultdict[str, list[Suffix]] = defaultdict(list)
    for line in lines:
        match line.split():
            case ["SFX", mark, strip, form, condition, *_]:
                add, _, marks = form.partition("/")
                rule = Suffix(strip.removeprefix("0"), add.removeprefix("0"), marks, condition)
                rules[mark].append(rule)
    return rules


def forms(word: str, marks: str, rules: dict[str, list[Suffix]]) -> Iterator[tuple[str, str]]:
    """The word itself and the forms that its marks give it, each with its own marks."""
    yield word, marks
    for mark in marks:
        for rule in rules.get(mark, ()):
            if word.endswith(rule.strip) and _pattern(rule.condition).search(word):
                yield word[: len(word) - len(rule.strip)] + rule.add, rule.marks


@cache
def _pattern(condition: str) -> re.Pattern[str]:
    return re.compile(f"(?:{condition})$")


def _fit(words: set[str]) -> list[str]:
    return sorted(word for word in words if len(word) >= SHORTEST and WORD.fullmatch(word))


if __name__ == "__main__":
    sys.exit(main())
