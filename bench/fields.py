"""Makes the front matter of records: valid by the dictionary, and spread over all its terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dictionary import Dictionary
from text import Writer

SOURCE_SECTIONS = ["8.3.2", "8.6.1", "8.6.2", "8.9.1", "8.9.2", "8.9.3"]
OPTIONAL_SECTIONS = {"difficulties", "lessons", "transfer", "when_not", "weaknesses", "variants"}
NOT_BEGUN = {"proposed", "planned"}
SHARE_UNKNOWN = 0.15
SHARE_OF_SECOND_TERMS = 0.4

Value = str | int | list[str] | dict[str, str] | list[dict[str, str]]
Fields = dict[str, Value]


@dataclass(frozen=True)
class Entry:
    """A record before it is written: what other records need to know to link to it."""

    folder: str
    id: str
    title: str
    date: str = ""

    @property
    def file(self) -> str:
        """The file's path in the site."""
        stem = f"{self.date}-{self.id}" if self.date else self.id
        return f"{self.folder}/{stem}.md"


class FieldMaker:
    """Makes the fields of one record after the other."""

    def __init__(
        self,
        dictionary: Dictionary,
        entries: Mapping[str, Sequence[Entry]],
        writer: Writer,
        rng: Random,
    ) -> None:
        self._dictionary = dictionary
        self._entries = entries
        self._writer = writer
        self._rng = rng
        self._turns: dict[tuple[str, str], Iterator[str]] = {}

    def fields(self, entry: Entry) -> Fields:
        """The fields of a record in the dictionary's order; what it leaves out, it names."""
        make = {
            "examples": self._example,
            "methods": self._method,
            "activities": self._activity,
            "news": self._news,
        }[entry.folder]
        head: Fields = {"title": entry.title, "summary": self._writer.summary()}
        middle, unknown = make(entry)
        tail = self._tail(entry)
        return head | middle | tail | ({"not_documented": unknown} if unknown else {})

    def _example(self, entry: Entry) -> tuple[Fields, list[str]]:
        not_begun = (status := self._term("statuses", entry)) in NOT_BEGUN
        fields: Fields = {
            "counties": self._terms("counties", entry),
            "focus_areas": self._terms("focus_areas", entry),
            "agencies": self._terms("agencies", entry),
            "grounds": self._terms("grounds", entry),
            "practice_type": self._term("practice_types", entry),
            "methods": self._ids("methods", 2),
            "status": status,
            "period": {"from": "2006-höst", "to": self._day(date(2007, 1, 1), 360)[:7]},
            "target_group": self._writer.target_group(),
            "evidence": {
                "level": "described" if not_begun else self._term("evidence_levels", entry),
                "assessed_by": "redaktionen",
                "assessed_on": self._day(date(2025, 1, 1), 300),
            },
        }
        unknown = self._forget(fields, "counties", "agencies", "grounds", "methods", "period", "target_group")
        unwritten = ["results", "effects"] if not_begun else []
        return fields, unknown + unwritten + self._missing_sections(entry)

    def _method(self, entry: Entry) -> tuple[Fields, list[str]]:
        fields: Fields = {
            "method_type": self._term("method_types", entry),
            "focus_areas": self._terms("focus_areas", entry),
            "agencies": self._terms("agencies", entry),
            "grounds": self._terms("grounds", entry),
            "target_group": self._writer.target_group(),
        }
        unknown = self._forget(fields, "agencies", "grounds", "target_group")
        return fields, unknown + self._missing_sections(entry)

    def _activity(self, entry: Entry) -> tuple[Fields, list[str]]:
        status = self._term("statuses", entry)
        counted: Fields = {
            "participants": self._rng.randint(5, 300),
            "evaluated": self._rng.choice(["yes", "no", "unknown"]),
        }
        fields: Fields = {
            "date": entry.date,
            "activity_kind": self._term("activity_kinds", entry),
            "status": status,
            "counties": self._terms("counties", entry),
            "agencies": self._terms("agencies", entry),
            "target_group": self._writer.target_group(),
            **({} if status in NOT_BEGUN else counted),
            "focus_areas": self._terms("focus_areas", entry),
            "grounds": self._terms("grounds", entry),
            "methods": self._ids("methods", 1),
        }
        return fields, self._forget(fields, "counties", "agencies", "target_group")

    def _news(self, entry: Entry) -> tuple[Fields, list[str]]:
        fields: Fields = {
            "date": entry.date,
            "counties": self._terms("counties", entry),
            "focus_areas": self._terms("focus_areas", entry),
            "agencies": self._terms("agencies", entry),
        }
        return fields, []

    def _tail(self, entry: Entry) -> Fields:
        section = self._rng.choice(SOURCE_SECTIONS)
        related = self._ids("examples", 1) + self._ids("methods", 1)
        return {
            "sources": [{"document": "delredovisning-2007", "section": section}],
            "reviewed": self._day(date(2026, 1, 1), 300),
            "review_every": 24,
            "contact": self._term("functions", entry),
            "related": [other for other in related if other != entry.id],
        }

    def _term(self, vocabulary: str, entry: Entry) -> str:
        """The next term: in each type, every term comes before any comes twice."""
        key = (vocabulary, entry.folder)
        if key not in self._turns:
            self._turns[key] = self._rounds(list(self._dictionary.vocabularies[vocabulary].terms))
        return next(self._turns[key])

    def _rounds(self, terms: list[str]) -> Iterator[str]:
        while True:
            yield from self._rng.sample(terms, len(terms))

    def _terms(self, vocabulary: str, entry: Entry) -> list[str]:
        """One or two terms."""
        count = 2 if self._rng.random() < SHARE_OF_SECOND_TERMS else 1
        return list(dict.fromkeys(self._term(vocabulary, entry) for _ in range(count)))

    def _ids(self, folder: str, most: int) -> list[str]:
        """Between one and so many ids of a folder's records."""
        chosen = self._rng.sample(self._entries[folder], self._rng.randint(1, most))
        return [entry.id for entry in chosen]

    def _day(self, first: date, days: int) -> str:
        return str(first + timedelta(days=self._rng.randrange(days)))

    def _forget(self, fields: Fields, *keys: str) -> list[str]:
        """Take some of the fields away, and name them."""
        forgotten = [key for key in keys if self._rng.random() < SHARE_UNKNOWN]
        for key in forgotten:
            del fields[key]
        return forgotten

    def _missing_sections(self, entry: Entry) -> list[str]:
        return [
            section.key
            for section in self._dictionary.types[entry.folder].sections
            if section.key in OPTIONAL_SECTIONS and self._rng.random() < SHARE_UNKNOWN
        ]


def front_matter(fields: Fields) -> str:
    """The fields as YAML, as a contributor would write it. No value here needs quoting."""
    return "\n".join(line for key, value in fields.items() for line in _lines(key, value))


def _lines(key: str, value: Value) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{key}:"
        yield from (f"  {name}: {item}" for name, item in value.items())
    elif not isinstance(value, list):
        yield f"{key}: {value}"
    elif isinstance(value[0], dict):
        yield f"{key}:"
        for item in value:
            assert isinstance(item, dict)
            yield "  - " + "\n    ".join(f"{name}: {part}" for name, part in item.items())
    else:
        yield f"{key}: [{', '.join(map(str, value))}]"
