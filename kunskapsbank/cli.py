"""The command line: `build_site.py build | check | serve | rules | new | handover | report`.

Results go to standard output and progress to standard error. Exit: 0 fine, 1 the content has errors,
2 the command was used wrongly, 3 the machine failed.
"""

import argparse
import errno
import gc
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, TextIO

from kunskapsbank import __version__, checking, pipeline, rules, settings
from kunskapsbank.answers import CHECKOUT, print_report, show_rejected
from kunskapsbank.arguments import WRONG_USE, parse
from kunskapsbank.background import EngineError
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.drafting import new
from kunskapsbank.drafting.files import mend_files, mendable
from kunskapsbank.drafting.questions import Refused
from kunskapsbank.handover.run import Wish, hand_over
from kunskapsbank.outlets.schemas import FOLDER as SCHEMAS
from kunskapsbank.pages.frames import ENGINES
from kunskapsbank.problems import formats
from kunskapsbank.problems.problem import Language, Rejected, Sender, Severity
from kunskapsbank.publishing.release import OutputRefused
from kunskapsbank.reading.files import reason
from kunskapsbank.reporting.run import Wish as WishedReport
from kunskapsbank.reporting.run import make_report
from kunskapsbank.serving.framing import Framing
from kunskapsbank.serving.preview import Preview
from kunskapsbank.serving.run import serve

FINE: Final = 0
FAULTY_CONTENT: Final = 1
MACHINE_FAILED: Final = 3


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may not have our letters
    gc.disable()  # a run is short and makes hardly any cycles; collecting costs a tenth of its time
    typed = list(sys.argv[1:] if arguments is None else arguments)
    options = parse(typed, _RUNS, CHECKOUT, ENGINES, formats.FORMATS)
    options.typed = typed
    try:
        return int(options.run(options, environment))
    except Rejected as rejected:
        show_rejected(rejected.problems, options, _sender())
        return FAULTY_CONTENT
    except OutputRefused as refused:
        return _fail(WRONG_USE, str(refused))
    except EngineError as error:
        return _fail(MACHINE_FAILED, f"{error} {options.untouched}")
    except BrokenPipeError:
        return FINE  # the reader has had enough, as `head` has
    except OSError as error:
        return _fail(MACHINE_FAILED, f"{_os_reason(error)} {options.untouched}")
    except BrokenProcessPool:
        return _fail(MACHINE_FAILED, f"En av byggets processer dog. {options.untouched}")
    except KeyboardInterrupt:
        return _fail(MACHINE_FAILED, f"Avbrutet. {options.untouched}")


