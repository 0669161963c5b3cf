"""Figures as values: each is the records that it counts, so that a number can always be held to them.

Tables of them are made of groups of members (rows) and questions (columns). To add a table is to say in `_ABOUT`
what it is about, and to yield it where the tables of its kind of member are made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from textwrap import shorten
from typing import Any, Final, NamedTuple

from kunskapsbank.checks.followup import PLANNED, PROPOSED
from kunskapsbank.checks.record import Record
from kunskapsbank.checks.substance import HELD, UNCLEAR
from kunskapsbank.followup.chains import Chain, State
from kunskapsbank.followup.quarters import Quarter, quarter_of
from kunskapsbank.followup.selection import KINDS, THEMES, Finding, Selection, counties_of
from kunskapsbank.library.library import Library
from kunskapsbank.library.lists import COUNTIES


class Ref(NamedTuple):
    """A record or a finding where readers find it. `address` is its place on the site, without a leading slash;
    `path` its source file."""

    title: str
    address: str
    path: str


class Figure(NamedTuple):
    """`label` says in words what is counted, and stands by itself."""

    id: str
    label: str
    refs: tuple[Ref, ...]


class Row(NamedTuple):
    """`id` is the term of its row, and `address` where that has a page on the site, if it has."""

    id: str
    label: str
    address: str | None
    figures: tuple[Figure, ...]


class About(NamedTuple):
    """What a table is about. The first column counts all of a row; `part` is the column that a bar of it shows a
    part of, 0 for none. `vocabulary` is that of its rows, if they are terms. `note` says how it was counted where that is not plain."""

    heading: str
    caption: str
    row_head: str
    part: int = 0
    vocabulary: str = ""
    note: str = ""


class Table(NamedTuple):
    id: str
    about: About
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Group(NamedTuple):
    id: str
    label: str
    address: str | None
    belongs: Callable[[Any], bool]


class Question(NamedTuple):
    id: str
    label: str
    holds: Callable[[Any], bool]


def tables(chosen: Selection, chains: Sequence[Chain], library: Library) -> tuple[Table, ...]:
    """Every table of a follow-up, in the order in which they are shown. `chains` are those of its goals."""
    makers = (_Goals, _Activities, _Examples, _Findings)
    members: Sequence[Any] = (chains, chosen.activities, chosen.examples, chosen.findings)
    return tuple(
        t for make, of in zip(makers, members, strict=True) for t in make(library, of, chosen).tables()
    )


_ABOUT: Final = {
    "mal-fokus": About(
        "Mål efter fokusområde",
        "Ett mål i flera fokusområden räknas i vart och ett.",
        "Fokusområde",
        part=4,
        vocabulary="focus_areas",
    ),
    "mal-lan": About(
        "Mål efter län", "Ett mål i flera län räknas i vart och ett.", "Län", part=4, vocabulary=COUNTIES
    ),
    "aktiviteter-lan": About(
        "Aktiviteter efter län",
        "En aktivitet i flera län räknas i vart och ett.",
        "Län",
        part=1,
        vocabulary=COUNTIES,
    ),
    "aktiviteter-typ": About(
        "Aktiviteter efter typ",
        "Hur långt aktiviteterna av varje typ har kommit.",
        "Typ",
        part=1,
        vocabulary="activity_kinds",
    ),
    "aktiviteter-kvartal": About(
        "Aktiviteter efter kvartal",
        "Antal aktiviteter efter kvartalet då de började.",
        "Kvartal",
        part=1,
        note="Våren räknas till kvartal 2, sommaren till kvartal 3, hösten till kvartal 4 och vintern till kvartal 1 året därpå.",
    ),
    "exempel-lage": About(
        "Exempel efter läge och underlag",
        "Hur långt exemplen har kommit, och hur väl de är belagda.",
        "Läge",
        vocabulary="statuses",
    ),
    "iakttagelser-tema": About(
        "Iakttagelser efter tema och slag",
        "Antal iakttagelser under varje tema.",
        "Tema",
        vocabulary=THEMES,
    ),
    "iakttagelser-utfall": About(
        "Vad det blev av iakttagelserna",
        "En iakttagelse kan räknas i flera kolumner.",
        "Slag",
        part=1,
        vocabulary=KINDS,
    ),
}
"""The tables, by their ids."""


def totals(chosen: Selection, library: Library) -> tuple[Figure, ...]:
    """All of each kind: goals, activities, examples, findings."""
    return (
        Figure("alla-mal", "Alla mål", _refs(chosen.goals, library)),
        Figure("alla-aktiviteter", "Alla aktiviteter", _refs(chosen.activities, library)),
        Figure("alla-exempel", "Alla exempel", _refs(chosen.examples, library)),
        Figure(
            "alla-iakttagelser", "Alla iakttagelser", tuple(finding_ref(f, library) for f in chosen.findings)
        ),
    )


def _refs(records: Iterable[Record], library: Library) -> tuple[Ref, ...]:
    return tuple(record_ref(record, library) for record in records)


ALL: Final = Question("alla", "Alla", lambda _: True)


class _Maker:
    """Makes the tables of one kind of member."""

    def __init__(self, library: Library, members: Sequence[Any], chosen: Selection) -> None:
        self.library, self.members, self.chosen = library, members, chosen

    def tables(self) -> Iterator[Table]:
        raise NotImplementedError

    def ref(self, member: Any) -> Ref:
        return record_ref(member, self.library)

    def table(self, name: str, groups: Iterable[Group], questions: Sequence[Question]) -> Table:
        about = _ABOUT[name]
        rows = (self._row(name, about.heading, group, questions) for group in groups)
        filled = tuple(row for row in rows if row.address or row.figures[0].refs)
        return Table(name, about, tuple(question.label for question in questions), filled)

    def _row(self, name: str, heading: str, group: Group, questions: Sequence[Question]) -> Row:
        members = [member for member in self.members if group.belongs(member)]
        figures = (
            Figure(
                f"{name}-{group.id}-{question.id}",
                f"{heading}: {group.label}, {question.label[:1].lower()}{question.label[1:]}",
                tuple(self.ref(member) for member in members if question.holds(member)),
            )
            for question in questions
        )
        return Row(group.id, group.label, group.address, tuple(figures))

    def by_term(
        self, vocabulary: str, terms_of: Callable[[Any], Iterable[str]], none: str
    ) -> Iterator[Group]:
        """A group for each term, and one for what has none."""
        known = self.library.dictionary.vocabularies[vocabulary]
        here = list(self.library.terms_here(known)) if known.path else list(known.terms.values())
        for term in here:
            address = f"{known.path}/{term.id}/" if known.path else None
            yield Group(term.id, term.label.sv, address, _has(term.id, terms_of))
        if none:
            yield Group("inget", none, None, lambda member: not list(terms_of(member)))

    def by_county(self, terms_of: Callable[[Any], Iterable[str]], none: str) -> Iterator[Group]:
        county = self.chosen.scope.county
        found = self.by_term(COUNTIES, terms_of, none)
        return (group for group in found if county is None or group.id == county)


def _has(term: str, terms_of: Callable[[Any], Iterable[str]]) -> Callable[[Any], bool]:
    return lambda member: term in terms_of(member)


def _one(key: str) -> Callable[[Record], Sequence[str]]:
    return lambda record: [record.fields[key]] if key in record.fields else []


class _Goals(_Maker):
    QUESTIONS: Final = (
        ALL,
        Question("utan-utgangslage", "Utan utgångsläge", lambda c: c.baseline == "missing"),
        Question("utan-atgard", "Utan åtgärd", lambda c: not c.actions),
        Question("med-resultat", "Med något genomfört", lambda c: bool(c.done)),
        Question("foljda-upp", "Med uppgift om läget", lambda c: bool(c.follow_ups)),
        Question("nadda", "Nådda", lambda c: c.state is State.REACHED),
    )

    def ref(self, member: Chain) -> Ref:
        return record_ref(member.goal, self.library)

    def tables(self) -> Iterator[Table]:
        areas = self.by_term(
            "focus_areas", lambda c: c.goal.fields.get("focus_areas", ()), "Inget fokusområde"
        )
        yield self.table("mal-fokus", areas, self.QUESTIONS)
        counties = self.by_county(lambda c: counties_of(c.goal), "Hela projektet, eller inget län angivet")
        yield self.table("mal-lan", counties, self.QUESTIONS)


class _Activities(_Maker):
    ATTENDANCE: Final = (
        ALL,
        Question("deltagare-kanda", "Antal deltagare känt", lambda r: isinstance(r.fields.get("participants"), int)),
        Question("deltagare-okanda", "Antal okänt", lambda r: not isinstance(r.fields.get("participants"), int)),
        Question("utvarderade", "Utvärderade", lambda r: r.fields.get("evaluated") == "yes"),
        Question("inte-utvarderade", "Inte utvärderade", lambda r: r.fields.get("evaluated") == "no"),
        Question("utvardering-okand", "Utvärdering okänd", lambda r: r.fields.get("evaluated") not in ("yes", "no")),
    )  # fmt: skip
    STATUSES: Final = (
        ALL,
        Question("genomforda", "Genomförda", lambda r: r.fields.get("status") in HELD),
        Question("pagar", "Pågår", lambda r: r.fields.get("status") == "running"),
        Question("planerade", "Planerade", lambda r: r.fields.get("status") == PLANNED),
        Question("foreslagna", "Föreslagna", lambda r: r.fields.get("status") == PROPOSED),
        Question("oklara", "Oklart läge", lambda r: r.fields.get("status") == UNCLEAR),
    )

    def tables(self) -> Iterator[Table]:
        counties = self.by_county(counties_of, "Inget län anges")
        yield self.table("aktiviteter-lan", counties, self.ATTENDANCE)
        kinds = self.by_term("activity_kinds", _one("activity_kind"), "")
        yield self.table("aktiviteter-typ", kinds, self.STATUSES)
        yield self.table("aktiviteter-kvartal", self._quarters(), self.STATUSES)

    def _quarters(self) -> Iterator[Group]:
        """In time, and what has no time last."""
        found = {quarter_of(record.fields.get("date")) for record in self.members}
        for quarter in sorted(found):
            yield Group(quarter.id, quarter.label, None, _in_quarter(quarter))


def _in_quarter(quarter: Quarter) -> Callable[[Record], bool]:
    return lambda record: quarter_of(record.fields.get("date")) == quarter


class _Examples(_Maker):
    def tables(self) -> Iterator[Table]:
        levels = self.library.dictionary.vocabularies["evidence_levels"].terms.values()
        questions = (ALL, *(Question(t.id, t.label.sv, _at_level(t.id)) for t in levels))
        yield self.table("exempel-lage", self.by_term("statuses", _one("status"), ""), questions)


def _at_level(level: str) -> Callable[[Record], bool]:
    return lambda record: record.fields.get("evidence", {}).get("level") == level


class _Findings(_Maker):
    OUTCOMES: Final = (
        ALL,
        Question("visar-vidare", "Leder vidare till poster i banken", lambda f: bool(f.led_to)),
        Question("utfall-kant", "Utfall beskrivet", lambda f: f.outcome not in (None, "unknown")),
        Question("utfall-okant", "Utfall inte känt", lambda f: f.outcome == "unknown"),
        Question("inget-sagt", "Inget sagt om fortsättningen", lambda f: not f.led_to and f.outcome is None),
    )

    def ref(self, member: Finding) -> Ref:
        return finding_ref(member, self.library)

    def tables(self) -> Iterator[Table]:
        kinds = self.library.dictionary.vocabularies[KINDS].terms.values()
        questions = (ALL, *(Question(t.id, t.label.sv, _of_kind(t.id)) for t in kinds))
        themes = self.by_term(THEMES, lambda f: (f.theme,), "")
        yield self.table("iakttagelser-tema", themes, questions)
        groups = self.by_term(KINDS, lambda f: (f.kind,), "")
        yield self.table("iakttagelser-utfall", groups, self.OUTCOMES)


def _of_kind(kind: str) -> Callable[[Finding], bool]:
    return lambda finding: finding.kind == kind


def record_ref(record: Record, library: Library) -> Ref:
    return Ref(record.title, library.address(record), record.path)


_TITLE: Final = 90
"""A finding has no title: so much of its text stands for it in lists, where it stands several times."""


def finding_ref(finding: Finding, library: Library) -> Ref:
    title = shorten(finding.text, _TITLE, placeholder=" …")
    return Ref(title, f"{library.address(finding.file)}#{finding.id}", finding.file.path)


def by_id(made: Iterable[Table]) -> Mapping[str, Figure]:
    return {figure.id: figure for table in made for row in table.rows for figure in row.figures}
