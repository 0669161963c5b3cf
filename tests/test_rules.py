"""The catalogue of rules and its pages: every rule is explained, and its example is wrong first and right then."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from rule_examples import DATA, example_of, text_of, told, written
from selectolax.lexbor import LexborHTMLParser
from sites_support import element, pages, tree
from support import CASES, compose, problems, run

from kunskapsbank import rules
from kunskapsbank.checks.privacy import find
from kunskapsbank.checks.run import FAMILIES
from kunskapsbank.problems.problem import START

REFRESH: Final = os.environ.get("KUNSKAPSBANK_REFRESH") == "1"
PAGES: Final = "bidra/regler/"
FOUND_BY_BUILD: Final = frozenset(name for name in rules.CODES if (CASES / name / "command").is_file())


class Case(NamedTuple):
    """A case's site, for one test to mend, and the example that was made of it before."""

    site: Path
    example: Mapping[str, Any]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    place = tmp_path_factory.mktemp("cases")
    sites = {name: compose(place / name, CASES / name) for name in rules.CODES}
    return {name: Case(site, example_of(name, site)) for name, site in sites.items()}


# The examples


def test_the_examples_are_those_of_the_cases(cases: dict[str, Case]) -> None:
    made = written({name: case.example for name, case in cases.items()})
    if REFRESH:
        DATA.write_text(made, "utf-8")
    assert DATA.read_text("utf-8") == made


def test_every_title_is_short_and_its_own() -> None:
    titles = [told(name).title for name in rules.CODES]
    assert len(set(titles)) == len(titles)
    assert all(5 < len(title) <= 60 and not title.endswith(".") for title in titles)


def mended(name: str, site: Path) -> tuple[str, range]:
    """Mends the example of a case in its site; the file's path, and the lines of the right stretch."""
    example = told(name)
    path = example.renamed or example.file
    text = text_of(site, example)
    (site / example.file).unlink()
    start = text.index(example.wrong)
    first = text[:start].count("\n") + 1
    (site / path).write_text(text.replace(example.wrong, example.right, 1), "utf-8")
    return path, range(first, first + example.right.count("\n") + 1)


def has_right(name: str) -> bool:
    return bool(told(name).right or told(name).renamed)


@pytest.mark.parametrize("name", [n for n in rules.CODES if has_right(n) and n not in FOUND_BY_BUILD])
def test_what_is_shown_as_right_is_right(name: str, cases: dict[str, Case]) -> None:
    """That it is wrong before is what the case's expected report says (test_cases)."""
    site = cases[name].site
    path, lines = mended(name, site)
    left = [p for p in problems(site) if p.path == path]
    if told(name).wrong:
        assert [p for p in left if p.place.line in lines and p.place != START] == []
        before = (CASES / name / "expected.sv.txt").read_text("utf-8")
        reported = len(re.findall(rf"^{path}:\d+:\d+: \w+ \[{name}\]$", before, re.MULTILINE))
        assert len([p for p in left if p.code.name == name]) < reported
    else:
        assert left == []


def test_what_is_shown_as_right_can_be_built(cases: dict[str, Case], tmp_path: Path) -> None:
    """The mended files of those cases, in as few sites as hold one of each."""
    rounds: list[dict[str, str]] = []
    for name in sorted(filter(has_right, FOUND_BY_BUILD)):
        path, _ = mended(name, cases[name].site)
        taken = next((one for one in rounds if path not in one), None)
        if taken is None:
            rounds.append(taken := {})
        taken[path] = (cases[name].site / path).read_text("utf-8")
    for number, files in enumerate(rounds):
        site = compose(tmp_path / str(number))
        for path, text in files.items():
            (site / path).write_text(text, "utf-8")
        assert run("build", site, "--strict") == 0, list(files)
    assert sum(map(len, rounds)) == 10


# The catalogue


