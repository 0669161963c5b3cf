"""Whole records to embed, one by one: their facts, their text and where it is from.

One level of headings is made of each, since they are many. A record that was withdrawn says so, and one that
was renamed is found by its old name too, so that no page that shows them gets a hole.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from kunskapsbank.checks import steps
from kunskapsbank.checks.record import Record
from kunskapsbank.contracts import USE
from kunskapsbank.dictionary.types import RecordType
from kunskapsbank.outlets.embeds.embed import FIRST, Embed
from kunskapsbank.pages import followups, tools
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.site import Site
from kunskapsbank.pages.templates import render

LEVELS: Final = (FIRST,)

_HEADING: Final = re.compile(r"<(/?)h([1-6])>")
_LOWEST: Final = 6
_INSIDE: Final = '<a href="#'
_CLASS: Final = '<div class="wide" '
"""Of a box for a wide table; a page that shows it may let `[role=group]` scroll. In the HTML of a record's
text an angle bracket always is a tag's, so that these can't be words of the text."""


def embeds(site: Site) -> Iterator[Embed]:
    library = site.viewer.library
    for record in library.all_records():
        yield _embed(site, record, record.id)
    for record in library.withdrawn:
        yield from _notices(site, record, record.id)
    for key, record in library.aliases.items():
        yield from _notices(site, record, key.id) if record.withdrawn else (_embed(site, record, key.id),)


def _notices(site: Site, record: Record, called: str) -> Iterator[Embed]:
    """Yield what stands in the place of a withdrawn record; of a tool also where it could be used."""
    embed = _embed(site, record, called)
    yield embed
    if tools.is_usable(record):
        yield embed._replace(name=f"{embed.name}/{USE}", levels=())


def _embed(site: Site, record: Record, called: str) -> Embed:
    type_ = site.viewer.library.type_of(record)
    make = _withdrawn if record.withdrawn else _whole
    html = partial(make, site, record)
    name = type_.address(called).removesuffix("/")
    return Embed(
        name, record.title, type_.address(record.id), html, LEVELS, (record.path,), site.key_of(record)
    )


def _whole(site: Site, record: Record, level: int) -> str:
    view = site.viewer.record(_without_picture(record))
    page = ROOT + site.viewer.library.address(record)
    return render(
        "embed-record.html",
        level=level,
        view=view,
        lead=_fitted(view.lead, page, level),
        sections=[
            (s.heading, _fitted(s.html, page, level), bool(s.anchor), s.editorial) for s in view.sections
        ],
        asked=tools.outline(record),
        compiled=followups.outline(record, site.viewer),
        page=page,
        site_name=site.settings.site_name,
    )


def _withdrawn(site: Site, record: Record, level: int) -> str:
    view = site.viewer.withdrawn(record)
    listed = site.lists[_list_type(site, record).id]
    return render(
        "embed-withdrawn.html", level=level, view=view, page=ROOT + listed.address, listed=listed.title
    )


def _list_type(site: Site, record: Record) -> RecordType:
    """The type in whose list the record was: a tool is found by its method."""
    type_ = site.viewer.library.type_of(record)
    return site.viewer.dictionary.types[type_.parent] if type_.parent else type_


def _without_picture(record: Record) -> Record:
    """The drawing needs the site's style sheet; its steps are in the text."""
    return replace(record, fields={k: v for k, v in record.fields.items() if k != steps.FIELD})


def _fitted(html: str, page: str, level: int) -> str:
    """A record's text under a title of this level instead of the first, with nothing that has a name: its
    links to places in itself lead to its own page."""
    lower = _HEADING.sub(lambda m: f"<{m[1]}h{min(int(m[2]) + level - 1, _LOWEST)}>", html)
    return lower.replace(_INSIDE, f'<a href="{page}#').replace(_CLASS, "<div ")
