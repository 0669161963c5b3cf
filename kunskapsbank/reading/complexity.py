"""How intricate a stranger's file may be: far more so than any real one, and far less than what stops a machine."""

from typing import Final

from kunskapsbank.problems.problem import Code, Severity, Text

MAX_DEPTH: Final = 20
"""Levels inside each other, both among the items and in the text."""

MAX_PARTS: Final = 10_000
"""Values among the items, and pieces of the text: paragraphs, points of lists, links, cells and the like.
The largest record of the Swedish bank has 900."""

MAX_HEADINGS: Final = 500

NESTED_TOO_DEEP: Final = Code(
    "nested-too-deep",
    Severity.ERROR,
    Text(
        "Texten är nästlad i fler än {limit} nivåer.",
        "The text is nested more than {limit} levels deep.",
    ),
    Text(
        "Ta bort överflödiga tecken för listor (-, * och 1.), citat (>) och fetstil (**).",
        "Remove superfluous marks of lists (-, * and 1.), quotations (>) and bold text (**).",
    ),
    Text(
        "Ingen text behöver mer än några få nivåer, och en djupt nästlad text kan få bygget av webbplatsen att stanna.",
        "No text needs more than a few levels, and a deeply nested one can bring the building of the site to a stop.",
    ),
)
TOO_MANY_PARTS: Final = Code(
    "too-many-parts",
    Severity.ERROR,
    Text("Filen har fler än {limit} {parts}.", "The file has more than {limit} {parts}."),
    Text(
        "Dela upp innehållet i flera poster, eller ta bort det som har upprepats av misstag.",
        "Split the content into several records, or remove what has been repeated by mistake.",
    ),
    Text(
        "En post är en sida att läsa. En fil med så många delar är nästan alltid ett misstag, och kan få bygget av webbplatsen att stanna.",
        "A record is a page to read. A file with so many parts is nearly always a mistake, and can bring the building of the site to a stop.",
    ),
)

CODES: Final = (NESTED_TOO_DEEP, TOO_MANY_PARTS)

VALUES: Final = Text("värden bland uppgifterna", "values among its items")
PIECES: Final = Text(
    "delar i texten, som stycken, punkter, länkar och celler",
    "parts in its text, such as paragraphs, points, links and cells",
)
SIGNS: Final = Text(
    "tecken av slag som &, § och hårda mellanslag", "signs of kinds such as &, § and no-break spaces"
)
HEADINGS: Final = Text("rubriker", "headings")


def in_words(limit: int) -> Text:
    """Return a number as people write it, with its thousands apart."""
    english = f"{limit:,}"
    return Text(english.replace(",", " "), english)
