"""Slips that somebody may make in a YAML file, by chance but from a seed: in its data and in its lines."""

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

import yaml

from kunskapsbank.reading.nodes import read_mapping, typed

Path = tuple[str | int, ...]

VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 10**15, "", " ", "x", "sv", "å" * 5, "x" * 3000, "null", "2007-02-31", "(", "[a-z", "(a+)+$",
    "<b>x</b>", "[x](javascript:alert(1))", "//evil.example/", "{x}", "%s", "@@title@@", [], [[]], [None], ["x", "x"], [1, "x", {}],
    {}, {"x": 1}, {"sv": "x"}, {"en": "x"}, {"sv": None, "en": 1}, {"sv": "x", "en": "y"}, {"$ref": "common.yml#/$defs/title"},
    {"$ref": "#/nothing"}, {"$ref": "https://evil.example/x.json"}, {"type": "string"}, {"type": ["string", "null"]},
    {"type": "array", "items": {"type": "object"}},
)  # fmt: skip
"""What may come to stand in the place of a value."""

KEYS: Final = (
    "x", "sv", "en", "type", "items", "properties", "required", "enum", "const", "pattern", "format", "default", "examples", "$ref",
    "$defs", "$id", "allOf", "anyOf", "not", "if", "then", "additionalProperties", "minLength", "maxLength", "minItems", "minimum",
    "uniqueItems", "x-label", "x-help", "x-words", "x-unit", "x-vocabulary", "x-reference", "x-facet", "x-may-be-unknown",
    "x-unknowns", "x-section-key", "x-today", "x-set-by-editors", "x-form-help", "x-likens", "id", "label", "path", "1", "",
)  # fmt: skip
"""What a key may come to be called."""


def mutate(text: str, seed: int) -> str:
    """Return the text of a YAML file with one to three slips in it, the same for the same seed."""
    chance = random.Random(seed)  # nothing is kept secret by it
    if chance.random() < 0.3:
        for _ in range(chance.choice((1, 1, 2))):
            text = _mutate_lines(text, chance)
        return text
    node, _ = read_mapping(text, "", tags_allowed=True)
    data = typed(node)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        _mutate_data(data, chance)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def _mutate_data(data: Any, chance: random.Random) -> None:
    """Change one place in the data."""
    paths = [path for path in _paths(data) if path]
    if not paths:
        return
    path = chance.choice(paths)
    around, key = _at(data, path[:-1]), path[-1]
    chance.choice(_OF_DATA)(data, around, key, chance)


def _paths(data: Any, above: Path = ()) -> Iterator[Path]:
    yield above
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from _paths(value, (*above, key))


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _delete(_: Any, around: Any, key: Any, __: random.Random) -> None:
    del around[key]


def _replace(_: Any, around: Any, key: Any, chance: random.Random) -> None:
    around[key] = copy.deepcopy(chance.choice(VALUES))


def _rename(_: Any, around: Any, key: Any, chance: random.Random) -> None:
    """Give a key another name, in its place; a near one half of the time."""
    if isinstance(around, dict):
        near = str(key)[:-1] + chance.choice("aex_-") if chance.random() < 0.5 else chance.choice(KEYS)
        entries = [(near if name == key else name, value) for name, value in around.items()]
        around.clear()
        around.update(entries)


def _add(_: Any, around: Any, __: Any, chance: random.Random) -> None:
    value = copy.deepcopy(chance.choice(VALUES))
    if isinstance(around, dict):
        around[chance.choice(KEYS)] = value
    else:
        around.append(value)


def _double(_: Any, around: Any, key: Any, chance: random.Random) -> None:
    if isinstance(around, list):
        around.insert(key, copy.deepcopy(around[key]))
    else:
        around[chance.choice(KEYS)] = copy.deepcopy(around[key])


def _swap(data: Any, around: Any, key: Any, chance: random.Random) -> None:
    """Put what stands somewhere else in the file here."""
    around[key] = copy.deepcopy(_at(data, chance.choice([*_paths(data)])))


def _wrap(_: Any, around: Any, key: Any, chance: random.Random) -> None:
    """Put a value one step deeper."""
    around[key] = chance.choice(([around[key]], {"x": around[key]}, {chance.choice(KEYS): around[key]}))


def _unwrap(_: Any, around: Any, key: Any, __: random.Random) -> None:
    """Take a value one step up."""
    value = around[key]
    if isinstance(value, dict | list) and value:
        around[key] = next(iter(value.values())) if isinstance(value, dict) else value[0]


_OF_DATA: Final[tuple[Callable[[Any, Any, Any, random.Random], None], ...]] = (
    _delete, _delete, _replace, _replace, _replace, _rename, _rename, _add, _double, _swap, _wrap, _unwrap,
)  # fmt: skip


def _mutate_lines(text: str, chance: random.Random) -> str:
    """Change one line as a hand that slips does."""
    lines = text.split("\n")
    place = chance.randrange(len(lines))
    line = lines[place]
    at = chance.randrange(len(line) + 1)
    changed: tuple[list[str], ...] = (
        [],
        [line, line],
        ["  " + line],
        [line[1:]],
        [line[:at]],
        [line[:at] + line[at + 1 :]],
        [line[:at] + chance.choice(":{}[]#&*!|>'\"%@`,- \t\x00\ufeff\u200b<") + line[at:]],
        [line[:at], line[at:]],
    )
    lines[place : place + 1] = chance.choice(changed)
    if chance.random() < 0.1:
        lines = lines[:place]
    return "\n".join(lines)
