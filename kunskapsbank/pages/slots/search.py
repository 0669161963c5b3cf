"""The search form, and links to all that there is to choose by."""

from collections.abc import Iterable
from typing import Final

from kunskapsbank.library.choices import choices
from kunskapsbank.library.shares import shares
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.policy import with_compiled
from kunskapsbank.pages.slots.asked import Asked
from kunskapsbank.pages.templates import render

OPEN_CHOICES: Final = 3
"""So many of the things to choose by are unfolded from the start."""

policy: Final = with_compiled
"""The search engine is compiled code."""


def names(_: Asked) -> Iterable[str]:
    return ("",)


def html(asked: Asked, *_: object) -> str:
    offered = choices(asked.viewer.library, years=asked.settings.search)
    parts = len(shares(asked.viewer.library))
    return render("search.html", choices=offered, root=ROOT, open=OPEN_CHOICES, parts=parts)
