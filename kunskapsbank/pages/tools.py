"""Tools that readers use: the printable form of each kind, which the page's script makes something to work in.

All that the script needs stands in the form: without a script it is a paper to fill in.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kunskapsbank.checks.record import Record
from kunskapsbank.checks.scoring import NOT_APPLICABLE
from kunskapsbank.checks.tools import KIND
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import Value
from kunskapsbank.pages.views import Viewer

EMPTY_ROWS: Final = 6
"""On paper, in the list of actions."""

LINKED: Final = ("method", "example")


def html(record: Record, viewer: Viewer) -> str:
    """Nothing for a record that is no tool, or a tool that the site doesn't have yet."""
    kind = record.fields.get(KIND)
    definition = record.fields.get(str(kind))
    if definition is None:
        return ""
    return render(
        "tool.html",
        kind=kind,
        id=record.id,
        title=record.title,
        tool=definition,
        parts=_PARTS[str(kind)](definition),
        links=_links(definition, viewer),
        not_applicable=NOT_APPLICABLE,
        sources=[viewer.source(source) for source in record.fields["sources"]],
        rows=EMPTY_ROWS,
    )


def is_usable(record: Record) -> bool:
    return str(record.fields.get(KIND)) in record.fields


def outline(record: Record) -> list[tuple[str, list[str]]]:
    """What a tool asks, part by part, for where it can be read but not used."""
    kind = str(record.fields.get(KIND))
    definition = record.fields.get(kind)
    return [] if definition is None else [(part["title"], _asked(part)) for part in _PARTS[kind](definition)]


def _asked(part: Mapping[str, Any]) -> list[str]:
    if "statements" in part:
        return [statement["statement"] for statement in part["statements"]]
    if "dimensions" in part:
        return [f"{d['title']}: {d['levels'][0]} – {d['levels'][-1]}" for d in part["dimensions"]]
    return [question["question"] for question in part.get("questions", ())]


def _checklist(definition: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The statements numbered through all sections, as readers speak of them."""
    number = 0
    parts: list[Mapping[str, Any]] = []
    for section in definition["sections"]:
        first, number = number, number + len(section["statements"])
        parts.append({**section, "first": first})
    return parts


def _maturity(definition: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(definition["areas"])


def _planner(definition: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Each step with the words of the questions that it builds on."""
    asked = {q["id"]: q["question"] for step in definition["steps"] for q in step.get("questions", ())}
    return [
        {**step, "before": [(name, asked[name]) for name in step.get("builds_on", ())]}
        for step in definition["steps"]
    ]


_PARTS: Final = {"checklist": _checklist, "maturity": _maturity, "planner": _planner}


def _links(definition: Mapping[str, Any], viewer: Viewer) -> Mapping[str, Value]:
    """The pages that the parts of a tool lead to, by their ids."""
    found = {}
    for name in _named(definition):
        page = viewer.linked(LINKED, name)
        if page:
            found[name] = page
    return found


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _named(part)
    elif isinstance(value, dict):
        yield from value.get("links", ())
        for part in value.values():
            yield from _named(part)
