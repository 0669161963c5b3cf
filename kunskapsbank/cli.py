"""The command line: `build_site.py build | check | serve | rules | new | handover | report | urls`.

Results go to standard output and progress to standard error. Exit: 0 fine, 1 the content has errors,
2 the command was used wrongly, 3 the machine failed.
"""

import argparse
import gc
import importlib
import io
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from kunskapsbank.answers import CHECKOUT
from kunskapsbank.arguments import COMMANDS, Run, parse
from kunskapsbank.problems.formats import FORMATS
from kunskapsbank.processes import stop_on_signals


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may not have our letters
    stop_on_signals()
    gc.disable()  # a run is short and makes hardly any cycles; collecting costs a tenth of its time
    typed = list(sys.argv[1:] if arguments is None else arguments)
    options = parse(typed, RUNS, CHECKOUT, engines, FORMATS)
    options.typed = typed
    from kunskapsbank.commands.outcome import carry_out  # help is given without it

    return carry_out(options, environment)


def engines() -> Sequence[str]:
    """The names of the site engines, which only the commands that make a site ask for."""
    from kunskapsbank.pages.frames import ENGINES

    return ENGINES


def _run(name: str, options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Takes in the command's module, with all that it needs, when it is given."""
    run: Run = importlib.import_module(f"kunskapsbank.commands.{name}").run
    return run(options, environment)


RUNS: Final[Mapping[str, Run]] = {name: partial(_run, name) for name in COMMANDS}
