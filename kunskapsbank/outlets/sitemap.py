"""sitemap.xml (sitemaps.org) with every page, and robots.txt that points at it.

A map holds no more than 50,000 addresses; where there are more, sitemap.xml lists the maps that share them.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from kunskapsbank.digests import digest
from kunskapsbank.output import FIXED, Made, Maker
from kunskapsbank.pages.frames import FOLDER
from kunskapsbank.pages.lists import page_address, pages_of
from kunskapsbank.pages.site import Site
from kunskapsbank.pages.templates import render


class PageEntry(NamedTuple):
    address: str
    changed: str | None


MOST: Final = 50_000
"""The limit of the protocol."""


def makers(site: Site) -> Iterator[Maker]:
    base = site.settings.site_url
    # A year that has been published has a page, also when no record speaks of it any more.
    key = digest(site.keys.facts, *(listed.address for listed in site.sorted_lists))
    yield from (m._replace(key=key) for m in maps(list(_pages(site)), base, MOST))
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"
    yield Maker("robots.txt", partial(Made, robots.encode()), FIXED)


def maps(pages: Sequence[PageEntry], base: str, most: int) -> Iterator[Maker]:
    """One map, or an index of as many as it takes."""
    if len(pages) <= most:
        yield Maker("sitemap.xml", partial(_map, pages))
        return
    parts = [pages[start : start + most] for start in range(0, len(pages), most)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield Maker(name, partial(_map, part), is_permanent=False)
    addresses = [base + name for name in names]
    yield Maker("sitemap.xml", partial(_index, addresses))


def _index(addresses: Sequence[str]) -> Made:
    return Made(render("sitemap-index.xml", addresses=addresses).encode())


def _map(pages: Sequence[PageEntry]) -> Made:
    return Made(render("sitemap.xml", pages=pages).encode())


def _pages(site: Site) -> Iterator[PageEntry]:
    base = site.settings.site_url
    for frame in site.frames.values():
        if not frame.path.startswith(f"{FOLDER}/"):
            yield PageEntry(base + frame.address, None)
    for record in site.viewer.library.all_records():
        yield PageEntry(base + site.viewer.library.address(record), record.fields["reviewed"])
    yield from (PageEntry(base + site.rule_address(code), None) for code in site.codes_with_pages())
    yield from (PageEntry(base + page.address, None) for page in site.followups.pages())
    size = site.settings.page_size
    for listed in (*site.lists.values(), *site.sorted_lists):
        first = 1 if listed.parent else 2
        for page in range(first, pages_of(listed, size) + 1):
            yield PageEntry(base + page_address(listed.address, page), None)
