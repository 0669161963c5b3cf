"""Checks the records after a change and tells it where the change is looked at: on GitHub.

    python -m scripts.review --changed changed.txt --summary summary.md

Every record is checked, since a change can break others. Shown is every error, and of warnings and advice
those in the changed files, so that nobody is told what somebody else has left. On standard output they
come as GitHub's notes at line and column; the summary has them as text with the lines quoted, or the pages to look at.

Exit: 0 no errors, 1 errors.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from kunskapsbank import checking, settings
from kunskapsbank.checking import Content
from kunskapsbank.problems import formats, report
from kunskapsbank.problems.problem import Problem, Rejected, Severity, has_errors
from kunskapsbank.reading.files import quotable_lines
from scripts.hosted_text import AGAIN, block, cut

ROOT: Final = Path(__file__).resolve().parent.parent
LIMIT: Final = 900_000
"""GitHub shows a summary of at most 1 MiB."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    changed = options.changed.read_text("utf-8").splitlines() if options.changed else []
    try:
        content = checking.check(
            settings.load_at(options.source, settings.now_from(os.environ)), settings.cores(), advice=True
        )
        problems = shown(content.problems, changed)
        pages = addresses(content, changed)
    except Rejected as rejected:
        problems, pages = list(rejected.problems), []
    sys.stdout.write(formats.annotations(problems))
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as file:
            file.write(in_words(problems, pages, options.source))
    return int(has_errors(problems))


def shown(problems: Sequence[Problem], changed: Sequence[str]) -> list[Problem]:
    """What the change is answerable for; errors first, since GitHub shows ten of each kind."""
    chosen = [p for p in problems if p.severity is Severity.ERROR or p.path in changed]
    return sorted(chosen, key=lambda p: p.path not in changed)


def addresses(content: Content, changed: Sequence[str]) -> list[str]:
    """The pages of the changed records, from the site's root."""
    types = content.dictionary.types
    return [types[record.type].address(record.id) for record in content.records if record.path in changed]


def in_words(problems: Sequence[Problem], pages: Sequence[str], source: Path) -> str:
    """Markdown for the contributor and the reviewer."""
    text = report.as_text(problems, partial(quotable_lines, source), "sv", AGAIN)
    parts = ["## Kontrollen\n", cut(block(text), LIMIT, "    … Resten visas när det här är rättat.")]
    if pages and not has_errors(problems):
        parts += ["## Sidor att titta på i förhandsvisningen\n", block("\n".join(pages))]
    return "\n".join(parts) + "\n"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="review", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--source", type=Path, default=ROOT, metavar="FOLDER", help="the site's source")
    parser.add_argument("--changed", type=Path, metavar="FILE", help="paths that changed, one a line")
    parser.add_argument("--summary", type=Path, metavar="FILE", help="Markdown is added at its end")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
