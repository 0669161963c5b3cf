"""Rules that the source itself asks for: what it says goes wrong in descriptions of diversity work.

Goals without actions and actions without goals (the report, 8.6.2), no description of the starting point
(8.3.2), activities without number of participants or evaluation (8.9.2), results told as plans.
"""

from collections.abc import Iterator
from typing import Final

from kunskapsbank.checks.followup import PLANNED, PROPOSED
from kunskapsbank.checks.subject import Subject
from kunskapsbank.problems.problem import Code, Problem, Severity, Text
from kunskapsbank.reading.body import Heading

GOAL_WITHOUT_ACTION: Final = Code(
    "goal-without-action",
    Severity.ERROR,
    Text(
        "Exemplet har mål men säger inget om åtgärder.",
        "The example has goals but says nothing about actions.",
    ),
    Text(
        "Skriv avsnittet ”## Åtgärder”, eller lägg till actions i not_documented om källan inte säger något.",
        "Write the section “## Åtgärder”, or add actions to not_documented if the source doesn't say.",
    ),
    Text(
        "Mål utan åtgärder var en av bristerna som delredovisningen pekade på (avsnitt 8.6.2).",
        "Goals without actions were one of the flaws that the interim report pointed out (section 8.6.2).",
    ),
)
ACTION_WITHOUT_GOAL: Final = Code(
    "action-without-goal",
    Severity.ERROR,
    Text(
        "Exemplet har åtgärder men säger inget om mål.",
        "The example has actions but says nothing about goals.",
    ),
    Text(
        "Skriv avsnittet ”## Mål”, eller lägg till goals i not_documented om källan inte säger något.",
        "Write the section “## Mål”, or add goals to not_documented if the source doesn't say.",
    ),
    Text(
        "Aktiviteter utan mål var en av bristerna som delredovisningen pekade på (avsnitt 8.6.2).",
        "Activities without goals were one of the flaws that the interim report pointed out (section 8.6.2).",
    ),
)
RESULT_ON_PLAN: Final = Code(
    "result-on-plan",
    Severity.ERROR,
    Text(
        "Exemplet är {status} men har avsnittet ”{heading}”.",
        "The example is {status} but has the section “{heading}”.",
    ),
    Text(
        "Ändra status om arbetet har börjat. Annars: skriv förväntningar under Mål och ta bort avsnittet.",
        "Change status if the work has begun. Otherwise: write expectations under Mål and take the section away.",
    ),
    Text(
        "Det som inte har gjorts kan inte ha gett resultat.",
        "What has not been done can't have given results.",
    ),
)
EFFECT_WITHOUT_START: Final = Code(
    "effect-without-start",
    Severity.ERROR,
    Text(
        "Underlaget är ”visad effekt” men utgångsläget är inte beskrivet.",
        "The evidence is “effect shown” but the starting point is not described.",
    ),
    Text(
        "Beskriv utgångsläget, eller välj nivån substantiated.",
        "Describe the starting point, or choose the level substantiated.",
    ),
    Text(
        "Utan ett beskrivet utgångsläge går det inte att visa en effekt (delredovisningen, avsnitt 8.3.2).",
        "Without a described starting point no effect can be shown (interim report, section 8.3.2).",
    ),
)
PARTICIPANTS_UNSTATED: Final = Code(
    "participants-unstated",
    Severity.WARNING,
    Text(
        "Aktiviteten är genomförd men säger inte hur många som deltog.",
        "The activity has been held but doesn't say how many took part.",
    ),
    Text(
        "Lägg till ”participants: 60”, eller ”participants: unknown” om det inte är känt.",
        "Add “participants: 60”, or “participants: unknown” if it is not known.",
    ),
    Text(
        "Uppgifter om hur många som deltagit saknades i delredovisningen (avsnitt 8.9.2).",
        "The interim report lacked data on how many took part (section 8.9.2).",
    ),
)
EVALUATION_UNSTATED: Final = Code(
    "evaluation-unstated",
    Severity.WARNING,
    Text(
        "Aktiviteten är genomförd men säger inte om den har utvärderats.",
        "The activity has been held but doesn't say whether it has been evaluated.",
    ),
    Text(
        "Lägg till ”evaluated: yes”, ”evaluated: no” eller ”evaluated: unknown”.",
        "Add “evaluated: yes”, “evaluated: no” or “evaluated: unknown”.",
    ),
    Text(
        "Uppgifter om utvärdering saknades i delredovisningen (avsnitt 8.9.2).",
        "The interim report lacked data on evaluation (section 8.9.2).",
    ),
)

CODES: Final = (
    GOAL_WITHOUT_ACTION, ACTION_WITHOUT_GOAL, RESULT_ON_PLAN, EFFECT_WITHOUT_START,
    PARTICIPANTS_UNSTATED, EVALUATION_UNSTATED,
)  # fmt: skip

HELD: Final = ("done", "ended")
"""The statuses of an activity that has been."""

NOT_BEGUN: Final = {
    PROPOSED: Text("föreslaget", "proposed"),
    PLANNED: Text("planerat", "planned"),
}
"""The statuses of work that has not begun, in words. A proposal is no plan, and neither can have results."""

UNCLEAR: Final = "unclear"
"""The status of what the source does not show to be done: it counts neither as done nor as planned."""


def check(subject: Subject) -> Iterator[Problem]:
    sections = _sections(subject)
    if sections:
        yield from _goals_and_actions(subject, sections)
        yield from _results(subject, sections)
        yield from _effect(subject, sections)
    yield from _attendance(subject)


def _sections(subject: Subject) -> dict[str, Heading]:
    body = subject.document.body
    found = zip(subject.sections, body.sections if body else (), strict=True)
    return {key: section.heading for key, section in found if key}


def _goals_and_actions(subject: Subject, sections: dict[str, Heading]) -> Iterator[Problem]:
    for here, there, code in (
        ("goals", "actions", GOAL_WITHOUT_ACTION),
        ("actions", "goals", ACTION_WITHOUT_GOAL),
    ):
        if here in sections and there not in sections and there not in subject.unknown:
            yield subject.problem(code, sections[here].place)


def _results(subject: Subject, sections: dict[str, Heading]) -> Iterator[Problem]:
    status = subject.data.get("status")
    words = NOT_BEGUN.get(status) if isinstance(status, str) else None
    if words is None:
        return
    for key in ("results", "effects"):
        if key in sections:
            heading = sections[key].text
            yield subject.problem(RESULT_ON_PLAN, sections[key].place, heading=heading, status=words)


def _effect(subject: Subject, sections: dict[str, Heading]) -> Iterator[Problem]:
    evidence = subject.data.get("evidence")
    level = evidence.get("level") if isinstance(evidence, dict) else None
    if level == "effect-shown" and "starting_point" not in sections:
        yield subject.problem(EFFECT_WITHOUT_START, subject.node("evidence", "level").place)


def _attendance(subject: Subject) -> Iterator[Problem]:
    if subject.data.get("status") not in HELD:
        return
    for key, code in (("participants", PARTICIPANTS_UNSTATED), ("evaluated", EVALUATION_UNSTATED)):
        if key in subject.type.fields and key not in subject.data:
            yield subject.problem(code, subject.node("status").place)
