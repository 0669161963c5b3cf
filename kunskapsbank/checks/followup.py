"""Rules on what a follow-up is made of: goals with their actions and starting points, plans with their outcomes.

The interim report complains of goals without actions and actions without goals (8.6.2), and that without a
described starting point effects can't be shown (8.3.2).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kunskapsbank.checks.partial_dates import has_passed, is_before
from kunskapsbank.checks.record import Examined
from kunskapsbank.checks.subject import Subject
from kunskapsbank.problems.problem import Code, Problem, Severity, Text

GOAL: Final = "goal"
ACTIONS: Final = "actions"
"""The record type whose records are goals, and its field that names what is done for them."""

UNSERVED_GOAL: Final = Code(
    "unserved-goal",
    Severity.ADVICE,
    Text("Ingen åtgärd är kopplad till målet.", "No action belongs to the goal."),
    Text(
        "Skriv id för det som görs, till exempel ”actions: [natverkstraffar]”. Görs inget än är det en brist att berätta om.",
        "Write the ids of what is done, such as “actions: [natverkstraffar]”. If nothing is done yet, that is a gap to tell of.",
    ),
    Text(
        "Mål utan åtgärder var en av bristerna som delredovisningen pekade på (avsnitt 8.6.2).",
        "Goals without actions were one of the flaws that the interim report pointed out (section 8.6.2).",
    ),
)
UNASKED_ACTION: Final = Code(
    "unasked-action",
    Severity.ADVICE,
    Text("Inget mål har den här posten bland sina åtgärder.", "No goal has this record among its actions."),
    Text(
        "Hör den till ett mål: skriv ”{id}” i målets actions. Mål finns i mappen {folder}.",
        "If it belongs to a goal: write “{id}” in the actions of the goal. Goals are in the folder {folder}.",
    ),
    Text(
        "Aktiviteter utan mål var en av bristerna som delredovisningen pekade på (avsnitt 8.6.2).",
        "Activities without goals were one of the flaws that the interim report pointed out (section 8.6.2).",
    ),
)
MEASURE_WITHOUT_START: Final = Code(
    "measure-without-start",
    Severity.WARNING,
    Text(
        "Målet har en indikator men inget utgångsläge.",
        "The goal says what is measured but has no starting point.",
    ),
    Text(
        "Skriv hur det var när målet sattes: ”state: measured” med ”value: 12”, eller ”state: described” med ett avsnitt ”## Utgångsläge”.",
        "Write how things were when the goal was set: “state: measured” with “value: 12”, or “state: described” with a section “## Utgångsläge”.",
    ),
    Text(
        "Utan ett utgångsläge visar ett värde inte om något har förändrats (delredovisningen, avsnitt 8.3.2).",
        "Without a starting point a value doesn't show whether anything has changed (interim report, section 8.3.2).",
    ),
)
FOLLOW_UP_BEFORE_GOAL: Final = Code(
    "follow-up-before-goal",
    Severity.WARNING,
    Text(
        "Uppföljningen ({date}) är gjord innan målet sattes ({set}).",
        "The follow-up ({date}) was made before the goal was set ({set}).",
    ),
    Text(
        "Rätta det ena datumet. Är det ett värde från tiden innan målet sattes hör det till utgångsläget (baseline).",
        "Mend one of the dates. A value from before the goal was set belongs to the starting point (baseline).",
    ),
    Text(
        "En uppföljning berättar hur det har gått sedan målet sattes.",
        "A follow-up tells how it has gone since the goal was set.",
    ),
)
OUTCOME_UNSTATED: Final = Code(
    "outcome-unstated",
    Severity.ADVICE,
    Text(
        "Det här var planerat till {date}, som har passerat, och det står inte vad det blev av.",
        "This was planned for {date}, which has passed, and nothing says what came of it.",
    ),
    Text(
        "Har det skett: ändra till det. Annars lägg till fältet {key} med några ord om vad det blev av, eller ”{key}: unknown” om det inte är känt.",
        "If it has happened: change to that. Otherwise add the field {key} with some words on what came of it, or “{key}: unknown” if that is not known.",
    ),
    Text(
        "Läsaren ska se skillnad på det som inte blev av, det som skedde och det som ingen vet.",
        "Readers should see the difference between what didn't come about, what happened and what nobody knows.",
    ),
)

FINDING_ID_TWICE: Final = Code(
    "finding-id-twice",
    Severity.ERROR,
    Text("Två iakttagelser i filen har id {id}.", "Two findings in the file have the id {id}."),
    Text("Ge den ena ett annat id.", "Give one of them another id."),
    Text(
        "En länk till en iakttagelse ska leda till den och ingen annan.",
        "A link to a finding should lead to that one and no other.",
    ),
)

CODES: Final = (
    UNSERVED_GOAL, UNASKED_ACTION, MEASURE_WITHOUT_START, FOLLOW_UP_BEFORE_GOAL, OUTCOME_UNSTATED,
    FINDING_ID_TWICE,
)  # fmt: skip

FINDINGS: Final = "findings"
OUTCOME: Final = "outcome"
PLANNED: Final = "planned"
"""The status of an action, and the kind of a finding, that tells what is to be done."""

PROPOSED: Final = "proposed"
"""The status of an action that nobody has said will be done."""


def check(subject: Subject) -> Iterator[Problem]:
    if subject.type.id == GOAL:
        yield from _goal(subject)
    elif FINDINGS in subject.type.fields:
        yield from _findings(subject)
    elif OUTCOME in subject.type.fields:
        yield from _plan(subject)


def _goal(subject: Subject) -> Iterator[Problem]:
    data = subject.data
    if not data.get(ACTIONS):
        yield subject.problem(UNSERVED_GOAL, subject.node("title").place)
    baseline = data.get("baseline")
    starts_nowhere = isinstance(baseline, Mapping) and baseline.get("state") == "missing"
    if isinstance(data.get("indicator"), Mapping) and starts_nowhere:
        yield subject.problem(MEASURE_WITHOUT_START, subject.node("baseline", "state").place)
    for number, follow_up in enumerate(_groups(data.get("follow_ups"))):
        day, set_on = follow_up.get("date"), data.get("date")
        if isinstance(day, str) and isinstance(set_on, str) and is_before(day, set_on):
            place = subject.node("follow_ups", number, "date").place
            yield subject.problem(FOLLOW_UP_BEFORE_GOAL, place, date=day, set=set_on)


def _findings(subject: Subject) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, finding in enumerate(_groups(subject.data.get(FINDINGS))):
        own = str(finding.get("id"))
        if own in seen and "id" in finding:
            place = subject.node(FINDINGS, number, "id").place
            yield subject.problem(FINDING_ID_TWICE, place, id=own)
        seen.add(own)
        due, told = finding.get("due"), finding.get("led_to") or finding.get(OUTCOME)
        passed = isinstance(due, str) and has_passed(due, subject.context.today)
        if passed and not told and finding.get("kind") == PLANNED:
            place = subject.node(FINDINGS, number, "due").place
            yield subject.problem(OUTCOME_UNSTATED, place, date=str(due), key=OUTCOME)


def _plan(subject: Subject) -> Iterator[Problem]:
    data = subject.data
    if data.get("status") != PLANNED or data.get(OUTCOME):
        return
    period = data.get("period")
    last = period.get("to") if isinstance(period, Mapping) else data.get("end") or data.get("date")
    if isinstance(last, str) and has_passed(last, subject.context.today):
        place = subject.node("status").place
        yield subject.problem(OUTCOME_UNSTATED, place, date=last, key=OUTCOME)


def _groups(value: Any) -> list[Mapping[str, Any]]:
    """The items of a list of groups; what has another form is another rule's, and counts as empty."""
    items = value if isinstance(value, list) else []
    return [item if isinstance(item, Mapping) else {} for item in items]


def relate(all_examined: Sequence[Examined]) -> Iterator[Problem]:
    """Actions that no goal names, once there are goals that name any."""
    named = [r for e in all_examined if e.type == GOAL for r in e.references if r.key == ACTIONS]
    asked = {(type_, reference.id) for reference in named for type_ in reference.types}
    kinds = {type_ for reference in named for type_ in reference.types}
    folder = next((e.path.partition("/")[0] for e in all_examined if e.type == GOAL), "")
    for examined in all_examined:
        if examined.shown and examined.type in kinds and (examined.type, examined.id) not in asked:
            values = {"id": examined.id, "folder": folder}
            yield Problem(UNASKED_ACTION, examined.path, examined.id_place, values)
