"""`check`: what the rules say of the records, for people or for machines, and mends what it is asked to."""

import argparse
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TextIO

from kunskapsbank import checking, settings
from kunskapsbank.answers import OURS, print_report
from kunskapsbank.commands.common import FAULTY_CONTENT, FINE, earlier_of, settings_of
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.drafting.files import mend_files, mendable
from kunskapsbank.problems import formats
from kunskapsbank.problems.problem import Language, Sender, Severity
from kunskapsbank.publishing.release import OutputRefused


def run(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    site = settings_of(options, environment)
    asked = _asked(options)
    if options.fix:
        _fix(site, asked, sys.stdout if options.format == "text" else sys.stderr)
    earlier = earlier_of(options, environment)
    content = checking.check(site, settings.cores(), advice=True, records=False, earlier=earlier)
    chosen = [problem for problem in content.problems if _is_among(problem.path, asked)]
    if options.format == "text":
        number = sum(_is_among(examined.path, asked) for examined in content.examined)
        can_mend = 0 if options.fix else mendable(site.source, chosen, content.dictionary)
        print_report(chosen, options, sys.stdout, _counted(number, options.lang), can_mend)
    else:
        sys.stdout.write(formats.write(options.format, chosen, options.lang, _sender(site)))
    weighty = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    return FAULTY_CONTENT if any(p.severity in weighty for p in chosen) else FINE


def _sender(site: settings.Settings) -> Sender:
    """What a report for machines says of us. Only such a report has a use for pages, so here alone is what makes
    them taken in."""
    from kunskapsbank.pipeline import rule_pages

    pages = rule_pages(site)
    return OURS._replace(information=site.code_host.address if site.code_host else pages, rule_pages=pages)


def _counted(number: int, language: Language) -> str:
    if language == "sv":
        return "1 post kontrollerad." if number == 1 else f"{number} poster kontrollerade."
    return "1 record checked." if number == 1 else f"{number} records checked."


def _fix(site: settings.Settings, asked: set[str] | None, stream: TextIO) -> None:
    """Tells what changed on the `stream` that is not for a machine."""
    dictionary = dictionary_files.load(site.source)
    paths = [path for path in checking.record_files(site.source, dictionary) if _is_among(path, asked)]
    changed = mend_files(site.source, paths, dictionary, partial(print, file=stream))
    files = "1 fil är rättad." if changed == 1 else f"{changed} filer är rättade."
    print(files if changed else "Inget fanns att rätta.", file=stream)


def _is_among(path: str, asked: set[str] | None) -> bool:
    return asked is None or any(path == place or path.startswith(place + "/") for place in asked)


def _asked(options: argparse.Namespace) -> set[str] | None:
    """The files and folders that were asked for, by their path in the source; they may be written from there
    or from where one stands. None for everything."""
    if not options.paths:
        return None
    source = options.source.resolve()
    asked = set()
    for given in options.paths:
        places = (Path(given).resolve(), (source / given).resolve())
        path = next((place for place in places if place.exists() and place.is_relative_to(source)), None)
        if path is None:
            raise OutputRefused(f"{given} finns inte i {source}.")
        asked.add(path.relative_to(source).as_posix())
    return asked
