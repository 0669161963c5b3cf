"""Makes a corpus into a MkDocs site: the configuration in peers/material, our records as pages.

MkDocs has no lists, facts or back-links of its own, so they are written here as Markdown, outside
the measured time. It has no feeds either, and those are left out.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import dictionary
from dictionary import FACETS, Dictionary
from peers import records
from peers.records import LINK, Record

SITE = Path(__file__).with_name("material")
PAGE_SIZE = 50
ON_CARDS = ("counties", "focus_areas", "status", "evidence_level")
"""The facets whose terms a record in a list is shown with."""


def prepare(corpus: Path, source: Path) -> None:
    """Write the MkDocs site into a new folder."""
    shutil.copytree(SITE, source)
    words = dictionary.load(corpus / "schema")
    found = list(records.read(corpus, words))
    for path, text in _pages(words, found):
        target = source / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def _pages(words: Dictionary, found: Sequence[Record]) -> Iterator[tuple[str, str]]:
    yield "index.md", "# Kunskapsbanken\n"
    for type_ in words.types.values():
        members = [record for record in found if record.type == type_]
        yield from _list(type_.path, type_.plural, members, words)
    for (facet, term), members in records.by_term(found).items():
        vocabulary = words.vocabularies[FACETS[facet]]
        yield from _list(f"{vocabulary.path}/{term}", vocabulary.terms[term], members, words)
    for name in FACETS.values():
        vocabulary = words.vocabularies[name]
        links = [f"- [{label}]({term}/index.md)" for term, label in vocabulary.terms.items()]
        yield f"{vocabulary.path}/index.md", _text(f"# {vocabulary.plural}", *links)
    yield from _RecordPages(words, found).pages()


def _list(path: str, title: str, members: Sequence[Record], words: Dictionary) -> Iterator[tuple[str, str]]:
    """A list of records, fifty a page, each page with links to all others."""
    up = "../" * (path.count("/") + 1)
    count = max(1, -(-len(members) // PAGE_SIZE))
    names = ["index.md", *(f"sida-{number}.md" for number in range(2, count + 1))]
    pager = " ".join(f"[{number}]({name})" for number, name in enumerate(names, 1))
    for number, name in enumerate(names):
        lines = [f"# {title}", f"{len(members)} träffar"]
        for record in members[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]:
            lines.append(f"## [{record.fields['title']}]({up}{_file(record)})")
            lines.append(str(record.fields["summary"]))
            lines.append(_card_words(record, words))
        yield f"{path}/{name}", _text(*lines, pager if count > 1 else "")


class _RecordPages:
    """Writes the pages of the records, which need to know each other's titles."""

    def __init__(self, words: Dictionary, found: Sequence[Record]) -> None:
        self._words = words
        self._paths = {type_.folder: type_.path for type_ in words.types.values()}
        self._records = {record.id: record for record in found}
        self._examples: dict[str, list[Record]] = {}
        for record in found:
            for method in record.fields.get("methods", []):
                if record.type.id == "example":
                    self._examples.setdefault(method, []).append(record)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the path and the Markdown of every record's page."""
        for record in self._records.values():
            yield _file(record), self._page(record)

    def _page(self, record: Record) -> str:
        fields = record.fields
        body = LINK.sub(lambda link: f"](../{self._paths[link['folder']]}/{link['id']}.md)", record.body)
        unknown = [f"- {self._words.fields[key]}" for key in fields.get("not_documented", [])]
        examples = [self._card(example) for example in self._examples.get(record.id, [])]
        related = [self._card(self._records[other]) for other in fields.get("related", [])]
        return _text(
            f"# {fields['title']}",
            fields["summary"],
            "\n".join(self._facts(record)),
            body.strip(),
            *_section("Källan anger inte", unknown),
            *_section("Exempel där metoden används", examples),
            *_section("Se även", related),
            *_section("Om sidan", list(self._about(record))),
        )

    def _card(self, record: Record) -> str:
        return f"{_link(record)}: {record.fields['summary']} {_card_words(record, self._words)}"

    def _facts(self, record: Record) -> Iterator[str]:
        fields, label = record.fields, self._words.fields
        if "date" in fields:
            yield f"- {label['date']}: {fields['date']}"
        if "period" in fields:
            yield f"- {label['period']}: {fields['period']['from']} till {fields['period']['to']}"
        for facet, name in FACETS.items():
            vocabulary = self._words.vocabularies[name]
            for term in record.terms(facet):
                path = f"../{vocabulary.path}/{term}/index.md"
                yield f"- {vocabulary.label}: [{vocabulary.terms[term]}]({path})"
        for method in fields.get("methods", []):
            yield _link(self._records[method])
        for key in ("target_group", "participants", "evaluated"):
            if key in fields:
                yield f"- {label[key]}: {fields[key]}"

    def _about(self, record: Record) -> Iterator[str]:
        fields, label = record.fields, self._words.fields
        documents = self._words.vocabularies["documents"].terms
        functions = self._words.vocabularies["functions"].terms
        for source in fields["sources"]:
            yield f"- {label['sources']}: {documents[source['document']]}, {source['section']}"
        if "evidence" in fields:
            evidence = fields["evidence"]
            yield f"- Bedömt av: {functions[evidence['assessed_by']]}, {evidence['assessed_on']}"
        yield f"- {label['reviewed']}: {fields['reviewed']}, {fields['review_every']} månader"
        yield f"- {label['contact']}: {functions[fields['contact']]}"


def _file(record: Record) -> str:
    return f"{record.type.path}/{record.id}.md"


def _link(record: Record) -> str:
    return f"- [{record.fields['title']}](../{_file(record)})"


def _card_words(record: Record, words: Dictionary) -> str:
    """When, where and what, as our own cards have it."""
    named = ((FACETS[facet], term) for facet in ON_CARDS for term in record.terms(facet))
    labels = [words.vocabularies[vocabulary].terms[term] for vocabulary, term in named]
    return " · ".join([*([str(record.fields["date"])] if "date" in record.fields else []), *labels])


def _section(heading: str, lines: Sequence[str]) -> list[str]:
    return [f"## {heading}", "\n".join(lines)] if lines else []


def _text(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"
