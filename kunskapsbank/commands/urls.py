"""`urls`: compares the log of published URLs with the site, and adds what is new to it."""

import argparse
import sys
from collections.abc import Mapping

from kunskapsbank import settings
from kunskapsbank.answers import print_report
from kunskapsbank.commands.common import FAULTY_CONTENT, FINE, earlier_of, settings_of, source_hint
from kunskapsbank.publishing.beside import written_beside
from kunskapsbank.settings import Settings
from kunskapsbank.url_survey import UrlSurvey, survey
from kunskapsbank.urls.log import FILE


def run(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    site = settings_of(options, environment, options.site_url)
    found = survey(site, options.engine, settings.cores(), earlier_of(options, environment))
    if found.problems:  # told before anything is written, since the lines change places
        print_report(found.problems, options, sys.stdout)
    if options.write:
        _write(site, found)
    else:
        _show(site, found, source_hint(options))
    return FAULTY_CONTENT if found.problems and not options.write else FINE


def _write(site: Settings, found: UrlSurvey) -> None:
    """Add what is new to the log; one that lacks nothing is not touched."""
    if found.new or not site.url_log.exists:
        with written_beside(site.source / FILE) as stream:
            stream.write(site.url_log.extended(found.new).encode())
    print(f"{_counted(found)} skrivna i {FILE}." if found.new else f"{FILE} har redan alla adresser.")


def _show(site: Settings, found: UrlSurvey, source: str) -> None:
    print("\n".join(found.new), end="\n" if found.new else "")
    if not site.url_log.exists:
        print(f"{FILE} finns inte än. Börja: python build_site.py urls --write{source}")
    elif found.new:
        print(f"{_counted(found)} saknas i {FILE}. Lägg till: python build_site.py urls --write{source}")
    else:
        print(f"{FILE} har alla adresser.")


def _counted(found: UrlSurvey) -> str:
    return "1 ny adress" if len(found.new) == 1 else f"{len(found.new)} nya adresser"
