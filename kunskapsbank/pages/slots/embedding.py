"""The builder of codes for others' pages, and ready codes for each county."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from kunskapsbank.library.choices import Choice, every_choice
from kunskapsbank.library.lists import COUNTIES
from kunskapsbank.pages.embed_codes import HEIGHT, STEPS, Code, Shown, codes, fragment_address
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.policy import with_frames
from kunskapsbank.pages.slots.asked import Asked
from kunskapsbank.pages.templates import render

OPEN_CHOICES: Final = 2
"""So many of the things to choose by are unfolded from the start."""

policy: Final = with_frames
"""The builder shows what it builds."""


class Ready(NamedTuple):
    """`fragment` is the address of bare HTML."""

    county: str
    title: str
    fragment: str
    codes: tuple[Code, ...]


def names(_: Asked) -> Iterable[str]:
    return ("",)


def html(asked: Asked, *_: object) -> str:
    """Nothing where the settings say that there is nothing to show."""
    if not asked.settings.embed:
        return ""
    types, *choices = every_choice(asked.viewer.library, years=asked.settings.search)
    below = [type_ for type_ in asked.dictionary.types.values() if type_.parent]
    return render(
        "embedding.html",
        types=types.values,
        with_calendar={t.path for t in asked.dictionary.types.values() if t.is_event},
        choices=[choice for choice in choices if _is_offered(choice)],
        open=OPEN_CHOICES,
        below=below,
        steps=STEPS,
        height=HEIGHT,
        root=ROOT,
        ready=[(county, list(some)) for county, some in groupby(_ready(asked), lambda one: one.county)],
        site_name=asked.settings.site_name,
    )


def _is_offered(choice: Choice) -> bool:
    return any(value.records for value in choice.values)


def _ready(asked: Asked) -> Iterator[Ready]:
    counties = asked.dictionary.vocabularies.get(COUNTIES)
    if counties is None or not counties.path:
        return
    home = asked.settings.site_url
    for term in asked.viewer.library.terms_here(counties):
        for listed in asked.lists.values():
            kind = listed.address.removesuffix("/")
            shown = Shown(
                home=home,
                site_name=asked.settings.site_name,
                title=f"{listed.title} – {term.label.sv}",
                place=f"{counties.path}/{term.id}/{kind}",
                page=f"{home}{counties.path}/{term.id}/",
                element=f'kunskapsbank-lista type="{kind}" {counties.attribute}="{term.id}"',
            )
            yield Ready(term.label.sv, listed.title, fragment_address(shown), tuple(codes(shown)))
