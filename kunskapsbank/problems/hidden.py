"""What nobody should read in a report: words that hidden problems are about, blotted out of all problems.

A hidden problem holds the words in its value `secret`; another problem in the same run can have them in its
message, as a value that is not in a list has. Paths stay as they are: without them no file can be found.
"""

from collections.abc import Sequence, Set
from dataclasses import replace
from typing import Final

from kunskapsbank.problems.problem import Problem, Text, Value

SECRET: Final = "secret"  # noqa: S105  # the name of a value
_BLOT: Final = "•"


def blot(words: str) -> str:
    return _BLOT * len(words)


def without_secrets(problems: Sequence[Problem]) -> list[Problem]:
    """The same problems, fit to be shown to anybody."""
    secrets = {str(p.values[SECRET]) for p in problems if p.code.hidden and SECRET in p.values} - {""}
    if not secrets:
        return list(problems)
    by_length: dict[int, set[str]] = {}
    for secret in secrets:
        by_length.setdefault(len(secret), set()).add(secret)
    longest_first = sorted(by_length.items(), reverse=True)
    return [_blotted(problem, longest_first) for problem in problems]


_Secrets = Sequence[tuple[int, Set[str]]]
"""The words to blot out by their length, the longest first: there may be thousands of them, of few lengths."""


def _blotted(problem: Problem, secrets: _Secrets) -> Problem:
    values = {name: _fit(value, secrets) for name, value in problem.values.items()}
    return replace(problem, values=values)


def _fit(value: Value, secrets: _Secrets) -> Value:
    if isinstance(value, Text):
        return Text(*(_without(words, secrets) for words in value))
    return _without(value, secrets) if isinstance(value, str) else value


def _without(words: str, secrets: _Secrets) -> str:
    for length, of_length in secrets:
        words = _without_words(words, length, of_length)
    return words


def _without_words(words: str, length: int, secrets: Set[str]) -> str:
    """Return the words with the secrets of one length blotted out; every stretch of that length is looked up."""
    parts: list[str] = []
    done = start = 0
    while start <= len(words) - length:
        found = words[start : start + length]
        if found in secrets:
            parts += [words[done:start], blot(found)]
            done = start = start + length
        else:
            start += 1
    return "".join([*parts, words[done:]]) if parts else words
