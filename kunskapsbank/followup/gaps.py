"""What is missing in a follow-up, and who could add it: the function that answers for each record."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from kunskapsbank.checks.followup import ACTIONS, GOAL, PLANNED
from kunskapsbank.checks.record import Record
from kunskapsbank.checks.substance import HELD
from kunskapsbank.followup.chains import Chain
from kunskapsbank.followup.figures import Figure, Ref, finding_ref, record_ref
from kunskapsbank.followup.selection import FUNCTIONS, Finding, Selection
from kunskapsbank.library.library import Key, Library


class Answering(NamedTuple):
    """A function that could add what is missing in so many records. `email` is empty where it has none."""

    label: str
    email: str
    number: int


class Gap(NamedTuple):
    """`need` says what to do about it."""

    figure: Figure
    need: str
    who: tuple[Answering, ...]


def gaps(chosen: Selection, chains: Iterable[Chain], library: Library) -> tuple[Gap, ...]:
    """Those that there are, the ones of goals first."""
    chains = tuple(chains)
    goals = _Kind((c.goal for c in chains), library)
    activities, examples = _Kind(chosen.activities, library), _Kind(chosen.examples, library)
    found = (
        goals.gap("mal-utan-utgangslage", "Mål utan utgångsläge", _START, _is_without_start),
        goals.gap("mal-utan-atgard", "Mål utan åtgärd", _ACTION, lambda r: not r.fields.get(ACTIONS)),
        goals.gap("mal-utan-indikator", "Mål utan indikator", _INDICATOR, lambda r: "indicator" not in r.fields),
        goals.gap("mal-utan-uppfoljning", "Mål utan uppgift om läget", _FOLLOW_UP, lambda r: "follow_ups" not in r.fields),
        activities.gap("aktiviteter-utan-mal", "Aktiviteter som inget mål har bett om", _GOAL, _unasked(library)),
        examples.gap("exempel-utan-mal", "Exempel som inget mål har bett om", _GOAL, _unasked(library)),
        activities.gap("deltagare-okanda", "Hållna aktiviteter utan antal deltagare", _NUMBER, _has_no_number),
        activities.gap("utvardering-okand", "Hållna aktiviteter där utvärderingen är okänd", _EVALUATION, _is_not_evaluated),
        activities.gap("utfall-okant", "Planerade aktiviteter som ingen vet om de blev av", _OUTCOME, _has_no_outcome),
        examples.gap("exempel-utan-resultat", "Genomförda exempel utan resultat", _RESULT, _has_no_result),
        _of_findings(chosen, library),
    )  # fmt: skip
    return tuple(gap for gap in found if gap.figure.refs)


_START = "Beskriv eller mät hur det var när målet sattes."
_ACTION = "Koppla det som görs till målet, eller berätta att inget görs."
_INDICATOR = "Säg vad som ska mätas för att se om målet är nått."
_FOLLOW_UP = "Berätta hur långt det har kommit, med datum och källa."
_GOAL = "Koppla posten till ett mål, om den hör till något."
_NUMBER = "Skriv hur många som deltog."
_EVALUATION = "Skriv om aktiviteten har utvärderats."
_OUTCOME = "Skriv om det blev av."
_RESULT = "Berätta vad arbetet ledde till."


def _is_without_start(record: Record) -> bool:
    return bool(record.fields["baseline"]["state"] == "missing")


def _is_held(record: Record) -> bool:
    return record.fields.get("status") in HELD


def _has_no_number(record: Record) -> bool:
    return _is_held(record) and not isinstance(record.fields.get("participants"), int)


def _is_not_evaluated(record: Record) -> bool:
    return _is_held(record) and record.fields.get("evaluated") not in ("yes", "no")


def _has_no_outcome(record: Record) -> bool:
    return record.fields.get("status") == PLANNED and record.fields.get("outcome") == "unknown"


def _has_no_result(record: Record) -> bool:
    return _is_held(record) and "results" not in record.sections


def _unasked(library: Library) -> Callable[[Record], bool]:
    def is_unasked(record: Record) -> bool:
        mentioning = library.mentions.get(Key(record.type, record.id), ())
        return not any(r.type == GOAL and record.id in r.fields.get(ACTIONS, ()) for r in mentioning)

    return is_unasked


class _Kind:
    """The records of one kind, to look for gaps in."""

    def __init__(self, records: Iterable[Record], library: Library) -> None:
        self.records, self.library = tuple(records), library

    def gap(self, name: str, label: str, need: str, is_missing: Callable[[Record], bool]) -> Gap:
        found = [record for record in self.records if is_missing(record)]
        return _gap(name, label, need, [(r, record_ref(r, self.library)) for r in found], self.library)


def _of_findings(chosen: Selection, library: Library) -> Gap:
    """Plans of the survey or the report that nobody knows the outcome of, and that no record shows."""
    found = [f for f in chosen.findings if f.kind == PLANNED and not f.led_to and _is_unknown(f)]
    members = [(finding.file, finding_ref(finding, library)) for finding in found]
    return _gap("planer-utan-utfall", "Planer som ingen vet vad det blev av", _OUTCOME, members, library)


def _is_unknown(finding: Finding) -> bool:
    return finding.outcome in (None, "unknown")


def _gap(name: str, label: str, need: str, members: list[tuple[Record, Ref]], library: Library) -> Gap:
    figure = Figure(f"saknas-{name}", label, tuple(ref for _, ref in members))
    return Gap(figure, need, tuple(_who((record for record, _ in members), library)))


def _who(records: Iterable[Record], library: Library) -> Iterator[Answering]:
    """The functions by the number of records that they answer for, the most first."""
    terms = library.dictionary.vocabularies[FUNCTIONS].terms
    counted = Counter(record.fields["contact"] for record in records if "contact" in record.fields)
    order: dict[Any, int] = {name: number for number, name in enumerate(terms)}
    for name, number in sorted(counted.items(), key=lambda item: (-item[1], order[item[0]])):
        yield Answering(terms[name].label.sv, terms[name].extra.get("email", ""), number)
