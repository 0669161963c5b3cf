"""`report`: a report made of the records, in a file."""

import argparse
from collections.abc import Mapping

from kunskapsbank.commands.common import FINE, progress, settings_of
from kunskapsbank.reporting.run import Wish, make_report


def run(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    site = settings_of(options, environment, options.site_url)
    wish = Wish(options.county, options.start, options.end, options.form, options.output, options.compare)
    print(make_report(site, wish, progress()).in_words)
    return FINE
