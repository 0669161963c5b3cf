"""The report: a follow-up compiled into the chapters of the interim report of 2007, as frozen values."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Term
from kunskapsbank.followup.chains import Chain, chain_of
from kunskapsbank.followup.figures import Figure, Table, by_id, tables, totals
from kunskapsbank.followup.gaps import Gap, gaps
from kunskapsbank.followup.selection import (
    KINDS,
    THEMES,
    Finding,
    Scope,
    Selection,
    is_approximate,
    select,
)
from kunskapsbank.library.library import Library
from kunskapsbank.library.lists import COUNTIES

PARTS: Final = ("summary", "layout", "roles", "themes", "coordination", "economy")
"""What a theme can be a part of, in the order of the original."""


class Kind(NamedTuple):
    label: str
    findings: tuple[Finding, ...]


class Theme(NamedTuple):
    """`chapter` is where the interim report of 2007 has it."""

    id: str
    label: str
    about: str
    chapter: str
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`place` is the county in words, empty for the whole. `parts` gives the themes of each of `PARTS` that have
    findings. `digest` is of the content that the report was made from, and of nothing else."""

    scope: Scope
    place: str
    made_on: date
    chosen: Selection
    totals: Sequence[Figure]
    tables: Sequence[Table]
    chains: Sequence[Chain]
    gaps: Sequence[Gap]
    parts: dict[str, tuple[Theme, ...]]
    digest: str

    @property
    def figures(self) -> dict[str, Figure]:
        """Every figure, by its id."""
        others = (*self.totals, *(gap.figure for gap in self.gaps))
        return {**by_id(self.tables), **{figure.id: figure for figure in others}}

    @property
    def participants(self) -> int:
        """How many took part, where that is known."""
        return sum(record.fields["participants"] for record in self.counted)

    @property
    def counted(self) -> tuple[Record, ...]:
        """The activities whose number of participants is known."""
        return tuple(r for r in self.chosen.activities if isinstance(r.fields.get("participants"), int))

    @property
    def approximate(self) -> tuple[Record, ...]:
        """Those of the counted activities whose source gives the number roughly, so that their sum is rough too."""
        return tuple(record for record in self.counted if is_approximate(record))


def compile_report(library: Library, scope: Scope, made_on: date) -> Report:
    chosen = select(library, scope)
    chains = tuple(chain_of(goal, library, scope) for goal in chosen.goals)
    themes = tuple(themes_of(chosen.findings, library))
    return Report(
        scope=scope,
        place=library.dictionary.vocabularies[COUNTIES].terms[scope.county].label.sv if scope.county else "",
        made_on=made_on,
        chosen=chosen,
        totals=totals(chosen, library),
        tables=tables(chosen, chains, library),
        chains=chains,
        gaps=gaps(chosen, chains, library),
        parts={part: tuple(theme for theme in themes if _part(theme, library) == part) for part in PARTS},
        digest=_digest(chosen),
    )


def themes_of(findings: Iterable[Finding], library: Library) -> Iterator[Theme]:
    """The themes that have some of the findings, and their kinds, in the order of the vocabularies."""
    findings = tuple(findings)
    kinds = library.dictionary.vocabularies[KINDS].terms.values()
    for theme in library.dictionary.vocabularies[THEMES].terms.values():
        own = [finding for finding in findings if finding.theme == theme.id]
        if own:
            yield Theme(
                theme.id,
                theme.label.sv,
                theme.description.sv if theme.description else "",
                theme.extra.get("chapter", ""),
                tuple(_kinds(own, kinds)),
            )


def _part(theme: Theme, library: Library) -> str:
    return str(library.dictionary.vocabularies[THEMES].terms[theme.id].extra.get("part", "themes"))


def _kinds(own: Sequence[Finding], kinds: Iterable[Term]) -> Iterator[Kind]:
    for kind in kinds:
        of_kind = tuple(finding for finding in own if finding.kind == kind.id)
        if of_kind:
            yield Kind(kind.label.sv, of_kind)


def _digest(chosen: Selection) -> str:
    every = [record.digest for record in (*chosen.goals, *chosen.activities, *chosen.examples)]
    every += map(finding_digest, chosen.findings)
    return hashlib.sha256("\n".join(sorted(every)).encode()).hexdigest()


def finding_digest(finding: Finding) -> str:
    said = (finding.theme, finding.kind, finding.text, finding.section, finding.document, finding.counties)
    then = (
        finding.due,
        [record.id for record in finding.led_to],
        finding.outcome,
        finding.amount,
        finding.date,
    )
    return _hashed([finding.file.id, finding.id, *said, *then])


def _hashed(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
