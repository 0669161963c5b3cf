"""The chain of a goal: starting point → goal → action → result → what its source says, and the state they give.

That a source says something of a goal does not mean that anybody followed the goal up: no label here claims it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from kunskapsbank.checks.followup import PLANNED, PROPOSED
from kunskapsbank.checks.record import Record
from kunskapsbank.checks.substance import HELD, UNCLEAR
from kunskapsbank.followup.selection import Scope, actions_of
from kunskapsbank.library import dates
from kunskapsbank.library.library import Library


class State(StrEnum):
    """How far a goal has come, the least first."""

    UNSERVED = "utan-atgard"
    PROPOSED = "foreslaget"
    UNCLEAR = "oklart"
    PLANNED = "planerat"
    RUNNING = "pagar"
    FOLLOWED_UP = "foljt-upp"
    REACHED = "natt"

    @property
    def label(self) -> str:
        return _STATES[self]


_STATES: Final = {
    State.UNSERVED: "Utan åtgärd",
    State.PROPOSED: "Föreslaget",
    State.UNCLEAR: "Oklart",
    State.PLANNED: "Planerat",
    State.RUNNING: "Pågår",
    State.FOLLOWED_UP: "Källan säger något om läget",
    State.REACHED: "Nått",
}


class Step(NamedTuple):
    """`there` is false where the chain has a gap."""

    label: str
    words: str
    there: bool


class FollowUp(NamedTuple):
    """`value` is in the unit of the goal's indicator."""

    date: str
    value: float | None
    words: str
    document: str
    section: str


@dataclass(frozen=True, slots=True)
class Chain:
    """`done` are those of the actions that have been carried out. Follow-ups have the latest last."""

    goal: Record
    baseline: str
    actions: Sequence[Record]
    done: Sequence[Record]
    follow_ups: Sequence[FollowUp]
    state: State

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(_steps(self))


def chain_of(goal: Record, library: Library, scope: Scope) -> Chain:
    actions = tuple(actions_of(goal, library))
    done = tuple(record for record in actions if record.fields.get("status") in HELD)
    follow_ups = tuple(f for f in _follow_ups(goal) if scope.reaches(f.date, f.date))
    state = _state(goal, actions, follow_ups)
    return Chain(goal, goal.fields["baseline"]["state"], actions, done, follow_ups, state)


def _follow_ups(goal: Record) -> list[FollowUp]:
    said: Sequence[Mapping[str, Any]] = goal.fields.get("follow_ups", ())
    made = [
        FollowUp(f["date"], f.get("value"), f.get("words", ""), f["document"], f["section"]) for f in said
    ]
    return sorted(made, key=lambda f: dates.sort_key(f.date))


def _state(goal: Record, actions: Sequence[Record], follow_ups: Sequence[FollowUp]) -> State:
    if _is_reached(goal, follow_ups):
        return State.REACHED
    if not actions:
        return State.UNSERVED
    if follow_ups:
        return State.FOLLOWED_UP
    statuses = {record.fields.get("status") for record in actions}
    if statuses - set(_NOT_KNOWN_TO_HAVE_BEGUN):
        return State.RUNNING
    return next(state for status, state in _NOT_KNOWN_TO_HAVE_BEGUN.items() if status in statuses)


_NOT_KNOWN_TO_HAVE_BEGUN: Final = {
    PLANNED: State.PLANNED,
    UNCLEAR: State.UNCLEAR,
    PROPOSED: State.PROPOSED,
}
"""The state of a goal whose actions all have such a status, by the one of them that comes first here: a plan is the
most that is known, and a proposal the least."""


def _is_reached(goal: Record, follow_ups: Sequence[FollowUp]) -> bool:
    """By the latest value that there is. Where the starting point is measured and higher than what is wanted,
    less is better."""
    target = goal.fields.get("indicator", {}).get("target")
    values = [f.value for f in follow_ups if f.value is not None]
    if target is None or not values:
        return False
    start = goal.fields["baseline"].get("value")
    less_is_better = start is not None and start > target
    return bool(values[-1] <= target if less_is_better else values[-1] >= target)


_BASELINES: Final = {"missing": "Saknas", "described": "Beskrivet", "measured": "Mätt"}


def _steps(chain: Chain) -> Iterator[Step]:
    indicator = chain.goal.fields.get("indicator")
    start = _BASELINES[chain.baseline]
    value = chain.goal.fields["baseline"].get("value")
    if value is not None and indicator:
        start = f"{start}: {in_swedish(value)} {indicator['unit']}"
    yield Step("Utgångsläge", start, chain.baseline != "missing")
    yield Step("Mål", _wanted(indicator), True)
    number, done = len(chain.actions), len(chain.done)
    yield Step("Åtgärder", str(number) if number else "Saknas", number > 0)
    yield Step("Resultat", f"{done} av {number} genomförda" if done else "Saknas", done > 0)
    latest = chain.follow_ups[-1] if chain.follow_ups else None
    told = dates.in_words(latest.date) if latest else "Saknas"
    yield Step("Läget enligt källan", told, latest is not None)


def _wanted(indicator: Mapping[str, Any] | None) -> str:
    if indicator is None:
        return "Utan indikator"
    if "target" not in indicator:
        return "Med indikator"
    return f"{in_swedish(indicator['target'])} {indicator['unit']}"


def in_swedish(number: float) -> str:
    """With a decimal comma, and blanks that don't break between thousands."""
    whole, _, rest = f"{number:,}".replace(",", "\u00a0").partition(".")
    return f"{whole},{rest}" if rest.strip("0") else whole
