"""oEmbed 1.0: what a page is as a frame, for systems that make a frame out of a pasted address.

Pages name their document in their heads. The documents are files, so they can't answer to a wish for another
size or for XML; a frame is made to be narrowed, and its width in the page around is that page's affair.
"""

import json
from collections.abc import Iterator
from functools import partial
from typing import Final

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
    """For each list of a type and each record; none for what is withdrawn, which nobody should embed anew."""
    library = site.viewer.library
    pages = [(listed.address, listed.title) for listed in site.lists.values()]
    pages += [(library.address(record), record.title) for record in library.all_records()]
    for address, title in pages:
        key = digest(address, title)
        yield Maker(oembed_file(address), partial(_document, site, address, title), key)


def _document(site: Site, address: str, title: str) -> Made:
    home, name = site.settings.site_url, site.settings.site_name
    shown = Shown(home, name, title, address.removesuffix("/"), home + address, "")
    document = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": name,
        "provider_url": home,
        "cache_age": CACHED,
        "width": WIDTH,
        "height": HEIGHT,
        "html": frame(shown, SANDBOX, str(WIDTH)).strip(),
    }
    return Made(f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode())
