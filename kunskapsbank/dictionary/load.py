"""Builds the field dictionary from the files of `schema/`.

Each file is read with the limits of any other, its `$ref`s into sibling files are taken in, it is checked
against our rules for such files and against JSON Schema itself, and made into frozen values. A fault in
it is a problem at its line. Nothing else can be judged without the dictionary, so faults here end the run.
"""

from collections.abc import Iterator, Mapping, Set
from functools import partial
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from kunskapsbank.dictionary import builder, consistency
from kunskapsbank.dictionary.appearance import appearance_problems
from kunskapsbank.dictionary.closing import closed
from kunskapsbank.dictionary.codes import DICTIONARY_FAULT, DICTIONARY_MISSING, DUPLICATE_TERM
from kunskapsbank.dictionary.consistency import Fault
from kunskapsbank.dictionary.definitions import DEFINITIONS, REFERENCE, Definitions, File, Pointer
from kunskapsbank.dictionary.prose import problems_in, texts_of_type, texts_of_vocabulary
from kunskapsbank.dictionary.types import Dictionary, RecordType, Vocabulary
from kunskapsbank.dictionary.validation import convert, problems_of, validator
from kunskapsbank.problems.problem import START, Place, Problem, Rejected, Severity, Text
from kunskapsbank.reading.characters import hidden_in_text
from kunskapsbank.reading.files import FILE_TOO_LARGE, find, read_text
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Node, Scalar, at, read_mapping, typed

FOLDER: Final = "schema"
VOCABULARIES: Final = "schema/vocabularies"


def load(source: Path) -> Dictionary:
    """Raises `Rejected` with every fault of the dictionary's files."""
    return _Loader(source).dictionary()


class Rules:
    """What a kind of file must say, as JSON Schema."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema, self._validator = schema, validator(schema)

    def problems_of(self, file: File, data: Any) -> Iterator[Problem]:
        return problems_of(self._validator, self.schema, file.node, data, file.path)


class _Loader:
    def __init__(self, source: Path) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self._files: dict[str, File] = {}
        self._definitions = Definitions({})
        self._values = consistency.Values()

    def dictionary(self) -> Dictionary:
        vocabularies = self._vocabularies()
        types = self._types(vocabularies)
        if not types and not self.problems:
            self.problems.append(Problem(DICTIONARY_MISSING, FOLDER, START, {"folder": FOLDER}))
        if self.problems:
            raise Rejected(self.problems)
        return Dictionary(types, {vocabulary.id: vocabulary for vocabulary in vocabularies.values()})

    def _vocabularies(self) -> dict[str, Vocabulary]:
        """By their files."""
        rules = Rules(own_rules("vocabulary_schema.yml"))
        files = [file for path in self._paths(VOCABULARIES) if (file := self._read(path))]
        self._files |= {file.path: file for file in files}
        return {file.path: made for file in files if (made := self._vocabulary(file, rules))}

    def _types(self, vocabularies: Mapping[str, Vocabulary]) -> dict[str, RecordType]:
        files = {name(file): file for path in self._paths(FOLDER) if (file := self._read(path))}
        self._definitions = Definitions(files)
        self._files |= {file.path: file for file in files.values()}
        rules = Rules(own_rules("type_schema.yml"))
        faulty = {key for file in files.values() for key in self._faulty_definitions(file, rules.schema)}
        schemas = {
            file.path: schema
            for file in files.values()
            if file.is_type and (schema := self._schema(file, rules, faulty))
        }
        self._between(schemas, vocabularies)
        known = {vocabulary.id: vocabulary for vocabulary in vocabularies.values()}
        made = [self._type(self._files[path], schema, known) for path, schema in schemas.items()]
        return {type_.id: type_ for type_ in made if type_}

    def _paths(self, folder: str) -> list[str]:
        paths, problems = find(self.source, folder, (".yml",))
        self.problems += [p for p in problems if p.severity is Severity.ERROR and p.path != VOCABULARIES]
        for problem in problems:
            if problem.path.endswith(".yaml"):
                self._fault(
                    problem.path,
                    START,
                    Text("filnamnet ska sluta på .yml.", "its name should end with .yml."),
                )
        return paths

    def _read(self, path: str) -> File | None:
        text, problems = read_text(self.source, path)
        node, more = read_mapping(text, path) if text is not None else (None, [])
        self.problems += [*map(_advised, problems), *more]
        if text is None or node is None or more:
            return None
        self.problems += problems_in(texts(path, node), text, path)
        self.problems += hidden_in_text(text, path)
        return File(path, text, node, typed(node))

    def _fault(self, path: str, place: Place, words: Text) -> None:
        """Notes a fault once: what a definition says may be wrong in every type that takes it in."""
        problem = Problem(DICTIONARY_FAULT, path, place, {"fault": words})
        if problem not in self.problems:
            self.problems.append(problem)

    def _note(self, file: File, found: Fault) -> None:
        """At the value; at its key where the value is a collection, which may go on for many lines."""
        where, node = self._definitions.locate(file, found.pointer)
        around = self._node(file, found.pointer[:-1])
        place = node.place
        if isinstance(around, MappingNode) and not isinstance(node, Scalar):
            place = around.key_place(str(found.pointer[-1]))
        self._fault(where.path, place, found.words)

    def _node(self, file: File, pointer: Pointer) -> Node:
        return self._definitions.locate(file, pointer)[1]

    def _vocabulary(self, file: File, rules: Rules) -> Vocabulary | None:
        data = convert(file.node, rules.schema)
        problems = list(rules.problems_of(file, data))
        problems = problems or list(appearance_problems(file.node, rules.schema, file.path))
        self.problems += problems
        if problems:
            return None
        self._check_terms(file, data)
        return builder.vocabulary(data)

    def _check_terms(self, file: File, data: Mapping[str, Any]) -> None:
        owners: dict[str, int] = {}
        for number, term in enumerate(data["terms"]):
            for name in (term["id"], *term.get("aliases", [])):
                if owners.setdefault(name.casefold(), number) != number:
                    place = at(file.node, ["terms", number]).place
                    self.problems.append(Problem(DUPLICATE_TERM, file.path, place, {"term": name}))

    def _faulty_definitions(self, file: File, rules: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Checks a file that is no type itself. Yields the definitions that no field can take in."""
        if file.is_type:
            return
        own = Rules({**_DEFINITIONS_RULES, DEFINITIONS: rules[DEFINITIONS]})
        problems = list(own.problems_of(file, file.data))
        self.problems += problems
        if not problems:
            return
        part = validator({"$ref": "#/$defs/part", DEFINITIONS: rules[DEFINITIONS]})
        found = file.data[DEFINITIONS]
        for key, value in found.items() if isinstance(found, dict) else ():
            if not part.is_valid(value):
                yield name(file), key

    def _schema(self, file: File, rules: Rules, faulty: Set[tuple[str, str]]) -> dict[str, Any] | None:
        """The schema with the definitions that its fields refer to taken in; keywords beside a $ref win. None where
        it can't be used."""
        given, properties = file.data.get("properties"), {}
        is_whole = True
        for key, field in (given if isinstance(given, dict) else {}).items():
            properties[key] = field
            if isinstance(field, dict) and REFERENCE in field:
                target = self._definitions.find(field[REFERENCE], file)
                if target is None:
                    self._note(file, _no_definition(key, field[REFERENCE]))
                if target is None or _parts_of(field[REFERENCE]) in faulty:
                    del properties[key]
                    is_whole = False
                    continue
                properties[key] = target | {k: v for k, v in field.items() if k != REFERENCE}
        schema = {**file.data, "properties": properties} if isinstance(given, dict) else dict(file.data)
        problems = list(rules.problems_of(file, schema))
        problems = problems or list(appearance_problems(file.node, rules.schema, file.path))
        self.problems += problems
        if problems or not is_whole:
            return None
        shape = list(consistency.of_shape(schema))
        for found in shape:
            self._note(file, found)
        return None if shape else schema

    def _between(
        self, schemas: Mapping[str, Mapping[str, Any]], vocabularies: Mapping[str, Vocabulary]
    ) -> None:
        """What files say of each other. Types that can't be used could be those that others name, so they are
        asked for only where all can."""
        claims = [
            c for path, made in vocabularies.items() for c in consistency.claims_of_vocabulary(path, made)
        ]
        claims += [
            c for path, schema in schemas.items() for c in consistency.claims_of_type(path, schema["x-type"])
        ]
        found = [*consistency.doubled(claims)]
        if not self.problems:
            found += consistency.of_all_types(schemas, FOLDER)
        for path, one in found:
            self._note(self._files[path], one)

    def _type(
        self, file: File, schema: dict[str, Any], vocabularies: Mapping[str, Vocabulary]
    ) -> RecordType | None:
        found = list(consistency.of_type(schema, vocabularies))
        for one in found:
            self._note(file, one)
        plain_schema = closed(schema, builder.lists(schema, vocabularies))
        rules = self._validator(file, plain_schema)
        if rules is None:
            return None
        for one in self._values.faults(schema, plain_schema, partial(self._node, file)):
            self._note(file, one)
        return None if found else builder.record_type(plain_schema, rules)

    def _validator(self, file: File, schema: Mapping[str, Any]) -> jsonschema_rs.Draft202012Validator | None:
        try:
            return validator(schema)
        except jsonschema_rs.ValidationError as error:
            words = Text("regeln är inte giltig JSON Schema.", "the rule is not valid JSON Schema.")
            self._note(file, Fault(tuple(error.instance_path), words))
            return None


