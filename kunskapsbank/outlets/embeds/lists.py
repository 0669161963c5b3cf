"""Lists to embed: each type's, whole and the latest, for the whole site and for each county."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Term
from kunskapsbank.library.lists import COUNTIES
from kunskapsbank.outlets import calendars
from kunskapsbank.outlets.embeds.embed import Embed
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.site import Site
from kunskapsbank.pages.templates import render

LATEST: Final = 5
MOST: Final = 200
"""Of a whole list: more would be no part of a page but a page, and the site has one."""

LEVELS: Final = (2, 3)


class _Listed(NamedTuple):
    """`place` is where the list is, without its last slash; `link` what leads to the site's own page;
    `calendar` the address of the events as a calendar, empty where the records are none."""

    place: str
    title: str
    page: str
    link: str
    plural: str
    records: Sequence[Record]
    latest: Sequence[Record]
    calendar: str


def embeds(site: Site) -> Iterator[Embed]:
    for listed in (*_by_type(site), *_by_county(site)):
        yield _embed(site, listed, listed.place, listed.records[:MOST])
        yield _embed(site, listed, f"{listed.place}-senaste", listed.latest)


def _by_type(site: Site) -> Iterator[_Listed]:
    for name, listed in site.lists.items():
        plural = site.viewer.dictionary.types[name].plural.sv
        yield _Listed(
            place=listed.address.removesuffix("/"),
            title=listed.title,
            page=listed.address,
            link=f"Alla {plural} på {site.settings.site_name}",
            plural=plural,
            records=listed.records,
            latest=_latest(site, name, listed.records),
            calendar=calendar_of(site, [name]),
        )


def _by_county(site: Site) -> Iterator[_Listed]:
    """Also the empty ones: a portal may show a list before it has anything in it, and after."""
    counties = site.viewer.dictionary.vocabularies.get(COUNTIES)
    if counties is None or not counties.path:
        return
    for term in site.viewer.library.terms_here(counties):
        found = site.viewer.library.by_term.get((COUNTIES, term.id), ())
        for name in site.lists:
            records = [r for r in found if r.type == name]
            yield _of_county(site, term, f"{counties.path}/{term.id}", name, records)


def _of_county(site: Site, term: Term, county: str, name: str, records: Sequence[Record]) -> _Listed:
    listed = site.lists[name]
    return _Listed(
        place=f"{county}/{listed.address.removesuffix('/')}",
        title=f"{listed.title} – {term.label.sv}",
        page=f"{county}/",
        link=f"Allt från {term.label.sv} på {site.settings.site_name}",
        plural=site.viewer.dictionary.types[name].plural.sv,
        records=records,
        latest=_latest(site, name, records),
        calendar=calendar_of(site, [name], f"{county}/"),
    )


def calendar_of(site: Site, names: Iterable[str], folder: str = "") -> str:
    """The address of the calendar in a folder; empty where none of the types, by their ids, has events."""
    types = site.viewer.dictionary.types
    has_events = any(types[name].is_event for name in names)
    return folder + calendars.NAME if has_events else ""


def _latest(site: Site, name: str, records: Sequence[Record]) -> Sequence[Record]:
    """By their date; those of a type without dates by when they were gone through, as in the feeds."""
    if site.viewer.dictionary.types[name].order != "date":
        records = sorted(records, key=lambda r: str(r.fields["reviewed"]), reverse=True)
    return records[:LATEST]


def _embed(site: Site, listed: _Listed, name: str, shown: Sequence[Record]) -> Embed:
    html = partial(_html, site, listed, shown)
    return Embed(name, listed.title, listed.page, html, LEVELS, tuple(r.path for r in shown), site.keys.facts)


def _html(site: Site, listed: _Listed, shown: Sequence[Record], level: int) -> str:
    left_out = len(shown) < len(listed.records)
    return render(
        "embed-list.html",
        level=level,
        title=listed.title,
        cards=[site.viewer.card(record) for record in shown],
        count=f"Visar {len(shown)} av {len(listed.records)} {listed.plural}." if left_out else "",
        page=ROOT + listed.page,
        link=listed.link,
        calendar=ROOT + listed.calendar if listed.calendar else "",
    )
