"""`build`: checks everything and puts the site in place."""

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kunskapsbank import pipeline, settings
from kunskapsbank.answers import print_report
from kunskapsbank.commands.common import FINE, earlier_of, progress, settings_of, source_hint
from kunskapsbank.urls.log import FILE as URL_LOG


def run(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    output = _output(options)
    built = _build_once(options, environment, output)
    if built.problems:
        print_report(built.problems, options, sys.stderr)
    state = "" if built.release.changed else " Inget hade ändrats."
    print(
        f"Klart: {built.records} poster, {built.release.files} filer, {built.release.size / 1_000_000:.1f} MB i {output}.{state}"
    )
    print(f"Titta på den: python build_site.py serve{source_hint(options)}")
    if not (options.source / URL_LOG).exists():
        hint = f"python build_site.py urls --write{source_hint(options)}"
        print(f"Ingen logg vaktar de publicerade adresserna. Börja: {hint}", file=sys.stderr)
    return FINE


def _build_once(options: argparse.Namespace, environment: Mapping[str, str], output: Path) -> pipeline.Built:
    site = settings_of(options, environment, options.site_url)
    site = replace(site, report_pdf=site.report_pdf or options.pdf)
    earlier = earlier_of(options, environment)
    return pipeline.build(site, output, options.engine, settings.cores(), options.strict, progress(), earlier)


def _output(options: argparse.Namespace) -> Path:
    """As it was given, from the root; a link at the end is not followed, since the link is the output."""
    given: Path = options.output or options.source / "site"
    return Path(os.path.abspath(given))
