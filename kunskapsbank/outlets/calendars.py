"""Calendars (iCalendar, RFC 5545): one of all events with a known day or month, and one for each county.

A calendar holds days. What the source dates to a season, a year or not at all is left out, since any day or
quarter shown would be our own guess. A month is shown as a whole, and its title says that the day is not
known: it is no longer than what people read as "some time in March", and it says what the source does.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from kunskapsbank.checks.record import Record
from kunskapsbank.contracts import CALENDAR
from kunskapsbank.library.dates import UNKNOWN, days, in_words
from kunskapsbank.library.library import terms_of
from kunskapsbank.library.lists import COUNTIES
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.site import Site

NAME: Final = CALENDAR

_STATUSES: Final = "statuses"
_STATUS: Final = {
    "proposed": "TENTATIVE",
    "planned": "TENTATIVE",
    "running": "CONFIRMED",
    "done": "CONFIRMED",
    "ended": "CONFIRMED",
    "unclear": "TENTATIVE",
}
"""What the terms of the vocabulary of statuses are in a calendar; of others it says nothing."""

_DAY: Final = timedelta(days=1)
_NO_DAY: Final = "exakt dag anges inte"
_NO_LAST_DAY: Final = "exakt slutdag anges inte"


class _Text(vText):
    """A text as it is. The library's own takes a backslash before an N for a line break, and escapes nothing in
    properties that it doesn't know."""

    def to_ical(self) -> bytes:
        return self.translate(_ESCAPES).encode()


_ESCAPES: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\;,"} | {"\n": "\\n"})


class Span(NamedTuple):
    """From the first to the last day; `vague` says what is not known of them, if anything."""

    first: date
    last: date
    vague: str = ""


def makers(site: Site) -> Iterator[Maker]:
    types = [type_ for type_ in site.viewer.dictionary.types.values() if type_.is_event]
    if not types:
        return
    library, title = site.viewer.library, _title(type_.plural.sv for type_ in types)
    names = [type_.id for type_ in types]
    key = site.keys.of_types(types)
    yield Maker(NAME, partial(_file, site, title, [r for name in names for r in library.records[name]]), key)
    counties = site.viewer.dictionary.vocabularies.get(COUNTIES)
    if counties is None or counties.path is None:
        return
    for term in library.terms_here(counties):
        records = [r for r in library.by_term.get((COUNTIES, term.id), ()) if r.type in names]
        path = f"{counties.path}/{term.id}/{NAME}"
        yield Maker(path, partial(_file, site, f"{title}, {term.label.sv}", records), site.keys.of(records))


def _title(plurals: Iterable[str]) -> str:
    joined = ", ".join(plurals)
    return joined[:1].upper() + joined[1:]


def span_of(fields: Mapping[str, Any]) -> Span | None:
    """The days of a record; None where its date is vaguer than a month."""
    start, end = days(fields.get("date", UNKNOWN)), fields.get("end")
    if start is None:
        return None
    until = days(end) if end else start
    last = max(start[1], until[1]) if until else start[1]
    if start[0] != start[1]:
        return Span(start[0], last, _NO_DAY)
    return Span(start[0], last, "" if until and until[0] == until[1] else _NO_LAST_DAY)


def _file(site: Site, title: str, records: Iterable[Record]) -> Made:
    spans = [(span, record) for record in records if (span := span_of(record.fields))]
    spans.sort(key=lambda pair: (pair[0], pair[1].type, pair[1].id))
    calendar = _calendar(f"{title} – {site.settings.site_name}", site.settings.site_url)
    for span, record in spans:
        calendar.add_component(_event(site, span, record))
    if not spans:
        calendar.add_component(_a_timezone())
    return Made(calendar.to_ical(), tuple(record.path for _, record in spans))


def _calendar(title: str, address: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Kunskapsbanken//Kunskapsbanken//SV")
    calendar.add("version", "2.0")
    for name in ("name", "x-wr-calname"):  # the standard's word, and the one that most programs know
        calendar.add(name, _Text(_line(title)))
    about = "Det som källan daterar till en dag eller en månad. Allt annat finns på webbplatsen."
    calendar.add("description", about)
    calendar.add("url", address)
    calendar.add("refresh-interval", _DAY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    return calendar


def _event(site: Site, span: Span, record: Record) -> Event:
    settings, library = site.settings, site.viewer.library
    reviewed = datetime.combine(date.fromisoformat(record.fields["reviewed"]), datetime.min.time(), UTC)
    address = settings.site_url + library.address(record)
    title = _line(record.title)
    event = Event()
    event.add("uid", f"{record.type}-{record.id}@{urlsplit(settings.site_url).hostname}")
    event.add("dtstamp", reviewed)
    event.add("last-modified", reviewed)
    event.add("dtstart", span.first)
    event.add("dtend", span.last + _DAY)  # the day after the last
    event.add("summary", _Text(f"{title} ({span.vague})" if span.vague else title))
    about = f"{_line(record.summary)}\n\n{_dated(record.fields)}\n\n{address}"
    event.add("description", _Text(about))
    event.add("url", address)
    event.add("class", "PUBLIC")
    event.add("transp", "TRANSPARENT")  # takes none of the subscriber's time
    labels = _labels(site, record)
    if COUNTIES in labels:
        event.add("location", ", ".join(labels[COUNTIES]))
    status = _STATUS.get(str(record.fields.get("status")))
    if status:
        event.add("status", status)
    words = [word for name, found in labels.items() if name not in (COUNTIES, _STATUSES) for word in found]
    if words:
        event.add("categories", words)
    return event


def _labels(site: Site, record: Record) -> Mapping[str, list[str]]:
    """What the terms of a record are called, by their vocabularies."""
    found: dict[str, list[str]] = {}
    for name, term in dict.fromkeys(terms_of(record, site.viewer.dictionary)):
        label = site.viewer.dictionary.vocabularies[name].terms[term].label.sv
        found.setdefault(name, []).append(_line(label))
    return found


def _dated(fields: Mapping[str, Any]) -> str:
    dates = [in_words(fields[key]) for key in ("date", "end") if key in fields]
    return f"Datum enligt källan: {' – '.join(dates)}."


def _line(text: str) -> str:
    """As one line: every kind of space and break is a space, and there is nothing that can't be seen."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(sign for sign in line if sign.isprintable())


def _a_timezone() -> Timezone:
    """For a calendar without events: the format asks for one component at least. Nothing refers to it."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001  # the format's own: local time
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return zone
