"""Two sites that differ in their words alone: those of `hostile`, and plain ones.

Records of every kind, whose every field that may say anything says the words, and so does every term of
every closed list. `tests/shapes.py` says what two such sites have in common.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any, Final, NamedTuple

from hostile import TITLES
from sites_support import replace
from support import compose

from kunskapsbank.dictionary import load
from kunskapsbank.dictionary.types import RecordType
from kunskapsbank.library.library import swedish
from kunskapsbank.reading.nodes import read_mapping, typed

_SORTED: Final = sorted(TITLES, key=swedish)
PLAIN: Final = tuple(f"Vanliga ord nummer {_SORTED.index(words):02}" for words in TITLES)
"""In lists they come in the same order as the others."""

OWNERS: Final = ("&lt;/script&gt; \"&' ]] {{ config }} -- %s", "Vanliga ägare")
"""What the settings call those who publish, in the one site and the other. Settings hold no < and no >."""

SAID: Final = "*"
"""Stands in the fields below for the words."""

COMMON: Final = {
    "reviewed": "2026-11-23",
    "review_every": 24,
    "contact": "redaktionen",
    "sources": [{"document": "delredovisning-2007", "section": SAID}],
}

ADVICE: Final = [{"answer": "nej", "text": SAID}]
DIMENSION: Final = {"id": "ett", "title": SAID, "why": SAID, "levels": [SAID] * 3, "next": [SAID] * 2}
TOOLS: Final[Sequence[Mapping[str, Any]]] = (
    {
        "answers": [{"id": "nej", "label": SAID, "points": 0}, {"id": "ja", "label": SAID, "points": 1}],
        "results": [{"from": start, "label": SAID, "meaning": SAID} for start in (0, 50)],
        "sections": [
            {
                "id": "del", "title": SAID, "intro": SAID,
                "statements": [{"id": "ett", "statement": SAID, "why": SAID, "advice": ADVICE, "links": ["ord-00"]}],
            }
        ],
    },
    {
        "levels": [SAID] * 3,
        "areas": [{"id": "del", "title": SAID, "intro": SAID, "dimensions": [DIMENSION]}],
    },
    {
        "steps": [
            {"id": "del", "title": SAID, "intro": SAID, "questions": [{"id": "ett", "question": SAID, "help": SAID}]},
            {"id": "mal", "title": SAID, "intro": SAID, "collects": "goals", "builds_on": ["ett"]},
        ],
    },
)  # fmt: skip
"""A checklist, a maturity model and a planner."""

_CLOSED: Final = ("enum", "pattern", "format", "x-reference", "x-vocabulary", "x-unknowns", "x-section-key")
"""A text that has none of these may say anything."""


class Kind(NamedTuple):
    """Records of a type that say the same words everywhere. `folder` and `name` say where their files are,
    with the number of the words in the name; `fields` are those that are not free, and groups."""

    type: str
    name: str
    fields: Mapping[str, Any]
    body: Callable[[str], str] | None = None
    turn: int | None = None
    """Of kinds that take turns, which this is: of all words each has its share."""


def _in_section(heading: str) -> Callable[[str], str]:
    return lambda words: f"## {heading}\n\n{in_markdown(words)}"


def _freely(words: str) -> str:
    """A text of a type that has no sections of its own: its headings are sections of any name."""
    return in_markdown(words, 2)


def _steps(words: str) -> str:
    """Those of a method, of which a picture is drawn."""
    numbered = "".join(f"{number}. {escaped(words)}\n" for number in (1, 2, 3))
    return f"{_in_section('Vad är det?')(words)}\n## Så gör ni\n\n{numbered}"


KINDS: Final = (
    Kind(
        "example",
        "examples/ord-{:02}.md",
        {
            "focus_areas": ["process"], "practice_type": "natverk", "status": "running",
            "evidence": {"level": "described", "assessed_by": "redaktionen", "assessed_on": "2026-11-23"},
            "counties": ["skane"], "agencies": ["verva"], "grounds": ["religion"], "methods": ["ord-{:02}"],
            "period": {"from": "2006-höst"}, "aliases": ["forr-{:02}"],
            "not_documented": ["goals", "actions", "results", "effects", "difficulties", "lessons", "transfer"],
        },
        _in_section("Utgångsläge"),
    ),
    Kind(
        "method",
        "methods/ord-{:02}.md",
        {
            "method_type": "planering", "focus_areas": ["process"], "agencies": ["verva"], "grounds": ["religion"],
            "picture": "spiral", "editorial": ["steps"],
            "not_documented": ["why", "when", "when_not", "roles", "strengths", "weaknesses", "variants"],
        },
        _steps,
    ),
    *(
        Kind("tool", "methods/ord-{:02}.tool.yml", {"tool_kind": kind, "status": "running", kind: part}, turn=turn)
        for turn, (kind, part) in enumerate(zip(("checklist", "maturity", "planner"), TOOLS, strict=True))
    ),
    Kind(
        "activity",
        "activities/{day}-ord-{:02}.md",
        {
            "date": "{day}", "activity_kind": "seminarium", "status": "done", "counties": ["dalarna"],
            "agencies": ["verva"], "participants": 60, "evaluated": "no", "focus_areas": ["process"],
        },
        _freely,
    ),
    Kind(
        "news",
        "news/{day}-ord-{:02}.md",
        {"date": "{day}", "counties": ["skane"], "agencies": ["verva"], "focus_areas": ["process"]},
        _freely,
    ),
    Kind(
        "news",
        "news/{day}-borta-{:02}.md",
        {"date": "{day}", "withdrawn": {"date": "2026-11-20", "reason": SAID}},
        _freely,
    ),
)  # fmt: skip

PAGES: Final = {
    "sok": ("search",),
    "badda-in": ("embedding",),
    "bidra/regler": ("rules",),
    "bidra/ny": ("form-example",),
    "bidra/metod": ("form-method",),
    "bidra/falt": ("fields-activity",),
    "en": ("english-method",),
    "overblick": ("picture-map", "picture-matrix", "picture-timeline", "picture-turnout"),
    "val": ("facets-example", "facets-method", "facets-activity"),
}
"""Pages of docs/ that the base site lacks, with their slots."""

SETTINGS: Final = """    publisher: {owner}
    search: true
    api: true
    alike: 0
    page_size: 300
    feed_size: 300
    catalog:
      publisher: {{name: {owner}, type: NationalAuthority}}
      contact: {{name: {owner}, email: data@prov.example}}
      themes: [GOVE]
