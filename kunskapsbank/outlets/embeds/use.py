"""Tools to use inside others' pages: the form of the tool's own page, with its scripts, in a page for frames."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from markupsafe import Markup

from kunskapsbank.checks.record import Record
from kunskapsbank.contracts import USE
from kunskapsbank.outlets.embeds.embed import FOLDER
from kunskapsbank.outlets.embeds.scripts import HEIGHT
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages import tools
from kunskapsbank.pages.policy import in_frames
from kunskapsbank.pages.pour import root_of
from kunskapsbank.pages.site import Site
from kunskapsbank.pages.templates import render

SCRIPT: Final = "assets/verktyg/main.js"
STYLES: Final = ("assets/kunskapsbank.css", "assets/verktyg/verktyg.css")


def makers(site: Site) -> Iterator[Maker]:
    library = site.viewer.library
    former: dict[str, list[str]] = {record.path: [] for record in library.aliases.values()}
    for old, record in library.aliases.items():
        former[record.path].append(library.dictionary.types[old.type].address(old.id))
    for record in usable(site):
        for address in (library.address(record), *former.get(record.path, ())):
            path = f"{FOLDER}/{address}{USE}/index.html"
            yield Maker(path, partial(_page, site, record, path))


def usable(site: Site) -> Iterator[Record]:
    """The tools that the site has, where it has the scripts that make them something to work in."""
    if site.assets.issuperset((SCRIPT, *STYLES)):
        yield from filter(tools.is_usable, site.viewer.library.all_records())


def _page(site: Site, record: Record, path: str) -> Made:
    settings = site.settings
    root = root_of(path)
    html = render(
        "embed-use.html",
        title=f"{record.title} – {settings.site_name}",
        heading=record.title,
        policy=in_frames(settings.site_url),
        canonical=settings.site_url + site.viewer.library.address(record),
        styles=[root + style for style in STYLES],
        scripts=(root + SCRIPT, f"{root}{FOLDER}/{HEIGHT}"),
        tool=Markup(tools.html(record, site.viewer)),  # noqa: S704  # our own rendering
    )
    return Made(site.leads.whole(html, settings.site_url).encode(), (record.path,))
