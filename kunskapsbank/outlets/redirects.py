"""A page at every former address, which leads on to the present one."""

from collections.abc import Iterator
from functools import partial

from kunskapsbank.checks.record import Record
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.pour import root_of
from kunskapsbank.pages.site import Site
from kunskapsbank.pages.templates import render


def makers(site: Site) -> Iterator[Maker]:
    for key, record in site.viewer.library.aliases.items():
        path = site.viewer.dictionary.types[key.type].address(key.id) + "index.html"
        yield Maker(path, partial(_redirect, site, path, record), site.keys.facts)


def _redirect(site: Site, path: str, record: Record) -> Made:
    address = site.viewer.library.address(record)
    html = render(
        "redirect.html",
        title=record.title,
        address=site.leads.on_page(ROOT + address, root_of(path)),
        canonical=site.settings.site_url + address,
    )
    return Made(html.encode(), (record.path,))
