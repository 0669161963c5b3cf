"""The state of the whole: goals, activities, examples, findings, and what is missing."""

from collections.abc import Iterable

from kunskapsbank.followup.selection import possible
from kunskapsbank.pages.slots.asked import Asked


def names(asked: Asked) -> Iterable[str]:
    return ("",) if possible(asked.dictionary) else ()


def html(asked: Asked, *_: object) -> str:
    return asked.followups.state_html(None)


def made_from(asked: Asked, *_: object) -> tuple[str, ...]:
    return asked.followups.made_from(None)