_DEFINITIONS_RULES: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": [DEFINITIONS],
    "properties": {
        "$schema": {"type": "string"},
        "$comment": {"type": "string"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        DEFINITIONS: {"type": "object", "additionalProperties": {"$ref": "#/$defs/part"}},
    },
}
"""What a file of definitions must say, such as common.yml."""


def name(file: File) -> str:
    return file.path.rsplit("/", 1)[1]


def texts(path: str, node: MappingNode) -> Iterator[Scalar]:
    """Yield every text of a file that is shown as Markdown."""
    return texts_of_vocabulary(node) if path.startswith(VOCABULARIES) else texts_of_type(node)


def _advised(problem: Problem) -> Problem:
    """The problem with a help for such files, where that for records doesn't fit."""
    if problem.code is not FILE_TOO_LARGE:
        return problem
    help_text = Text(
        "Ta bort termer och fält som inte används, eller dela upp dem på flera ordlistor eller posttyper.",
        "Take away terms and fields that are not used, or split them into several vocabularies or record types.",
    )
    return Problem(problem.code, problem.path, problem.place, {**problem.values, "nearest": help_text})


def _parts_of(reference: Any) -> tuple[str, str]:
    file, _, pointer = str(reference).partition("#/")
    return file, pointer.removeprefix(f"{DEFINITIONS}/")


def _no_definition(key: str, reference: Any) -> Fault:
    shown = reference if isinstance(reference, str) else REFERENCE
    return Fault(
        ("properties", key, REFERENCE),
        Text(f"{shown} finns inte.", f"{shown} doesn't exist."),
    )


def own_rules(name: str) -> dict[str, Any]:
    """One of our own rule files, beside this module."""
    content = (Path(__file__).parent / name).read_text("utf-8")
    node, problems = read_mapping(content, name)
    if problems:
        raise AssertionError(problems)
    rules: dict[str, Any] = typed(node)
    return rules
