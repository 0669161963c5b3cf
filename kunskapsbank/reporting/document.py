"""A report as a document of its own: one HTML file with its style in it, which fetches nothing."""

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

from kunskapsbank.pages.templates import render

MARK: Final = "<!-- rapport ur en kunskapsbank -->"
"""In the first line of every such file, so that it can be told from other files."""


def document(title: str, lead: str, body: str, site_name: str, site_url: str) -> str:
    style = _style()
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return render(
        "report-document.html",
        mark=Markup(MARK),  # noqa: S704  # our own
        title=title,
        lead=lead,
        body=Markup(body),  # noqa: S704  # from our templates
        style=Markup(style),  # noqa: S704  # our own file
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        site_name=site_name,
        site_url=site_url,
    )


@cache
def _style() -> str:
    return (Path(__file__).parent / "rapport.css").read_text("utf-8")
