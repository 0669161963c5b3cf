"""What a new record must be asked for, and how an answer is understood: the field dictionary as questions.

An answer is words, as a person types them. It is understood by the rules that the checks go by.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kunskapsbank.dictionary.types import Dictionary, Field, RecordType, Term
from kunskapsbank.dictionary.validation import nearest, problems_of, validator
from kunskapsbank.problems.problem import START
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Scalar
from kunskapsbank.reading.nodes import Sequence as SequenceNode
from kunskapsbank.reading.numbers import whole_number


class Refused(Exception):
    """An answer that can't be used; its message is one sentence for the person who gave it."""


class Question(NamedTuple):
    """A field to ask for: `name` is how it is given on the command line, with a dot before a part of a group.
    One that is not `needed` may be left without an answer: the source does not say. `group` is the label of
    the group that it is part of, if any."""

    name: str
    field: Field
    needed: bool
    group: str = ""

    @property
    def label(self) -> str:
        return f"{self.group}: {self.field.label.sv.lower()}" if self.group else self.field.label.sv

    @property
    def key(self) -> str:
        return self.name.partition(".")[0]


def questions(type_: RecordType) -> Iterator[Question]:
    """In the order of the dictionary, those that a record can't be without first."""
    fields = type_.fields.values()
    for field in (*(f for f in fields if f.required), *(f for f in fields if f.may_be_unknown)):
        for part in field.children.values():
            if part.required or not field.required:
                needed = field.required and part.required
                yield Question(f"{field.key}.{part.key}", part, needed, field.label.sv)
        if not field.children:
            yield Question(field.key, field, field.required)


def default(question: Question, today: date) -> str:
    """What is meant by no answer; empty where something must be said."""
    field = question.field
    return today.isoformat() if field.today else str(field.default or "")


def choices(question: Question, dictionary: Dictionary) -> Sequence[Term]:
    """The terms to choose from."""
    name = question.field.vocabulary
    return tuple(dictionary.vocabularies[name].terms.values()) if name else ()


def understood(question: Question, answer: str, type_: RecordType, dictionary: Dictionary) -> Any:
    """The value that an answer means: a text, a whole number, or a list of texts. Raises `Refused`."""
    field = question.field
    words = [word.strip() for word in answer.split(",")] if field.many else [answer.strip()]
    values = [_one(question, word, dictionary) for word in words if word]
    if not values:
        raise Refused("Det här behövs.")
    schema = _schema_of(question, type_)
    value = values if field.many else _typed(values[0], schema)
    _refuse_faults(field.key, value, schema)
    return value


def _one(question: Question, word: str, dictionary: Dictionary) -> Any:
    terms = choices(question, dictionary)
    if terms:
        return _term(word, terms)
    return word


def _term(word: str, terms: Sequence[Term]) -> str:
    """By its number in the list, its id, or one of its names."""
    number = whole_number(word)
    if number is not None and 1 <= number <= len(terms):
        return terms[number - 1].id
    names = {name: term.id for term in terms for name in term.names}
    found = names.get(word.casefold())
    if found is None:
        near = nearest(word, names)
        raise Refused(f"”{word}” finns inte i listan." + (f" Menade du {near}?" if near else ""))
    return found


def _refuse_faults(key: str, value: Any, schema: Mapping[str, Any]) -> None:
    """By the schema of the field alone, with the message that the checks would give."""
    rules = {"type": "object", "properties": {key: schema}}
    found = next(problems_of(validator(rules), rules, _node(key, value), {key: value}, ""), None)
    if found:
        raise Refused(f"{found.message('sv')} {found.help('sv')}")


def _schema_of(question: Question, type_: RecordType) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = type_.schema["properties"][question.key]
    _, _, part = question.name.partition(".")
    if part:
        group = schema["items"] if schema.get("type") == "array" else schema
        schema = group["properties"][part]
    return schema


def _typed(word: str, schema: Mapping[str, Any]) -> str | int:
    """A whole number where the field takes one."""
    whole = whole_number(word) if "integer" in schema.get("type", ()) else None
    return word if whole is None else whole


def _node(key: str, value: Any) -> MappingNode:
    """As if it stood in a file, since the checks look at files."""
    if isinstance(value, list):
        node: Scalar | SequenceNode = SequenceNode(tuple(Scalar(v, True, START) for v in value), START)
    else:
        node = Scalar(str(value), True, START)
    return MappingNode(((Scalar(key, True, START), node),), START)