def test_every_code_is_in_one_group_and_no_rule_for_records_is_with_the_maintainers() -> None:
    groups = rules.groups()
    names = [code.name for group in groups for code in group.codes]
    assert sorted(names) == sorted(rules.CODES)
    assert len({group.id for group in groups}) == len(groups)
    for family in FAMILIES:
        assert not {code.name for code in family.CODES} & {code.name for code in groups[-1].codes}


# The pages


@pytest.fixture(scope="module")
def rule_pages(own_site: Path) -> dict[str, str]:
    return {name: (own_site / PAGES / name / "index.html").read_text("utf-8") for name in rules.CODES}


def test_the_list_leads_to_every_rule(own_site: Path) -> None:
    html = LexborHTMLParser((own_site / PAGES / "index.html").read_text("utf-8"))
    links = {
        (a.attributes["href"] or "").strip("./").rsplit("/", 1)[-1]: a.text() for a in html.css(".rules a")
    }
    assert sorted(links) == sorted(rules.CODES)
    assert links["unknown-term"] == "Värdet finns inte i fältets lista"
    marked = {item.css_first("code").text(): item.text().split()[-1] for item in html.css(".rules li")}  # type: ignore[union-attr]
    assert marked["overdue-review"] == "varning"
    assert marked["hard-to-read"] == "råd"


def test_a_page_says_what_why_and_how(rule_pages: dict[str, str]) -> None:
    examples = json.loads(DATA.read_text("utf-8"))
    for name, html in rule_pages.items():
        parsed = LexborHTMLParser(html)
        example = examples[name]
        assert element(parsed, "h1").text() == example["title"]
        assert element(parsed, ".lead").text() == rules.CODES[name].why.sv
        shown = [code.text() for code in parsed.css("pre")]
        assert shown[0] == example["report"]
        if example["renamed"]:
            assert shown[1:] == [example["file"], example["renamed"]]
        elif example["right"]:
            assert shown[1:] == [example["before"] + example["marked"] + example["after"], example["right"]]
        else:
            assert shown[1:] == []
        assert [mark.text() for mark in parsed.css("mark")] == list(_marks(example))
        assert [a.text() for a in parsed.css(".crumbs a")] == ["Start", "Bidra med ett exempel", "Regler"]
        assert f'<link rel="canonical" href="https://kunskapsbanken.example/{PAGES}{name}/">' in html


def _marks(example: dict[str, str]) -> Iterator[str]:
    if example["renamed"] or example["marked"]:
        yield example["file"] if example["renamed"] else example["marked"]


def test_no_page_has_a_brace_of_a_template_or_a_number_of_a_person(rule_pages: dict[str, str]) -> None:
    for name, html in rule_pages.items():
        text = element(html, "main").text()
        assert next(find(text), None) is None, name
        words = "".join(n.text() for n in LexborHTMLParser(html).css("h1, main p"))
        assert not re.search(r"\{[a-z_]+\}", words), name
    assert "•••••••••••" in rule_pages["identity-number"]


def test_the_map_of_the_site_has_them(own_site: Path) -> None:
    sitemap = (own_site / "sitemap.xml").read_text("utf-8")
    for name in rules.CODES:
        assert f"<loc>https://kunskapsbanken.example/{PAGES}{name}/</loc>" in sitemap


def test_a_site_that_does_not_ask_for_them_has_none(base_site: Path) -> None:
    assert not [path for path in tree(base_site) if "unknown-term" in path]


def test_they_lie_under_the_page_that_asks(tmp_path: Path) -> None:
    site = compose(tmp_path / "bank")
    page = site / "docs" / "skriva" / "regler.md"
    page.parent.mkdir()
    page.write_text("# Reglerna\n\n<!-- slot:rules -->\n", "utf-8")
    assert run("build", site) == 0
    built = pages(site / "site")
    assert set(rules.CODES) == {
        path.split("/")[2] for path in built if path.startswith("skriva/regler/") and path.count("/") == 3
    }
    assert [a.text() for a in LexborHTMLParser(built["skriva/regler/raw-html/index.html"]).css(".crumbs a")] == [
        "Start", "Reglerna",
    ]  # fmt: skip
