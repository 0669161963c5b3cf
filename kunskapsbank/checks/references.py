"""Rules on references between records: what is named exists."""

import posixpath
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
MISSING_PARENT: Final = Code(
    "missing-parent",
    Severity.ERROR,
    Text("Filen hör till {path}, som inte finns.", "The file belongs to {path}, which doesn't exist."),
    Text(
        "Lägg till den filen, eller ge den här filen samma id som en som finns.",
        "Add that file, or give this file the id of one that exists.",
    ),
    Text("Ett verktyg visas på sin metods sida.", "A tool is shown on the page of its method."),
    nearest=Text("Menade du ”{nearest}”?", "Did you mean “{nearest}”?"),
)
REFERENCE_TO_SELF: Final = Code(
    "reference-to-self",
    Severity.ERROR,
    Text("Posten hänvisar till sig själv i ”{key}”.", "The record refers to itself in “{key}”."),
    Text("Ta bort ”{id}”.", "Take “{id}” away."),
    Text("En länk till sidan man står på leder ingenstans.", "A link to the page one is on leads nowhere."),
)

PARENT: Final = "id"
"""The key of the mention that a record like a tool makes of the one it belongs to: its own id."""

Paths = dict[str, dict[str, str]]
"""The file of every record, by type and id."""

CODES: Final = (DANGLING_REFERENCE, MISSING_PARENT, REFERENCE_TO_SELF)


def relate(all_examined: Sequence[Examined]) -> Iterator[Problem]:
    paths: dict[str, dict[str, str]] = {}
    for examined in all_examined:
        paths.setdefault(examined.type, {}).setdefault(examined.id, examined.path)
    for examined in all_examined:
        for reference in examined.references:
            judge = _link if not reference.key else _field
            yield from judge(examined, reference, paths)


def _field(examined: Examined, reference: Reference, paths: Paths) -> Iterator[Problem]:
    answering = [name for name in reference.types if reference.id in paths.get(name, {})]
    if not answering:
        code = MISSING_PARENT if reference.key == PARENT else DANGLING_REFERENCE
        values: dict[str, Value] = {"id": reference.id, "key": reference.key, "path": reference.path}
        ids = {record_id: record_id for name in reference.types for record_id in paths.get(name, {})}
        yield _with_nearest(code, examined, reference, values, nearest(reference.id, ids))
    elif reference.key != PARENT and reference.id == examined.id and answering == [examined.type]:
        values = {"id": reference.id, "key": reference.key}
        yield Problem(REFERENCE_TO_SELF, examined.path, reference.place, values)


def _link(examined: Examined, reference: Reference, paths: Paths) -> Iterator[Problem]:
    """A link names a file, and so must be right about its date too."""
    known = paths.get(reference.types[0], {})
    path = known.get(reference.id)
    if reference.path and path != reference.path:
        near = path or known.get(nearest(reference.id, {i: i for i in known}) or "")
        here = posixpath.dirname(examined.path)
        suggestion = posixpath.relpath(near, here) if near else None
        yield _with_nearest(LINK_TO_NOWHERE, examined, reference, {"target": reference.written}, suggestion)


def _with_nearest(
    code: Code, examined: Examined, reference: Reference, values: dict[str, Value], near: str | None
) -> Problem:
    if near:
        values["nearest"] = near
    return Problem(code, examined.path, reference.place, values)
