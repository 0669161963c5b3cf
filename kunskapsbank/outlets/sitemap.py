"""sitemap.xml (sitemaps.org) with every page, and robots.txt that points at it."""

from collections.abc import Iterator
from typing import NamedTuple

from kunskapsbank.library.lists import by_term
from kunskapsbank.output import File, Maker
from kunskapsbank.pages.frames import FOLDER
from kunskapsbank.pages.lists import page_address, pages_of
from kunskapsbank.pages.site import Site
from kunskapsbank.pages.templates import render


class PageEntry(NamedTuple):
    address: str
    changed: str | None


def makers(site: Site) -> Iterator[Maker]:
    yield lambda: File("sitemap.xml", render("sitemap.xml", pages=list(_pages(site))).encode())
    yield lambda: File(
        "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {site.settings.site_url}sitemap.xml\n".encode()
    )


def _pages(site: Site) -> Iterator[PageEntry]:
    base = site.settings.site_url
    for path in site.frames:
        if not path.startswith(f"{FOLDER}/"):
            yield PageEntry(base + path.removesuffix("index.html"), None)
    for record in site.viewer.library.all_records():
        yield PageEntry(base + site.viewer.library.address(record), record.fields["reviewed"])
    size = site.settings.page_size
    for listed in (*site.lists.values(), *by_term(site.viewer.library)):
        first = 1 if listed.parent else 2
        for page in range(first, pages_of(listed, size) + 1):
            yield PageEntry(base + page_address(listed.address, page), None)
