#!/usr/bin/env python3
"""The one script: checks and publishes the knowledge base. See README.md."""

import contextlib
import importlib.util
import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036  # an older Python is told so instead of failing
    sys.exit("Kunskapsbanken behöver Python 3.11 eller senare.")


NEEDED = "yaml"
"""A package of others that no command can do without. It is asked for at once, since help would be no help yet."""


def run() -> int:
    """Other packages that are missing are met in the command that needs them."""
    try:
        if importlib.util.find_spec(NEEDED) is None:
            raise ModuleNotFoundError(name=NEEDED)
        from kunskapsbank.cli import main

        return main()
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.split(".")[0] == "kunskapsbank":
            raise
        print(f"Paketet {missing.name} är inte installerat. Kör: make site", file=sys.stderr)
        return 3


if __name__ == "__main__":
    code = run()
    with contextlib.suppress(BrokenPipeError):  # the reader has had enough, as `head` has
        sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # all is written; to take a large library apart object by object would cost half a second
