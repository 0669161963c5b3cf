"""The chapters of a report, in the order of the interim report of 2007, and its sentences."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from kunskapsbank.followup.chains import State
from kunskapsbank.followup.comparison import Comparison, Difference
from kunskapsbank.followup.report import Report
from kunskapsbank.followup.selection import Scope
from kunskapsbank.library import dates
from kunskapsbank.pages.followup_views import ThemeView, Views
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import Value
from kunskapsbank.problems.problem import Text


class Heading(NamedTuple):
    id: str
    title: str


class Chapter(NamedTuple):
    """`kind` says how it is filled; `parts` are the headings of its themes where they have any."""

    id: str
    title: str
    kind: str
    themes: tuple[ThemeView, ...] = ()
    parts: tuple[Heading, ...] = ()


class Then(NamedTuple):
    """A comparison in words. `parts` are (what, [(what has happened, links)]); what has gone has no address, since
    the earlier report is not ours to trust."""

    words: str
    parts: tuple[tuple[str, tuple[tuple[str, tuple[Value, ...]], ...]], ...]
    figures: Sequence[Any]


WHOLE: Final = "hela projektet"


def place_of(report: Report) -> str:
    return report.place or WHOLE


def report_html(
    report: Report, views: Views, site_name: str, width: int, then: Comparison | None = None
) -> str:
    """The body of a report: everything below its title."""
    economy = views.themes(report.parts["economy"])
    costs = [finding for theme in economy for kind in theme.kinds for finding in kind.findings]
    return render(
        "report.html",
        empty=report.chosen.is_empty,
        nothing_there=_nothing_there(report),
        county=bool(report.place),
        place=place_of(report),
        made=_made(report, site_name),
        chapters=tuple(_chapters(report, views, then)),
        summary=tuple(_summary(report)),
        keys=keys(report, views),
        goals=views.goals(report),
        gaps=views.gaps(report),
        tables=views.tables(report),
        width=width,
        attendance=attendance(report),
        amounts=[finding for finding in costs if finding.amount],
        costs=[finding for finding in costs if not finding.amount],
        activities=tuple(views.activities(report)),
        examples=tuple(views.examples(report)),
        sources=_sources(report, views),
        provenance=_PROVENANCE,
        digest=report.digest,
        then=_then(then) if then else None,
    )


_PROVENANCE: Final = (
    "Rapporten är gjord av ett program, av poster som människor har skrivit och granskat. "
    "Iakttagelserna är återgivna med bankens egna ord, med avsnittet i källan efter varje."
)


def _made(report: Report, site_name: str) -> str:
    made = f"Sammanställd {dates.day_in_words(report.made_on)} av det som står i {site_name}."
    period = _period(report.scope)
    return f"{made} Gäller {period}." if period else made


def _period(scope: Scope) -> str:
    start, end = (dates.in_words(text) if text else "" for text in (scope.start, scope.end))
    if start and end:
        return f"från {start} till {end}"
    return f"från {start} och framåt" if start else f"till och med {end}" if end else ""


def _nothing_there(report: Report) -> str:
    period = _period(report.scope)
    time = f" i tiden {period}" if period else ""
    return f"I banken finns inga mål, aktiviteter, exempel eller iakttagelser för {place_of(report)}{time}. Därför finns inget att redovisa."


def _chapters(report: Report, views: Views, then: Comparison | None) -> Iterator[Chapter]:
    parts = {name: views.themes(themes) for name, themes in report.parts.items()}
    yield Chapter("sammanfattning", "1 Sammanfattning", "summary", parts["summary"])
    yield Chapter("upplaggning", "2 Projektets uppläggning", "plain", parts["layout"])
    yield Chapter("roller", "3 Roller och ansvar", "plain", parts["roles"])
    yield Chapter("mal", "4 Mål och vad de har lett till", "goals")
    yield _themed("teman", 5, "Arbetet, tema för tema", parts["themes"])
    yield _themed("samordning", 6, "Samordning, spridning och uppföljning", parts["coordination"])
    yield Chapter("saknas", "7 Det här saknas", "missing")
    if then:
        yield Chapter("da-och-nu", "8 Då och nu", "then")
    yield Chapter("ekonomi", "Bilaga 1. Ekonomi", "economy", parts["economy"])
    yield Chapter("aktiviteter", "Bilaga 2. Aktiviteter", "activities")
    yield Chapter("exempel", "Bilaga 3. Exempel", "examples")
    yield Chapter("kallor", "Källor", "sources")


def _themed(name: str, number: int, title: str, themes: tuple[ThemeView, ...]) -> Chapter:
    parts = (Heading(f"tema-{t.id}", f"{number}.{n} {t.label}") for n, t in enumerate(themes, start=1))
    return Chapter(name, f"{number} {title}", "themes", themes, tuple(parts))


def keys(report: Report, views: Views) -> list[tuple[str, Any]]:
    """The totals, each with what it counts."""
    words = (
        ("mål", "mål"),
        ("aktivitet", "aktiviteter"),
        ("exempel", "exempel"),
        ("iakttagelse", "iakttagelser"),
    )
    cells = [views.cell(figure) for figure in report.totals]
    return [(one if c.number == 1 else many, c) for (one, many), c in zip(words, cells, strict=True)]


def _summary(report: Report) -> Iterator[str]:
    if report.place:
        yield f"Rapporten gäller bara det som källorna säger om {report.place}. Det som gäller hela projektet står i rapporten för helheten."
    yield from _of_goals(report)
    yield attendance(report)
    if report.chosen.undated and (report.scope.start or report.scope.end):
        number = len(report.chosen.undated)
        yield f"Vid {number} av aktiviteterna och exemplen är tiden inte känd. De är med ändå, eftersom de kan höra hit."


def _of_goals(report: Report) -> Iterator[str]:
    total = len(report.chains)
    if not total:
        return
    acted = _share(sum(bool(c.actions) for c in report.chains), total, _GOAL)
    started = _share(sum(c.baseline != "missing" for c in report.chains), total, _GOAL)
    told = _share(sum(bool(c.follow_ups) for c in report.chains), total, _GOAL)
    reached = _share(sum(c.state is State.REACHED for c in report.chains), total, _GOAL)
    yield f"{acted} har minst en åtgärd. {started} har ett beskrivet eller mätt utgångsläge. Om {_lower(told)} säger källan något om läget. {reached} är nått enligt sin indikator."


def attendance(report: Report) -> str:
    activities = report.chosen.activities
    total = len(activities)
    if not total:
        return f"I banken finns inga aktiviteter för {place_of(report)}."
    known = len(report.counted)
    evaluated = sum(r.fields.get("evaluated") in ("yes", "no") for r in activities)
    return (
        f"För {_lower(_share(known, total, _ACTIVITY))} är antalet deltagare känt{_people(report)}. "
        f"För {_lower(_share(evaluated, total, _ACTIVITY))} är det känt om de har utvärderats."
    )


def _people(report: Report) -> str:
    """Return how many took part in all, and how much of it is known only roughly; empty where nothing is known."""
    known, rough = len(report.counted), len(report.approximate)
    if not known:
        return ""
    together, about = "tillsammans " if known > 1 else "", "ungefär " if rough else ""
    people = (
        f", {together}{about}{report.participants} {'person' if report.participants == 1 else 'personer'}"
    )
    if not rough or known == 1:
        return people
    return f"{people} ({rough} av {known} tal är {'ungefärligt' if rough == 1 else 'ungefärliga'})"


class _Noun(NamedTuple):
    none: str
    singular: str
    plural: str
    only: str


_GOAL: Final = _Noun("Inget", "mål", "mål", "Det enda målet")
_ACTIVITY: Final = _Noun("Ingen", "aktivitet", "aktiviteter", "Den enda aktiviteten")


def _share(number: int, total: int, noun: _Noun) -> str:
    """So many of all in words that can begin a sentence."""
    if total == 1:
        return noun.only if number else f"{noun.none} {noun.singular}"
    if number == 0:
        return f"{noun.none} av {total} {noun.plural}"
    return f"Alla {total} {noun.plural}" if number == total else f"{number} av {total} {noun.plural}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sources(report: Report, views: Views) -> list[str]:
    """The documents that are named, in the order of the vocabulary."""
    known = views.viewer.dictionary.vocabularies["documents"].terms
    chosen = report.chosen
    named = {finding.document for finding in chosen.findings}
    for record in (*chosen.goals, *chosen.activities, *chosen.examples):
        named |= {source["document"] for source in record.fields.get("sources", ())}
    return [_document(known[name].label, known[name].extra) for name in known if name in named]


def _document(label: Text, extra: Any) -> str:
    by, day = extra.get("publisher", ""), str(extra.get("date", ""))
    return ", ".join(part for part in (label.sv, by, dates.in_words(day) if day else "") if part) + "."


def _then(then: Comparison) -> Then:
    day = dates.in_words(then.made_on)
    words = f"Jämförelse med rapporten från {day}."
    if then.same:
        words += " Innehållet är detsamma: båda rapporterna har samma kontrollsumma."
    return Then(words, tuple((part.label, tuple(_told(part))) for part in then.differences), then.changes)


def _told(part: Difference) -> Iterator[tuple[str, tuple[Value, ...]]]:
    groups = (("Nya", part.come, True), ("Ändrade", part.changed, True), ("Borta", part.gone, False))
    for label, links, is_ours in groups:
        if links:
            yield label, tuple(Value(link.title, link.url if is_ours else None) for link in links)
