"""How the answers to a tool become a result, in whole numbers so that every machine counts alike.

The script of the tools' pages (overrides/assets/verktyg/scoring.js) counts the same; a test holds them together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
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
    most = sum(map(weight, every)) * max(worth.values())
    return {as_percent(total, most) for total in _totals(every, worth)} if most else set()


def _totals(asked: Iterable[Statement], worth: Mapping[str, int]) -> Iterator[int]:
    """Yield every number of points that can be had. Each is a bit of one whole number on the way: a tool can
    have hundreds of statements, and thousands of totals."""
    bits = 1
    for statement in asked:
        of_one = weight(statement)
        bits = reduce(or_, (bits << of_one * value for value in worth.values()))
    return (total for total, bit in enumerate(reversed(f"{bits:b}")) if bit == "1")
