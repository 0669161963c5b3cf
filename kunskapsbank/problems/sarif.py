"""Problems as SARIF 2.1.0, the form in which code hosts and editors take in what programs found.

It holds the rules that were broken and no others. What in a rule's words differs from file to file is an
ellipsis there; each result says it in full, with what to do.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from kunskapsbank.problems.problem import (
    Code,
    Language,
    Place,
    Problem,
    Sender,
    Severity,
    in_general,
)

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}

_ROOT: Final = "SRCROOT"
"""Stands for the site's source, wherever that is on the reader's machine."""


def as_sarif(problems: Sequence[Problem], language: Language, sender: Sender) -> str:
    """The `problems` must be in order, and fit to be shown."""
    codes = {problem.code.name: problem.code for problem in problems}
    rules = {name: index for index, name in enumerate(sorted(codes))}
    driver = {
        "name": sender.name,
        "semanticVersion": sender.version,
        **({"informationUri": sender.information} if sender.information else {}),
        "language": language,
        "rules": [_rule(codes[name], language, sender) for name in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": _ROOT_IS[language]}}},
        "results": list(_results(problems, rules, language)),
    }
    return (
        json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
        + "\n"
    )


_ROOT_IS: Final[Mapping[Language, str]] = {
    "sv": "Webbplatsens källmapp.",
    "en": "The source folder of the site.",
}


def _rule(code: Code, language: Language, sender: Sender) -> dict[str, Any]:
    address, why = sender.page_of(code), code.why.in_language(language)
    return {
        "id": code.name,
        "name": "".join(word.capitalize() for word in code.name.split("-")),
        "shortDescription": {"text": in_general(code.message.in_language(language))},
        "fullDescription": {"text": why},
        "help": {"text": in_general(code.help.in_language(language)).strip("…") or why},
        **({"helpUri": address} if address else {}),
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _results(
    problems: Sequence[Problem], rules: Mapping[str, int], language: Language
) -> Iterator[dict[str, Any]]:
    for problem, fingerprint in zip(problems, _fingerprints(problems), strict=True):
        yield {
            "ruleId": problem.code.name,
            "ruleIndex": rules[problem.code.name],
            "level": _LEVELS[problem.severity],
            "message": {"text": f"{problem.message(language)} {problem.help(language)}"},
            "locations": [{"physicalLocation": _location(problem)}],
            "partialFingerprints": {"problem/v1": fingerprint},
        }


def _location(problem: Problem) -> dict[str, Any]:
    uri = quote(problem.path, safe="/", errors="surrogatepass")
    return {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}, "region": _region(problem.place)}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fingerprints(problems: Sequence[Problem]) -> Iterator[str]:
    """What a problem is known by from one run to the next, also where its line has moved."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        known_by = (problem.code.name, problem.path, problem.message("en"))
        seen[known_by] += 1
        told = "\x00".join((*known_by, str(seen[known_by])))
        yield hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
