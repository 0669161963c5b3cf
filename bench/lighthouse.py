"""Prints Lighthouse's four scores of pages of a built site, as a Markdown table.

    python build_site.py && python bench/lighthouse.py
    python bench/lighthouse.py --site DIR --runs 3 exempel/ metoder/karp/

The site is served on this machine, compressed and with the headers of its `_headers` file. Lighthouse
simulates a phone of the middle range on a slow network. Performance is a timing: run it on a quiet
machine; of several runs the median counts. The other three are proved in tests/browser/test_lighthouse.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.append(str(REPOSITORY / "tests"))

from host import hosting  # noqa: E402  # the tests' own helpers, on the path from here on
from scores import CATEGORIES, PERFORMANCE, TIMED, Judged, judge  # noqa: E402
from tools import browser, lighthouse  # noqa: E402

PAGES = ["", "exempel/", "exempel/karp-malmo-stad/", "metoder/karp/"]
COLUMNS = (PERFORMANCE, *CATEGORIES)


def main() -> int:
    """Run the command line."""
    options = _options()
    node, path = lighthouse(), browser()
    if node is None or path is None:
        print("Lighthouse, Node or a browser is missing. Run: python tests/tools.py install", file=sys.stderr)
        return 1
    with hosting(options.site) as address:
        addresses = [f"{address}/{page}" for page in options.pages for _ in range(options.runs)]
        judged = judge(node, path, TIMED, addresses)
    print(f"| Page | {' | '.join(COLUMNS)} | Requests | kB |\n|---|{'--:|' * (len(COLUMNS) + 2)}")
    for number, page in enumerate(options.pages):
        print(_row(page, judged[number * options.runs : (number + 1) * options.runs]))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pages", nargs="*", default=PAGES, help="paths of pages, without the first slash")
    parser.add_argument("--site", type=Path, default=REPOSITORY / "site", help="a built site (default site/)")
    parser.add_argument("--runs", type=int, default=1, help="runs of each page (default 1)")
    return parser.parse_args()


def _row(page: str, runs: Sequence[Judged]) -> str:
    scores = " | ".join(f"{median(run.scores[name] for run in runs):g}" for name in COLUMNS)
    size = sum(one.size for one in runs[0].asked) / 1000
    return f"| /{page} | {scores} | {len(runs[0].asked)} | {size:.1f} |"


if __name__ == "__main__":
    sys.exit(main())
