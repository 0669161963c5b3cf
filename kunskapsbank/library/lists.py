"""The lists of the site: one for each record type, each term with a page of its own and, on a site with a
search, each year.

Pages and feeds are made from the same lists.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Term, Vocabulary
from kunskapsbank.library.dates import years_of
from kunskapsbank.library.library import Library

SEARCH_PATH: Final = "sok"
"""Where the search page is, if the site has one."""

YEAR_PATH: Final = "ar"

COUNTIES: Final = "counties"
"""The vocabulary whose terms have lists of each type, and calendars: a county's portal shows what is its own."""


@dataclass(frozen=True, slots=True)
class RecordList:
    """`address` is the first page's place on the site; `kind` what sort of list it is; `noun` what its
    records are called; `parent` the (title, address) of the index above it, if any."""

    address: str
    title: str
    kind: str
    noun: str
    description: str
    parent: tuple[str, str] | None
    records: Sequence[Record]


def by_type(library: Library) -> dict[str, RecordList]:
    """The list of each type that has one, by type. A tool stands under its method and has none."""
    lists = {}
    for name, records in library.records.items():
        type_ = library.dictionary.types[name]
        if not type_.parent:
            plural = type_.plural.sv
            title = plural[:1].upper() + plural[1:]
            lists[name] = RecordList(
                f"{type_.path}/", title, title, _noun(records, library), "", None, records
            )
    return lists


def by_term(library: Library) -> list[RecordList]:
    """One for every term of every vocabulary with a path, in the order of the vocabularies; none where its page
    lies elsewhere."""
    vocabularies = (v for v in library.dictionary.vocabularies.values() if v.path)
    return [_term_list(library, v, term) for v in vocabularies for term in library.terms_here(v)]


def _term_list(library: Library, vocabulary: Vocabulary, term: Term) -> RecordList:
    records = library.by_term.get((vocabulary.id, term.id), ())
    return RecordList(
        address=f"{vocabulary.path}/{term.id}/",
        title=term.label.sv,
        kind=vocabulary.label.sv,
        noun=_noun(records, library),
        description=term.description.sv if term.description else "",
        parent=(vocabulary.plural.sv, f"{vocabulary.path}/"),
        records=records,
    )


def published_years(urls: Iterable[str]) -> list[int]:
    """Return the years whose lists are among published URLs."""
    matches = (_YEAR_URL.fullmatch(url) for url in urls if url.startswith(f"{YEAR_PATH}/"))
    return [int(match[1]) for match in matches if match]


_YEAR_URL: Final = re.compile(rf"{YEAR_PATH}/([0-9]{{4}})/")


def by_year(library: Library, published: Iterable[int] = ()) -> list[RecordList]:
    """One for every year that some record speaks of, and for those that have been published, the latest first. The way
    to them is the search page."""
    found: dict[int, list[Record]] = {year: [] for year in published}
    for record in library.all_records():
        for year in years_of(record.fields):
            found.setdefault(year, []).append(record)
    return [_year_list(library, year, found[year]) for year in sorted(found, reverse=True)]


def _year_list(library: Library, year: int, records: Sequence[Record]) -> RecordList:
    return RecordList(
        address=f"{YEAR_PATH}/{year}/",
        title=str(year),
        kind="År",
        noun=_noun(records, library),
        description="",
        parent=("Sök", f"{SEARCH_PATH}/"),
        records=records,
    )


def _noun(records: Sequence[Record], library: Library) -> str:
    """By their type where they are of one."""
    types = {record.type for record in records}
    if len(types) != 1:
        return "sidor"
    type_ = library.dictionary.types[types.pop()]
    return type_.label.sv if len(records) == 1 else type_.plural.sv
