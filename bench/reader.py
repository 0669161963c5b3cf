"""Counts what a reader's browser loads of our pages, and of pages of other generators' usual themes.

    python build_site.py build && python bench/reader.py
    python bench/reader.py --site DIR --results bench/results/full.json

Every page is opened by a Chromium with nothing in its cache. The sites are served on this machine,
compressed as a host would (gzip). Bytes are those of the answers with their headers, as they were sent;
what is asked of other hosts is counted as asked and not let through, so its bytes are not. The others'
pages have the text of one of our examples. With `--results` the numbers join the benchmark's others.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request, sync_playwright

from peers import for_doks
from peers.command import REPOSITORY
from reader_pages import OURS, PORTAL, Visit, doks, make_hostable, portal, stock
from results import Loaded, Results, load, save
from table import reader

sys.path.append(str(REPOSITORY / "tests"))

from host import LOOPBACK, hosting  # the tests' own helpers, on the path from here on
from tools import browser as browser_path

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {LOOPBACK}",
]
"""The last lets no other host be found. To stop such requests one by one would turn off the browser's cache."""
TO_LOAD = 30_000
"""Milliseconds that a page may take."""


def main() -> int:
    """Run the command line."""
    options = _options()
    path = browser_path()
    if path is None or not (options.site / "index.html").is_file():
        print("A browser or a built site is missing. Run: make site test", file=sys.stderr)
        return 1
    with TemporaryDirectory(prefix="bench-reader-") as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        found = tuple(_all(chromium, options.site, Path(folder)))
        chromium.close()
    print(reader(found), end="")
    if options.results:
        before = load(options.results) if options.results.exists() else Results()
        save(replace(before, reader=found), options.results)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--site", type=Path, default=REPOSITORY / "site", help="a built site (default site/)")
    parser.add_argument("--results", type=Path, help="join the numbers to this JSON of bench/run.py")
    return parser.parse_args()


def _all(chromium: Browser, site: Path, folder: Path) -> Iterator[Loaded]:
    with hosting(site) as ours:
        for visit in OURS:
            yield _visit(chromium, "Kunskapsbanken", f"{ours}{visit.path}", visit, ours)
        for visit in PORTAL:
            with _portal(visit, ours, folder / "portal") as page:
                yield _visit(chromium, "Kunskapsbanken", page, visit, ours)
    stock(folder / "stock")
    yield from _site(chromium, "Material for MkDocs", folder / "stock", "/text/")
    if how := for_doks.missing():
        print(f"Left out: Hugo with Doks. To have it: {how}", file=sys.stderr)
        return
    doks(folder / "doks")
    yield from _site(chromium, "Hugo med Doks", folder / "doks", "/docs/guides/example-guide/")


def _site(chromium: Browser, name: str, folder: Path, text: str) -> Iterator[Loaded]:
    """The start page and the page of text of another generator's site."""
    make_hostable(folder)
    with hosting(folder) as address:
        for title, path in (("startsidan", "/"), ("en sida med text", text)):
            yield _visit(chromium, name, f"{address}{path}", Visit(title, path), address)


@contextmanager
def _portal(visit: Visit, ours: str, folder: Path) -> Iterator[str]:
    """The address of a page on another host, which shows something of ours."""
    portal(visit, ours, folder)
    with hosting(folder) as address:
        yield f"{address}/"


def _visit(chromium: Browser, name: str, address: str, visit: Visit, host: str) -> Loaded:
    """Open a page with nothing in the cache, and count what was asked for until it rested.

    Of a portal's page only what it asks of us counts.
    """
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    context = chromium.new_context(locale="sv-SE")
    context.set_default_timeout(TO_LOAD)
    context.on("request", note)
    page = context.new_page()
    page.goto(address)
    if visit.until:
        page.locator(visit.until).first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    own = [request for request in asked if request.url.startswith(f"{host}/")]
    others = [request for request in asked if urlsplit(request.url).hostname != urlsplit(host).hostname]
    size = sum(_size(request) for request in own)
    context.close()
    hosts = len({urlsplit(request.url).hostname for request in [*own, *others]})
    return Loaded(name, visit.title, len(own) + len(others), size, hosts)


def _size(request: Request) -> int:
    """What was sent of an answer: nothing that is known of those that the page itself gave up."""
    if request.failure:
        return 0
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


if __name__ == "__main__":
    sys.exit(main())
