"""What a follow-up is about: the records of a county or of the whole, in a time or in all time.

Whatever has no date belongs to every time, so that nothing is lost; how many those are is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from kunskapsbank.checks.followup import ACTIONS, FINDINGS, GOAL
from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.library import dates
from kunskapsbank.library.library import Library
from kunskapsbank.library.lists import COUNTIES

ACTIVITY: Final = "activity"
EXAMPLE: Final = "example"
FINDING: Final = "finding"

THEMES: Final = "themes"
KINDS: Final = "finding_kinds"
DOCUMENTS: Final = "documents"
FUNCTIONS: Final = "functions"


class Scope(NamedTuple):
    """`county` is a term, or None for the whole. `start` and `end` are partial dates, both of them included, or
    None."""

    county: str | None = None
    start: str | None = None
    end: str | None = None

    def reaches(self, first: str | None, last: str | None) -> bool:
        """Whether some of the time from one partial date to another is in the scope's own; unknown always is."""
        from_, to = dates.months(first or dates.UNKNOWN), dates.months(last or first or dates.UNKNOWN)
        begins = dates.months(self.start) if self.start else None
        ends = dates.months(self.end) if self.end else None
        too_early = begins is not None and to is not None and to[1] <= begins[0]
        too_late = ends is not None and from_ is not None and from_[0] >= ends[1]
        return not (too_early or too_late)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding with what stands once for its file. `led_to` are the records that show what came of it."""

    file: Record
    id: str
    theme: str
    kind: str
    text: str
    section: str
    document: str
    counties: tuple[str, ...]
    date: str
    due: str | None
    led_to: tuple[Record, ...]
    outcome: str | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class Selection:
    """`undated` are the activities and examples that are there though nothing says when they were."""

    scope: Scope
    goals: Sequence[Record]
    activities: Sequence[Record]
    examples: Sequence[Record]
    findings: Sequence[Finding]
    undated: Sequence[Record]

    @property
    def is_empty(self) -> bool:
        return not (self.goals or self.activities or self.examples or self.findings)


def select(library: Library, scope: Scope) -> Selection:
    activities = _within(library.records.get(ACTIVITY, ()), scope)
    examples = _within(library.records.get(EXAMPLE, ()), scope)
    return Selection(
        scope=scope,
        goals=tuple(r for r in library.records.get(GOAL, ()) if _in_county(counties_of(r), scope)),
        activities=activities,
        examples=examples,
        findings=tuple(_findings_within(library, scope)),
        undated=tuple(record for record in (*activities, *examples) if not any(span(record))),
    )


def told_of(library: Library, scope: Scope) -> Iterator[Record]:
    """Every record that a follow-up can say something of, whatever its time: all goals and findings, what they name,
    and the county's own activities and examples. Some come twice."""
    goals, findings = library.records.get(GOAL, ()), library.records.get(FINDING, ())
    yield from (*goals, *findings)
    for type_ in (ACTIVITY, EXAMPLE):
        yield from (r for r in library.records.get(type_, ()) if _in_county(counties_of(r), scope))
    for goal in goals:
        yield from actions_of(goal, library)
    for record in findings:
        yield from (named for finding in findings_of(record, library) for named in finding.led_to)


def actions_of(goal: Record, library: Library) -> Iterator[Record]:
    found = (library.find((ACTIVITY, EXAMPLE), name) for name in goal.fields.get(ACTIONS, ()))
    return (record for record in found if record)


def possible(dictionary: Dictionary) -> bool:
    """Whether a site has what a follow-up is made of."""
    return set(dictionary.types) >= _TYPES and set(dictionary.vocabularies) >= _VOCABULARIES


_TYPES: Final = frozenset({GOAL, FINDING, ACTIVITY, EXAMPLE})
_VOCABULARIES: Final = frozenset(
    {
        THEMES,
        KINDS,
        COUNTIES,
        DOCUMENTS,
        FUNCTIONS,
        "focus_areas",
        "activity_kinds",
        "statuses",
        "evidence_levels",
    }
)


def span(record: Record) -> tuple[str | None, str | None]:
    """When a record's matter began and ended, as partial dates; None for what is not known."""
    period = record.fields.get("period", {})
    first = record.fields.get("date") or period.get("from") or period.get("to")
    last = record.fields.get("end") or period.get("to") or first
    return _known(first), _known(last)


def _known(text: str | None) -> str | None:
    return None if text == dates.UNKNOWN else text


def is_approximate(record: Record) -> bool:
    """Say whether the source of a record gives its number of participants roughly."""
    return bool(record.fields.get("participants_precision") == "approximate")


def counties_of(record: Record) -> tuple[str, ...]:
    return tuple(record.fields.get(COUNTIES, ()))


def findings_of(record: Record, library: Library) -> Iterator[Finding]:
    """Those of one file, in its order."""
    documents = library.dictionary.vocabularies[DOCUMENTS].terms
    document = record.fields["document"]
    day = record.fields.get("date") or documents[document].extra.get("date") or dates.UNKNOWN
    types = library.dictionary.types[record.type].fields[FINDINGS].children["led_to"].references
    for said in record.fields[FINDINGS]:
        yield Finding(
            file=record,
            id=said["id"],
            theme=said["theme"],
            kind=said["kind"],
            text=said["text"],
            section=said["section"],
            document=document,
            counties=tuple(said.get(COUNTIES) or record.fields.get(COUNTIES, ())),
            date=str(day),
            due=said.get("due"),
            led_to=tuple(_records(said, types, library)),
            outcome=said.get("outcome"),
            amount=said.get("amount"),
        )


def _records(said: Any, types: Iterable[str], library: Library) -> Iterator[Record]:
    found = (library.find(types, name) for name in said.get("led_to", ()))
    return (record for record in found if record)


def _findings_within(library: Library, scope: Scope) -> Iterator[Finding]:
    """In the order of the themes and of the kinds, and then of their files."""
    themes, kinds = (list(library.dictionary.vocabularies[name].terms) for name in (THEMES, KINDS))
    found = [
        finding
        for record in library.records.get(FINDING, ())
        for finding in findings_of(record, library)
        if _in_county(finding.counties, scope) and scope.reaches(finding.date, finding.due)
    ]
    return iter(sorted(found, key=lambda f: (themes.index(f.theme), kinds.index(f.kind))))


def _within(records: Iterable[Record], scope: Scope) -> tuple[Record, ...]:
    return tuple(r for r in records if _in_county(counties_of(r), scope) and scope.reaches(*span(r)))


def _in_county(counties: Sequence[str], scope: Scope) -> bool:
    return scope.county is None or scope.county in counties
