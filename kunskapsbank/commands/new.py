"""`new`: asks for what a new record must say, and writes its file."""

import argparse
import sys
from collections.abc import Mapping

from kunskapsbank.arguments import WRONG_USE
from kunskapsbank.commands.common import FINE, fail, settings_of, source_hint
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.drafting import new
from kunskapsbank.drafting.questions import Refused
from kunskapsbank.outlets.schemas import FOLDER as SCHEMAS


def run(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    site = settings_of(options, environment)
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
        return fail(WRONG_USE, f"{refused} Ingen fil är skriven.")
    except (EOFError, KeyboardInterrupt):
        return fail(WRONG_USE, "Avbrutet. Ingen fil är skriven.")
    try:
        (site.source / made.path).parent.mkdir(exist_ok=True)
        with (site.source / made.path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(made.text)
    except FileExistsError:
        return fail(WRONG_USE, f"{made.path} finns redan och är orörd. Välj ett annat namn med --id.")
    print(
        f"\n{made.path} är skriven. Skriv texten under rubrikerna, och ta bort dem som källan inte säger något om."
    )
    print(f"Kör sedan: python build_site.py check {made.path}{source_hint(options)}")
    return FINE
