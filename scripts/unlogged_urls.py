"""Lists the site's URLs that the log of published ones lacks, as Markdown in Swedish.

    python -m scripts.unlogged_urls > urls.md

What is published and not in the log can be deleted without a word, so somebody should commit it. Nothing is written
where nothing is lacking. Exit: 0 done, 1 the content has errors, so that nothing can be told.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kunskapsbank import settings
from kunskapsbank.earlier import Earlier
from kunskapsbank.pages.frames import ENGINES
from kunskapsbank.problems.problem import Rejected
from kunskapsbank.store import store_of
from kunskapsbank.url_survey import survey
from kunskapsbank.urls.log import FILE
from scripts.hosted_text import block

ROOT: Final = Path(__file__).resolve().parent.parent
SHOWN: Final = 50
"""At most so many URLs are listed."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    try:
        site = settings.load(options.source, settings.today_from(os.environ))
        earlier = Earlier(store_of(options.source, os.environ))
        new = survey(site, ENGINES[0], settings.cores(), earlier).new
    except Rejected as rejected:
        print(
            f"unlogged_urls: {len(rejected.problems)} fel. Kör: python build_site.py check", file=sys.stderr
        )
        return 1
    sys.stdout.write(in_words(new))
    return 0


def in_words(new: Sequence[str]) -> str:
    """Return Markdown; empty where the log has every URL."""
    if not new:
        return ""
    rest = len(new) - SHOWN
    lines = [*new[:SHOWN], *([f"… och {rest} till"] if rest > 0 else [])]
    how = f"Kör `make urls` och skicka in ändringen av `{FILE}`. Till dess vaktas de här adresserna inte."
    return f"## Adresser som saknas i loggen ({len(new)})\n\n{how}\n\n{block(chr(10).join(lines))}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="unlogged_urls", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--source", type=Path, default=ROOT, metavar="FOLDER", help="the site's source")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
