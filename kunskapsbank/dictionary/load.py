"""Builds the field dictionary from the files of `schema/`.

Each file is read with the limits of any other, its `$ref`s into sibling files are taken in, it is checked
against our rules for such files and against JSON Schema itself, and made into frozen values. A fault in
it is a problem at its line. Nothing else can be judged without the dictionary, so faults here end the run.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from kunskapsbank.dictionary.closing import Lists, closed, vocabularies_of
from kunskapsbank.dictionary.codes import DICTIONARY_FAULT, DICTIONARY_MISSING, DUPLICATE_TERM
from kunskapsbank.dictionary.types import (
    Dictionary,
    Field,
    RecordType,
    SectionType,
    Term,
    Vocabulary,
    facets_of,
    unknowable,
)
from kunskapsbank.dictionary.validation import convert, problems_of, validator
from kunskapsbank.problems.problem import START, Place, Problem, Rejected, Severity, Text
from kunskapsbank.reading.files import find, read_text
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import at, read_mapping, typed

FOLDER: Final = "schema"
ALWAYS: Final = frozenset({"title", "summary", "reviewed"})
"""What every record says, whatever its type: lists and feeds are made of it."""
VOCABULARIES: Final = "schema/vocabularies"


def load(source: Path) -> Dictionary:
    """Raises `Rejected` with every fault of the dictionary's files."""
    loader = _Loader(source)
    vocabularies = loader.vocabularies()
    types = loader.types(vocabularies)
    if not types and not loader.problems:
        loader.problems.append(Problem(DICTIONARY_MISSING, FOLDER, START, {"folder": FOLDER}))
    if loader.problems:
        raise Rejected(loader.problems)
    return Dictionary(types, vocabularies)


