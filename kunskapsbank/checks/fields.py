"""Rules on the fields: the field dictionary's own, and that nothing is left unsaid.

What the source does not say is part of the record: a field that may be unknown is either given or named
in `not_documented`, never both.
"""

from collections.abc import Iterator
from typing import Final

from kunskapsbank.checks.partial_dates import is_before
from kunskapsbank.checks.subject import Subject
from kunskapsbank.dictionary.shapes import flow
from kunskapsbank.dictionary.validation import misspelt, problems_of
from kunskapsbank.problems.problem import Code, Place, Problem, Severity, Text

UNSTATED_FIELD: Final = Code(
    "unstated-field",
    Severity.ERROR,
    Text(
        "Fältet ”{key}” ({label}) är varken ifyllt eller nämnt i not_documented.",
        "The field “{key}” ({label}) is neither filled in nor named in not_documented.",
    ),
    Text(
        "Fyll i det, till exempel ”{example}”, eller lägg till {key} i not_documented om källan inte säger något.",
        "Fill it in, for example “{example}”, or add {key} to not_documented if the source doesn't say.",
    ),
    Text(
        "Läsaren ska se skillnad på det som inte är känt och det som någon har glömt.",
        "Readers should see the difference between what is not known and what somebody forgot.",
    ),
)
STATED_AND_UNKNOWN: Final = Code(
    "stated-and-unknown",
    Severity.ERROR,
    Text(
        "”{key}” är ifyllt men nämns också i not_documented.",
        "“{key}” is given but is also named in not_documented.",
    ),
    Text(
        "Ta bort {key} ur not_documented, eller ta bort uppgiften.",
        "Take {key} out of not_documented, or take the item away.",
    ),
    Text(
        "Sidan skulle både visa uppgiften och säga att den saknas.",
        "The page would both show the item and say that it is missing.",
    ),
)
IMPOSSIBLE_PERIOD: Final = Code(
    "impossible-period",
    Severity.ERROR,
    Text(
        "Perioden slutar ({to}) innan den börjar ({start}).",
        "The period ends ({to}) before it begins ({start}).",
    ),
    Text("Byt plats på datumen eller rätta det ena.", "Swap the dates or mend one of them."),
    Text(
        "Omkastade datum ger fel ordning i listor och tidslinjer.",
        "Dates turned round give a wrong order in lists and time lines.",
    ),
)

CODES: Final = (UNSTATED_FIELD, STATED_AND_UNKNOWN, IMPOSSIBLE_PERIOD)


def check(subject: Subject) -> Iterator[Problem]:
    front = subject.document.front
    yield from problems_of(subject.type.validator, subject.type.schema, front, subject.data, subject.path)
    yield from _unstated(subject)
    yield from _stated_and_unknown(subject)
    yield from _period(subject)


def _unstated(subject: Subject) -> Iterator[Problem]:
    """At `not_documented` where there is one, since that is the line to mend."""
    front, data, unknown = subject.document.front, subject.data, subject.unknown
    fields = subject.type.fields.items()
    unstated = [f for key, f in fields if f.may_be_unknown and key not in data and key not in unknown]
    if not unstated:
        return
    misspelt_keys = misspelt(subject.type.schema, front)
    line, column = front.place[:2]
    whole = Place(line, column, line, column)
    place = front.key_place("not_documented") if front.get("not_documented") else whole
    for field in unstated:
        if field.key not in misspelt_keys:
            example = f"{field.key}: {flow(field.example)}"
            yield subject.problem(UNSTATED_FIELD, place, key=field.key, label=field.label, example=example)


def _stated_and_unknown(subject: Subject) -> Iterator[Problem]:
    for scalar in subject.scalars("not_documented"):
        if scalar.text in subject.data:
            yield subject.problem(STATED_AND_UNKNOWN, scalar.place, key=scalar.text)


def _period(subject: Subject) -> Iterator[Problem]:
    """Of a period, and of a date with an end."""
    period = subject.data.get("period")
    spans = [(period.get("from"), period.get("to"), "period")] if isinstance(period, dict) else []
    spans.append((subject.data.get("date"), subject.data.get("end"), "end"))
    for start, to, key in spans:
        if isinstance(start, str) and isinstance(to, str) and is_before(to, start):
            yield subject.problem(IMPOSSIBLE_PERIOD, subject.node(key).place, start=start, to=to)
