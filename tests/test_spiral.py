"""The spiral of steps: each number leads to its step, nothing else on the page changes, and limits are told."""

import re
from itertools import combinations
from math import dist, hypot
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY, dictionary, examined_problems
from selectolax.lexbor import LexborHTMLParser
from sites_support import attribute, element
from support import BASE

from kunskapsbank.checks.record import Record
from kunskapsbank.checks.steps import LEAST, MOST, count_steps
from kunskapsbank.library.library import relate
from kunskapsbank.pages import spiral
from kunskapsbank.pages.markdown import Renderer, renderers
from kunskapsbank.pages.spiral import with_spiral
from kunskapsbank.pages.texts import Texts
from kunskapsbank.pages.views import Viewer

METHOD: Final = "methods/snackmodellen.md"
TARGET: Final = 24
"""The least size of something to press, in CSS pixels (WCAG 2.2, 2.5.8)."""

PHONE: Final = 270
"""What a section's text has of the narrowest phones."""

numbers_of_steps = st.integers(LEAST, MOST)


def html_of(markdown: str) -> str:
    return Renderer(dictionary(), "methods").html(markdown)


def drawn(markdown: str) -> LexborHTMLParser:
    return LexborHTMLParser(with_spiral(html_of(markdown)))


def titles(markdown: str) -> list[str]:
    return [title.text() for title in drawn(markdown).css("svg title")]


def steps(count: int) -> str:
    return "".join(f"{n}. Steg nummer {n}.\n" for n in range(1, count + 1))


def problems_with(count: int, picture: str = "picture: spiral\n") -> list[str]:
    """What the checks say of the base site's method with so many steps."""
    text = (BASE / METHOD).read_text("utf-8").replace("editorial:", f"{picture}editorial:", 1)
    head, _, _ = text.partition("1. Ta reda")
    found = examined_problems(f"{head}Text.\n\n{steps(count)}", METHOD, "method")
    return [problem.code.name for problem in found if problem.code.name != "link-to-nowhere"]


@pytest.mark.parametrize("count", [0, 2, 13])
def test_too_few_and_too_many_steps_are_told(count: int) -> None:
    assert problems_with(count) == ["picture-without-steps"]
    assert problems_with(count, picture="") == []


@pytest.mark.parametrize("count", [3, 12])
def test_the_limits_themselves_are_fine(count: int) -> None:
    assert problems_with(count) == []


def test_other_pictures_there_are_none() -> None:
    assert problems_with(LEAST, picture="picture: cirkel\n") == ["unknown-term"]


LINES: Final = st.sampled_from(
    ["1. a", "1. b", "2) c", "7. d", "- e", "* f", "   1. g", "   - h", "      2. i", "> 1. j", "> - k", "",
     "    x", "1.", "-", "```", "| a |", "|---|", "### m", "---", "n", "1986. o", "1. ![<li>](../docs/bilder/a.png)",
     "1. \\<ol>", "1. `<li>`", "1. [&lt;ol&gt;](https://a.se/<li>)", "1. &lt;/ol&gt;"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14).map("\n".join))
def test_what_is_counted_is_what_gets_a_place_and_a_link(markdown: str) -> None:
    found = drawn(markdown)
    links = [attribute(link, "href") for link in found.css("svg a")]
    assert links == [f"#{attribute(step, 'id')}" for step in found.css("li[id]")]
    assert len(links) == len(set(links)) == count_steps(markdown)


@given(st.lists(LINES, max_size=14).map("\n".join))
def test_nothing_else_changes(markdown: str) -> None:
    html = html_of(markdown)
    changed = re.sub(
        r' id="_steg-\d+"', "", re.sub(r"^<svg.*?</svg>\n", "", with_spiral(html), flags=re.DOTALL)
    )
    assert changed == html


@given(numbers_of_steps)
def test_circles_lie_in_the_picture_apart_and_ever_farther_out(count: int) -> None:
    found = drawn(steps(count))
    picture = element(found, "svg")
    left, top, width, height = map(float, attribute(picture, "viewBox").split())
    centres = [(float(attribute(c, "cx")), float(attribute(c, "cy"))) for c in found.css("circle")]
    assert len(centres) == count
    for x, y in centres:
        assert left <= x - spiral.RADIUS <= x + spiral.RADIUS <= left + width
        assert top <= y - spiral.RADIUS <= y + spiral.RADIUS <= top + height
    shrunk = min(1, PHONE / width)
    assert 2 * spiral.RADIUS * shrunk >= TARGET
    assert all(dist(a, b) >= 2 * spiral.RADIUS + spiral.EDGE for a, b in combinations(centres, 2))
    outwards = [hypot(x, y) for x, y in centres]
    assert outwards == sorted(outwards)


def test_a_name_is_the_number_and_the_first_sentence() -> None:
    markdown = "1. Gör en [nulägesanalys](nulagesanalys.md). Skriv ned den.\n2. **Fråga** t.ex. chefer!\n\n   Mer.\n3.\n"
    assert titles(markdown) == ["Steg 1: Gör en nulägesanalys.", "Steg 2: Fråga t.ex. chefer!", "Steg 3"]


def test_the_list_in_a_step_is_not_part_of_its_name() -> None:
    assert titles("1. Välj\n   - en\n   - två\n2. Klart\n") == ["Steg 1: Välj", "Steg 2: Klart"]


def test_numbers_are_those_of_the_list() -> None:
    found = drawn("4. a\n5. b\n6. c\n")
    assert [text.text() for text in found.css("svg text")] == ["4", "5", "6"]
    assert [attribute(step, "id") for step in found.css("li")] == ["_steg-4", "_steg-5", "_steg-6"]


@pytest.mark.parametrize(
    "words",
    [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "\\<script>alert(1)\\</script>",
        '`"><script>alert(1)</script>`',
    ],
)
def test_hostile_words_stay_words(words: str) -> None:
    html = with_spiral(html_of(f"1. {words}\n2. b\n3. c\n"))
    assert "<script" not in html
    found = LexborHTMLParser(html)
    assert not found.css("script")
    assert "alert(1)" in element(found, "svg title").text()


def test_only_the_record_that_asks_gets_a_picture() -> None:
    body = f"## Vad är det?\n\n1. Inte ett steg.\n\n## Så gör ni\n\n{steps(LEAST)}"
    fields = {"title": "Metod", "summary": "Om en metod.", "reviewed": "2026-11-23"}
    for asked in ({}, {"picture": "spiral"}):
        record = Record("method", "m", "methods/m.md", {**fields, **asked}, body, ("what", "steps"), ())
        viewer = Viewer(relate([record], dictionary()), TODAY, renderers(dictionary()), Texts([]))
        what, how = [section.html for section in viewer.record(record).sections if section.anchor]
        assert "svg" not in what
        assert "_steg-" not in what
        assert how.count("<svg") == len(asked)
        assert how.count(' id="_steg-') == LEAST * len(asked)


def test_the_snail_model_is_drawn(own_site: Path) -> None:
    page = LexborHTMLParser((own_site / "metoder" / "snackmodellen" / "index.html").read_text("utf-8"))
    section = LexborHTMLParser(element(page, 'section[aria-labelledby="sa-gor-ni"]').html or "")
    listed = [" ".join(step.text().split()) for step in section.css("ol > li")]
    names = [title.text().partition(": ")[2] for title in section.css("svg a title")]
    assert len(names) == len(listed) >= LEAST
    assert all(step.startswith(name) for step, name in zip(listed, names, strict=True))