"""
"""Which records are alike depends on their words."""


def bank(place: Path, words: Sequence[str], owner: str) -> Path:
    """The base site with such records only, the first words in the first record of each kind and so on."""
    source = compose(place)
    for kind in KINDS:
        for file in (source / kind.name).parent.iterdir():
            file.unlink()
    _settle(source, owner)
    _relabel(source, words, owner)
    types = load.load(source).types
    for kind in KINDS:
        for number, said in enumerate(words):
            if kind.turn in (None, number % len(TOOLS)):
                file = source / _numbered(kind.name, number)
                file.write_text(record(types[kind.type], kind, number, said), "utf-8")
    return source


def record(type_: RecordType, kind: Kind, number: int, words: str) -> str:
    """The file of a record that says the words in every field where it may."""
    fields = type_.schema["properties"]
    data = dict.fromkeys(free(fields), SAID) | {**kind.fields, **COMMON}
    front = "".join(
        f"{key}: {json.dumps(_numbered(_said(value, fields[key], words), number), ensure_ascii=False)}\n"
        for key, value in data.items()
    )
    return f"---\n{front}---\n\n{kind.body(words)}" if kind.body else front


def free(fields: Mapping[str, Any]) -> Iterator[str]:
    """The fields that hold any text, or texts."""
    for key, schema in fields.items():
        one = schema.get("items", schema)
        if one.get("type") == "string" and not any(keyword in one for keyword in _CLOSED):
            yield key


def _said(value: Any, schema: Mapping[str, Any], words: str) -> Any:
    """A value with the words in it, as many as the field takes."""
    if isinstance(value, dict):
        return {key: _said(one, schema["properties"][key], words) for key, one in value.items()}
    if isinstance(value, list):
        return [_said(one, schema["items"], words) for one in value]
    if value != SAID:
        return value
    if schema["type"] == "array":
        return [_said(value, schema["items"], words)]
    lacking = schema.get("minLength", 0) - len(words)
    return f"{words}{'.' * lacking}"[: schema.get("maxLength")]


def _numbered(value: Any, number: int) -> Any:
    if isinstance(value, list):
        return [_numbered(item, number) for item in value]
    if not isinstance(value, str):
        return value
    return value.replace("{:02}", f"{number:02}").replace("{day}", f"{date(2007, 1, 1) + timedelta(number)}")


def _settle(source: Path, owner: str) -> None:
    settings = SETTINGS.format(owner=json.dumps(owner))
    replace(source / "mkdocs.yml", "    publisher: Provbanken\n", settings)
    for path, names in PAGES.items():
        page = source / "docs" / path / "index.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        asked = "\n\n".join(f"<!-- slot:{name} -->" for name in names)
        page.write_text(f"---\ntitle: Sidan {path}\n---\n\n# Sidan\n\n{asked}\n", "utf-8")


def _relabel(source: Path, words: Sequence[str], owner: str) -> None:
    """Every term of every closed list is called by the words, in turn, with what the owner is called after
    them: few terms are met in pictures, and each should try to break out of those."""
    turn = cycle(words)
    for file in sorted((source / "schema" / "vocabularies").glob("*.yml")):
        node, problems = read_mapping(file.read_text("utf-8"), file.name)
        assert not problems
        data: dict[str, Any] = typed(node)
        for term in data["terms"]:
            term["label"] = dict.fromkeys(("sv", "en"), called(next(turn), owner))
            if "short" in term:
                term["short"] = term["label"]
        file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def called(words: str, owner: str) -> str:
    """The label of a term."""
    return f"{words} {owner}"


# Markdown


def in_markdown(words: str, level: int = 3) -> str:
    """The words in every kind of Markdown, as what they are."""
    said, fence = escaped(words), "`" * 8
    code = " ".join(words.split())
    return f"""\
{said}

{"#" * level} {said} [{said}](../methods/ord-00.md)

**{said}** och *{said}* och ~~{said}~~

[{said}](https://prov.example/) [{said}](../methods/ord-00.md) ![{said}](../docs/bilder/snackan.svg)

> {said}

- {said}

| {said} |
|---|
| {said} |

{fence} {code} {fence}

{fence}
{code}
{fence}
"""


def escaped(words: str) -> str:
    """Markdown that says the words: in a line, with a backslash before every sign."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(words.split()))
