"""What the custom elements are made from: what there is to choose by, and the cards of each list.

`val.json` has the choices of the search page and their names as attributes. `exempel.json` has the cards of
/exempel/, `lan/skane.json` those of the records of /lan/skane/, each with all that it can be chosen by. Of
records that are in no list, as tools are, there is a file beside, for who looks for one: `metoder-verktyg.json`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Final

from kunskapsbank.checks.record import Record
from kunskapsbank.library.choices import Choice, every_choice
from kunskapsbank.library.dates import sort_key
from kunskapsbank.library.lists import COUNTIES, SEARCH_PATH
from kunskapsbank.outlets.embeds.embed import FIRST, FOLDER
from kunskapsbank.outlets.embeds.lists import calendar_of
from kunskapsbank.outlets.embeds.use import usable
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.site import Site
from kunskapsbank.pages.templates import macro

CHOICES: Final = f"{FOLDER}/val.json"

LEVEL: Final = FIRST + 1
"""Of the headings of cards. The element makes them what its page needs."""


class _Data:
    """The data of one site. What there is to choose by is worked out when the first file is made."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.library, self.dictionary = site.viewer.library, site.viewer.dictionary

    @cached_property
    def choices(self) -> Sequence[Choice]:
        return tuple(every_choice(self.library, years=self.site.settings.search))

    @cached_property
    def _chosen_by(self) -> Mapping[str, Sequence[str]]:
        """By the path of a record's file, every attribute and value that chooses it: "county=skane"."""
        found = defaultdict(list)
        for choice in self.choices:
            for value in choice.values:
                for record in value.records:
                    found[record.path].append(f"{choice.attribute}={value.key}")
        return found

    def choices_file(self) -> Made:
        types = self.dictionary.types
        listed = [types[name] for name in self.site.lists]
        search = f"{self.site.settings.site_url}{SEARCH_PATH}/" if self.site.settings.search else None
        return _made(
            {
                "name": self.site.settings.site_name,
                "home": self.site.settings.site_url,
                "search": search,
                "usable": [self.library.address(record).removesuffix("/") for record in usable(self.site)],
                "types": {
                    type_.path: {
                        "nouns": [type_.label.sv, type_.plural.sv],
                        "calendar": type_.is_event,
                    }
                    for type_ in listed
                },
                "choices": [
                    {
                        "attribute": choice.attribute,
                        "key": choice.key,
                        "label": choice.label,
                        "values": [[v.key, v.label, v.address] for v in choice.values],
                    }
                    for choice in self.choices
                ],
            },
            (),
        )

    def cards_file(self, records: Sequence[Record], calendar: str) -> Made:
        base = self.site.settings.site_url
        data = {
            "calendar": base + calendar if calendar else None,
            "items": [self._item(record) for record in records],
        }
        return _made(data, tuple(record.path for record in records))

    def _item(self, record: Record) -> Mapping[str, Any]:
        card = macro("bare_card", self.site.viewer.card(record), LEVEL)
        return {
            "title": record.title,
            "address": self.library.address(record).removesuffix("/"),
            "date": sort_key(str(record.fields.get("date", record.fields["reviewed"]))),
            "has": self._chosen_by.get(record.path, ()),
            "html": self.site.leads.whole(card, self.site.settings.site_url),
        }


def makers(site: Site) -> Iterator[Maker]:
    data = _Data(site)
    yield Maker(CHOICES, data.choices_file, site.keys.facts)
    for place, records, calendar in (*_of_types(site), *_of_counties(site)):
        yield Maker(f"{FOLDER}/{place}.json", partial(data.cards_file, records, calendar), site.keys.facts)


def _of_types(site: Site) -> Iterator[tuple[str, Sequence[Record], str]]:
    for type_ in site.viewer.dictionary.types.values():
        yield type_.list_name, site.viewer.library.records[type_.id], calendar_of(site, [type_.id])


def _of_counties(site: Site) -> Iterator[tuple[str, Sequence[Record], str]]:
    counties = site.viewer.dictionary.vocabularies.get(COUNTIES)
    if counties is None or not counties.path:
        return
    for term in site.viewer.library.terms_here(counties):
        place = f"{counties.path}/{term.id}"
        records = site.viewer.library.by_term.get((COUNTIES, term.id), ())
        listed = [r for name in site.lists for r in records if r.type == name]
        yield place, listed, calendar_of(site, site.lists, f"{place}/")


def _made(data: Any, made_from: tuple[str, ...]) -> Made:
    return Made(f"{json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n".encode(), made_from)
