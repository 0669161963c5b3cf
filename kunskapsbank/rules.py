"""The catalogue of problem codes: every rule of every stage, for `build_site.py rules` and its pages."""

from typing import Final

from kunskapsbank.checks.run import FAMILIES
from kunskapsbank.dictionary import codes
from kunskapsbank.pages import frame_codes
from kunskapsbank.problems.problem import Code, Language, Text
from kunskapsbank.problems.report import SEVERITY_WORDS
from kunskapsbank.publishing import verify
from kunskapsbank.reading import characters, document, files, slips

_STAGES: Final = (files, characters, slips, document, codes, *FAMILIES, frame_codes, verify)

CODES: Final[dict[str, Code]] = {code.name: code for stage in _STAGES for code in stage.CODES}


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
