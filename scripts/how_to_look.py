"""Tells in Swedish how to look at a preview, given the address that it can be fetched from.

python -m scripts.how_to_look https://…
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Final

WORDS: Final = """## Förhandsvisningen

1. [Hämta förhandsvisningen]({address}) (en zip-fil; du behöver vara inloggad) och packa upp den.
2. Kör `python3 -m http.server --bind 127.0.0.1` i mappen.
3. Öppna <http://127.0.0.1:8000/>.

Förhandsvisningen sparas i två veckor.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="how_to_look", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("address", metavar="ADDRESS", help="where the preview can be fetched from")
    print(WORDS.format(address=parser.parse_args(arguments).address))
    return 0


if __name__ == "__main__":
    sys.exit(main())
