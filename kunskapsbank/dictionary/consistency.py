"""Whether what the dictionary's files say agrees with itself, where JSON Schema can't tell."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from kunskapsbank.dictionary.definitions import DEFINITIONS, Pointer, nested_references, parts
from kunskapsbank.dictionary.types import Vocabulary
from kunskapsbank.dictionary.validation import convert, validator
from kunskapsbank.problems.problem import Text
from kunskapsbank.reading.nodes import Node, Sequence

ALWAYS: Final = {"title": None, "summary": None, "reviewed": "date"}
"""What every record says, whatever its type, and its format: lists and feeds are made of it."""

_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


class Fault(NamedTuple):
    """Something that doesn't agree, at a path into the data of the file."""

    pointer: Pointer
    words: Text


def fault(pointer: Pointer, sv: str, en: str) -> Fault:
    return Fault(pointer, Text(sv, en))


def of_shape(schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what would keep a type's schema, with its definitions taken in, from being read at all."""
    rules = {key: value for key, value in schema.items() if key not in ("x-type", DEFINITIONS)}
    for pointer in nested_references(rules):
        yield fault(
            pointer,
            "$ref kan bara stå direkt under ett fält. Skriv reglerna här i stället.",
            "$ref can only stand directly under a field. Write the rules here instead.",
        )
    for pointer, part in parts(schema):
        for key in part.get("properties", {}):
            if not _KEY.fullmatch(key):
                yield fault(
                    (*pointer, "properties", key),
                    f"fältet ”{key}” får bara ha bokstäver a–z, siffror, _ och - i namnet.",
                    f"the field “{key}” may only have letters a–z, digits, _ and - in its name.",
                )


def of_type(schema: Mapping[str, Any], vocabularies: Mapping[str, Vocabulary]) -> Iterator[Fault]:
    """Yield what a type says of fields and vocabularies that are not there, or of values that can't be."""
    own, fields = schema["x-type"], schema["properties"]
    for key in sorted(set(ALWAYS) - set(schema["required"])):
        yield fault(("required",), f"{key} måste vara obligatoriskt.", f"{key} must be required.")
    for key, form in ALWAYS.items():
        if key in fields and (fields[key].get("type") != "string" or fields[key].get("format") != form):
            sv, en = ("ett datum (type: string och format: date)", "a date (type: string and format: date)")
            wanted = (sv, en) if form else ("en text (type: string)", "a text (type: string)")
            yield fault(("properties", key), f"{key} måste vara {wanted[0]}.", f"{key} must be {wanted[1]}.")
    for index, key in enumerate(own["facts"]):
        if key not in fields:
            yield _no_field(("x-type", "facts", index), key)
    yield from _sections(own)
    for pointer, part in parts(schema):
        yield from _part(pointer, part, vocabularies)


def _no_field(pointer: Pointer, key: str) -> Fault:
    return fault(pointer, f"fältet {key} finns inte.", f"there is no field {key}.")


def _sections(own: Mapping[str, Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, section in enumerate(own["sections"]):
        for step, name in ((("key",), section["key"]), (("heading", "sv"), section["heading"]["sv"])):
            word = f"{step[0]}: {name.casefold()}"
            if word in seen:
                pointer = ("x-type", "sections", index, *step)
                yield fault(
                    pointer, f"avsnittet ”{name}” finns två gånger.", f"the section “{name}” stands twice."
                )
            seen.add(word)
    if own["sections"] and not own["suffix"].endswith(".md"):
        yield fault(
            ("x-type", "sections"),
            f"filer som slutar på {own['suffix']} har ingen löpande text och därför inga avsnitt. Skriv: sections: []",
            f"files that end with {own['suffix']} have no text and therefore no sections. Write: sections: []",
        )


def _part(
    pointer: Pointer, part: Mapping[str, Any], vocabularies: Mapping[str, Vocabulary]
) -> Iterator[Fault]:
    """Yield the faults of one field, or of a part of one."""
    for index, key in enumerate(part.get("required", ())):
        if key not in part.get("properties", {}):
            yield _no_field((*pointer, "required", index), key)
    if (name := part.get("x-vocabulary")) is not None and name not in vocabularies:
        known = ", ".join(vocabularies) or "–"
        yield fault(
            (*pointer, "x-vocabulary"),
            f"ordlistan {name} finns inte. De som finns är: {known}.",
            f"there is no vocabulary {name}. Those that there are: {known}.",
        )
    for keyword in ("x-vocabulary", "x-reference", "x-unknowns", "x-section-key"):
        if part.get(keyword) and part.get("type") != "string":
            yield fault(
                (*pointer, keyword),
                f"{keyword} gäller en text: skriv type: string bredvid. För en lista hör båda hemma under items.",
                f"{keyword} is about a text: write type: string beside it. For a list both belong under items.",
            )
    if part.get("x-today") and part.get("format") != "date":
        yield fault(
            (*pointer, "x-today"),
            "x-today gäller bara datum (format: date).",
            "x-today is for dates only (format: date).",
        )
    yield from _words(pointer, part)


def _words(pointer: Pointer, part: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield where the labels of fixed values and the values differ."""
    if "x-words" not in part or "enum" not in part:
        return
    values = [str(value) for value in part["enum"]]
    for word in sorted(set(part["x-words"]) - set(values)):
        yield fault(
            (*pointer, "x-words", word),
            f"”{word}” är inget av värdena i enum.",
            f"“{word}” is none of the values of enum.",
        )
    for index, value in enumerate(values):
        if value not in part["x-words"]:
            yield fault(
                (*pointer, "enum", index),
                f"”{value}” saknar ord i x-words.",
                f"“{value}” has no words in x-words.",
            )


class Values:
    """Whether the examples and defaults of fields keep the fields' own rules. What several types take in from a
    definition is judged once."""

    def __init__(self) -> None:
        self._judged: dict[tuple[int, str], bool] = {}

    def faults(
        self, schema: Mapping[str, Any], closed: Mapping[str, Any], node_at: Callable[[Pointer], Node]
    ) -> Iterator[Fault]:
        """Yield the values that their own field would refuse. `closed` is the schema with every closed list written
        out: a default must be in it, while an example only shows the form, since terms come and go. Both must be
        JSON Schema. `node_at` gives what stands at a path in the files."""
        for (pointer, part), (_, closed_part) in zip(parts(schema), parts(closed), strict=True):
            for where, node in _examples(pointer, part, node_at):
                if not self._is_valid(node, part):
                    yield fault(
                        where,
                        "exemplet följer inte fältets egna regler. Rätta exemplet eller regeln.",
                        "the example doesn't keep the field's own rules. Mend the example or the rule.",
                    )
            default = (*pointer, "default")
            if "default" in part and not self._is_valid(node_at(default), closed_part):
                yield fault(
                    default,
                    "värdet följer inte fältets egna regler. Rätta värdet eller regeln.",
                    "the value doesn't keep the field's own rules. Mend the value or the rule.",
                )

    def _is_valid(self, node: Node, part: Mapping[str, Any]) -> bool:
        key = (id(node), repr(part))
        if key not in self._judged:
            self._judged[key] = validator(part).is_valid(convert(node, part))
        return self._judged[key]


def _examples(
    pointer: Pointer, part: Mapping[str, Any], node_at: Callable[[Pointer], Node]
) -> Iterator[tuple[Pointer, Node]]:
    examples = node_at((*pointer, "examples")) if "examples" in part else None
    for index, example in enumerate(examples.items if isinstance(examples, Sequence) else ()):
        yield (*pointer, "examples", index), example


class Claim(NamedTuple):
    """What only one may have: a `kind` of it and its name, at a path into the data of a file. `words` are what to
    say to the second that has it."""

    kind: str
    name: str
    file: str
    pointer: Pointer
    words: Text


def doubled(claims: Iterable[Claim]) -> Iterator[tuple[str, Fault]]:
    """Yield a fault in the file of every claim on what another has claimed before it."""
    owners: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        first = owners.setdefault((claim.kind, claim.name), claim)
        if first is not claim:
            sv, en = (words.format(first.file) for words in claim.words)
            yield claim.file, Fault(claim.pointer, Text(sv, en))


def claims_of_type(file: str, own: Mapping[str, Any]) -> Iterator[Claim]:
    """What a type has for itself: its id, its files and its addresses."""
    yield Claim("id", own["id"], file, ("x-type", "id"), Text("{} har samma id.", "{} has the same id."))
    words = Text("{} har samma mapp och filändelse.", "{} has the same folder and file ending.")
    yield Claim("files", f"{own['folder']}/{own['suffix']}", file, ("x-type", "folder"), words)
    address = f"{own['path']}/{own.get('subpath', '')}"
    yield Claim("address", address, file, ("x-type", "path"), Text(_SAME_ADDRESS.sv, _SAME_ADDRESS.en))


def claims_of_vocabulary(file: str, vocabulary: Vocabulary) -> Iterator[Claim]:
    yield Claim("vocabulary", vocabulary.id, file, ("id",), Text("{} har samma id.", "{} has the same id."))
    attribute = Text("{} har samma attribute.", "{} has the same attribute.")
    yield Claim("attribute", vocabulary.attribute, file, ("attribute",), attribute)
    if vocabulary.path:
        yield Claim("address", f"{vocabulary.path}/", file, ("path",), _SAME_ADDRESS)


_SAME_ADDRESS: Final = Text(
    "{} har samma adress (path). Sidorna skulle skriva över varandra.",
    "{} has the same address (path). The pages would overwrite each other.",
)


def of_all_types(types: Mapping[str, Mapping[str, Any]], folder: str) -> Iterator[tuple[str, Fault]]:
    """Yield, with the file, what types say of each other. `types` are their schemas by their files, `folder` is the
    dictionary's own."""
    ids = {schema["x-type"]["id"]: schema["x-type"] for schema in types.values()}
    for file, schema in types.items():
        own = schema["x-type"]
        if own["folder"] == folder:
            pointer: Pointer = ("x-type", "folder")
            yield (
                file,
                fault(
                    pointer,
                    f"mappen {folder} är fältförteckningens egen.",
                    f"the folder {folder} is the dictionary's own.",
                ),
            )
        yield from ((file, found) for found in _parent(own, ids))
        for pointer, part in parts(schema):
            for index, name in enumerate(part.get("x-reference", ())):
                if name not in ids:
                    yield file, _no_type((*pointer, "x-reference", index), name, ids)


def _parent(own: Mapping[str, Any], ids: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    parent = own.get("parent")
    pointer: Pointer = ("x-type", "parent")
    if parent is None:
        return
    if parent not in ids:
        yield _no_type(pointer, parent, ids)
    elif parent == own["id"] or ids[parent].get("parent"):
        yield fault(
            pointer,
            f"{parent} kan inte vara överordnad: den är typen själv eller har själv en överordnad typ.",
            f"{parent} can't be the parent: it is the type itself or has a parent of its own.",
        )


def _no_type(pointer: Pointer, name: str, ids: Iterable[str]) -> Fault:
    known = ", ".join(ids)
    return fault(
        pointer,
        f"posttypen {name} finns inte. De som finns är: {known}.",
        f"there is no record type {name}. Those that there are: {known}.",
    )
