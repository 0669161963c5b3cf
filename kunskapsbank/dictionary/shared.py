"""What a part that was handed over knows of the site that it came from: its shared.yml, as a frozen value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kunskapsbank.dictionary.load import own_rules
from kunskapsbank.dictionary.validation import convert, problems_of, validator
from kunskapsbank.problems.problem import Rejected
from kunskapsbank.reading.files import read_text
from kunskapsbank.reading.nodes import read_mapping

FILE: Final = "shared.yml"

_MOST: Final = 1 << 24
"""Bytes. A line for each record of a large site is more than a record's file may be."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The site that this one is a part of. The part is a `term` of a `vocabulary`, such as a county.

    `records` are the titles of the records that stayed behind, by the paths of their files; `terms` are
    those whose pages stayed, by vocabulary; `addresses` are further pages and files, from the site's root.
    """

    site_name: str
    site_url: str
    vocabulary: str
    term: str
    records: Mapping[str, str]
    terms: Mapping[str, Sequence[str]]
    addresses: Sequence[str]


def load(source: Path) -> Shared:
    """Raises `Rejected` with every fault of the file."""
    text, problems = read_text(source, FILE, _MOST)
    if text is None:
        raise Rejected(problems)
    node, problems = read_mapping(text, FILE)
    rules = own_rules("shared_schema.yml")
    data: dict[str, Any] = convert(node, rules)
    problems = [*problems, *problems_of(validator(rules), rules, node, data, FILE)]
    if problems:
        raise Rejected(problems)
    return Shared(
        data["site_name"],
        data["site_url"],
        data["vocabulary"],
        data["term"],
        data.get("records", {}),
        data.get("terms", {}),
        data.get("addresses", []),
    )
