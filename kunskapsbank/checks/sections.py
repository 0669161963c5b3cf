"""Rules on the body's sections: the dictionary's headings, in its order, each with text under it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from kunskapsbank.checks.subject import Subject
from kunskapsbank.checks.targets import slug
from kunskapsbank.dictionary.types import SectionType
from kunskapsbank.dictionary.validation import nearest
from kunskapsbank.problems.problem import Code, Place, Problem, Severity, Text, Value
from kunskapsbank.reading.body import SECTION_LEVEL, Body, Heading

UNKNOWN_SECTION: Final = Code(
    "unknown-section",
    Severity.ERROR,
    Text("Rubriken ”{heading}” finns inte för {type}.", "There is no heading “{heading}” for {type}."),
    Text("Rubrikerna är: {known}.", "The headings are: {known}."),
    Text(
        "Samma rubriker på alla sidor gör dem lätta att läsa och jämföra.",
        "The same headings on all pages make them easy to read and compare.",
    ),
    nearest=Text("Menade du ”{nearest}”?", "Did you mean “{nearest}”?"),
)
MISSING_SECTION: Final = Code(
    "missing-section",
    Severity.ERROR,
    Text(
        "Avsnittet ”{heading}” saknas och nämns inte i not_documented.",
        "The section “{heading}” is missing and is not named in not_documented.",
    ),
    Text(
        "Skriv avsnittet, eller lägg till {key} i not_documented om källan inte säger något.",
        "Write the section, or add {key} to not_documented if the source doesn't say.",
    ),
    Text(
        "Läsaren ska se skillnad på det som inte är känt och det som någon har glömt.",
        "Readers should see the difference between what is not known and what somebody forgot.",
    ),
)
REQUIRED_SECTION: Final = Code(
    "required-section",
    Severity.ERROR,
    Text("Avsnittet ”{heading}” måste finnas.", "The section “{heading}” must be there."),
    Text(
        "Skriv en rad ”## {heading}” och texten under den.",
        "Write a line “## {heading}” and the text under it.",
    ),
    Text(
        "Utan det avsnittet vet läsaren inte vad sidan handlar om.",
        "Without that section readers don't know what the page is about.",
    ),
)
SECTION_AND_UNKNOWN: Final = Code(
    "section-and-unknown",
    Severity.ERROR,
    Text(
        "Avsnittet ”{heading}” finns, men {key} nämns också i not_documented.",
        "The section “{heading}” is there, but {key} is also named in not_documented.",
    ),
    Text(
        "Ta bort {key} ur not_documented, eller ta bort avsnittet.",
        "Take {key} out of not_documented, or take the section away.",
    ),
    Text(
        "Sidan skulle både visa avsnittet och säga att det saknas.",
        "The page would both show the section and say that it is missing.",
    ),
)
REPEATED_SECTION: Final = Code(
    "repeated-section",
    Severity.ERROR,
    Text("Rubriken ”{heading}” står två gånger.", "The heading “{heading}” stands twice."),
    Text("För ihop texterna under en rubrik.", "Bring the texts together under one heading."),
    Text("Ett avsnitt visas en gång.", "A section is shown once."),
)
SECTION_ORDER: Final = Code(
    "section-order",
    Severity.ERROR,
    Text(
        "Rubriken ”{heading}” står för sent: den ska stå före ”{before}”.",
        "The heading “{heading}” stands too late: it belongs before “{before}”.",
    ),
    Text("Flytta avsnittet. Ordningen är: {known}.", "Move the section. The order is: {known}."),
    Text(
        "Samma ordning på alla sidor gör dem lätta att jämföra.",
        "The same order on all pages makes them easy to compare.",
    ),
)
EMPTY_SECTION: Final = Code(
    "empty-section",
    Severity.ERROR,
    Text(
        "Det står ingen text under rubriken ”{heading}”.", "There is no text under the heading “{heading}”."
    ),
    Text("Skriv en text, eller ta bort rubriken.", "Write a text, or take the heading away."),
    Text(
        "En tom rubrik lovar något som inte finns.", "An empty heading promises something that isn't there."
    ),
)
HEADING_OUT_OF_PLACE: Final = Code(
    "heading-out-of-place",
    Severity.ERROR,
    Text(
        "Rubriken ”{heading}” är på nivå {level}. {rule}",
        "The heading “{heading}” is at level {level}. {rule}",
    ),
    Text("{mend}", "{mend}"),
    Text(
        "Den som lyssnar på sidan tar sig fram med hjälp av rubrikernas nivåer.",
        "Those who listen to the page find their way by the levels of the headings.",
    ),
)
TEXT_BEFORE_SECTION: Final = Code(
    "text-before-section",
    Severity.ERROR,
    Text("Här står text före den första rubriken.", "There is text before the first heading here."),
    Text(
        "Flytta texten till ett avsnitt. Det första är ”## {first}”.",
        "Move the text into a section. The first is “## {first}”.",
    ),
    Text(
        "Text utanför avsnitten har ingen plats på sidan.",
        "Text outside the sections has no place on the page.",
    ),
)

CODES: Final = (
    UNKNOWN_SECTION, MISSING_SECTION, REQUIRED_SECTION, SECTION_AND_UNKNOWN, REPEATED_SECTION,
    SECTION_ORDER, EMPTY_SECTION, HEADING_OUT_OF_PLACE, TEXT_BEFORE_SECTION,
)  # fmt: skip

PAIRED: Final = frozenset({"goals", "actions"})
"""Sections whose absence beside their twin has a rule of its own (see substance)."""


def check(subject: Subject) -> Iterator[Problem]:
    body = subject.document.body
    if body is None or not body.markdown.strip():
        return
    yield from _levels(subject, body)
    yield from _empty(subject, body)
    if not subject.type.sections:
        yield from _alike(subject, body)
    else:
        yield from _lead(subject, body)
        yield from _known(subject, body)
        yield from _order(subject, body)
        yield from _missing(subject, body)


class _Misplaced(NamedTuple):
    """Why a heading is out of place, and what to write instead."""

    rule: Text
    mend: Text


_ABOVE: Final = _Misplaced(
    Text(
        "Nivå 1 är sidans titel, som kommer från fältet title.",
        "Level 1 is the title of the page, which comes from the field title.",
    ),
    Text(
        "Ta bort rubriken om den är titeln. Annars: skriv två nummertecken, ##.",
        "Take the heading away if it is the title. Otherwise: write two number signs, ##.",
    ),
)
_NESTED: Final = _Misplaced(
    Text("Rubriker får inte stå i listor eller citat.", "Headings may not stand in lists or quotations."),
    Text(
        "Gör rubriken till fet text, **så här**, eller flytta ut den.",
        "Make the heading bold text, **like this**, or move it out.",
    ),
)
_NAMELESS: Final = _Misplaced(
    Text("Den har inga bokstäver.", "It has no letters."),
    Text(
        "Skriv en rubrik med ord, så att man kan länka till den.",
        "Write a heading in words, so that it can be linked to.",
    ),
)
_SKIPPED: Final = _Misplaced(
    Text("En nivå har hoppats över.", "A level has been left out."),
    Text(
        "Ta bort ett nummertecken (#) i taget, tills rubriken ligger en nivå under den närmast ovanför.",
        "Take away one number sign (#) at a time, until the heading is one level below the one above it.",
    ),
)


def _levels(subject: Subject, body: Body) -> Iterator[Problem]:
    above = SECTION_LEVEL - 1
    for heading in body.headings:
        fault = _misplaced(heading, above)
        if fault:
            yield _of(
                subject, HEADING_OUT_OF_PLACE, heading, level=heading.level, rule=fault.rule, mend=fault.mend
            )
        if not heading.nested:
            above = max(heading.level, SECTION_LEVEL - 1)


def _misplaced(heading: Heading, above: int) -> _Misplaced | None:
    if heading.level < SECTION_LEVEL:
        return _ABOVE
    if heading.nested:
        return _NESTED
    if not slug(heading.text):
        return _NAMELESS
    return _SKIPPED if heading.level > above + 1 else None


def _empty(subject: Subject, body: Body) -> Iterator[Problem]:
    for section in body.sections:
        if not section.markdown.strip():
            yield _of(subject, EMPTY_SECTION, section.heading)


def _alike(subject: Subject, body: Body) -> Iterator[Problem]:
    """Headings of a free text, which are places that links lead to."""
    seen: set[str] = set()
    for section in body.sections:
        anchor = slug(section.heading.text)
        if anchor in seen:
            yield _of(subject, REPEATED_SECTION, section.heading)
        seen.add(anchor)


def _lead(subject: Subject, body: Body) -> Iterator[Problem]:
    if body.lead.strip() and not body.lead.lstrip().startswith("# "):
        above = body.markdown[: len(body.markdown) - len(body.markdown.lstrip("\n"))]
        line = body.place.line + above.count("\n")
        first = body.lead.strip().split("\n", 1)[0]
        place = Place(line, 1, line, len(first) + 1)
        yield subject.problem(TEXT_BEFORE_SECTION, place, first=subject.type.sections[0].heading.sv)


def _known(subject: Subject, body: Body) -> Iterator[Problem]:
    types = subject.type.sections
    seen: set[str] = set()
    for section, key in zip(body.sections, subject.sections, strict=True):
        if key is None:
            values: dict[str, Value] = {"type": subject.type.plural, "known": _headings(types)}
            if near := nearest(section.heading.text, {s.heading.sv.casefold(): s.heading.sv for s in types}):
                values["nearest"] = near
            yield _of(subject, UNKNOWN_SECTION, section.heading, **values)
        elif key in seen:
            yield _of(subject, REPEATED_SECTION, section.heading)
        else:
            seen.add(key)
            if key in subject.unknown:
                yield _of(subject, SECTION_AND_UNKNOWN, section.heading, key=key)


def _order(subject: Subject, body: Body) -> Iterator[Problem]:
    types = subject.type.sections
    rank = {section.key: number for number, section in enumerate(types)}
    highest = -1
    seen: set[int] = set()
    for section, key in zip(body.sections, subject.sections, strict=True):
        if key is None:
            continue
        if rank[key] < highest and rank[key] not in seen:
            before = types[highest].heading
            yield _of(subject, SECTION_ORDER, section.heading, before=before.sv, known=_headings(types))
        highest = max(highest, rank[key])
        seen.add(rank[key])


def _missing(subject: Subject, body: Body) -> Iterator[Problem]:
    present = set(subject.sections)
    line = body.place.line
    place = Place(line, 1, line, 1)
    for section in subject.type.sections:
        if section.key in present:
            continue
        if section.required:
            yield subject.problem(REQUIRED_SECTION, place, heading=section.heading.sv)
        elif section.key not in subject.unknown and not (section.key in PAIRED and present & PAIRED):
            yield subject.problem(MISSING_SECTION, place, heading=section.heading.sv, key=section.key)


def _headings(types: tuple[SectionType, ...]) -> str:
    return ", ".join(section.heading.sv for section in types)


def _of(subject: Subject, code: Code, heading: Heading, **values: Value) -> Problem:
    return subject.problem(code, heading.place, heading=heading.text, **values)
