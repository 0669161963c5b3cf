"""JSON Feed (version 1.1) beside every Atom feed, with the same entries."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from kunskapsbank.contracts import JSON_FEED
from kunskapsbank.library.library import Key
from kunskapsbank.library.lists import RecordList
from kunskapsbank.outlets.feeds import Feed, feed_of, feeds, key_of
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.site import Site

NAME: Final = JSON_FEED
_VERSION: Final = "https://jsonfeed.org/version/1.1"


def makers(site: Site) -> Iterator[Maker]:
    """None where the settings don't ask for the API."""
    if site.settings.api:
        for listed, rank in feeds(site):
            path = f"{listed.address}{NAME}"
            yield Maker(path, partial(_file, site, listed, rank), key_of(site, listed))


def _file(site: Site, listed: RecordList, rank: Mapping[Key, int]) -> Made:
    feed, sources = feed_of(site, listed, rank)
    return Made(f"{json.dumps(_object(feed), ensure_ascii=False, indent=1)}\n".encode(), sources)


def _object(feed: Feed) -> dict[str, Any]:
    return {
        "version": _VERSION,
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page,
        "feed_url": feed.page + NAME,
        "language": "sv",
        "authors": [{"name": feed.author}],
        "items": [
            {
                "id": entry.address,
                "url": entry.address,
                "title": entry.title,
                "content_text": entry.summary,
                "date_modified": f"{entry.updated}T00:00:00Z",
                "tags": list(entry.words),
            }
            for entry in feed.entries
        ],
    }
