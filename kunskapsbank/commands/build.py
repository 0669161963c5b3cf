"""`build`: checks everything and puts the site in place."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from kunskapsbank import checking, pipeline, settings, work_dirs
from kunskapsbank.answers import print_report
from kunskapsbank.commands.common import (
    FINE,
    MACHINE_FAILED,
    command_line,
    earlier_of,
    fail,
    output_of,
    progress,
    settings_of,
    source_hint,
    waiting,
)
from kunskapsbank.processes import memory_limit
from kunskapsbank.publishing.release import refuse_foreign
from kunskapsbank.publishing.store import ReleaseStore
from kunskapsbank.urls.log import FILE as URL_LOG

LEAST_MEMORY: Final = 128 * 1024 * 1024
"""Octets. With less some of the libraries that are not in Python end the process without a word."""


def run(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    limit = memory_limit()
    if limit is not None and limit < LEAST_MEMORY:
        found, least = limit // 1_000_000, LEAST_MEMORY // 1_000_000
        words = f"Här får programmet använda högst {found} MB minne. Ett bygge behöver minst {least} MB."
        return fail(MACHINE_FAILED, f"{words} {options.untouched}")
    store = ReleaseStore(output_of(options))
    site = settings_of(options, environment, options.site_url)
    refuse_foreign(store.output)
    pipeline.refuse_inside(site, store.output)
    work_dirs.remove_abandoned()
    with store.locked(waiting(options)):
        if store.pinned():
            return _leave_pinned(options, environment, store)
        with _told_as_it_is(options, store):
            built = _build_once(options, environment, store)
    if built.problems:
        print_report(built.problems, options, sys.stderr)
    state = "" if built.release.changed else " Inget hade ändrats."
    size = f"{built.release.size / 1_000_000:.1f} MB"
    print(f"Klart: {built.records} poster, {built.release.files} filer, {size} i {store.output}.{state}")
    print(f"Titta på den: python build_site.py serve{source_hint(options)}")
    if not (options.source / URL_LOG).exists():
        hint = f"python build_site.py urls --write{source_hint(options)}"
        print(f"Ingen logg vaktar de publicerade adresserna. Börja: {hint}", file=sys.stderr)
    return FINE


@contextmanager
def _told_as_it_is(options: argparse.Namespace, store: ReleaseStore) -> Iterator[None]:
    """Have what stops a build not say that the site is untouched where the new release is up already."""
    before = store.current()
    try:
        yield
    except BaseException:
        if store.current() != before:
            options.untouched = "Den nya versionen av webbplatsen visas redan."
        raise


def _build_once(
    options: argparse.Namespace, environment: Mapping[str, str], store: ReleaseStore
) -> pipeline.Built:
    """Build by the settings as they are now: there may have been another build to wait for."""
    site = settings_of(options, environment, options.site_url)
    site = replace(site, report_pdf=site.report_pdf or options.pdf)
    earlier = earlier_of(options, environment)
    return pipeline.build(
        site, store.output, options.engine, settings.cores(), options.strict, progress(), earlier
    )


def _leave_pinned(options: argparse.Namespace, environment: Mapping[str, str], store: ReleaseStore) -> int:
    """Check the records, and say why nothing is built. Raise `Rejected` where they have errors."""
    site = settings_of(options, environment, options.site_url)
    earlier = earlier_of(options, environment)
    content = checking.check(site, settings.cores(), advice=False, records=False, earlier=earlier)
    pipeline.refuse(content.problems, options.strict)
    print(
        f"Version {store.pinned()} ligger fast, så inget har byggts och {store.output} är orörd.\n"
        f"Släpp den så att byggen lägger upp nya versioner igen: {command_line('rollback --unpin', options)}"
    )
    return FINE
