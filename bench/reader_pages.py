"""The pages that bench/reader.py opens: ours, those of others that show ours, and those of other themes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from peers import for_doks
from peers.command import REPOSITORY

EXAMPLE = "karp-malmo-stad"
STOCK = Path(__file__).parent / "peers" / "stock"
LINK = re.compile(r"\]\((?!https?:)[^)]*\)")
"""A link to another file, which the other themes' sites don't have."""


@dataclass(frozen=True)
class Visit:
    """A page, and what is waited for in it. `shown` is what a portal has in its page."""

    title: str
    path: str = ""
    until: str = ""
    shown: str = ""


OURS = (
    Visit("startsidan", "/"),
    Visit("en lista", "/exempel/"),
    Visit("ett exempel", f"/exempel/{EXAMPLE}/"),
    Visit("en metod", "/metoder/karp/"),
    Visit("sökningen, till första träffen", "/sok/?q=rekrytering", until="#_svar h3"),
    Visit("inbäddat: HTML att hämta till en server", f"/embed/v1/exempel/{EXAMPLE}-h2.html"),
)
PORTAL = (
    Visit(
        "inbäddat: en ram med en lista",
        until="iframe",
        shown='<iframe src="{site}/embed/v1/lan/skane/exempel/" title="Exempel" width="600" height="600">'
        '</iframe><script src="{site}/embed/v1/passa.js" async></script>',
    ),
    Visit(
        "inbäddat: element med en lista",
        until="kunskapsbank-lista li",
        shown='<script src="{site}/embed/v1/element.js" async></script>'
        '<kunskapsbank-lista type="exempel" county="skane"><a href="/">Exempel</a></kunskapsbank-lista>',
    ),
    Visit(
        "inbäddat: element med en post",
        until="kunskapsbank-post h2",
        shown='<script src="{site}/embed/v1/element.js" async></script>'
        f'<kunskapsbank-post record="exempel/{EXAMPLE}"><a href="/">KARP</a></kunskapsbank-post>',
    ),
)


def portal(visit: Visit, site: str, folder: Path) -> None:
    """Write the site of a portal, which has one page that shows something of ours."""
    folder.mkdir(exist_ok=True)
    make_hostable(folder)
    start = '<!doctype html><html lang="sv"><link rel="icon" href="data:,"><title>Portal</title>'
    (folder / "index.html").write_text(start + visit.shown.format(site=site), "utf-8")


def stock(output: Path) -> None:
    """Build a site with Material for MkDocs as it comes: a start page and a page of text."""
    source = output.with_name("stock-source")
    shutil.copytree(STOCK, source)
    docs = source / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Kunskapsbanken\n", "utf-8")
    (docs / "text.md").write_text(_text(), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(output)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)


def doks(output: Path) -> None:
    """Build a site with Hugo's theme Doks: a start page and a page of text."""
    for_doks.build(_text(), output)


def make_hostable(folder: Path) -> None:
    """Write what the tests' server wants of a site: a rule for all files, and a page for what is not there."""
    (folder / "_headers").write_text("/*\n  X-Content-Type-Options: nosniff\n", "utf-8")
    if not (folder / "404.html").exists():
        (folder / "404.html").write_text("<!doctype html><title>404</title>", "utf-8")


def _text() -> str:
    """One of our examples, with its title and without the fields that only our pages show."""
    text = (REPOSITORY / "examples" / f"{EXAMPLE}.md").read_text("utf-8")
    _, front_matter, body = text.split("---\n", 2)
    title = next(line for line in front_matter.splitlines() if line.startswith("title: "))
    return f"---\n{title}\n---\n{LINK.sub('](/)', body)}"
