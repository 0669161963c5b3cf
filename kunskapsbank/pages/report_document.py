"""A report as a document of its own: one HTML file with its style in it, which fetches nothing."""

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

from kunskapsbank.followup.comparison import Comparison
from kunskapsbank.followup.report import Report
from kunskapsbank.pages.followup_views import BAR, Views
from kunskapsbank.pages.followups import RECORDS, FollowUps
from kunskapsbank.pages.report_chapters import report_html
from kunskapsbank.pages.templates import render
from kunskapsbank.settings import Settings

MARK: Final = "<!-- rapport ur en kunskapsbank -->"
"""In the first line of every such file, so that it can be told from other files."""


def document_of(report: Report, then: Comparison | None, there: FollowUps) -> str:
    """`there` are the follow-ups of the site, which the figures lead to. It has the records behind the figures of all
    time only, so those of a part of it lead nowhere."""
    settings, scope = there.settings, report.scope
    timeless = not scope.start and not scope.end
    posts = f"{there.address(scope.county)}{RECORDS}" if there.base and timeless else ""
    county = there.address if there.base else None
    views = Views(there.viewer, settings.site_url.__add__, posts, county)
    body = report_html(report, views, settings.site_name, BAR, then)
    lead = f"Mål, insatser, resultat och svårigheter, sammanställda ur {settings.site_name}."
    return _document(title_of(report), lead, body, settings)


def title_of(report: Report) -> str:
    return f"Uppföljning: {report.place}" if report.place else "Uppföljning av hela projektet"


def _document(title: str, lead: str, body: str, settings: Settings) -> str:
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
        site_name=settings.site_name,
        site_url=settings.site_url,
    )


@cache
def _style() -> str:
    return (Path(__file__).parent / "rapport.css").read_text("utf-8")
