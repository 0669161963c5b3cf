"""A document: one content file, read but not yet judged against the field dictionary."""

import re
from dataclasses import dataclass
from typing import Final

from kunskapsbank.problems.problem import Code, Place, Problem, Severity, Text
from kunskapsbank.reading.body import Body, read_body
from kunskapsbank.reading.nodes import Mapping, read_mapping

FENCE: Final = "---"

_CLOSING: Final = re.compile(rf"^{FENCE}[ \t]*(?:\n|\Z)", re.MULTILINE)

MISSING_FRONT_MATTER: Final = Code(
    "missing-front-matter",
    Severity.ERROR,
    Text(
        "Filen börjar inte med en rad med tre bindestreck.",
        "The file doesn't start with a line of three hyphens.",
    ),
    Text(
        "Börja filen med ”---”, sedan uppgifterna, sedan ”---” igen och därefter texten.",
        "Start the file with “---”, then the items, then “---” again and after that the text.",
    ),
    Text(
        "Uppgifterna om posten står mellan två rader med tre bindestreck.",
        "The items of a record stand between two lines of three hyphens.",
    ),
)
UNCLOSED_FRONT_MATTER: Final = Code(
    "unclosed-front-matter",
    Severity.ERROR,
    Text("Uppgifterna överst i filen avslutas aldrig.", "The items at the top of the file never end."),
    Text(
        "Skriv en rad med ”---” efter uppgifterna, före texten.",
        "Write a line of “---” after the items, before the text.",
    ),
    Text(
        "Utan den raden går det inte att se var texten börjar.",
        "Without that line there is no telling where the text begins.",
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

CODES: Final = (MISSING_FRONT_MATTER, UNCLOSED_FRONT_MATTER, MISSING_BODY, EMPTY_FRONT_MATTER)


@dataclass(frozen=True, slots=True)
class Document:
    """`text` is the whole file; `body` is None for a file that is all YAML."""

    path: str
    text: str
    front: Mapping
    body: Body | None


def read_markdown(text: str, path: str) -> tuple[Document | None, list[Problem]]:
    """A file with front matter and a body."""
    first, _, rest = text.partition("\n")
    opening = Place(1, 1, 1, len(first) + 1)
    if first.rstrip() != FENCE:
        return None, [Problem(MISSING_FRONT_MATTER, path, opening)]
    close = _CLOSING.search(rest)
    if close is None:
        return None, [Problem(UNCLOSED_FRONT_MATTER, path, opening)]
    front, problems = read_mapping(rest[: close.start()], path, first_line=2)
    line = rest.count("\n", 0, close.start()) + 2
    body = read_body(rest[close.end() :], first_line=line + 1)
    if not body.markdown.strip():
        problems = [*problems, Problem(MISSING_BODY, path, Place(line, 1, line, len(FENCE) + 1))]
    return Document(path, text, front, body), problems


def read_yaml(text: str, path: str) -> tuple[Document | None, list[Problem]]:
    """A file that is all YAML."""
    front, problems = read_mapping(text, path)
    return Document(path, text, front, None), problems
