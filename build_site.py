#!/usr/bin/env python3
"""The one script: checks and publishes the knowledge base. See README.md."""

import contextlib
import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036  # an older Python is told so instead of failing
    sys.exit("Kunskapsbanken behöver Python 3.11 eller senare.")

try:
    from kunskapsbank.cli import main
except ModuleNotFoundError as missing:
    if missing.name and missing.name.split(".")[0] == "kunskapsbank":
        raise
    print(f"Paketet {missing.name} är inte installerat. Kör: make site", file=sys.stderr)
    sys.exit(3)

if __name__ == "__main__":
    code = main()
    with contextlib.suppress(BrokenPipeError):  # the reader has had enough, as `head` has
        sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # all is written; to take a large library apart object by object would cost half a second
