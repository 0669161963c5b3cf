"""The two lines of three hyphens around the items of a record, and the usual ways to miss them."""

import re
from typing import Final, NamedTuple

from kunskapsbank.problems.problem import Place, Text
from kunskapsbank.reading.characters import without_strange

FENCE: Final = "---"

CLOSING: Final = re.compile(rf"\n{FENCE}[ \t]*(?:\n|\Z)")
"""The closing fence with the end of the line above it, which makes the search one for a fixed word."""


class Fault(NamedTuple):
    """What is wrong with a fence, where, and how it is mended."""

    place: Place
    fault: Text
    mend: Text


_WRITE: Final = Text(f"Skriv raden så: {FENCE}", f"Write the line so: {FENCE}")
_BLANKS: Final = Text("det står mellanslag framför", "there are spaces before them")
_HIDDEN: Final = Text(
    "framför dem står ett tecken som inte syns", "before them is a character that doesn't show"
)
_DASHES: Final = re.compile(r"[-–—_=*+~. ]+")
_KEY: Final = r"[a-zåäöA-ZÅÄÖ_]+ ?:(?:[ \t].*)?"
_ITEM: Final = re.compile(_KEY)
_FENCE_WITH_ITEM: Final = re.compile(rf"^{FENCE}[ \t]*\n{_KEY}$", re.MULTILINE)


def opening_fault(text: str) -> Fault:
    """Of a file that doesn't start with a fence."""
    lines = text.split("\n")
    number = next((n for n, line in enumerate(lines) if line.strip()), 0)
    line = lines[number].rstrip()
    bare = without_strange(line).strip()
    if bare == FENCE and number:
        return _fault(
            lines,
            0,
            Text("överst är det en tom rad", "there is an empty line at the top"),
            Text(f"Ta bort allt ovanför raden ”{FENCE}”.", f"Take away everything above the line “{FENCE}”."),
        )
    if bare == FENCE:
        return _fault(lines, number, _BLANKS if line.strip(" \t") == FENCE else _HIDDEN, _WRITE)
    if _DASHES.fullmatch(bare):
        return _fault(lines, number, _instead(bare), _WRITE)
    return _fault(lines, number, *_other_opening(text, bare))


def _other_opening(text: str, first: str) -> tuple[Text, Text]:
    if first.startswith(("```", "~~~")):
        return (
            Text(f"överst står ”{first}”, som börjar ett kodblock", f"at the top is “{first}”, which begins a block of code"),
            Text(f"Ta bort alla rader som börjar med {first[:3]}", f"Take away all lines that start with {first[:3]}"),
        )  # fmt: skip
    if _ITEM.fullmatch(first):
        return (
            Text("uppgifterna börjar på första raden", "the items start on the first line"),
            Text(f"Skriv en rad med {FENCE} ovanför den här raden.", f"Write a line of {FENCE} above this line."),
        )  # fmt: skip
    if found := _FENCE_WITH_ITEM.search(text):
        number = text.count("\n", 0, found.start()) + 1
        return (
            Text("det står något före uppgifterna", "something stands before the items"),
            Text(
                f"Flytta det som står ovanför rad {number} till texten, nedanför uppgifterna, så att ”{FENCE}” blir första raden.",
                f"Move what stands above line {number} to the text, below the items, so that “{FENCE}” becomes the first line.",
            ),
        )
    return (
        Text("det finns inga uppgifter överst i filen", "there are no items at the top of the file"),
        Text(
            f"Börja filen med ”{FENCE}”, sedan uppgifterna, sedan ”{FENCE}” igen och därefter texten.",
            f"Start the file with “{FENCE}”, then the items, then “{FENCE}” again and after that the text.",
        ),
    )


def _instead(line: str) -> Text:
    return Text(f"det står ”{line}”", f"it says “{line}”")


def _fault(lines: list[str], number: int, fault: Text, mend: Text) -> Fault:
    return Fault(Place(number + 1, 1, number + 1, len(lines[number]) + 1), fault, mend)


_NEARLY: Final = re.compile(r"\s*(?:[-–—_=*]{2,}|[–—…]|\.\.\.)\s*")
_GLUED: Final = re.compile(rf"{FENCE}[-\s]*[^-\s].*|.*\S[ \t]+{FENCE}[ \t]*")
_IS_TEXT: Final = re.compile(rf"(?!{_KEY}$)(?:[^\s#-]|##+ ).*")


def closing_fault(text: str) -> Fault:
    """Of a file whose items start with a fence and never end."""
    lines = text.split("\n")
    numbered = list(enumerate(lines))[1:]
    for number, line in numbered:
        if _NEARLY.fullmatch(line):
            bare = line.strip()
            return _fault(lines, number, _BLANKS if bare == FENCE else _instead(bare), _WRITE)
        if _GLUED.fullmatch(line):
            return _fault(
                lines,
                number,
                Text("på raden står mer än bindestrecken", "there is more on the line than the hyphens"),
                Text(f"Skriv {FENCE} på en egen rad.", f"Write {FENCE} on a line of its own."),
            )
    missing = Text("raden saknas", "the line is missing")
    for number, line in numbered:
        if _IS_TEXT.fullmatch(line):
            return _fault(
                lines,
                number,
                missing,
                Text(
                    f"Skriv en rad med {FENCE} ovanför den här raden, där texten börjar.",
                    f"Write a line of {FENCE} above this line, where the text begins.",
                ),
            )
    return _fault(
        lines,
        0,
        missing,
        Text(
            f"Skriv en rad med {FENCE} efter uppgifterna, före texten.",
            f"Write a line of {FENCE} after the items, before the text.",
        ),
    )


_STRAY: Final = re.compile(
    rf"\s*(?:{FENCE}[ \t]*\n\s*)?(?P<first>[a-z_]+:(?:[ \t].*)?)\n(?:(?:[ \t].*|-.*)?\n)*?(?:[a-z_]+:(?:\s|\Z)|{FENCE}[ \t]*(?:\n|\Z))"
)


def stray_items(front: str, body: str, close: int) -> Fault | None:
    """Fields right at the beginning of the text, after one fence too many, or once again. `close` is the
    line of the fence between; `front` what stands above it."""
    found = _STRAY.match(body)
    if found is None:
        return None
    key = found["first"].partition(":")[0]
    if re.search(rf"^{key} *:", front, re.MULTILINE):
        line = close + 1 + body.count("\n", 0, found.start("first"))
        return Fault(
            Place(line, 1, line, len(found["first"]) + 1),
            Text("de står redan ovanför", "they stand above already"),
            Text(
                f"Ta bort dem här, och raderna ”{FENCE}” runt dem.",
                f"Take them away here, and the lines “{FENCE}” around them.",
            ),
        )
    return Fault(
        Place(close, 1, close, len(FENCE) + 1),
        Text("den här raden avslutar dem för tidigt", "this line ends them too soon"),
        Text(
            f"Ta bort raden, så att alla uppgifter står mellan den första och den sista raden ”{FENCE}”.",
            f"Take the line away, so that all items stand between the first line “{FENCE}” and the last.",
        ),
    )  # fmt: skip
