"""What several commands do alike: take in the settings, tell how far they are, say why they failed."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from kunskapsbank import settings
from kunskapsbank.answers import CHECKOUT
from kunskapsbank.earlier import Earlier
from kunskapsbank.publishing.release import OutputRefused
from kunskapsbank.store import store_of

FINE: Final = 0
FAULTY_CONTENT: Final = 1
MACHINE_FAILED: Final = 3
"""Exit codes, beside the one for wrong use."""


def settings_of(
    options: argparse.Namespace, environment: Mapping[str, str], site_url: str | None = None
) -> settings.Settings:
    return settings_loader(options, environment, site_url)()


def settings_loader(
    options: argparse.Namespace, environment: Mapping[str, str], site_url: str | None
) -> Callable[[], settings.Settings]:
    """What loads the settings, now and later. Raises `OutputRefused` where the command was used wrongly."""
    if not options.source.is_dir():
        raise OutputRefused(f"Mappen {options.source} finns inte.")
    refuse_bad_address(site_url)
    now(environment)  # a wrong one is told before anything is done
    return lambda: settings.load_at(options.source, now(environment), site_url)


def earlier_of(options: argparse.Namespace, environment: Mapping[str, str]) -> Earlier:
    """With `--fresh` nothing is taken from earlier runs, but what is made is left for later ones."""
    return Earlier(store_of(options.source, environment), fresh=options.fresh)


def output_of(options: argparse.Namespace) -> Path:
    """As it was given, from the root; a link at the end is not followed, since the link is the output."""
    given: Path = options.output or options.source / "site"
    return Path(os.path.abspath(given))


def waiting(options: argparse.Namespace) -> Callable[[], None] | None:
    """Return what tells that another build has to be waited for; None with `--no-wait`."""
    if options.no_wait:
        return None
    return partial(
        print, "Ett annat bygge av samma webbplats pågår. Väntar på det …", file=sys.stderr, flush=True
    )


def refuse_bad_address(site_url: str | None) -> None:
    if site_url is not None and not settings.is_site_url(site_url):
        raise OutputRefused(f"--site-url ska vara en adress som https://exempel.se/mapp/, inte {site_url}.")


def now(environment: Mapping[str, str]) -> datetime:
    """Return the moment that the command counts as now. Raise `OutputRefused` where the environment gives a wrong
    one."""
    try:
        return settings.now_from(environment)
    except (ValueError, OverflowError, OSError):
        raise OutputRefused("SOURCE_DATE_EPOCH ska vara ett antal sekunder.") from None


def progress() -> Callable[[str], None]:
    """A line for each stage; on a terminal each takes the place of the one before."""
    if sys.stderr.isatty():
        return lambda words: print(f"\r\x1b[K{words} …", end="", file=sys.stderr, flush=True)
    return lambda words: print(f"{words} …", file=sys.stderr, flush=True)


def source_hint(options: argparse.Namespace) -> str:
    return "" if options.source == CHECKOUT else f" --source {options.source}"


def command_line(words: str, options: argparse.Namespace) -> str:
    """Return a command for people to give next, on the same source and output."""
    output = f" --output {options.output}" if options.output else ""
    return f"python build_site.py {words}{source_hint(options)}{output}"


def fail(code: int, sentence: str) -> int:
    print(f"build_site.py: {sentence}", file=sys.stderr)
    return code
