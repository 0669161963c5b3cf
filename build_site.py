#!/usr/bin/env python3
"""The one script: checks and publishes the knowledge base. See README.md."""

import contextlib
import importlib.util
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
if _HERE not in sys.path:  # Python may have been told to leave it out
    sys.path.insert(0, _HERE)
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
            return _refuse(f"Programmets egen del {missing.name} saknas. Hämta hem kunskapsbanken på nytt.")
        return _refuse(f"Paketet {missing.name} är inte installerat. Kör: make site")
    except MemoryError:
        return _refuse("Minnet tog slut innan programmet hann starta. Webbplatsen är orörd.")
    except Exception as error:  # noqa: BLE001  # nobody should have to read a traceback
        return _refuse(
            f"Programmet kunde inte starta ({type(error).__name__}: {error}). Webbplatsen är orörd. Kör: make site"
        )


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 3


def finish(code: int) -> int:
    """Writes out what was said. Returns another exit code where that fails."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass  # the reader has had enough, as `head` has
    except (OSError, ValueError) as error:
        from kunskapsbank.reading.files import reason

        words = reason(error).sv if isinstance(error, OSError) else "det är stängt"
        print(f"build_site.py: Svaret gick inte att skriva ut: {words}.", file=sys.stderr)
        code = code or 3
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    return code


if __name__ == "__main__":
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed: nobody wants to read it
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # until the end
    code = finish(run())
    os._exit(code)  # all is written; to take a large library apart object by object would cost half a second
