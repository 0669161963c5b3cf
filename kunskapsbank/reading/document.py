"""A document: one content file, read but not yet judged against the field dictionary."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kunskapsbank.problems.problem import Code, Place, Problem, Severity, Text
from kunskapsbank.reading.body import Body, read_body
from kunskapsbank.reading.complexity import MAX_PARTS
from kunskapsbank.reading.fences import CLOSING, FENCE, Fault, closing_fault, opening_fault, stray_items
from kunskapsbank.reading.nodes import Mapping, read_mapping

MISSING_FRONT_MATTER: Final = Code(
    "missing-front-matter",
    Severity.ERROR,
    Text(
        "Filen börjar inte med en rad med tre bindestreck: {fault}.",
        "The file doesn't start with a line of three hyphens: {fault}.",
    ),
    Text("{mend}", "{mend}"),
    Text(
        "Uppgifterna om posten står mellan två rader med tre bindestreck.",
        "The items of a record stand between two lines of three hyphens.",
    ),
)
UNCLOSED_FRONT_MATTER: Final = Code(
    "unclosed-front-matter",
    Severity.ERROR,
    Text(
        "Uppgifterna överst i filen avslutas inte med en rad med tre bindestreck: {fault}.",
        "The items at the top of the file don't end with a line of three hyphens: {fault}.",
    ),
    Text("{mend}", "{mend}"),
    Text(
        "Utan den raden går det inte att se var texten börjar.",
        "Without that line there is no telling where the text begins.",
    ),
)
ITEMS_IN_TEXT: Final = Code(
    "items-in-text",
    Severity.ERROR,
    Text(
        "Det står uppgifter i texten, nedanför raderna med tre bindestreck: {fault}.",
        "There are items in the text, below the lines of three hyphens: {fault}.",
    ),
    Text("{mend}", "{mend}"),
    Text(
        "Det som står i texten visas som text och räknas inte som uppgifter.",
        "What stands in the text is shown as text and doesn't count as items.",
    ),
)
MISSING_BODY: Final = Code(
    "missing-body",
    Severity.ERROR,
    Text("Filen har uppgifter men ingen text.", "The file has items but no text."),
    Text(
        "Skriv texten efter den andra raden med tre bindestreck.",
        "Write the text after the second line of three hyphens.",
    ),
    Text("En sida utan text hjälper ingen läsare.", "A page without text helps no reader."),
)

EMPTY_FRONT_MATTER: Final = Code(
    "empty-front-matter",
    Severity.ERROR,
    Text("Filen har inga uppgifter.", "The file has no items."),
    Text(
        "Skriv uppgifterna överst i filen, en på varje rad: ”fält: värde”. Titta på en annan fil i mappen.",
        "Write the items at the top of the file, one on each line: “field: value”. Look at another file in the folder.",
    ),
    Text("Posten beskrivs av sina fält.", "A record is described by its fields."),
)

CODES: Final = (MISSING_FRONT_MATTER, UNCLOSED_FRONT_MATTER, ITEMS_IN_TEXT, MISSING_BODY, EMPTY_FRONT_MATTER)


@dataclass(frozen=True)
class Document:
    """`text` is the whole file; `body` is None for a file that is all YAML."""

    path: str
    text: str
    front: Mapping
    body: Body | None

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of the file, split once for all rules that look at them."""
        return self.text.split("\n")


def read_markdown(text: str, path: str) -> tuple[Document | None, list[Problem]]:
    """A file with front matter and a body."""
    first = text.partition("\n")[0]
    if first.rstrip() != FENCE:
        return None, [_problem(MISSING_FRONT_MATTER, path, opening_fault(text))]
    close = CLOSING.search(text, len(first))
    if close is None:
        return None, [_problem(UNCLOSED_FRONT_MATTER, path, closing_fault(text))]
    items, words = text[len(first) + 1 : close.start() + 1], text[close.end() :]
    line = items.count("\n") + 2
    stray = stray_items(items, words, line)
    if stray is not None:
        return None, [_problem(ITEMS_IN_TEXT, path, stray)]
    front, problems = read_mapping(items, path, first_line=2, max_parts=MAX_PARTS)
    body = read_body(words, first_line=line + 1)
    if body.excess is not None:
        code, place, values = body.excess
        return None, [*problems, Problem(code, path, place, values)]
    if not body.markdown.strip():
        problems = [*problems, Problem(MISSING_BODY, path, Place(line, 1, line, len(FENCE) + 1))]
    return Document(path, text, front, body), problems


def _problem(code: Code, path: str, fault: Fault) -> Problem:
    return Problem(code, path, fault.place, {"fault": fault.fault, "mend": fault.mend})


def read_yaml(text: str, path: str) -> tuple[Document | None, list[Problem]]:
    """A file that is all YAML."""
    front, problems = read_mapping(text, path, max_parts=MAX_PARTS)
    return Document(path, text, front, None), problems
