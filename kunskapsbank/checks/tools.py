"""Rules on what tools are made of: nothing of their kind is missing, out of reach or without use."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from kunskapsbank.checks import scoring
from kunskapsbank.checks.subject import Subject
from kunskapsbank.problems.problem import Code, Problem, Severity, Text

KIND: Final = "tool_kind"
PLANNED: Final = "planned"
"""The status of a tool that the source only plans: the site may be without it."""

TOOL_PART_MISSING: Final = Code(
    "tool-part-missing",
    Severity.ERROR,
    Text(
        "Verktyget är en ”{kind}”, men fältet ”{kind}” saknas.",
        "The tool is a “{kind}”, but has no field “{kind}”.",
    ),
    Text(
        "Skriv fältet ”{kind}”, eller ”status: planned” om verktyget inte finns på webbplatsen än.",
        "Write the field “{kind}”, or “status: planned” if the tool is not on the site yet.",
    ),
    Text("Utan frågor är det inget verktyg.", "Without questions there is no tool."),
)
TOOL_PART_FOREIGN: Final = Code(
    "tool-part-foreign",
    Severity.ERROR,
    Text(
        "Fältet ”{field}” hör inte till ett verktyg av typen ”{kind}”.",
        "The field “{field}” does not belong to a tool of the kind “{kind}”.",
    ),
    Text(
        "Ta bort fältet, eller ändra tool_kind till ”{field}”.",
        "Remove the field, or change tool_kind to “{field}”.",
    ),
    Text(
        "Ett verktyg fungerar på ett sätt. Det som hör till ett annat skulle inte synas.",
        "A tool works in one way. What belongs to another would not be seen.",
    ),
)
TOOL_ID_TWICE: Final = Code(
    "tool-id-twice",
    Severity.ERROR,
    Text(
        "Id:t ”{id}” finns redan i verktyget, på rad {line}.",
        "The id “{id}” is in the tool already, on line {line}.",
    ),
    Text("Ge det ena ett annat id.", "Give one of them another id."),
    Text(
        "Svaren sparas efter id. Två med samma skulle få samma svar.",
        "Answers are kept by id. Two with the same one would share an answer.",
    ),
)
TOOL_UNKNOWN_ID: Final = Code(
    "tool-unknown-id",
    Severity.ERROR,
    Text("”{id}” finns inte {where}.", "“{id}” is not {where}."),
    Text("Välj ett av: {known}.", "Choose one of: {known}."),
    Text(
        "Det som hänvisar till något som inte finns skulle aldrig visas.",
        "What refers to something that is not there would never be shown.",
    ),
)
TOOL_ADVICE_MISSING: Final = Code(
    "tool-advice-missing",
    Severity.ERROR,
    Text(
        "Påståendet har inget råd för svaret ”{answer}”.",
        "The statement has no advice for the answer “{answer}”.",
    ),
    Text("Skriv ett råd för det: - answer: {answer}", "Write advice for it: - answer: {answer}"),
    Text(
        "Den som svarar så ska få veta vad som är nästa steg.",
        "Who answers so should be told what the next step is.",
    ),
)
TOOL_ADVICE_UNUSED: Final = Code(
    "tool-advice-unused",
    Severity.ERROR,
    Text(
        "Rådet för svaret ”{answer}” visas aldrig: svaret är det bästa.",
        "The advice for the answer “{answer}” is never shown: it is the best answer.",
    ),
    Text("Ta bort rådet.", "Remove the advice."),
    Text(
        "Den som svarar så har inget kvar att göra, och får inget råd.",
        "Who answers so has nothing left to do, and gets no advice.",
    ),
)
TOOL_LEVEL_COUNT: Final = Code(
    "tool-level-count",
    Severity.ERROR,
    Text("”{field}” ska ha {wanted} texter (nu {now}).", "“{field}” should have {wanted} texts (now {now})."),
    Text(
        "Verktyget har {levels} nivåer: skriv en text för varje i ”levels”, och en för varje steg mellan dem i ”next”.",
        "The tool has {levels} levels: write a text for each in “levels”, and one for each step between them in “next”.",
    ),
    Text(
        "Varje nivå måste gå att känna igen, och veta vägen till nästa.",
        "Every level must be recognisable, and know the way to the next.",
    ),
)
TOOL_LEVEL_UNREACHABLE: Final = Code(
    "tool-level-unreachable",
    Severity.ERROR,
    Text("Inga svar ger resultatet ”{label}”.", "No answers give the result “{label}”."),
    Text(
        "Låt nivåerna börja på 0 och stiga. Nu gäller ”{label}” från {from} procent.",
        "Let the levels begin at 0 and rise. Now “{label}” holds from {from} per cent.",
    ),
    Text(
        "En nivå som ingen kan få är fel tänkt, eller fel skriven.",
        "A level that nobody can get is wrongly thought, or wrongly written.",
    ),
)
TOOL_LEVEL_MISSING: Final = Code(
    "tool-level-missing",
    Severity.ERROR,
    Text("Ett resultat under {from} procent hör inte till någon nivå.", "A result below {from} per cent belongs to no level."),
    Text("Låt den första nivån börja på 0: from: 0", "Let the first level begin at 0: from: 0"),
    Text("Alla svar ska ge ett resultat.", "All answers should give a result."),
)  # fmt: skip

CODES: Final = (
    TOOL_PART_MISSING,
    TOOL_PART_FOREIGN,
    TOOL_ID_TWICE,
    TOOL_UNKNOWN_ID,
    TOOL_ADVICE_MISSING,
    TOOL_ADVICE_UNUSED,
    TOOL_LEVEL_COUNT,
    TOOL_LEVEL_UNREACHABLE,
    TOOL_LEVEL_MISSING,
)

Steps = tuple[str | int, ...]
"""The way to a value in the file."""


def check(subject: Subject) -> Iterator[Problem]:
    if KIND not in subject.type.fields or not subject.type.validator.is_valid(subject.data):
        return
    kind = subject.data[KIND]
    for field in _PARTS:
        if field in subject.data and field != kind:
            yield subject.problem(TOOL_PART_FOREIGN, subject.node(field).place, field=field, kind=kind)
    if kind in subject.data:
        yield from _repeated(subject, kind)
        yield from _PARTS[kind](subject, subject.data[kind])
    elif subject.data.get("status") != PLANNED:
        yield subject.problem(TOOL_PART_MISSING, subject.node(KIND).place, kind=kind)


def _checklist(subject: Subject, checklist: Mapping[str, Any]) -> Iterator[Problem]:
    worth = scoring.points(checklist)
    for number, section in enumerate(checklist["sections"]):
        for place, statement in enumerate(section["statements"]):
            way = ("checklist", "sections", number, "statements", place)
            yield from _advice(subject, way, statement, worth)
    yield from _results(subject, checklist)


def _advice(
    subject: Subject, way: Steps, statement: Mapping[str, Any], worth: Mapping[str, int]
) -> Iterator[Problem]:
    best = max(worth.values())
    given = [advice["answer"] for advice in statement["advice"]]
    for number, answer in enumerate(given):
        place = subject.node(*way, "advice", number, "answer").place
        if answer not in worth:
            where = Text("bland svaren", "among the answers")
            yield subject.problem(TOOL_UNKNOWN_ID, place, id=answer, where=where, known=", ".join(worth))
        elif worth[answer] == best:
            yield subject.problem(TOOL_ADVICE_UNUSED, place, answer=answer)
    for answer, value in worth.items():
        if value < best and answer not in given:
            yield subject.problem(TOOL_ADVICE_MISSING, subject.node(*way, "statement").place, answer=answer)


def _results(subject: Subject, checklist: Mapping[str, Any]) -> Iterator[Problem]:
    results = checklist["results"]
    first = results[0]["from"]
    if first > 0:
        place = subject.node("checklist", "results", 0, "from").place
        yield Problem(TOOL_LEVEL_MISSING, subject.path, place, {"from": first})
    reached = {id(scoring.level(results, found)) for found in scoring.reachable(checklist)}
    for number, result in enumerate(results):
        if id(result) not in reached:
            place = subject.node("checklist", "results", number, "from").place
            values = {"label": result["label"], "from": result["from"]}
            yield Problem(TOOL_LEVEL_UNREACHABLE, subject.path, place, values)


def _maturity(subject: Subject, maturity: Mapping[str, Any]) -> Iterator[Problem]:
    levels = len(maturity["levels"])
    for number, area in enumerate(maturity["areas"]):
        for place, dimension in enumerate(area["dimensions"]):
            for field, wanted in (("levels", levels), ("next", levels - 1)):
                now = len(dimension[field])
                if now != wanted:
                    node = subject.node("maturity", "areas", number, "dimensions", place, field)
                    yield subject.problem(
                        TOOL_LEVEL_COUNT, node.place, field=field, wanted=wanted, now=now, levels=levels
                    )


def _planner(subject: Subject, planner: Mapping[str, Any]) -> Iterator[Problem]:
    """A step builds on what was asked in the steps before it."""
    before: dict[str, None] = {}
    for number, step in enumerate(planner["steps"]):
        for place, question in enumerate(step.get("builds_on", ())):
            if question not in before:
                node = subject.node("planner", "steps", number, "builds_on", place)
                where = Text("bland frågorna i stegen före", "among the questions of the steps before")
                known = ", ".join(islice(before, _SHOWN_QUESTIONS)) or "–"
                known += " …" if len(before) > _SHOWN_QUESTIONS else ""
                yield subject.problem(TOOL_UNKNOWN_ID, node.place, id=question, where=where, known=known)
        before |= dict.fromkeys(question["id"] for question in step.get("questions", ()))


_SHOWN_QUESTIONS: Final = 24
"""A longer list is cut in the help line."""


def _repeated(subject: Subject, kind: str) -> Iterator[Problem]:
    """Ids that stand in a tool more than once, whatever they name."""
    found = list(_ids(subject.data[kind], (kind,)))
    counted = Counter(name for name, _ in found)
    first: dict[str, Steps] = {}
    for name, way in found:
        if counted[name] > 1 and name in first:
            line = subject.node(*first[name]).place.line
            yield subject.problem(TOOL_ID_TWICE, subject.node(*way).place, id=name, line=line)
        first.setdefault(name, way)


def _ids(value: Any, way: Steps) -> Iterator[tuple[str, Steps]]:
    if isinstance(value, list):
        for number, part in enumerate(value):
            yield from _ids(part, (*way, number))
    elif isinstance(value, dict):
        for key, part in value.items():
            if key == "id":
                yield part, (*way, key)
            else:
                yield from _ids(part, (*way, key))


_PARTS: Final[Mapping[str, Callable[[Subject, Mapping[str, Any]], Iterator[Problem]]]] = {
    "checklist": _checklist,
    "maturity": _maturity,
    "planner": _planner,
}
"""The field of each kind of tool, with the rules on it."""
