"""Sweden's counties as a map: those of the vocabulary lead to their pages, with how many pages each has.

The map is for the eye and the mouse. The list beside it says the same, and is what the keyboard and screen
readers meet, so that nobody has to go through every county twice. The outlines are in `sweden.json`, with
where they come from; their licence is in `sweden.LICENSE`.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.library.lists import COUNTIES
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import TermView
from kunskapsbank.pages.views import Viewer

CODE: Final = "code"
"""What a term says of itself to be found on the map: Statistics Sweden's code of the county."""


class Outline(NamedTuple):
    """The shape of a county as an SVG path, and a place well inside it for a number."""

    path: str
    x: float
    y: float


class Sweden(NamedTuple):
    """Every county by its code."""

    view_box: str
    counties: Mapping[str, Outline]


class Shape(NamedTuple):
    """A county that leads to its page."""

    county: TermView
    outline: Outline


@cache
def sweden() -> Sweden:
    data = json.loads((Path(__file__).parent / "sweden.json").read_text("utf-8"))
    outlines = {code: Outline(county["path"], *county["at"]) for code, county in data["counties"].items()}
    return Sweden(data["view_box"], outlines)


def possible(dictionary: Dictionary) -> bool:
    vocabulary = dictionary.vocabularies.get(COUNTIES)
    if vocabulary is None or not vocabulary.path:
        return False
    return any(term.extra.get(CODE) in sweden().counties for term in vocabulary.terms.values())


def html(viewer: Viewer) -> str:
    vocabulary = viewer.dictionary.vocabularies[COUNTIES]
    view_box, outlines = sweden()
    views = viewer.terms(vocabulary)
    codes = [term.extra.get(CODE, "") for term in vocabulary.terms.values()]
    drawn = [Shape(view, outlines[code]) for code, view in zip(codes, views, strict=True) if code in outlines]
    return render(
        "map.html",
        view_box=view_box,
        land="".join(outline.path for code, outline in outlines.items() if code not in codes),
        shapes=drawn,
        counties=views,
    )
