"""Examined files as data, so that a file that has not changed since need not be examined again."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from kunskapsbank.checks.record import Examined, Record
from kunskapsbank.packed import decoder, encode
from kunskapsbank.problems.problem import Code, Place, Problem, Text, Value

_Row = tuple[
    str,  # path
    str,  # digest
    str,  # type
    str,  # id
    Place,
    tuple[tuple[str, Place], ...],  # aliases
    tuple[str, ...],  # anchors
    bytes,  # references
    bool,  # readable
    bool,  # shown
    tuple[dict[str, Any], str, tuple[str, ...], str, str] | None,  # what only the record has
    tuple[tuple[str, str, Place, dict[str, str | int | tuple[str, str]]], ...],  # problems
]

_decode: Final[Callable[[bytes], list[_Row]]] = decoder(list[_Row])


def encoded(examined: Iterable[Examined]) -> bytes:
    return encode([_row(one) for one in examined])


def decoded(data: bytes, code_of: Callable[[str], Code | None]) -> dict[str, Examined]:
    """By path. `code_of` gives a code by its name. Raises `ValueError` where the data can't have been made by
    `encoded`."""
    return {row[0]: _examined(row, code_of) for row in _decode(data)}


def _row(one: Examined) -> tuple[Any, ...]:
    record = one.record
    own = (record.fields, record.markdown, record.sections, record.digest, record.facts) if record else None
    problems = [(p.code.name, p.path, p.place, p.values) for p in one.problems]
    head = (one.path, one.digest, one.type, one.id, one.id_place, one.aliases, one.anchors, one.packed)
    return (*head, one.readable, one.shown, own, problems)


def _examined(row: _Row, code_of: Callable[[str], Code | None]) -> Examined:
    path, digest, type_, id_, id_place, aliases, anchors, packed, readable, shown, own, problems = row
    record = None
    if own:
        fields, markdown, sections, said, facts = own
        record = Record(type_, id_, path, fields, markdown, sections, anchors, said, facts)
    found = tuple(_problem(*problem, code_of) for problem in problems)
    return Examined(
        path, type_, id_, id_place, aliases, anchors, readable, shown, record, found, digest, packed
    )


def _problem(
    name: str,
    path: str,
    place: Place,
    values: Mapping[str, str | int | tuple[str, str]],
    code_of: Callable[[str], Code | None],
) -> Problem:
    code = code_of(name)
    if code is None:
        raise ValueError(name)
    known: dict[str, Value] = {k: Text(*v) if isinstance(v, tuple) else v for k, v in values.items()}
    return Problem(code, path, place, known)
