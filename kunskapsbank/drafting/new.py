"""From what a person gives, on the command line or when asked, to the file of a new record."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kunskapsbank.checks.names import LONGEST_ID, make_id
from kunskapsbank.checks.subject import name_parts
from kunskapsbank.dictionary.types import Dictionary, RecordType
from kunskapsbank.dictionary.validation import nearest
from kunskapsbank.drafting.dialogue import Ask, Say, interview
from kunskapsbank.drafting.draft import Draft, draft
from kunskapsbank.drafting.questions import Question, Refused, default, questions, understood


def record(
    type_name: str,
    given: Sequence[str],
    record_id: str,
    dictionary: Dictionary,
    today: date,
    ask: Ask | None,
    say: Say,
    schemas: str = "",
) -> Draft:
    """`type_name` is the id or the name of a type, `given` are answers as FIELD=VALUE. What is missing is
    asked for or, where there is nobody to `ask`, refused. `schemas` is the address that the schemas of the
    types lie under, for editors. Raises `Refused`, and what `ask` raises."""
    type_ = _type(type_name, dictionary)
    answers = _given(given, type_, dictionary)
    if ask:
        answers = interview(type_, dictionary, answers, today, ask, say)
    else:
        answers |= _meant(type_, dictionary, answers, today)
    made = draft(type_, answers, record_id, schemas)
    if make_id(record_id, type_) != record_id or name_parts(type_, made.path) is None:
        example = make_id(record_id, type_)
        meant = f", till exempel {example}" if example else ""
        raise Refused(
            f"{made.path} går inte som filnamn. Välj ett med --id{meant}: små bokstäver a–z, siffror och "
            f"bindestreck, högst {LONGEST_ID} tecken."
        )
    return made


def _type(name: str, dictionary: Dictionary) -> RecordType:
    names = {
        word.casefold(): t for t in dictionary.types.values() for word in (t.id, t.label.sv, t.plural.sv)
    }
    found = names.get(name.casefold())
    if found is None:
        known = ", ".join(t.label.sv for t in dictionary.types.values())
        raise Refused(f"Det finns ingen typ som heter {name}. Det finns: {known}.")
    return found


def _given(given: Sequence[str], type_: RecordType, dictionary: Dictionary) -> dict[str, Any]:
    known = {question.name: question for question in questions(type_)}
    answers = {}
    for pair in given:
        name, equals, answer = pair.partition("=")
        if name not in known or not equals:
            near = nearest(name, {n.casefold(): n for n in known})
            meant = f" Menade du {near}?" if near else f" Det som kan anges: {', '.join(known)}."
            raise Refused(f"--set {pair} går inte att förstå.{meant}")
        try:
            answers[name] = understood(known[name], answer, type_, dictionary)
        except Refused as refused:
            raise Refused(f"--set {pair}: {refused}") from None
    return answers


def _meant(
    type_: RecordType, dictionary: Dictionary, answers: Mapping[str, Any], today: date
) -> dict[str, Any]:
    """What is meant by no answer. Raises `Refused` where something needed has neither."""
    left = [q for q in questions(type_) if q.needed and q.name not in answers]
    missing = [question.name for question in left if not default(question, today)]
    if missing:
        raise Refused(f"Det här fattas: {', '.join(missing)}. Ange det med --set, eller kör i en terminal.")
    return {q.name: _understood_default(q, type_, dictionary, today) for q in left}


def _understood_default(question: Question, type_: RecordType, dictionary: Dictionary, today: date) -> Any:
    return understood(question, default(question, today), type_, dictionary)
