"""A page for every rule: what it means, why it is there, what to do, and an example of wrong and right.

The examples are in `rule_examples.json`, made from the cases of the tests, which prove them.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import Value
from kunskapsbank.problems.problem import Code, Severity, in_general
from kunskapsbank.problems.report import SEVERITY_WORDS

SLOT: Final = "rules"
"""The page that asks for it lists the rules, and their pages lie under it."""


class Example(NamedTuple):
    """What a rule is about in a few words, what a report says of a file, and the stretch of it that is wrong, in three parts: before the marked,
    the marked, after it. The stretches are empty where there is nothing to show but the report, and
    `renamed` is the file's right name where that is all that is wrong."""

    title: str
    report: str
    file: str
    line: int
    before: str
    marked: str
    after: str
    right: str
    renamed: str

    @property
    def is_shown(self) -> bool:
        return bool(self.renamed or self.before or self.marked or self.after)


class RuleView(NamedTuple):
    """`weight` is error, warning or advice in a word, `meaning` what that means for the reader."""

    name: str
    title: str
    weight: str
    meaning: str
    why: str
    help: str
    example: Example | None


class RuleLink(NamedTuple):
    name: str
    title: str
    weight: str
    address: str


_MEANINGS: Final = {
    Severity.ERROR: "Webbplatsen publiceras inte förrän felet är rättat.",
    Severity.WARNING: "En varning hindrar inte att webbplatsen publiceras, men den bör rättas.",
    Severity.ADVICE: "Ett råd är ett förslag. Det hindrar aldrig att webbplatsen publiceras.",
}
_CHOOSE: Final = (
    "Rapporten säger vad som finns att välja på, eller vad som ligger närmast det som står i filen."
)


def title_of(code: Code) -> str:
    example = _examples().get(code.name)
    return example.title if example else in_general(code.message.sv).removesuffix(".")


def link(code: Code, address: str) -> RuleLink:
    """`address` is the one of the page that lists the rules."""
    return RuleLink(code.name, title_of(code), SEVERITY_WORDS[code.severity].sv, f"{address}{code.name}/")


def page_html(code: Code, crumbs: Sequence[Value]) -> str:
    return render("rule.html", rule=_view(code), crumbs=crumbs)


def _view(code: Code) -> RuleView:
    example = _examples().get(code.name)
    return RuleView(
        name=code.name,
        title=title_of(code),
        weight=SEVERITY_WORDS[code.severity].sv,
        meaning=_MEANINGS[code.severity],
        why=code.why.sv,
        help=_help(code, example),
        example=example,
    )


def _help(code: Code, example: Example | None) -> str:
    """That of the example where it differs from file to file."""
    general = in_general(code.help.sv)
    if "…" not in general or example is None:
        return general
    return _CHOOSE if code.nearest else example.report.rsplit("hjälp: ", 1)[1]


@cache
def _examples() -> Mapping[str, Example]:
    file = Path(__file__).parent / "rule_examples.json"
    return {name: Example(**said) for name, said in json.loads(file.read_text("utf-8")).items()}