def _build(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    output = _output(options)
    built = _build_once(options, environment, output)
    if built.problems:
        print_report(built.problems, options, sys.stderr)
    state = "" if built.release.changed else " Inget hade ändrats."
    print(
        f"Klart: {built.records} poster, {built.release.files} filer, {built.release.size / 1_000_000:.1f} MB i {output}.{state}"
    )
    print(f"Titta på den: python build_site.py serve{_source_hint(options)}")
    return FINE


def _build_once(options: argparse.Namespace, environment: Mapping[str, str], output: Path) -> pipeline.Built:
    site = _settings(options, environment, options.site_url)
    site = replace(site, report_pdf=site.report_pdf or options.pdf)
    return pipeline.build(site, output, options.engine, settings.cores(), options.strict, _progress())


def _output(options: argparse.Namespace) -> Path:
    """As it was given, from the root; a link at the end is not followed, since the link is the output."""
    given: Path = options.output or options.source / "site"
    return Path(os.path.abspath(given))


def _source_hint(options: argparse.Namespace) -> str:
    return "" if options.source == CHECKOUT else f" --source {options.source}"


def _check(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    site = _settings(options, environment)
    asked = _asked(options)
    if options.fix:
        _fix(site, asked, sys.stdout if options.format == "text" else sys.stderr)
    content = checking.check(site, settings.cores(), advice=True, records=False)
    chosen = [problem for problem in content.problems if _is_among(problem.path, asked)]
    if options.format == "text":
        number = sum(_is_among(examined.path, asked) for examined in content.examined)
        can_mend = 0 if options.fix else mendable(site.source, chosen, content.dictionary)
        print_report(chosen, options, sys.stdout, _counted(number, options.lang), can_mend)
    else:
        sys.stdout.write(formats.write(options.format, chosen, options.lang, _sender(site)))
    weighty = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    return FAULTY_CONTENT if any(p.severity in weighty for p in chosen) else FINE


def _sender(site: settings.Settings | None = None) -> Sender:
    """What a report for machines says of us; little where the settings themselves are at fault."""
    pages = pipeline.rule_pages(site) if site else None
    home = site.code_host.address if site and site.code_host else pages
    return Sender("Kunskapsbanken", __version__, home, pages)


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


def _serve(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    load = _settings_loader(options, environment, options.site_url)
    preview = Preview(options.source, load, Framing(options.source, options.engine))
    try:
        serve(options.source, preview, options.port, settings.cores(), partial(print, flush=True))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return _fail(
            MACHINE_FAILED,
            f"Port {options.port} används redan, kanske av en förhandsvisning till. Avsluta den, eller skriv --port 0, så väljs en ledig port.",
        )
    return FINE


def _rules(options: argparse.Namespace, _: Mapping[str, str]) -> int:
    if options.code is None:
        print(rules.as_list(options.lang))
        return FINE
    code = rules.find(options.code)
    if code is None:
        return _fail(WRONG_USE, f"Regeln {options.code} finns inte. Alla regler: python build_site.py rules")
    print(rules.as_page(code, options.lang))
    return FINE


def _new(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    site = _settings(options, environment)
    dictionary = dictionary_files.load(site.source)
    try:
        made = new.record(
            options.type,
            options.given,
            options.id,
            dictionary,
            site.today,
            input if sys.stdin.isatty() else None,
            print,
            f"{site.site_url}{SCHEMAS}/",
        )
    except Refused as refused:
        return _fail(WRONG_USE, f"{refused} Ingen fil är skriven.")
    except (EOFError, KeyboardInterrupt):
        return _fail(WRONG_USE, "Avbrutet. Ingen fil är skriven.")
    try:
        (site.source / made.path).parent.mkdir(exist_ok=True)
        with (site.source / made.path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(made.text)
    except FileExistsError:
        return _fail(WRONG_USE, f"{made.path} finns redan och är orörd. Välj ett annat namn med --id.")
    print(
        f"\n{made.path} är skriven. Skriv texten under rubrikerna, och ta bort dem som källan inte säger något om."
    )
    print(f"Kör sedan: python build_site.py check {made.path}{_source_hint(options)}")
    return FINE


def _handover(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    site = _settings(options, environment)
    _refuse_bad_address(options.site_url)
    wish = Wish(options.county, options.site_url, options.output)
    made = hand_over(site, wish, options.engine, settings.cores(), _progress())
    print(made.in_words)
    return FINE


def _report(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    site = _settings(options, environment, options.site_url)
    wish = WishedReport(
        options.county, options.start, options.end, options.form, options.output, options.compare
    )
    print(make_report(site, wish, _progress()).in_words)
    return FINE


_RUNS: Final = {
    "build": _build,
    "check": _check,
    "serve": _serve,
    "rules": _rules,
    "new": _new,
    "handover": _handover,
    "report": _report,
}


def _settings(
    options: argparse.Namespace, environment: Mapping[str, str], site_url: str | None = None
) -> settings.Settings:
    return _settings_loader(options, environment, site_url)()


def _settings_loader(
    options: argparse.Namespace, environment: Mapping[str, str], site_url: str | None
) -> Callable[[], settings.Settings]:
    """What loads the settings, now and later. Raises `OutputRefused` where the command was used wrongly."""
    if not options.source.is_dir():
        raise OutputRefused(f"Mappen {options.source} finns inte.")
    _refuse_bad_address(site_url)
    return partial(settings.load, options.source, _today(environment), site_url)


def _refuse_bad_address(site_url: str | None) -> None:
    if site_url is not None and not settings.is_site_url(site_url):
        raise OutputRefused(f"--site-url ska vara en adress som https://exempel.se/mapp/, inte {site_url}.")


def _today(environment: Mapping[str, str]) -> date:
    try:
        return settings.today_from(environment)
    except (ValueError, OverflowError, OSError):
        raise OutputRefused("SOURCE_DATE_EPOCH ska vara ett antal sekunder.") from None


def _progress() -> pipeline.Progress:
    """A line for each stage; on a terminal each takes the place of the one before."""
    if sys.stderr.isatty():
        return lambda words: print(f"\r\x1b[K{words} …", end="", file=sys.stderr, flush=True)
    return lambda words: print(f"{words} …", file=sys.stderr, flush=True)


def _fail(code: int, sentence: str) -> int:
    print(f"build_site.py: {sentence}", file=sys.stderr)
    return code


def _os_reason(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "Skivan är full."
    where = f"{error.filename}: " if error.filename else ""
    return f"Datorn svarade: {where}{reason(error).sv}."
