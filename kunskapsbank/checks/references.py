"""Rules on references between records: what is named exists."""

from collections.abc import Iterator, Sequence
from typing import Final

from kunskapsbank.checks.links import LINK_TO_NOWHERE
from kunskapsbank.checks.record import Examined, Reference
from kunskapsbank.dictionary.validation import nearest
from kunskapsbank.problems.problem import Code, Problem, Severity, Text, Value

DANGLING_REFERENCE: Final = Code(
    "dangling-reference",
    Severity.ERROR,
    Text("”{id}” i ”{key}” finns inte.", "“{id}” in “{key}” doesn't exist."),
    Text(
        "Skriv id för en post som finns, det vill säga filnamnet utan ändelse (och utan datum).",
        "Write the id of a record that exists, its file name without ending (and without date).",
    ),
    Text(
        "Sidor som hör ihop ska gå att nå från varandra.",
        "Pages that belong together should be reachable from each other.",
    ),
    nearest=Text("Menade du ”{nearest}”?", "Did you mean “{nearest}”?"),
)
REFERENCE_TO_SELF: Final = Code(
    "reference-to-self",
    Severity.ERROR,
    Text("Posten hänvisar till sig själv i ”{key}”.", "The record refers to itself in “{key}”."),
    Text("Ta bort ”{id}”.", "Take “{id}” away."),
    Text("En länk till sidan man står på leder ingenstans.", "A link to the page one is on leads nowhere."),
)

CODES: Final = (DANGLING_REFERENCE, REFERENCE_TO_SELF)


def relate(all_examined: Sequence[Examined]) -> Iterator[Problem]:
    known: dict[str, dict[str, str]] = {}
    for examined in all_examined:
        known.setdefault(examined.type, {})[examined.id] = examined.id
    for examined in all_examined:
        for reference in examined.references:
            yield from _judge(examined, reference, known)


def _judge(examined: Examined, reference: Reference, known: dict[str, dict[str, str]]) -> Iterator[Problem]:
    answering = [name for name in reference.types if reference.id in known.get(name, {})]
    if not answering:
        code = DANGLING_REFERENCE if reference.key else LINK_TO_NOWHERE
        values: dict[str, Value] = {"id": reference.id, "key": reference.key, "target": reference.id}
        candidates = {k: v for name in reference.types for k, v in known.get(name, {}).items()}
        if near := nearest(reference.id, candidates):
            values["nearest"] = near
        yield Problem(code, examined.path, reference.place, values)
    elif reference.key and reference.id == examined.id and examined.type in answering and len(answering) == 1:
        yield Problem(
            REFERENCE_TO_SELF, examined.path, reference.place, {"id": reference.id, "key": reference.key}
        )
