"""Lists the links to other sites that lead nowhere, as Markdown in Swedish, from what lychee found.

    lychee --config .github/lychee.toml --root-dir "$PWD/site" --output links.json site
    python -m scripts.dead_links links.json > dead-links.md

Each address with what its site answered and our pages that link to it. Nothing is written where all links
lead somewhere. Exit: 0 done, 1 the report can't be read.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from scripts.hosted_text import plain

PAGES: Final = 5
"""At most so many pages are named for each address."""
FAILED: Final = ("error_map", "timeout_map")
"""Where lychee puts them, by the file that the link stands in."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dead_links", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("report", type=Path, metavar="FILE", help="lychee's report as JSON")
    parser.add_argument(
        "--site", default="site", metavar="FOLDER", help="the folder that lychee went through"
    )
    options = parser.parse_args(arguments)
    try:
        report = json.loads(options.report.read_text("utf-8"))
        words = in_words(report, options.site)
    except (OSError, ValueError, KeyError) as error:
        print(f"dead_links: {options.report} går inte att läsa: {error!r}", file=sys.stderr)
        return 1
    sys.stdout.write(words)
    return 0


def in_words(report: Mapping[str, Any], site: str) -> str:
    """Markdown, by address; empty where there is nothing to say."""
    answers: dict[str, str] = {}
    pages: dict[str, set[str]] = defaultdict(set)
    for kind in FAILED:
        for file, links in report[kind].items():
            for link in links:
                answers[link["url"]] = _answer(link["status"])
                pages[link["url"]].add(_page(file, site))
    if not answers:
        return ""
    lines = (
        f"- {_link(url)}: {plain(answers[url])}. Länkas från {_listed(pages[url])}\n"
        for url in sorted(answers)
    )
    how = "En länk kan vara bruten för en natt. Står den kvar, rätta eller ta bort den."
    return f"## Länkar som inte leder någonstans ({len(answers)})\n\n{how}\n\n{''.join(lines)}"


def _link(url: str) -> str:
    """To be clicked, where nothing in it can end it."""
    return plain(url) if set(url) & set("<> ") else f"<{url}>"


def _answer(status: Mapping[str, Any]) -> str:
    code = status.get("code")
    return f"svarar {code}" if code else str(status.get("details") or status["text"])


def _page(file: str, site: str) -> str:
    """A page's address from the site's root."""
    path = file.removeprefix(site.rstrip("/") + "/").removesuffix("index.html")
    return f"/{path}"


def _listed(pages: set[str]) -> str:
    rest = len(pages) - PAGES
    named = ", ".join(f"`{page}`" for page in sorted(pages)[:PAGES])
    return f"{named} och {rest} sidor till" if rest > 0 else named


if __name__ == "__main__":
    sys.exit(main())
