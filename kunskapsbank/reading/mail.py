"""E-mail addresses in a text, and whether one seems to be a person's own.

A contact is a function, not a person: people change posts, and their names are personal data. An address is
taken for a person's where its name is two to four words with dots or underscores between them, such as
anna.andersson@ or a.andersson@, and none of the words is that of a function, a place or a subject. It is a
guess: a name without a dot (annaandersson@, anna@, annand@) is not seen, nor is one that is written out
(anna.andersson at exempel.se).
"""

import re
import unicodedata
from collections.abc import Iterator, Set
from typing import Final

from kunskapsbank.problems.problem import Code, Severity, Text

PERSONAL_EMAIL: Final = Code(
    "personal-email",
    Severity.WARNING,
    Text(
        "”{address}” ser ut att vara en persons e-postadress.",
        "“{address}” looks like the e-mail address of a person.",
    ),
    Text(
        "Skriv adressen till en funktion i stället, till exempel registrator@ eller info@.",
        "Write the address of a function instead, for example registrator@ or info@.",
    ),
    Text(
        "Personer byter arbete, och deras namn är personuppgifter. En funktion svarar även när personen har slutat.",
        "People change jobs, and their names are personal data. A function answers also when the person has left.",
    ),
)

_ADDRESS: Final = re.compile(r"(?<![\w.+'/@-])[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_FEWEST_WORDS: Final = 2
_MOST_WORDS: Final = 4


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FUNCTIONS: Final = _words(
    "abuse accessibility admin administration anmalan arbetsgrupp arbetsmiljo arende arkiv bokning career contact data "
    "dataskydd desk diarium diskriminering diversity dpo e-post editor ekonomi enhet epost event expedition faktura fakturor "
    "forum forvaltning fraga fragor funktion gdpr grupp hallbarhet handlaggare help helpdesk hjalp hostmaster hr idrott "
    "info information integration invoice it jamstalldhet jobb jobs juridik kansli karriar kommun kommunikation konferens "
    "kontakt kundservice kundtjanst kurs lan ledning legal likabehandling lon mail mangfald media mejl mottagning myndighet "
    "natverk newsletter no noreply nyhetsbrev office ombud order personal policy polis post postmaster press privacy projekt "
    "projektledning radgivning reception redaktion redaktor region registrator registratur rekrytering reply sakerhet "
    "samordnare samordning samverkan security sekretariat service services skola staff statistik styrgrupp support "
    "synpunkter system team test tillganglighet tillsyn upphandling utbildning utredning vaxel verksamhet visselblasare "
    "vagledning webb webbmaster webmaster web www"
)
"""Words of functions and subjects in addresses, without the marks over their letters."""

_ENDS: Final = (
    "ansvarig", "avdelning", "avdelningen", "byra", "byran", "centrum", "chef", "delegationen", "enhet", "enheten", "exempel",
    "expedition", "expeditionen", "forbundet", "funktion", "funktionen", "grupp", "gruppen", "kansli", "kansliet", "kommun",
    "kommunen", "kommitten", "larare", "ledare", "myndighet", "myndigheten", "namnd", "namnden", "natverk", "natverket",
    "ombud", "ombudet", "ombudsman", "projekt", "projektet", "radet", "redaktion", "redaktionen", "region", "regionen",
    "registratur", "samordnare", "samordnaren", "sekreterare", "skola", "skolan", "strateg", "styrelse", "styrelsen", "tjanst",
    "tjansten", "universitet", "utskottet", "utvecklare", "verk", "verket",
)  # fmt: skip
"""Ends of such words: a compound with one of them names a function too."""


def find_addresses(text: str) -> Iterator[str]:
    """Yield the e-mail addresses in a text."""
    if "@" in text:
        yield from (match.group() for match in _ADDRESS.finditer(text))


def find_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the e-mail addresses of a text begin and end."""
    if "@" in text:
        yield from (match.span() for match in _ADDRESS.finditer(text))


def is_personal(address: str, words: Set[str] = frozenset()) -> bool:
    """Return whether an address seems to be a person's.

    `words` are folded words that name no person either, such as those of the vocabularies.
    """
    local = address.partition("@")[0].partition("+")[0].rstrip("0123456789")
    parts = [part for part in re.split(r"[._]", local) if part]
    if not _FEWEST_WORDS <= len(parts) <= _MOST_WORDS or not all(map(_WORD.fullmatch, parts)):
        return False
    if all(len(part) == 1 for part in parts):
        return False
    return not any(_is_function(word, words) for part in parts for word in (part, *part.split("-")))


def _is_function(word: str, words: Set[str]) -> bool:
    folded = fold(word)
    return folded in _FUNCTIONS or folded in words or folded.endswith(_ENDS)


def fold(word: str) -> str:
    """Return a word in lower case without marks over its letters, as addresses are written."""
    return unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
