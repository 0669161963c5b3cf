"""`serve`: shows the site on this machine while its files are written."""

import argparse
import errno
from collections.abc import Mapping
from functools import partial

from kunskapsbank import settings, work_dirs
from kunskapsbank.commands.common import FINE, MACHINE_FAILED, fail, settings_loader
from kunskapsbank.serving.framing import Framing
from kunskapsbank.serving.preview import Preview
from kunskapsbank.serving.run import serve


def run(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    work_dirs.remove_abandoned()
    load = settings_loader(options, environment, options.site_url)
    preview = Preview(options.source, load, Framing(options.source, options.engine))
    try:
        serve(options.source, preview, options.port, settings.cores(), partial(print, flush=True))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return fail(
            MACHINE_FAILED,
            f"Port {options.port} används redan, kanske av en förhandsvisning till. Avsluta den, eller skriv --port 0, så väljs en ledig port.",
        )
    return FINE
