"""The ways from a page to the same in other forms: feeds, a calendar, what others may show in their pages."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from kunskapsbank.contracts import CALENDAR, FEED, JSON_FEED, OEMBED
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.library.choices import TYPE_KEY
from kunskapsbank.library.lists import COUNTIES, RecordList
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.view_types import Value
from kunskapsbank.settings import Settings


class Ways(NamedTuple):
    """`builder` is the address of the page that makes codes, if there is one."""

    dictionary: Dictionary
    settings: Settings
    builder: str | None

    def from_list(self, listed: RecordList) -> Iterator[Value]:
        """For readers, in the order in which they are offered."""
        yield Value("Följ listan som flöde (Atom)", f"{ROOT}{listed.address}{FEED}")
        calendar = self._calendar(listed)
        if calendar is not None:
            yield Value("Prenumerera på kalendern", ROOT + calendar)
        if self.builder and listed.records:
            yield Value("Visa på er webbplats", f"{ROOT}{self.builder}?{self._chosen(listed)}")

    def from_record(self, address: str) -> str | None:
        """To the page that makes a code that shows the record."""
        return f"{ROOT}{self.builder}?post={address.removesuffix('/')}" if self.builder else None

    def head_of_list(self, listed: RecordList) -> str:
        """For programs, as link elements."""
        found = [_alternate("application/atom+xml", f"{ROOT}{listed.address}{FEED}", listed.title)]
        if self.settings.api:
            address = f"{ROOT}{listed.address}{JSON_FEED}"
            found.append(_alternate("application/feed+json", address, listed.title))
        if self.settings.embed and self._is_of_type(listed):
            found.append(self.head_of_record(listed.address, listed.title))
        return "".join(found)

    def head_of_record(self, address: str, title: str) -> str:
        if not self.settings.embed:
            return ""
        return _alternate("application/json+oembed", self.settings.site_url + oembed_file(address), title)

    def _calendar(self, listed: RecordList) -> str | None:
        counties = self.dictionary.vocabularies.get(COUNTIES)
        if counties and counties.path and listed.address.startswith(f"{counties.path}/"):
            has_events = any(type_.is_event for type_ in self.dictionary.types.values())
            return f"{listed.address}{CALENDAR}" if has_events else None
        is_event = any(t.is_event and listed.address == f"{t.path}/" for t in self.dictionary.types.values())
        return CALENDAR if is_event else None

    def _is_of_type(self, listed: RecordList) -> bool:
        return any(listed.address == f"{type_.path}/" for type_ in self.dictionary.types.values())

    def _chosen(self, listed: RecordList) -> str:
        """What the list shows, as the builder says it."""
        if self._is_of_type(listed):
            return f"{TYPE_KEY}={listed.address.removesuffix('/')}"
        key, value = listed.address.split("/")[:2]
        return f"visa=allt&{key}={value}"


def oembed_file(address: str) -> str:
    """The path of the oEmbed document of the page at an address of the site."""
    return f"{OEMBED}/{address.removesuffix('/')}.json"


def _alternate(media_type: str, address: str, title: str) -> str:
    return f'<link rel="alternate" type="{media_type}" title="{escape(title)}" href="{address}">'
