"""The limit on how many problems of one file are kept, so that no file can fill a report or the memory."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import chain, islice
from typing import Final

from kunskapsbank.problems.problem import START, Code, Place, Problem, Severity, Text

MAX_PROBLEMS: Final = 100
"""Problems of one file that are kept; more than a person fixes before running the check again."""

MORE_PROBLEMS: Final = Code(
    "more-problems",
    Severity.ADVICE,
    Text(
        "Här visas de {limit} allvarligaste problemen i filen. {number} till visas inte.",
        "The {limit} most serious problems of the file are shown here. {number} more are not shown.",
    ),
    Text(
        "Rätta dem som visas och kör kontrollen igen. Många problem i en fil har ofta en och samma orsak.",
        "Fix those that are shown and run the check again. Many problems in one file often have a single cause.",
    ),
    Text(
        "Ingen läser tusentals problem, och en enda fil ska inte kunna fylla rapporten för alla andra.",
        "Nobody reads thousands of problems, and one file should not fill the report for all the others.",
    ),
    is_remainder=True,
)

CODES: Final = (MORE_PROBLEMS,)

_WEIGHTS: Final = {severity: weight for weight, severity in enumerate(Severity)}


def limit_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the most serious problems of one file, and last the number of those that are left out.

    What is hidden from reports is kept before all else: while any of it is left out, nothing else is shown
    that could quote it. Errors are kept before warnings, and warnings before advice, so that no exit code
    depends on the limit. No more problems than are kept are held in memory.
    """
    rest = iter(problems)
    first = list(islice(rest, MAX_PROBLEMS + 1))
    return first if len(first) <= MAX_PROBLEMS else _most_serious(chain(first, rest), first[0].path)


def limit_per_file(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of several files, each file's limited by itself."""
    by_path: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_path[problem.path].append(problem)
    return [problem for own in by_path.values() for problem in limit_problems(own)]


def number_of(problems: Iterable[Problem], severity: Severity) -> int:
    """Return how many problems of a severity there are, with those that were left out."""
    return sum(
        _left_out(problem, severity) if problem.code.is_remainder else problem.severity is severity
        for problem in problems
    )


def _most_serious(problems: Iterable[Problem], path: str) -> list[Problem]:
    counts: Counter[Severity] = Counter()

    def counted() -> Iterator[Problem]:
        for problem in problems:
            if problem.code.is_remainder:  # the same file's, limited before
                counts.update({severity: _left_out(problem, severity) for severity in Severity})
            else:
                counts[problem.severity] += 1
                yield problem

    kept = nsmallest(MAX_PROBLEMS, counted(), key=_order)
    counts.subtract(problem.severity for problem in kept)
    left_out = {severity.value: counts[severity] for severity in Severity}
    values = {"limit": MAX_PROBLEMS, "number": sum(left_out.values()), **left_out}
    return [*kept, Problem(MORE_PROBLEMS, path, START, values)]


def _order(problem: Problem) -> tuple[bool, int, Place]:
    return not problem.code.hidden, _WEIGHTS[problem.severity], problem.place


def _left_out(problem: Problem, severity: Severity) -> int:
    return int(str(problem.values[severity.value]))
