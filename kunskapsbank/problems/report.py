"""Problems as text for people.

The text quotes the line of the file, puts a caret under the fault and says what to do. It needs the
lines of the files, which the caller hands in as a function, since this module reads nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from kunskapsbank.problems.hidden import blot, without_secrets
from kunskapsbank.problems.limits import MAX_PROBLEMS, number_of
from kunskapsbank.problems.problem import Language, Place, Problem, Severity, Text, in_order

LinesOf = Callable[[str], Sequence[str]]
"""The lines of a file by its path in a problem; empty where it can't be read."""

SEVERITY_WORDS: Final = {
    Severity.ERROR: Text("fel", "error"),
    Severity.WARNING: Text("varning", "warning"),
    Severity.ADVICE: Text("råd", "advice"),
}
_HELP: Final = Text("hjälp", "help")
_WIDTH: Final = 100
"""A quoted line is cut to this many characters around the fault."""


class Next(NamedTuple):
    """What to run: `again` finds the problems again, `forward` goes on where there are none. `fix` mends as
    many of them as `mendable` says."""

    again: str
    forward: str
    fix: str = ""
    mendable: int = 0


def as_text(
    problems: Sequence[Problem], lines_of: LinesOf, language: Language, next_: Next, done: str = ""
) -> str:
    """One paragraph a problem, what was `done` in a sentence, and a last line with the sums."""
    ordered = in_order(without_secrets(problems))
    hidden = _hidden_spans(ordered)
    quoted = {path: _quotable(lines_of(path), hidden.get(path, ())) for path in {p.path for p in ordered}}
    paragraphs = [_paragraph(p, quoted[p.path], language) for p in ordered]
    last = "\n".join(part for part in (done, summary(problems, language, next_)) if part)
    return "\n\n".join([*paragraphs, last]) + "\n"


def summary(problems: Sequence[Problem], language: Language, next_: Next) -> str:
    """One line: how many files have how many faults, and what to run next."""
    return f"{sums(problems, language)} {_next(problems, next_).in_language(language)}"


def _next(problems: Sequence[Problem], next_: Next) -> Text:
    if not problems:
        return Text(f"Kör sedan: {next_.forward}", f"Then run: {next_.forward}")
    if next_.mendable:
        what = _what(next_.mendable, len(problems))
        return Text(
            f"Datorn kan rätta {what.sv}. Kör: {next_.fix}",
            f"The computer can mend {what.en}. Run: {next_.fix}",
        )
    if all(problem.severity is Severity.ADVICE for problem in problems):
        return Text(
            f"Råd behöver inte följas. Kör sedan: {next_.forward}",
            f"Advice need not be followed. Then run: {next_.forward}",
        )
    it = _what(len(problems), len(problems)).en
    return Text(f"Rätta och kör sedan: {next_.again}", f"Mend {it} and then run: {next_.again}")


def _what(some: int, all_: int) -> Text:
    if all_ == 1:
        return Text("det", "it")
    return Text("dem", "them") if some == all_ else Text(f"{some} av dem", f"{some} of them")


def sums(problems: Sequence[Problem], language: Language) -> str:
    """How many files have how many faults, in one sentence."""
    if not problems:
        return Text("Inga fel och inga varningar.", "No errors and no warnings.").in_language(language)
    files = len({p.path for p in problems})
    counted = [_counted(severity, problems, language) for severity in Severity]
    parts = ", ".join(part for part in counted if part)
    if language == "sv":
        where = "1 fil" if files == 1 else f"{files} filer"
        return f"{parts} i {where}."
    where = "1 file" if files == 1 else f"{files} files"
    return f"{parts} in {where}."


def _counted(severity: Severity, problems: Sequence[Problem], language: Language) -> str:
    number = number_of(problems, severity)
    plural = {
        Severity.ERROR: Text("fel", "errors"),
        Severity.WARNING: Text("varningar", "warnings"),
        Severity.ADVICE: Text("råd", "pieces of advice"),
    }
    single = SEVERITY_WORDS | {Severity.ADVICE: Text("råd", "piece of advice")}
    word = single[severity] if number == 1 else plural[severity]
    return f"{number} {word.in_language(language)}" if number else ""


def _paragraph(problem: Problem, lines: Sequence[str], language: Language) -> str:
    place = problem.place
    word = SEVERITY_WORDS[problem.severity].in_language(language)
    head = f"{problem.path}:{place.line}:{place.column}: {word} [{problem.code.name}]"
    quoted = _quote(place, lines)
    help_line = f"  {_HELP.in_language(language)}: {problem.help(language)}"
    return "\n".join([head, f"  {problem.message(language)}", *quoted, help_line])


def _hidden_spans(problems: Iterable[Problem]) -> Mapping[str, Sequence[Place]]:
    """Return where the hidden problems of each file are, by path."""
    spans: defaultdict[str, list[Place]] = defaultdict(list)
    for problem in problems:
        if problem.code.hidden:
            spans[problem.path].append(problem.place)
    return spans


def _quotable(lines: Sequence[str], hidden: Sequence[Place]) -> Sequence[str]:
    """Return the lines with what nobody should see blotted out, whichever problem quotes them.

    Where as many hidden problems are kept as a file may have there can be others that were left out, and
    nothing is quoted.
    """
    if len(hidden) >= MAX_PROBLEMS:
        return ()
    quotable = list(lines)
    for span in hidden:
        for number in range(span.line, min(span.end_line, len(quotable)) + 1):
            start = span.column - 1 if number == span.line else 0
            line = quotable[number - 1]
            end = span.end_column - 1 if number == span.end_line else len(line)
            quotable[number - 1] = line[:start] + blot(line[start:end]) + line[end:]
    return quotable


def _quote(place: Place, lines: Sequence[str]) -> list[str]:
    """The line at the place with a caret under it; control characters are shown as a question mark.

    Nothing for a place without extent, which stands for a file or a group as a whole.
    """
    if place[:2] == place[2:] or not 1 <= place.line <= len(lines):
        return []
    line = lines[place.line - 1]
    start = max(0, place.column - 1 - _WIDTH // 2) if len(line) > _WIDTH else 0
    window = line[start : start + _WIDTH]
    if not window.strip():
        return []
    shown = "".join(c if c.isprintable() else "?" for c in window.replace("\t", " "))
    end = place.end_column if place.end_line == place.line else len(line) + 1
    offset = place.column - 1 - start
    length = max(1, min(end - place.column, len(shown) - offset))
    number = str(place.line)
    gutter = " " * len(number)
    return [f"  {number} | {shown}", f"  {gutter} | {' ' * offset}{'^' * length}"]
