"""What nobody should read in a report: words that hidden problems are about, blotted out of all problems.

A hidden problem holds the words in its value `secret`; another problem in the same run can have them in its
message, as a value that is not in a list has. Paths stay as they are: without them no file can be found.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kunskapsbank.problems.problem import Problem, Text, Value

SECRET: Final = "secret"  # noqa: S105  # the name of a value
_BLOT: Final = "•"


def blot(words: str) -> str:
    return _BLOT * len(words)


def without_secrets(problems: Sequence[Problem]) -> list[Problem]:
    """The same problems, fit to be shown to anybody."""
    secrets = sorted({str(p.values[SECRET]) for p in problems if p.code.hidden and SECRET in p.values})
    if not secrets:
        return list(problems)
    longest_first = sorted(secrets, key=len, reverse=True)
    return [_blotted(problem, longest_first) for problem in problems]


def _blotted(problem: Problem, secrets: Sequence[str]) -> Problem:
    values = {name: _fit(value, secrets) for name, value in problem.values.items()}
    return replace(problem, values=values)


def _fit(value: Value, secrets: Sequence[str]) -> Value:
    if isinstance(value, Text):
        return Text(*(_without(words, secrets) for words in value))
    return _without(value, secrets) if isinstance(value, str) else value


def _without(words: str, secrets: Sequence[str]) -> str:
    for secret in secrets:
        words = words.replace(secret, blot(secret))
    return words
