"""What the templates see: plain values in the reader's language, made from the library.

A template never sees a record. Every address here starts from the `ROOT` mark.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kunskapsbank.checks import steps
from kunskapsbank.checks.freshness import due_date
from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary, Field, RecordType, SectionType, Term, Vocabulary
from kunskapsbank.library import dates
from kunskapsbank.library.library import Key, Library, values_of
from kunskapsbank.pages.markdown import ROOT, Renderer, anchor
from kunskapsbank.pages.spiral import with_spiral
from kunskapsbank.pages.texts import Texts
from kunskapsbank.pages.view_types import (
    CardView,
    EvidenceView,
    Fact,
    GroupView,
    RecordView,
    ReviewView,
    SectionView,
    TermView,
    TextView,
    Value,
    WithdrawnView,
)


class Viewer:
    """Makes views of one library on one day."""

    def __init__(
        self, library: Library, today: date, renderers: Mapping[str, Renderer], texts: Texts
    ) -> None:
        self.library, self.today, self.texts = library, today, texts
        self._renderers = renderers

    @property
    def dictionary(self) -> Dictionary:
        return self.library.dictionary

    def text(self, record: Record) -> TextView:
        type_ = self.library.type_of(record)
        lead, bodies = self._renderers[record.type].sections(record.markdown)
        kind, lists = capital(type_.label.sv), tuple(self._lists(record, type_))
        return TextView(record.title, record.summary, kind, lead, _sections(record, type_, bodies), lists)

    def record(self, record: Record) -> RecordView:
        type_, text = self.library.type_of(record), self.text(record)
        return RecordView(
            title=text.title,
            summary=text.summary,
            english=record.fields.get("summary_en", ""),
            kind=text.kind,
            crumbs=self.crumbs(record),
            facts=tuple(self._facts(record, type_)),
            unknown=_unknown(record, type_),
            lead=text.lead,
            sections=text.sections,
            evidence=self._evidence(record),
            review=self._review(record),
            sources=tuple(self.source(source) for source in record.fields.get("sources", ())),
            contact=self._contact(record.fields.get("contact")),
            lists=text.lists,
            elsewhere=tuple(self._elsewhere(record, type_)),
        )

    def withdrawn(self, record: Record) -> WithdrawnView:
        notice = record.fields["withdrawn"]
        return WithdrawnView(
            record.title, self.crumbs(record), dates.in_words(notice["date"]), notice["reason"]
        )

    def card(self, record: Record) -> CardView:
        type_ = self.library.type_of(record)
        return CardView(
            record.title,
            ROOT + type_.address(record.id),
            record.summary,
            capital(type_.label.sv),
            tuple(self._card_words(record)),
        )

    def crumbs(self, record: Record) -> tuple[Value, ...]:
        type_ = self.library.type_of(record)
        trail = [
            Value("Start", ROOT),
            Value(capital(self._list_type(type_).plural.sv), f"{ROOT}{type_.path}/"),
        ]
        parent = self.library.find([type_.parent], record.id) if type_.parent else None
        if parent:
            trail.append(Value(parent.title, ROOT + self.library.address(parent)))
        return tuple(trail)

    def term(self, vocabulary: str, term: str) -> Value:
        known = self.dictionary.vocabularies[vocabulary]
        found = known.terms[term]
        return Value(found.label.sv, f"{ROOT}{known.path}/{term}/" if known.path else None)

    def terms(self, vocabulary: Vocabulary) -> tuple[TermView, ...]:
        """Every term, in the order of the vocabulary; those without records too, since their pages exist."""
        by_term = self.library.by_term
        counted = ((t, len(by_term.get((vocabulary.id, t.id), ()))) for t in vocabulary.terms.values())
        return tuple(self.term_view(vocabulary, term, count) for term, count in counted)

    def term_view(self, vocabulary: Vocabulary, term: Term, count: int) -> TermView:
        address = f"{ROOT}{vocabulary.path}/{term.id}/"
        about = self.texts.line(term.description.sv) if term.description else ""
        is_elsewhere = self.library.is_elsewhere(vocabulary, term.id)
        return TermView(term.label.sv, address, None if is_elsewhere else count, about)

    def _list_type(self, type_: RecordType) -> RecordType:
        """The type whose list is at the path: a tool stands under its method."""
        return self.dictionary.types[type_.parent] if type_.parent else type_

    def _card_words(self, record: Record) -> Iterator[str]:
        """When, where and what, in a few words."""
        fields, known = record.fields, self.library.type_of(record).fields
        if "date" in fields:
            yield dates.in_words(fields["date"])
        for key in ("counties", "focus_areas", "status"):
            if key in fields and key in known:
                yield from self._few_words(known[key], fields[key])
        evidence = fields.get("evidence")
        if isinstance(evidence, dict):
            yield "underlag: " + self.term("evidence_levels", evidence["level"]).text.lower()

    def _few_words(self, field: Field, value: Any) -> Iterator[str]:
        """The values of a field; where they are many, how many."""
        if field.many and field.vocabulary and len(value) > _MANY:
            yield f"{len(value)} {self.dictionary.vocabularies[field.vocabulary].plural.sv.lower()}"
        else:
            yield from (one.text for one in self._values(field, value))

    def _facts(self, record: Record, type_: RecordType) -> Iterator[Fact]:
        for key in type_.facts:
            field = type_.fields[key]
            if key in record.fields:
                yield Fact(field.label.sv, tuple(self._values(field, record.fields[key])))

    def _values(self, field: Field, value: Any) -> Iterator[Value]:
        if field.many:
            for item in value:
                yield self._value(field, item)
        elif isinstance(value, dict) and field.children:
            yield Value(_period(value))
        else:
            yield self._value(field, value)

    def _value(self, field: Field, value: Any) -> Value:
        if field.vocabulary:
            return self.term(field.vocabulary, value)
        if field.references:
            return self.linked(field.references, value) or Value(str(value))
        if str(value) in field.words:
            return Value(field.words[str(value)].sv)
        if field.is_date:
            return Value(capital(dates.in_words(value)), None, dates.machine_form(value))
        return Value(f"{value} {field.unit.sv}" if field.unit else str(value))

    def linked(self, types: Sequence[str], record_id: str) -> Value | None:
        """A record of one of the types by its title, wherever its page lies; None where there is none."""
        record = self.library.find(types, record_id)
        if record:
            return Value(record.title, ROOT + self.library.address(record))
        page = self.library.find_elsewhere(types, record_id)
        return Value(page.title, ROOT + page.address) if page else None

    def _lists(self, record: Record, type_: RecordType) -> Iterator[Fact]:
        """Fields whose values are lines of text rather than facts in a word, such as a tool's purpose."""
        shown = {*type_.facts, "aliases", "not_documented", "editorial", "related", "sources"}
        for key, field in type_.fields.items():
            if key in shown or not field.many or field.references or field.vocabulary or field.children:
                continue
            if key in record.fields:
                yield Fact(field.label.sv, tuple(Value(item) for item in record.fields[key]))
            elif key in record.fields.get("not_documented", ()):
                yield Fact(field.label.sv, ())

    def _evidence(self, record: Record) -> EvidenceView | None:
        evidence = record.fields.get("evidence")
        if not isinstance(evidence, dict):
            return None
        levels = self.dictionary.vocabularies["evidence_levels"]
        level = levels.terms[evidence["level"]]
        by = self.dictionary.vocabularies["functions"].terms[evidence["assessed_by"]].label.sv
        return EvidenceView(
            level.label.sv,
            list(levels.terms).index(level.id) + 1,
            len(levels.terms),
            self.texts.line(level.description.sv) if level.description else "",
            f"{by}, {dates.in_words(evidence['assessed_on'])}",
            self.term("evidence_levels", level.id).address,
        )

    def _review(self, record: Record) -> ReviewView:
        reviewed = date.fromisoformat(record.fields["reviewed"])
        if "review_every" not in record.fields:
            return ReviewView(dates.day_in_words(reviewed), "", False)
        due = due_date(reviewed, record.fields["review_every"])
        return ReviewView(dates.day_in_words(reviewed), dates.day_in_words(due), due < self.today)

    def source(self, source: Mapping[str, str]) -> str:
        document = self.dictionary.vocabularies["documents"].terms[source["document"]]
        short = document.extra.get("short")
        name = short["sv"] if short else document.label.sv
        section = source["section"]
        return f"{name}, avsnitt {section}" if section[0].isdigit() else f"{name}, {section}"

    def _contact(self, function: str | None) -> Value | None:
        if function is None:
            return None
        term = self.dictionary.vocabularies["functions"].terms[function]
        email = term.extra.get("email")
        return Value(term.label.sv, f"mailto:{email}" if email else None)

    def groups(self, record: Record) -> Iterator[GroupView]:
        """The tool of a method, the records that use this one, and the ones that it names itself."""
        tools = [t for t in self.dictionary.types.values() if t.parent == record.type]
        for type_ in tools:
            if tool := self.library.find([type_.id], record.id):
                yield GroupView(capital(type_.label.sv), f"_se-{type_.id}", (tool,))
        linked = self._linked(record)
        for type_id in self.library.records:
            members = tuple(r for r in linked if r.type == type_id)
            if members:
                heading = _HEADINGS.get((record.type, type_id)) or capital(
                    self.dictionary.types[type_id].plural.sv
                )
                yield GroupView(heading, f"_se-{type_id}", members)

    def _linked(self, record: Record) -> Sequence[Record]:
        """Both directions: who mentions this record, and whom it mentions beside its facts."""
        type_ = self.library.type_of(record)
        found = {Key(r.type, r.id): r for r in self.library.mentions.get(Key(record.type, record.id), ())}
        for key, field in type_.fields.items():
            if field.references and key not in type_.facts:
                for target in values_of(record, field):
                    if other := self.library.find(field.references, target):
                        found[Key(other.type, other.id)] = other
        return list(found.values())

    def _elsewhere(self, record: Record, type_: RecordType) -> Iterator[Value]:
        """The records that it names beside its facts, where they are on the site that this one is a part of."""
        for key, field in type_.fields.items():
            if field.references and key not in type_.facts:
                for target in values_of(record, field):
                    if page := self.library.find_elsewhere(field.references, target):
                        yield Value(page.title, ROOT + page.address)


