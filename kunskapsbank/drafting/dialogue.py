"""The questions put to a person, one by one, until each has an answer that can be used."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from kunskapsbank.dictionary.types import Dictionary, RecordType, Term
from kunskapsbank.drafting.questions import Question, Refused, choices, default, questions, understood

Ask = Callable[[str], str]
"""Shows some words and gives the answer. May raise `EOFError`."""

Say = Callable[[str], None]

SHOWN: Final = 15
"""Of a longer list the rest is left to be guessed at: near misses are answered."""


def interview(
    type_: RecordType, dictionary: Dictionary, given: Mapping[str, Any], today: date, ask: Ask, say: Say
) -> dict[str, Any]:
    """An answer to every question that has none yet, by the questions' names."""
    answers = dict(given)
    for question in questions(type_):
        if question.name not in answers:
            value = _answer(question, type_, dictionary, today, ask, say)
            answers |= {} if value is None else {question.name: value}
    return answers


def _answer(
    question: Question, type_: RecordType, dictionary: Dictionary, today: date, ask: Ask, say: Say
) -> Any:
    """None where the question is left without an answer, which one that is not needed may be."""
    meant = default(question, today)
    say(_heading(question, meant))
    for line in _listed(choices(question, dictionary)):
        say(line)
    while True:
        answer = ask("> ").strip() or meant
        if not answer and not question.needed:
            return None
        try:
            return understood(question, answer, type_, dictionary)
        except Refused as refused:
            say(f"  {refused}")


def _heading(question: Question, meant: str) -> str:
    field = question.field
    notes = [
        "flera går bra, med komma emellan" if field.many else "",
        f"Enter betyder {meant}" if meant else "" if question.needed else "Enter om källan inte säger något",
    ]
    said = ", ".join(note for note in notes if note)
    heading = f"\n{question.label}" + (f" ({said})" if said else "")
    return f"{heading}\n  {' '.join(field.help.sv.split())}" if field.help.sv else heading


def _listed(terms: Sequence[Term]) -> list[str]:
    lines = [f"  {number}. {term.label.sv}" for number, term in enumerate(terms[:SHOWN], 1)]
    return [*lines, f"  … och {len(terms) - SHOWN} till. Skriv namnet."] if len(terms) > SHOWN else lines
