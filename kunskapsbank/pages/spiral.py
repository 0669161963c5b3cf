"""The numbered steps of a record as a spiral that winds outwards, each a link to its step in the text.

Takes the HTML of a section, as `pages.markdown` makes it, and gives the steps ids to lead to. There are
only numbers in the drawing, since whole steps could not be read on a phone; what each number is, is its
link's name, and the steps follow below.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from math import ceil, cos, floor, pi, sin, sqrt
from typing import Final, NamedTuple

from kunskapsbank.pages.templates import render

RADIUS: Final = 18
"""Of a step's circle. A unit of the drawing is a CSS pixel where there is room."""

EDGE: Final = 3
"""Of a circle, outside it."""

TURN: Final = 50
"""From one turn of the spiral to the next: the turns of a shell lie close."""

STEP: Final = 58
"""The way along the spiral from one step to the next."""

_FIRST: Final = 4.2
"""The angle of the first step, in radians from the middle of the spiral."""

_BEYOND: Final = 0.6
"""The line goes on so many steps after the last."""

_PIECE: Final = pi / 9

_LIST_TAG: Final = re.compile(r"<(/?)(ol|ul|li)\b([^>]*)>")
_START: Final = re.compile(r'start="(\d+)"')
_FIRST_BLOCK: Final = re.compile(
    r"\s*(?:<p>)?(.*?)(?=</p>|</?[ou]l|</?li|<pre|<blockquote|<div|<h\d|\Z)", re.DOTALL
)
_MARKUP: Final = re.compile(r"<[^>]*>")
_NEXT_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")


class Step(NamedTuple):
    """A step in the text. `words` are its first sentence; `place` is where its tag ends in the HTML."""

    number: int
    words: str
    place: int


class Circle(NamedTuple):
    number: int
    words: str
    x: float
    y: float


def with_spiral(html: str) -> str:
    """The section with the spiral at its head; as it is where it has no numbered list."""
    steps = tuple(_steps(html))
    return _drawing(steps) + _with_ids(html, steps) if steps else html


def _steps(html: str) -> Iterator[Step]:
    """The steps of the first numbered list that is not part of another list. Angle brackets are escaped in
    texts and in attributes, so that what looks like a tag is one."""
    depth = 0
    number: int | None = None
    for tag in _LIST_TAG.finditer(html):
        closing, name, rest = tag.groups()
        if name == "li":
            if number is not None and depth == 1 and not closing:
                yield Step(number, _first_sentence(html, tag.end()), tag.end())
                number += 1
        elif closing:
            depth -= 1
            if number is not None and depth == 0:
                return
        else:
            if depth == 0 and name == "ol":
                start = _START.search(rest)
                number = int(start[1]) if start else 1
            depth += 1


def _first_sentence(html: str, start: int) -> str:
    block = _FIRST_BLOCK.match(html, start)
    text = unescape(_MARKUP.sub("", block[1] if block else ""))
    return _NEXT_SENTENCE.split(" ".join(text.split()), maxsplit=1)[0]


def _with_ids(html: str, steps: tuple[Step, ...]) -> str:
    pieces, done = [], 0
    for step in steps:
        pieces.append(f'{html[done : step.place - 1]} id="_steg-{step.number}">')
        done = step.place
    return "".join((*pieces, html[done:]))


def _drawing(steps: tuple[Step, ...]) -> str:
    circles = [Circle(s.number, s.words, *point(angle(n))) for n, s in enumerate(steps)]
    line = list(_line(angle(len(steps) - 1 + _BEYOND)))
    x, y, right, bottom = _bounds([*line, *((c.x, c.y) for c in circles)])
    box = (x, y, right - x, bottom - y)
    return render("spiral.html", circles=circles, radius=RADIUS, line=_path(line), box=box)


def angle(steps: float) -> float:
    """How far the spiral has turned after so many steps along it. Its radius grows by TURN in a turn, so that
    it is TURN · angle² / 4π long."""
    return sqrt(_FIRST**2 + 4 * pi * steps * STEP / TURN)


def point(turned: float) -> tuple[float, float]:
    radius = TURN * turned / (2 * pi)
    return round(radius * cos(turned), 1), round(radius * sin(turned), 1)


def _line(end: float) -> Iterator[tuple[float, float]]:
    pieces = round(end / _PIECE)
    yield from (point(end * n / pieces) for n in range(pieces + 1))


def _path(points: list[tuple[float, float]]) -> str:
    """A smooth line: the points pull it towards them, and it passes midway between each two."""
    middles = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in pairwise(points[1:])]
    curves = (f"Q{a:g} {b:g} {x:.1f} {y:.1f}" for (a, b), (x, y) in zip(points[1:], middles, strict=False))
    (x, y), (end_x, end_y) = points[0], points[-1]
    return f"M{x:g} {y:g}{''.join(curves)}L{end_x:g} {end_y:g}"


def _bounds(points: list[tuple[float, float]]) -> tuple[int, int, int, int]:
    """The box around a circle at each point, in whole units."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    side = RADIUS + EDGE
    return floor(min(xs) - side), floor(min(ys) - side), ceil(max(xs) + side), ceil(max(ys) + side)
