"""What others show inside their own pages: fragments of HTML, and pages for frames made of the same.

`/embed/v1/` is a contract: what has been there stays there, for pages that we don't know of hold it. Lists and
whole records are at the place of their own page, under that folder: `exempel-h2.html` is a fragment of
`/exempel/` whose first heading is of the second level, and `exempel/` the same in a page for a frame.
"""

from collections.abc import Iterator

from kunskapsbank.outlets.embeds import data, lists, oembed, pages, records, scripts, use
from kunskapsbank.output import Maker
from kunskapsbank.pages.site import Site


def makers(site: Site) -> Iterator[Maker]:
    """None where the settings turn them off."""
    if not site.settings.embed:
        return
    yield from scripts.makers(site.settings)
    yield from data.makers(site)
    yield from oembed.makers(site)
    yield from use.makers(site)
    for embed in (*lists.embeds(site), *records.embeds(site)):
        yield from pages.makers(embed, site.settings, site.leads)
