"""oEmbed 1.0: what a page is as a frame, for systems that make a frame out of a pasted address.

Pages name their document in their heads. The documents are files, so they can't answer to a wish for another
size or for XML; a frame is made to be narrowed, and its width in the page around is that page's affair.
"""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from kunskapsbank.digests import digest
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.embed_codes import HEIGHT, SANDBOX, Shown, frame
from kunskapsbank.pages.site import Site
from kunskapsbank.pages.ways import oembed_file

WIDTH: Final = 600
"""In CSS pixels: room for two records of a list beside each other, and common in columns of text."""

CACHED: Final = 86_400
"""Seconds that a document may be kept: a day, as often as a site is built at least."""


def makers(site: Site) -> Iterator[Maker]:
    """For each list of a type and each record, and at the former addresses of records. What is withdrawn has nothing to
    embed anew, and its document says what it is without a frame."""
    library = site.viewer.library
    pages = [(listed.address, listed.address, listed.title) for listed in site.lists.values()]
    pages += [(library.address(r), library.address(r), r.title) for r in library.all_records()]
    former = [(library.dictionary.types[old.type].address(old.id), r) for old, r in library.aliases.items()]
    pages += [(place, library.address(r), r.title) for place, r in former if not r.withdrawn]
    for place, address, title in pages:
        key = digest(address, title)
        yield Maker(oembed_file(place), partial(_document, site, address, title), key)
    withdrawn = [(library.address(record), record) for record in library.withdrawn]
    for place, record in (*withdrawn, *((place, r) for place, r in former if r.withdrawn)):
        key = digest("withdrawn", record.title)
        yield Maker(oembed_file(place), partial(_link, site, record.title), key)


def _document(site: Site, address: str, title: str) -> Made:
    home, name = site.settings.site_url, site.settings.site_name
    shown = Shown(home, name, title, address.removesuffix("/"), home + address, "")
    html = frame(shown, SANDBOX, str(WIDTH)).strip()
    return _made(_said(site, "rich", title) | {"width": WIDTH, "height": HEIGHT, "html": html})


def _link(site: Site, title: str) -> Made:
    """Return a document of the type `link`, which has nothing to show."""
    return _made(_said(site, "link", title))


def _said(site: Site, kind: str, title: str) -> dict[str, Any]:
    return {
        "version": "1.0",
        "type": kind,
        "title": title,
        "provider_name": site.settings.site_name,
        "provider_url": site.settings.site_url,
        "cache_age": CACHED,
    }


def _made(document: dict[str, Any]) -> Made:
    return Made(f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode())
