"""Runs the rules: one file at a time, and then all files against each other."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingType
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Final

from kunskapsbank import checks, digests
from kunskapsbank.checks import privacy
from kunskapsbank.checks.record import Examined, Record, Reference, digest_of, pack
from kunskapsbank.checks.references import PARENT
from kunskapsbank.checks.subject import Context, Subject, name_parts, subject_of
from kunskapsbank.checks.targets import resolve, slug
from kunskapsbank.dictionary import codes
from kunskapsbank.dictionary.types import Field, RecordType
from kunskapsbank.dictionary.validation import convert
from kunskapsbank.problems import limits
from kunskapsbank.problems.limits import limit_per_file, limit_problems
from kunskapsbank.problems.problem import START, Code, Problem, Severity, has_errors, in_order
from kunskapsbank.reading import characters, complexity, document, files, slips
from kunskapsbank.reading.document import EMPTY_FRONT_MATTER, Document, read_markdown, read_yaml
from kunskapsbank.reading.files import decode, read_data
from kunskapsbank.reading.nodes import Mapping, Node, Scalar
from kunskapsbank.reading.nodes import Sequence as SequenceNode


def _families() -> tuple[ModuleType, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
    modules = (importlib.import_module(f"{checks.__name__}.{name}") for name in names if name != "run")
    return tuple(module for module in modules if hasattr(module, "CODES"))


FAMILIES: Final = _families()
"""The rule families, in order of their names."""

CODES: Final[dict[str, Code]] = {
    code.name: code
    for stage in (files, characters, slips, complexity, document, codes, limits, *FAMILIES)
    for code in stage.CODES
}
"""Of all that can be found in a file, by their names."""

_OF_ONE: Final = tuple(family for family in FAMILIES if hasattr(family, "check"))
_WITHOUT_ADVICE: Final = tuple(
    family for family in _OF_ONE if any(code.severity is not Severity.ADVICE for code in family.CODES)
)
"""The families that look at a document by itself; those that only advise are left out of a build."""


def examine(source: Path, path: str, type_: RecordType, context: Context) -> Examined:
    """Reads one file and applies every rule that looks at a document by itself."""
    data, problems = read_data(source, path)
    text, faults = (None, problems) if data is None else decode(data, path)
    digest = "" if data is None else file_digest(data)
    if text is None:
        return _unreadable(path, type_, faults, digest)
    return examine_text(text, path, type_, context, digest)


def file_digest(data: bytes) -> str:
    """Of the bytes of a record's file."""
    return digests.digest(data).hex()


def examine_text(text: str, path: str, type_: RecordType, context: Context, digest: str = "") -> Examined:
    read = read_markdown if type_.has_body else read_yaml
    document, found = read(text, path)
    if document is None or not document.front.entries:
        faults = found or [Problem(EMPTY_FRONT_MATTER, path)]
        return _unreadable(path, type_, chain(faults, privacy.in_text(text, path)), digest)
    data = convert(document.front, type_.schema)
    subject = subject_of(document, type_, data, context)
    problems = limit_problems(chain(found, _problems_of(subject)))
    fine = not has_errors(problems)
    return Examined(
        path=path,
        type=type_.id,
        id=subject.id,
        id_place=START,
        aliases=tuple((scalar.text, scalar.place) for scalar in subject.scalars("aliases")),
        anchors=_anchors(document),
        readable=True,
        shown=fine and "withdrawn" not in data,
        record=_record(subject) if fine and context.records else None,
        problems=tuple(problems),
        digest=digest,
        packed=pack(_references(subject)),
    )


def _problems_of(subject: Subject) -> Iterator[Problem]:
    advice = subject.context.advice
    for family in _OF_ONE if advice else _WITHOUT_ADVICE:
        yield from family.check(subject) if advice else _without_advice(family.check(subject))


def relate(all_examined: Sequence[Examined]) -> list[Problem]:
    """Applies every rule that compares documents with each other."""
    return [p for family in FAMILIES if hasattr(family, "relate") for p in family.relate(all_examined)]


def all_problems(all_examined: Sequence[Examined], *, advice: bool) -> list[Problem]:
    found = [problem for examined in all_examined for problem in examined.problems]
    between = relate(all_examined)
    return in_order(limit_per_file([*found, *(between if advice else _without_advice(between))]))


def _without_advice(problems: Iterable[Problem]) -> Iterator[Problem]:
    return (problem for problem in problems if problem.severity is not Severity.ADVICE)


def _unreadable(path: str, type_: RecordType, problems: Iterable[Problem], digest: str) -> Examined:
    """Its id still counts, with the date taken off as for a file that can be read."""
    record_id, _ = name_parts(type_, path) or ("", "")
    kept = tuple(limit_problems(problems))
    return Examined(path, type_.id, record_id, START, (), (), False, False, None, kept, digest, b"")


def _record(subject: Subject) -> Record:
    body = subject.document.body
    sections, anchors = tuple(key for key in subject.sections if key), _anchors(subject.document)
    markdown = body.markdown if body else ""
    facts = digests.digest(subject.path, repr(subject.data), repr(sections), repr(anchors))
    return Record(
        type=subject.type.id,
        id=subject.id,
        path=subject.path,
        fields=subject.data,
        markdown=markdown,
        sections=sections,
        anchors=anchors,
        digest=digest_of(subject.type.id, subject.id, subject.data, markdown),
        facts=facts.hex(),
    )


def _anchors(document: Document) -> tuple[str, ...]:
    return tuple(slug(s.heading.text) for s in document.body.sections) if document.body else ()


def _references(subject: Subject) -> Iterator[Reference]:
    yield from _field_references(subject.type.fields, subject.document.front)
    if subject.type.parent and subject.id:
        parent = subject.context.dictionary.types[subject.type.parent]
        path = f"{parent.folder}/{subject.id}{parent.suffix}"
        yield Reference((parent.id,), subject.id, "", PARENT, START, path)
    body = subject.document.body
    for link in body.links if body else ():
        target = resolve(subject.context.dictionary, subject.path, link.target) if not link.is_image else None
        if target is not None:
            type_id, record_id = (target.type.id, target.id) if target.type else (subject.type.id, subject.id)
            yield Reference((type_id,), record_id, target.fragment, "", link.place, target.path, link.target)


def _field_references(fields: MappingType[str, Field], front: Mapping) -> Iterator[Reference]:
    for key, node in front.entries:
        field = fields.get(key.text)
        if field is None:
            continue
        if field.references:
            items = node.items if isinstance(node, SequenceNode) else (node,)
            yield from (
                Reference(field.references, i.text, "", field.key, i.place)
                for i in items
                if isinstance(i, Scalar)
            )
        for group in _groups(node) if field.children else ():
            yield from _field_references(field.children, group)


def _groups(node: Node) -> Iterator[Mapping]:
    """The groups of fields that a value is, or is a list of."""
    items = node.items if isinstance(node, SequenceNode) else (node,)
    return (item for item in items if isinstance(item, Mapping))
