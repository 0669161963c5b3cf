"""How the answers to a tool become a result, in whole numbers so that every machine counts alike.

The script of the tools' pages (overrides/assets/verktyg/scoring.js) counts the same; a test holds them together.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

NOT_APPLICABLE: Final = "ej-tillampligt"
"""An answer that every statement can have, and that counts for nothing."""

Statement = Mapping[str, Any]


def statements(checklist: Mapping[str, Any]) -> list[Statement]:
    return [statement for section in checklist["sections"] for statement in section["statements"]]


def weight(statement: Statement) -> int:
    found: int = statement.get("weight", 1)
    return found


def points(checklist: Mapping[str, Any]) -> dict[str, int]:
    """By the id of the answer."""
    return {answer["id"]: answer["points"] for answer in checklist["answers"]}


def percent(asked: Iterable[Statement], answers: Mapping[str, str], worth: Mapping[str, int]) -> int | None:
    """What part of the points that could be had was had, halves rounded up. `answers` are by the ids of
    statements. None where no answer counts."""
    counted = [(weight(s), worth[answers[s["id"]]]) for s in asked if answers.get(s["id"]) in worth]
    most = sum(w for w, _ in counted) * max(worth.values())
    return as_percent(sum(w * p for w, p in counted), most) if most else None


def as_percent(had: int, most: int) -> int:
    return (200 * had + most) // (2 * most)


def level(results: Sequence[Mapping[str, Any]], found: int) -> Mapping[str, Any] | None:
    """The last level that begins at the percentage or below it."""
    reached = [result for result in results if result["from"] <= found]
    return reached[-1] if reached else None


def reachable(checklist: Mapping[str, Any]) -> set[int]:
    """Every percentage that some answers to all statements give."""
    worth = points(checklist)
    every = statements(checklist)
    sums = {0}
    for statement in every:
        sums = {total + weight(statement) * value for total in sums for value in worth.values()}
    most = sum(map(weight, every)) * max(worth.values())
    return {as_percent(total, most) for total in sums} if most else set()
