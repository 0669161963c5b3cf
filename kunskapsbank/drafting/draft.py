"""The file of a new record: its answers as front matter, the dictionary's help as comments, its headings.

All that is left to do in it is the text. What was not answered and may be unknown is named as such, and
stands as a comment that shows how it is written.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import yaml

from kunskapsbank.checks.names import date_in_name, make_id
from kunskapsbank.dictionary.shapes import flow
from kunskapsbank.dictionary.types import Field, RecordType
from kunskapsbank.drafting.questions import questions
from kunskapsbank.reading.fences import FENCE

_WIDE: Final = 1_000_000
"""No line is broken: a value stands on one."""

_TIMESTAMP: Final = "tag:yaml.org,2002:timestamp"


class _Dumper(yaml.SafeDumper):
    """Writes dates without quotation marks, since no reader of ours makes more of them than a text."""


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != _TIMESTAMP]
    for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


class Draft(NamedTuple):
    """`path` is where the file belongs, from the source."""

    path: str
    text: str


def draft(type_: RecordType, answers: Mapping[str, Any], record_id: str = "", schemas: str = "") -> Draft:
    """`answers` are values by the names of their questions, the title among them. Without a `record_id` the
    file is named after the title. `schemas` is the address that the schemas of the types lie under; editors
    are told of it in a comment, where there is one."""
    name = record_id or make_id(str(answers["title"]), type_)
    dated = f"{date_in_name(answers.get('date'))}-" if type_.dated else ""
    hint = [f"# yaml-language-server: $schema={schemas}{type_.id}.json"] if schemas else []
    front = "\n".join([*hint, *_front(type_, _grouped(type_, answers))])
    text = f"{FENCE}\n{front}\n{FENCE}\n\n{_body(type_)}" if type_.has_body else f"{front}\n"
    return Draft(f"{type_.folder}/{dated}{name}{type_.suffix}", text)


def template(type_: RecordType, today: date) -> Draft:
    """A file to fill in: what must be said is filled in with the dictionary's own examples, to be changed."""
    needed = (question for question in questions(type_) if question.needed)
    answers = {q.name: _meant(q.field, today) for q in needed}
    return draft(type_, answers, "mall")


def _meant(field: Field, today: date) -> Any:
    return today.isoformat() if field.today else field.default or field.example


def _grouped(type_: RecordType, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Parts of groups together, in the order of the dictionary."""
    data: dict[str, Any] = {}
    for key, field in type_.fields.items():
        parts = {part: answers[f"{key}.{part}"] for part in field.children if f"{key}.{part}" in answers}
        if parts:
            data[key] = [parts] if field.many else parts
        elif key in answers:
            data[key] = answers[key]
    unknown = [f.key for f in type_.fields.values() if f.may_be_unknown and f.key not in data]
    if unknown and "not_documented" in type_.fields:
        data.setdefault("not_documented", unknown)
    return data


def _front(type_: RecordType, data: Mapping[str, Any]) -> Iterator[str]:
    for key, field in type_.fields.items():
        if key in data:
            yield from _help(field)
            yield _line(key, data[key])
        elif field.may_be_unknown:
            yield from _help(field)
            yield f"# {key}: {flow(field.example)}"
    for section in type_.sections:
        yield f"# ## {section.heading.sv}: {section.help.sv}"


def _help(field: Field) -> Iterator[str]:
    said = " ".join(part for part in (f"{field.label.sv}.", field.help.sv) if part)
    yield f"# {' '.join(said.split())}"


def _line(key: str, value: Any) -> str:
    """A key and its value as YAML; a list of words on the same line."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return f"{key}: {_yaml(value, flow=True)}"
    return _yaml({key: value}, flow=False)


def _yaml(value: Any, *, flow: bool) -> str:
    written: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE, default_flow_style=flow
    )
    return written.rstrip("\n")


def _body(type_: RecordType) -> str:
    return "\n".join(f"## {section.heading.sv}\n\n" for section in type_.sections) or "\n"