_MANY = 2
"""More values than this are counted on a card instead of named."""

_HEADINGS: Mapping[tuple[str, str], str] = {
    ("method", "example"): "Exempel på hur metoden används",
    ("method", "method"): "Andra metoder som hör ihop",
    ("method", "activity"): "Aktiviteter om metoden",
    ("example", "example"): "Exempel som hör ihop",
    ("example", "goal"): "Mål som exemplet hör till",
    ("activity", "goal"): "Mål som aktiviteten hör till",
    ("goal", "activity"): "Aktiviteter för att nå målet",
    ("goal", "example"): "Exempel på det som görs",
}


def _sections(
    record: Record, type_: RecordType, bodies: tuple[tuple[str, str], ...]
) -> tuple[SectionView, ...]:
    """Of a type with known sections: each in its place, and what is not documented said where it would be."""
    if not type_.sections:
        return tuple(SectionView(heading, anchor(heading), html, False) for heading, html in bodies)
    by_key = dict(zip(record.sections, bodies, strict=True))
    editorial = record.fields.get("editorial", ())
    views: list[SectionView] = []
    silent: list[SectionType] = []
    for section in type_.sections:
        if section.key not in by_key:
            silent.append(section)
            continue
        views += _silence(silent)
        silent = []
        heading, html = by_key[section.key]
        if section.key == steps.SECTION and record.fields.get(steps.FIELD) == steps.SPIRAL:
            html = with_spiral(html)
        views.append(SectionView(heading, anchor(heading), html, section.key in editorial))
    return (*views, *_silence(silent))


def _unknown(record: Record, type_: RecordType) -> str:
    """The facts that the source does not say, as a line of words."""
    named = record.fields.get("not_documented", ())
    labels = [type_.fields[key].label.sv for key in type_.facts if key in named]
    return _listed([labels[0], *(label.lower() for label in labels[1:])], "och") if labels else ""


def _listed(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _silence(sections: Sequence[SectionType]) -> list[SectionView]:
    if not sections:
        return []
    listed = _listed([section.silence.sv for section in sections], "eller")
    return [SectionView(f"Källan anger inte {listed}.", "", "", False)]


def _period(period: Mapping[str, str]) -> str:
    start, end = period.get("from"), period.get("to")
    if start and start == end:
        return capital(dates.in_words(start))
    if start and end:
        return f"{capital(dates.in_words(start))} – {dates.in_words(end)}"
    return f"Från {dates.in_words(start)}" if start else f"Till {dates.in_words(end or dates.UNKNOWN)}"


def capital(text: str) -> str:
    """With a capital first; the rest as it is."""
    return text[:1].upper() + text[1:]