class _Loader:
    def __init__(self, source: Path) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def vocabularies(self) -> dict[str, Vocabulary]:
        rules = own_rules("vocabulary_schema.yml")
        found = (self._vocabulary(path, rules) for path in self._files(VOCABULARIES))
        vocabularies: dict[str, Vocabulary] = {}
        for vocabulary in found:
            if vocabulary and vocabularies.setdefault(vocabulary.id, vocabulary) is not vocabulary:
                path = f"{VOCABULARIES}/{vocabulary.id}.yml"
                self._fault(
                    path,
                    START,
                    f"ordlistan {vocabulary.id} finns två gånger.",
                    f"the vocabulary {vocabulary.id} stands twice.",
                )
        return vocabularies

    def types(self, vocabularies: Mapping[str, Vocabulary]) -> dict[str, RecordType]:
        files = {path: self._read(path) for path in self._files(FOLDER)}
        readable = {path.rsplit("/", 1)[1]: (path, *file) for path, file in files.items() if file}
        raw = {name: data for name, (_, _, data) in readable.items()}
        rules = own_rules("type_schema.yml")
        types: dict[str, RecordType] = {}
        for path, node, data in readable.values():
            if "x-type" not in data and "$defs" in data:
                continue
            schema = self._with_refs(path, node, data, raw)
            problems = list(problems_of(validator(rules), rules, node, schema, path))
            self.problems += problems
            if not problems and (made := self._type(path, node, schema, vocabularies)):
                types[made.id] = made
        self._check_references(types)
        return types

    def _files(self, folder: str) -> list[str]:
        paths, problems = find(self.source, folder, (".yml",))
        self.problems += [p for p in problems if p.severity is Severity.ERROR and p.path != VOCABULARIES]
        return paths

    def _read(self, path: str) -> tuple[MappingNode, dict[str, Any]] | None:
        text, problems = read_text(self.source, path)
        node, more = read_mapping(text, path) if text is not None else (None, [])
        self.problems += [*problems, *more]
        return None if node is None or problems or more else (node, typed(node))

    def _fault(self, path: str, place: Place, sv: str, en: str) -> None:
        self.problems.append(Problem(DICTIONARY_FAULT, path, place, {"fault": Text(sv, en)}))

    def _vocabulary(self, path: str, rules: Mapping[str, Any]) -> Vocabulary | None:
        read = self._read(path)
        if read is None:
            return None
        node, _ = read
        data = convert(node, rules)
        problems = list(problems_of(validator(rules), rules, node, data, path))
        self.problems += problems
        if problems:
            return None
        self._check_terms(path, node, data)
        terms = {term["id"]: _term(term) for term in data["terms"]}
        return Vocabulary(
            data["id"],
            text(data["label"]),
            text(data["plural"]),
            optional_text(data.get("intro")),
            data.get("path"),
            data.get("attribute", data["id"].replace("_", "-")),
            terms,
        )

    def _check_terms(self, path: str, node: MappingNode, data: Mapping[str, Any]) -> None:
        owners: dict[str, int] = {}
        for number, term in enumerate(data["terms"]):
            for name in (term["id"], *term.get("aliases", [])):
                if owners.setdefault(name.casefold(), number) != number:
                    place = at(node, ["terms", number]).place
                    self.problems.append(Problem(DUPLICATE_TERM, path, place, {"term": name}))

    def _with_refs(
        self, path: str, node: MappingNode, data: dict[str, Any], raw: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The schema with the definitions that its fields refer to taken in; keywords beside a $ref win."""
        properties = {}
        given = data.get("properties")
        for key, field in (given if isinstance(given, dict) else {}).items():
            properties[key] = field
            if isinstance(field, dict) and "$ref" in field:
                target = _resolve(str(field["$ref"]), raw)
                if target is None:
                    place = at(node, ["properties", key, "$ref"]).place
                    self._fault(
                        path, place, f"{field['$ref']} finns inte.", f"{field['$ref']} doesn't exist."
                    )
                    continue
                properties[key] = target | {k: v for k, v in field.items() if k != "$ref"}
        return data | {"properties": properties} if isinstance(given, dict) else data

    def _type(
        self, path: str, node: MappingNode, schema: dict[str, Any], vocabularies: Mapping[str, Vocabulary]
    ) -> RecordType | None:
        own = schema["x-type"]
        fields = {
            key: _field(key, field, key in schema["required"]) for key, field in schema["properties"].items()
        }
        sections = tuple(_section(section) for section in own["sections"])
        lists = Lists(vocabularies, unknowable(fields, sections), tuple(s.key for s in sections))
        before = len(self.problems)
        for key in sorted(ALWAYS - set(schema["required"])):
            self._fault(
                path,
                node.key_place("required"),
                f"{key} måste vara obligatoriskt.",
                f"{key} must be required.",
            )
        for key in [*schema["required"], *own["facts"]]:
            if key not in fields:
                self._fault(
                    path, node.key_place("x-type"), f"fältet {key} finns inte.", f"there is no field {key}."
                )
        for name in vocabularies_of(schema):
            if name not in vocabularies:
                self._fault(
                    path,
                    node.key_place("properties"),
                    f"ordlistan {name} finns inte.",
                    f"there is no vocabulary {name}.",
                )
        plain_schema = closed(schema, lists)
        fields = {
            key: _field(key, f, key in schema["required"]) for key, f in plain_schema["properties"].items()
        }
        try:
            rules = validator(plain_schema)
        except jsonschema_rs.ValidationError as error:
            place = at(node, list(error.instance_path)).place
            self._fault(
                path, place, "regeln är inte giltig JSON Schema.", "the rule is not valid JSON Schema."
            )
        if len(self.problems) > before:
            return None
        return RecordType(
            id=own["id"],
            folder=own["folder"],
            suffix=own["suffix"],
            path=own["path"],
            subpath=own.get("subpath"),
            parent=own.get("parent"),
            dated=own.get("dated", False),
            label=text(own["label"]),
            plural=text(own["plural"]),
            order=own["order"],
            schema_org=own.get("schema_org", "CreativeWork"),
            facts=tuple(own["facts"]),
            sections=sections,
            headings={section.heading.sv.casefold(): section.key for section in sections},
            fields=fields,
            facets=tuple(facets_of(fields)),
            mentions=tuple(field for field in fields.values() if field.references),
            schema=plain_schema,
            validator=rules,
        )

    def _check_references(self, types: Mapping[str, RecordType]) -> None:
        """That the types named exist, and that no two types claim the same files."""
        claims: dict[tuple[str, str], str] = {}
        for made in types.values():
            owner = claims.setdefault((made.folder, made.suffix), made.id)
            if owner != made.id:
                sv, en = (
                    f"{owner} har samma mapp och filändelse.",
                    f"{owner} has the same folder and file ending.",
                )
                self._fault(f"{FOLDER}/{made.id}.yml", START, sv, en)
        for made in types.values():
            named = {name for field in made.fields.values() for name in field.references}
            for name in sorted((named | ({made.parent} if made.parent else set())) - set(types)):
                path = f"{FOLDER}/{made.id}.yml"
                if not self.problems:
                    self._fault(
                        path, START, f"posttypen {name} finns inte.", f"there is no record type {name}."
                    )


def _resolve(reference: str, raw: Mapping[str, Any]) -> dict[str, Any] | None:
    """The definition that `file.yml#/$defs/name` points at."""
    name, _, pointer = reference.partition("#/")
    found: Any = raw.get(name)
    for step in pointer.split("/"):
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None


def _field(key: str, schema: Mapping[str, Any], required: bool) -> Field:
    many = schema.get("type") == "array"
    item = schema.get("items", {}) if many else schema
    needed = item.get("required", [])
    return Field(
        key=key,
        label=text(schema["x-label"]) if "x-label" in schema else Text(key, key),
        help=text(schema["x-help"]) if "x-help" in schema else Text("", ""),
        form_help=optional_text(schema.get("x-form-help")),
        many=many,
        vocabulary=item.get("x-vocabulary"),
        references=tuple(item.get("x-reference", ())),
        facet=bool(schema.get("x-facet")),
        likens=bool(schema.get("x-likens")),
        required=required,
        may_be_unknown=bool(schema.get("x-may-be-unknown")),
        words={word: text(label) for word, label in schema.get("x-words", {}).items()},
        unit=optional_text(schema.get("x-unit")),
        is_date=schema.get("format") in ("date", "partial-date"),
        example=schema.get("examples", [""])[0],
        set_by_editors=bool(schema.get("x-set-by-editors")),
        default=schema.get("default"),
        today=bool(schema.get("x-today")),
        children={
            name: _field(name, child, name in needed) for name, child in item.get("properties", {}).items()
        },
    )


def _section(data: Mapping[str, Any]) -> SectionType:
    required = bool(data.get("required"))
    return SectionType(
        data["key"], text(data["heading"]), text(data["silence"]), text(data["help"]), required
    )


def _term(data: Mapping[str, Any]) -> Term:
    extra = {k: v for k, v in data.items() if k not in ("id", "label", "description", "aliases")}
    return Term(
        data["id"],
        text(data["label"]),
        optional_text(data.get("description")),
        tuple(data.get("aliases", ())),
        extra,
    )


def text(data: Mapping[str, str]) -> Text:
    return Text(data["sv"], data["en"])


def optional_text(data: Mapping[str, str] | None) -> Text | None:
    return text(data) if data else None


def own_rules(name: str) -> dict[str, Any]:
    """One of our own rule files, beside this module."""
    content = (Path(__file__).parent / name).read_text("utf-8")
    node, problems = read_mapping(content, name)
    if problems:
        raise AssertionError(problems)
    rules: dict[str, Any] = typed(node)
    return rules
