"""The catalogue of problem codes: every rule of every stage, for `build_site.py rules` and its pages."""

from typing import Final

from kunskapsbank.checks import (
    addresses,
    appearance,
    fields,
    followup,
    freshness,
    links,
    markup,
    names,
    pitfalls,
    privacy,
    references,
    sections,
    steps,
    substance,
    tools,
)
from kunskapsbank.checks import (
    language as readability,
)
from kunskapsbank.checks.run import FAMILIES
from kunskapsbank.dictionary import codes
from kunskapsbank.pages import frame_codes
from kunskapsbank.problems import limits
from kunskapsbank.problems.problem import Code, CodeGroup, Language, Text
from kunskapsbank.problems.report import SEVERITY_WORDS
from kunskapsbank.publishing import verify
from kunskapsbank.reading import characters, complexity, document, files, slips
from kunskapsbank.urls import codes as url_codes

_STAGES: Final = (
    files,
    characters,
    slips,
    complexity,
    document,
    codes,
    limits,
    *FAMILIES,
    frame_codes,
    verify,
    url_codes,
)

CODES: Final[dict[str, Code]] = {code.name: code for stage in _STAGES for code in stage.CODES}

_OF_MAINTAINERS: Final = frozenset(
    {
        codes.DICTIONARY_MISSING,
        codes.DICTIONARY_FAULT,
        codes.DUPLICATE_TERM,
        codes.UNSAFE_TEXT,
        url_codes.PUBLISHED_URL_GONE,
        url_codes.PUBLISHED_URL_LINE,
    }
)
"""Codes on files that only maintainers write, from a stage that has others too."""

_HEADINGS: Final = (
    (
        "fil",
        Text("Filen och dess namn", "The file and its name"),
        (files, characters, complexity, limits, names, url_codes),
    ),
    (
        "form",
        Text("Uppgifterna överst: hur de skrivs", "The items at the top: their form"),
        (slips, document, pitfalls),
    ),
    (
        "varden",
        Text("Uppgifterna överst: vad de säger", "The items at the top: what they say"),
        (codes, fields, freshness),
    ),
    ("rubriker", Text("Rubriker och avsnitt", "Headings and sections"), (sections, steps)),
    ("innehall", Text("Innehållet", "The content"), (substance, appearance, readability)),
    ("uppfoljning", Text("Uppföljning", "Follow-up"), (followup,)),
    ("lankar", Text("Länkar, bilder och HTML", "Links, pictures and HTML"), (links, addresses, markup)),
    ("hanvisningar", Text("Hänvisningar mellan poster", "References between records"), (references,)),
    ("verktyg", Text("Verktyg", "Tools"), (tools,)),
    ("personer", Text("Personuppgifter", "Personal data"), (privacy,)),
)
"""What a contributor was at when a rule was broken, and the stages that have such rules."""

_OTHERS: Final = Text("För den som sköter webbplatsen", "For those who maintain the site")


def groups() -> tuple[CodeGroup, ...]:
    """Every code in one group, those that only maintainers meet in the last."""
    found = [
        CodeGroup(anchor, heading, tuple(c for s in stages for c in s.CODES if c not in _OF_MAINTAINERS))
        for anchor, heading, stages in _HEADINGS
    ]
    grouped = {code.name for group in found for code in group.codes}
    rest = tuple(code for code in CODES.values() if code.name not in grouped)
    return (*found, CodeGroup("webbplatsen", _OTHERS, rest))


def find(name: str) -> Code | None:
    return CODES.get(name)


def as_list(language: Language) -> str:
    """A line for each rule, in the order of their names."""
    width = max(map(len, CODES))
    lines = [
        f"{code.name:<{width}}  {_severity(code, language):<8}  {_why(code, language)}"
        for _, code in sorted(CODES.items())
    ]
    return "\n".join(lines)


def as_page(code: Code, language: Language) -> str:
    """What a rule says, why, and what to do; what stands in braces differs from file to file."""
    labels = Text(
        "Meddelande: {}\nGör så här: {}\nVarför: {}", "Message: {}\nWhat to do: {}\nWhy: {}"
    ).in_language(language)
    body = labels.format(
        code.message.in_language(language), code.help.in_language(language), _why(code, language)
    )
    return f"{code.name} ({_severity(code, language)})\n\n{body}"


def _severity(code: Code, language: Language) -> str:
    return SEVERITY_WORDS[code.severity].in_language(language)


def _why(code: Code, language: Language) -> str:
    return code.why.in_language(language)
