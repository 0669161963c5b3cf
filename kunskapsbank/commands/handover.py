"""`handover`: a county's part of the site, with all that it needs to go on by itself."""

import argparse
from collections.abc import Mapping

from kunskapsbank import settings, work_dirs
from kunskapsbank.commands.common import FINE, progress, refuse_bad_address, settings_of
from kunskapsbank.handover.run import Wish, hand_over


def run(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    site = settings_of(options, environment)
    refuse_bad_address(options.site_url)
    wish = Wish(options.county, options.site_url, options.output)
    work_dirs.remove_abandoned()
    made = hand_over(site, wish, options.engine, settings.cores(), progress())
    print(made.in_words)
    return FINE
