"""The rule on pictures of steps: a record that asks for one has a numbered list that can be drawn."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyromark

from kunskapsbank.checks.subject import Subject
from kunskapsbank.problems.problem import Code, Problem, Severity, Text
from kunskapsbank.reading.body import OPTIONS

FIELD: Final = "picture"
SPIRAL: Final = "spiral"
SECTION: Final = "steps"
"""The section that holds the steps, by its key in the field dictionary."""

LEAST: Final = 3
MOST: Final = 12

PICTURE_WITHOUT_STEPS: Final = Code(
    "picture-without-steps",
    Severity.ERROR,
    Text(
        "Bilden kan inte ritas: avsnittet ”{heading}” ska ha {least} till {most} numrerade steg (nu {now}).",
        "The picture can't be drawn: the section “{heading}” should have {least} to {most} numbered steps (now {now}).",
    ),
    Text(
        "Skriv stegen som en numrerad lista, ett steg på varje rad: ”1. Börja i verksamhetsplanen.” Eller ta bort raden ”{field}: {word}”.",
        "Write the steps as a numbered list, a step on each line: “1. Start in the business plan.” Or take the line “{field}: {word}” away.",
    ),
    Text(
        "Bilden ritas av stegen i texten. Färre blir ingen bild, och fler går inte att läsa i en telefon.",
        "The picture is made of the steps in the text. Fewer make no picture, and more can't be read on a phone.",
    ),
)

CODES: Final = (PICTURE_WITHOUT_STEPS,)


def check(subject: Subject) -> Iterator[Problem]:
    body = subject.document.body
    if body is None or subject.data.get(FIELD) != SPIRAL:
        return
    found = [s for s, key in zip(body.sections, subject.sections, strict=True) if key == SECTION]
    now = count_steps(found[0].markdown) if found else 0
    if not LEAST <= now <= MOST:
        headings = [section.heading.sv for section in subject.type.sections if section.key == SECTION]
        yield subject.problem(
            PICTURE_WITHOUT_STEPS,
            subject.node(FIELD).place,
            heading=headings[0] if headings else SECTION,
            least=LEAST,
            most=MOST,
            now=now,
            field=FIELD,
            word=SPIRAL,
        )


def count_steps(markdown: str) -> int:
    """The items of the first numbered list that is not part of another list."""
    depth = count = 0
    numbered = False
    events: Iterable[Any] = pyromark.events(markdown, options=OPTIONS)
    for event in events:
        if event == {"Start": "Item"}:
            count += numbered and depth == 1
        elif "Start" in event and "List" in event["Start"]:
            numbered = numbered or (depth == 0 and event["Start"]["List"] is not None)
            depth += 1
        elif "End" in event and "List" in event["End"]:
            depth -= 1
            if numbered and depth == 0:
                break
    return count
