"""The values that templates see, in the reader's language. Addresses start from the `ROOT` mark."""

from dataclasses import dataclass
from typing import NamedTuple

from kunskapsbank.checks.record import Record


class Value(NamedTuple):
    """Words, with an address where they lead somewhere and a machine form where they are a date."""

    text: str
    address: str | None = None
    machine: str | None = None


class Fact(NamedTuple):
    """A label and its values; without values the source does not say."""

    label: str
    values: tuple[Value, ...]


class SectionView(NamedTuple):
    """A section with text, or (with no anchor) a sentence on what the source does not say."""

    heading: str
    anchor: str
    html: str
    editorial: bool


class EvidenceView(NamedTuple):
    level: str
    rank: int
    ranks: int
    meaning: str
    assessed: str
    address: str | None


class ReviewView(NamedTuple):
    """`due` is empty for a record that is not to be reviewed again."""

    reviewed: str
    due: str
    overdue: bool


class CardView(NamedTuple):
    """A record in a list."""

    title: str
    address: str
    summary: str
    kind: str
    words: tuple[str, ...]


class AlikeView(NamedTuple):
    """A record that is like another, and in what, as whole sentences."""

    title: str
    address: str
    kind: str
    reason: str


class NeighbourView(NamedTuple):
    """`rel` is prev or next, as HTML says it."""

    rel: str
    words: str
    title: str
    address: str


class GroupView(NamedTuple):
    """Records of one type, which belong together with a record."""

    heading: str
    anchor: str
    records: tuple[Record, ...]


class TextView(NamedTuple):
    """What there is to read of a record, without its facts."""

    title: str
    summary: str
    kind: str
    lead: str
    sections: tuple[SectionView, ...]
    lists: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """`elsewhere` are records that it names and that are on another site."""

    title: str
    summary: str
    english: str
    kind: str
    crumbs: tuple[Value, ...]
    facts: tuple[Fact, ...]
    unknown: str
    lead: str
    sections: tuple[SectionView, ...]
    evidence: EvidenceView | None
    review: ReviewView
    sources: tuple[str, ...]
    contact: Value | None
    lists: tuple[Fact, ...]
    elsewhere: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    title: str
    crumbs: tuple[Value, ...]
    day: str
    reason: str


class EnglishView(NamedTuple):
    """A record in the English list: its title is Swedish, what is said of it English."""

    title: str
    address: str
    summary: str


class TermView(NamedTuple):
    """A term in an index, with how many records it has; None where its page is on another site."""

    label: str
    address: str
    records: int | None
    description: str
