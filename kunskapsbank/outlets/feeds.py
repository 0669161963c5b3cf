"""Atom feeds (RFC 4287): one for the whole site and one beside every list."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from heapq import nsmallest
from typing import NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.library.library import Key, swedish
from kunskapsbank.library.lists import RecordList
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.site import Site
from kunskapsbank.pages.templates import render


class Entry(NamedTuple):
    title: str
    address: str
    updated: str
    summary: str
    words: tuple[str, ...]


class Feed(NamedTuple):
    title: str
    subtitle: str
    address: str
    page: str
    updated: str
    author: str
    rights: str
    entries: tuple[Entry, ...]


def makers(site: Site) -> Iterator[Maker]:
    for listed, rank in feeds(site):
        yield Maker(_path(listed), partial(_feed_file, site, listed, rank), key_of(site, listed))


def key_of(site: Site, listed: RecordList) -> bytes:
    """Of all that a feed is made from: whoever is in it is in its list."""
    return site.keys.of_list(listed, 0, len(listed.records))


def feeds(site: Site) -> Iterator[tuple[RecordList, Mapping[Key, int]]]:
    """Every list that has a feed, with the rank of each record, the latest first."""
    name = site.settings.site_name
    latest_first = _latest_first(site.viewer.library.all_records())
    whole = RecordList("", name, name, "sidor", site.settings.description, None, latest_first)
    rank = {Key(record.type, record.id): number for number, record in enumerate(latest_first)}
    yield from ((listed, rank) for listed in (whole, *site.lists.values(), *site.sorted_lists))


def _path(listed: RecordList) -> str:
    return f"{listed.address}feed.xml"


def _feed_file(site: Site, listed: RecordList, rank: Mapping[Key, int]) -> Made:
    feed, sources = feed_of(site, listed, rank)
    return Made(render("feed.xml", feed=feed).encode(), sources)


def feed_of(site: Site, listed: RecordList, rank: Mapping[Key, int]) -> tuple[Feed, tuple[str, ...]]:
    """The feed of a list, and the files of the records in it."""
    settings = site.settings
    latest = nsmallest(settings.feed_size, listed.records, key=lambda r: rank[Key(r.type, r.id)])
    title = settings.site_name if not listed.address else f"{listed.title} – {settings.site_name}"
    feed = Feed(
        title=title,
        subtitle=site.viewer.texts.plain(listed.description) or listed.kind,
        address=settings.site_url + _path(listed),
        page=settings.site_url + listed.address,
        updated=latest[0].fields["reviewed"] if latest else settings.today.isoformat(),
        author=settings.publisher,
        rights=settings.licence_name or "",
        entries=tuple(_entry(site, record) for record in latest),
    )
    return feed, tuple(record.path for record in latest)


def _latest_first(records: Iterable[Record]) -> list[Record]:
    """Those gone through last come first; a day's records in the order of their titles."""
    by_title = sorted(records, key=lambda r: (swedish(r.title), r.type, r.id))
    return sorted(by_title, key=lambda r: str(r.fields["reviewed"]), reverse=True)


def _entry(site: Site, record: Record) -> Entry:
    card = site.viewer.card(record)
    address = site.settings.site_url + site.viewer.library.address(record)
    return Entry(record.title, address, record.fields["reviewed"], record.summary, (card.kind, *card.words))
