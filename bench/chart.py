"""Draws bars as an SVG for a page: it takes the colour of the text, light or dark, and has no styles.

Labels stand above their bars, so that the picture is narrow enough for a phone with its text still readable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, ROW, TEXT, THICK, SHORTEST = 300, 46, 15, 16, 2
FAINT = ".6"
"""How much of the text's colour the bars of others have: enough to be seen by all who can see the text."""


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, how long it is, and its length in words. One is ours."""

    label: str
    length: float
    value: str
    ours: bool = False


def svg(name: str, title: str, description: str, bars: Sequence[Bar]) -> str:
    """The picture on one line, since a blank line would end it in Markdown. `name` is its id in the page."""
    longest = max(bar.length for bar in bars)
    rows = "".join(_row(number, bar, longest) for number, bar in enumerate(bars))
    height = ROW * len(bars)
    return (
        f'<svg role="img" aria-labelledby="{name}-title {name}-desc" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-size="{TEXT}" fill="currentColor">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        f"{rows}</svg>"
    )


def _row(number: int, bar: Bar, longest: float) -> str:
    top = number * ROW
    length = max(SHORTEST, WIDTH * bar.length / longest)
    weight = ' font-weight="700"' if bar.ours else ""
    opacity = "" if bar.ours else f' fill-opacity="{FAINT}"'
    line = top + TEXT
    return (
        f'<text x="0" y="{line}"{weight}>{escape(bar.label)}</text>'
        f'<text x="{WIDTH}" y="{line}" text-anchor="end"{weight}>{escape(bar.value)}</text>'
        f'<rect x="0" y="{line + 6}" width="{length:.1f}" height="{THICK}"{opacity}/>'
    )
