"""The records of each type as a table in CSV, for spreadsheets: /api/v1/<path>.csv."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary, Field, RecordType
from kunskapsbank.outlets.api import FOLDER
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.site import Site
from kunskapsbank.spreadsheet import as_csv

_LEFT_OUT: Final = frozenset({"withdrawn", "editorial", "aliases", "related", "picture"})
"""Of interest to the editors only."""


def makers(site: Site) -> Iterator[Maker]:
    if not site.settings.api:
        return
    for type_ in site.viewer.dictionary.types.values():
        yield Maker(f"{FOLDER}/{type_.list_name}.csv", partial(_table, type_, site), site.keys.facts)


def _table(type_: RecordType, site: Site) -> Made:
    fields = [field for field in type_.fields.values() if field.key not in _LEFT_OUT]
    records = site.viewer.library.records[type_.id]
    head = ["Id", "Adress", *(field.label.sv for field in fields)]
    rows = (_row(record, fields, site) for record in records)
    return Made(as_csv(head, rows), tuple(record.path for record in records))


def _row(record: Record, fields: list[Field], site: Site) -> Iterator[str]:
    yield record.id
    yield site.settings.site_url + site.viewer.library.address(record)
    for field in fields:
        yield _cell(field, record.fields.get(field.key), site.viewer.dictionary)


def _cell(field: Field, value: Any, dictionary: Dictionary) -> str:
    """Several values are parted by commas; of a group, its parts by blanks."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_cell(field, part, dictionary) for part in value)
    if isinstance(value, Mapping):
        return " ".join(_cell(field.children[key], part, dictionary) for key, part in value.items())
    if field.vocabulary:
        return dictionary.vocabularies[field.vocabulary].terms[value].label.sv
    return field.words[value].sv if value in field.words else str(value)
