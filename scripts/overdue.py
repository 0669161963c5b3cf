"""Lists the records that should have been reviewed by now, as Markdown in Swedish.

    python -m scripts.overdue > overdue.md

Each with its page, its file, the day it was due and who answers for it. Nothing is written where nothing is
due. Exit: 0 done, 1 the field dictionary has errors, so that nothing can be told, 2 used wrongly.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from kunskapsbank import checking, settings
from kunskapsbank.checking import Content
from kunskapsbank.checks.freshness import OVERDUE_REVIEW
from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.problems.problem import Rejected
from scripts.hosted_text import plain

ROOT: Final = Path(__file__).resolve().parent.parent


class Overdue(NamedTuple):
    """A record past its day; `answers` names the function that answers for it."""

    due: str
    path: str
    title: str
    address: str
    answers: str


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if options.site_url and not settings.is_site_url(options.site_url):
        print(f"overdue: {options.site_url} är ingen adress till en webbplats.", file=sys.stderr)
        return 2
    try:
        site = settings.load_at(options.source, settings.now_from(os.environ), options.site_url)
        content = checking.check(site, settings.cores(), advice=False)
    except Rejected as rejected:
        print(f"overdue: {len(rejected.problems)} fel. Kör: python build_site.py check", file=sys.stderr)
        return 1
    sys.stdout.write(in_words(sorted(found(content, site.site_url))))
    return 0


def found(content: Content, site_url: str) -> Iterator[Overdue]:
    records = {record.path: record for record in content.records}
    for problem in content.problems:
        record = records.get(problem.path)
        if problem.code is OVERDUE_REVIEW and record and not record.withdrawn:
            address = site_url + content.dictionary.types[record.type].address(record.id)
            answers = _answers(record, content.dictionary)
            yield Overdue(str(problem.values["due"]), record.path, record.title, address, answers)


def in_words(overdue: Sequence[Overdue]) -> str:
    """Markdown, the longest overdue first; empty where nothing is."""
    if not overdue:
        return ""
    lines = (
        f"- [{plain(one.title)}]({one.address}) skulle ha granskats senast {one.due}. "
        f"Svarar: {plain(one.answers)}. Fil: `{one.path}`\n"
        for one in overdue
    )
    how = "Gå igenom sidan mot källan, och skriv sedan dagens datum i `reviewed`."
    return f"## Granskningar som är försenade ({len(overdue)})\n\n{how}\n\n{''.join(lines)}"


def _answers(record: Record, dictionary: Dictionary) -> str:
    """The label of the record's contact; types of other sites may have none."""
    field = dictionary.types[record.type].fields.get("contact")
    value = record.fields.get("contact")
    if field is None or field.vocabulary is None or value is None:
        return "ingen är angiven"
    return dictionary.vocabularies[field.vocabulary].terms[str(value)].label.sv


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="overdue", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--source", type=Path, default=ROOT, metavar="FOLDER", help="the site's source")
    parser.add_argument("--site-url", metavar="ADDRESS", help="the site's address, if not mkdocs.yml's")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
