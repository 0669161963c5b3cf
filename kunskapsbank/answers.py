"""The problems that a command answers with, for people and for machines, and the command to give next."""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final, TextIO

from kunskapsbank import __version__
from kunskapsbank.problems import formats, report
from kunskapsbank.problems.problem import Problem, Sender, Text
from kunskapsbank.reading.files import quotable_lines

CHECKOUT: Final = Path(__file__).resolve().parent.parent
"""The source where none is named."""

OURS: Final = Sender("Kunskapsbanken", __version__)
"""The sender of a report where the settings themselves are at fault."""

_NOTHING_DONE: Final = {
    "build": Text("Inget har byggts. Webbplatsen är orörd.", "Nothing was built. The site is untouched."),
    "handover": Text("Inget är skrivet.", "Nothing was written."),
    "report": Text("Inget är skrivet.", "Nothing was written."),
    "urls": Text("Inget är skrivet.", "Nothing was written."),
}
"""What is said of a command that content with errors has stopped."""


def show_rejected(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    """What stopped a command, in the form that it was asked to answer in."""
    if options.format in formats.FORMATS:
        sys.stdout.write(formats.write(options.format, problems, options.lang, OURS))
        return
    done = _NOTHING_DONE.get(options.command)
    print_report(problems, options, sys.stdout, done.in_language(options.lang) if done else "")


def print_report(
    problems: Sequence[Problem],
    options: argparse.Namespace,
    stream: TextIO,
    done: str = "",
    can_mend: int = 0,
) -> None:
    lines_of = partial(quotable_lines, options.source)
    print(
        report.as_text(problems, lines_of, options.lang, _next(options, can_mend), done), end="", file=stream
    )


def _next(options: argparse.Namespace, can_mend: int) -> report.Next:
    """The command that was given, to be given again; with --fix; and the one after it."""
    typed = [word for word in options.typed if word != "--fix"]
    language = ["--lang", options.lang] if options.lang != "sv" else []
    source = [] if options.source == CHECKOUT else ["--source", str(options.source)]
    return report.Next(
        _as_typed(typed),
        _as_typed(["build", *source, *language]),
        _as_typed([*typed[:1], "--fix", *typed[1:]]),
        can_mend,
    )


def _as_typed(words: Sequence[str]) -> str:
    """A command to copy; words with blanks in quotation marks, which every shell takes."""
    return " ".join(["python build_site.py", *(f'"{word}"' if " " in word else word for word in words)])
