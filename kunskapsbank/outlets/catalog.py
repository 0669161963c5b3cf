"""The data catalogue for the national data portal: DCAT-AP-SE 3 as RDF/XML, where the settings name a publisher.

A record type with a list is a dataset, and the files that the site makes of it are its distributions. By the
rules for harvesting (docs.dataportal.se/dcat) every address is absolute, and no catalogue, dataset,
distribution, publisher or contact is without one.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple
from urllib.parse import quote

from kunskapsbank import contracts, outlets
from kunskapsbank.dictionary.types import RecordType
from kunskapsbank.library.lists import RecordList
from kunskapsbank.outlets import calendars
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.site import INDEX, Site
from kunskapsbank.pages.templates import render
from kunskapsbank.settings import Catalog

PATH: Final = "katalog.rdf"


class Form(NamedTuple):
    """A file that may hold the records of a type. `path` gives its place, or None for types that it is not
    made of; `{size}` in `about` is the number of entries of a feed."""

    key: str
    media_type: str
    title: str
    about: str
    path: Callable[[RecordType], str | None]


FORMS: Final = (
    Form(
        "json",
        "application/json",
        "JSON",
        "Alla poster, med alla fält.",
        lambda t: f"{contracts.API}/{t.path}.json",
    ),
    Form(
        "csv", "text/csv", "CSV", "Alla poster, en på varje rad.", lambda t: f"{contracts.API}/{t.path}.csv"
    ),
    Form(
        "kalender",
        "text/calendar",
        "Kalender (iCalendar)",
        "De poster som har en känd dag eller månad, att prenumerera på.",
        lambda t: calendars.NAME if t.is_event else None,
    ),
    Form(
        "atom",
        "application/atom+xml",
        "Flöde (Atom)",
        "De senast granskade posterna, högst {size}.",
        lambda t: f"{t.path}/feed.xml",
    ),
)
"""Only those that the site makes are named in the catalogue."""


class Distribution(NamedTuple):
    iri: str
    title: str
    about: str
    media_type: str
    address: str


class Dataset(NamedTuple):
    iri: str
    title: str
    about: str
    page: str
    modified: str
    distributions: tuple[Distribution, ...]


def makers(site: Site) -> Iterator[Maker]:
    if site.settings.catalog:
        yield Maker(PATH, partial(_file, site, site.settings.catalog), site.keys.facts)


def _file(site: Site, catalog: Catalog) -> Made:
    settings = site.settings
    datasets = tuple(_datasets(site, frozenset(maker.path for maker in outlets.makers(site))))
    text = render(
        "catalog.rdf",
        catalog=catalog,
        iri=_iri(site, "katalog"),
        title=settings.site_name,
        about=settings.description or settings.site_name,
        homepage=settings.site_url,
        publisher=_publisher_iri(site, catalog),
        contact=_iri(site, "kontakt"),
        email=f"mailto:{quote(catalog.email, safe='@')}",
        licence=licence_iri(settings.licence_address) if settings.licence_address else None,
        modified=max((dataset.modified for dataset in datasets), default=None),
        datasets=datasets,
    )
    return Made(text.encode(), tuple(record.path for record in site.viewer.library.all_records()))


def _datasets(site: Site, made: frozenset[str]) -> Iterator[Dataset]:
    settings = site.settings
    for name, listed in site.lists.items():
        if listed.records:
            type_ = site.viewer.dictionary.types[name]
            yield Dataset(
                iri=_iri(site, type_.path),
                title=f"{listed.title} – {settings.site_name}",
                about=_about(site, listed),
                page=settings.site_url + quote(listed.address),
                modified=max(str(record.fields["reviewed"]) for record in listed.records),
                distributions=tuple(_distributions(site, type_, made)),
            )


def _about(site: Site, listed: RecordList) -> str:
    """What the list's own page says of itself."""
    frame = site.frames.get(listed.address + INDEX)
    return (frame.description if frame else "") or f"{listed.title}: {site.settings.site_name}."


def _distributions(site: Site, type_: RecordType, made: frozenset[str]) -> Iterator[Distribution]:
    for form in FORMS:
        path = form.path(type_)
        if path in made:
            yield Distribution(
                iri=_iri(site, f"{type_.path}-{form.key}"),
                title=form.title,
                about=form.about.format(size=site.settings.feed_size),
                media_type=form.media_type,
                address=site.settings.site_url + quote(path),
            )


def _iri(site: Site, name: str) -> str:
    return f"{site.settings.site_url}{PATH}#{quote(name)}"


def _publisher_iri(site: Site, catalog: Catalog) -> str:
    """The portal's own address of an organisation, by which it knows the same one from other catalogues."""
    number = catalog.organisation_number
    if number is None:
        return _iri(site, "utgivare")
    return f"http://dataportal.se/organisation/SE{number.replace('-', '')}"


_CREATIVE_COMMONS: Final = re.compile(
    r"https?://creativecommons\.org/((?:licenses|publicdomain)/[^/]+/[^/]+/).*"
)


def licence_iri(address: str) -> str:
    """The one address of a licence by which portals know it: of those of Creative Commons the one without a
    language and, as they write it, with http."""
    found = _CREATIVE_COMMONS.fullmatch(address)
    return f"http://creativecommons.org/{found[1]}" if found else quote(address, safe="%/:?&=#@+,;~")
