"""What several commands do alike: take in the settings, tell how far they are, say why they failed."""

import argparse
import os
import platform
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from kunskapsbank import __version__, settings
from kunskapsbank.answers import CHECKOUT
from kunskapsbank.earlier import Earlier
from kunskapsbank.publishing.release import OutputRefused
from kunskapsbank.reading.nodes import Scalar, at, read_mapping
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
    """Return the absolute path of the output. A link at its end is not followed, since that link is the output."""
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


_LONGEST: Final = 200
"""Characters of an error's own words."""

_SMALL: Final = 1 << 20
"""Bytes. A disk with less left is full: what was too large for it is gone again."""


def explain_crash(error: Exception, options: argparse.Namespace) -> str:
    """Return what is said when a command ends in a way that nobody thought of: what happened, that nothing was
    changed, and what to send to whom. Leaves a file with the details in the folder for temporary files."""
    report = _leave_report(error, options)
    sent = f"filen {report}" if report else f"raden ”{_in_one_line(error)}” och kommandot"
    return f"{_words(error)} {options.untouched} Skicka {sent} till {_maintainers(options.source)}."


def _words(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "Minnet tog slut."
    if isinstance(error, RecursionError):
        return "Något i filerna är nästlat för djupt för programmet."
    if isinstance(error, RuntimeError) and "new thread" in str(error):
        return "Datorn kunde inte starta fler trådar."
    return f"Programmet stötte på ett fel som det inte känner till ({_in_one_line(error)})."


def _in_one_line(error: Exception) -> str:
    said = " ".join(str(error).split())
    name = type(error).__name__
    return f"{name}: {said[:_LONGEST]}" if said else name


def _leave_report(error: Exception, options: argparse.Namespace) -> str | None:
    """The path of the file; None where none can be written."""
    about = (
        f"kommando: {' '.join(['build_site.py', *getattr(options, 'typed', ())])}",
        f"version: {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"fel: {_in_one_line(error)}",
    )
    try:
        text = "\n".join([*about, "", "".join(traceback.format_exception(error))])
        handle, path = tempfile.mkstemp(prefix="kunskapsbank-fel-", suffix=".txt")
        with open(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except (OSError, MemoryError, RecursionError):
        return None
    return path


def _maintainers(source: Path) -> str:
    """Return who looks after the program, with the address of their repository where the settings have one."""
    them = "dem som sköter kunskapsbanken"
    try:
        node, _ = read_mapping(
            (source / settings.CONFIG).read_text("utf-8"), settings.CONFIG, tags_allowed=True
        )
    except Exception:  # noqa: BLE001  # whatever is wrong with the file, the sentence must be said
        return them
    steps: list[str | int] = ["extra", "kunskapsbank", "code_host", "address"]
    address, around = at(node, [*steps]), at(node, steps[:-1])
    return f"{them}, {address.text}" if isinstance(address, Scalar) and address is not around else them


def full_places(options: argparse.Namespace) -> Sequence[str]:
    """The folders that a command writes to and that have no room."""
    output = getattr(options, "output", None) or options.source
    asked = [os.environ[name] for name in ("TMPDIR", "TEMP") if name in os.environ]
    places = (*asked, "/tmp", os.path.dirname(os.path.abspath(output)))  # noqa: S108  # nothing is made there
    return [place for place in dict.fromkeys(places) if _has_no_room(place)]


def _has_no_room(place: str) -> bool:
    try:
        return shutil.disk_usage(place).free < _SMALL
    except OSError:
        return False
