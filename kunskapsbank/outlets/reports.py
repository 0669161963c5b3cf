"""The report of the whole and of each county as files, beside its pages: JSON, CSV and PDF."""

from collections.abc import Iterator
from functools import partial

from kunskapsbank.followup import data
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.followups import FILE
from kunskapsbank.pages.report_document import document_of
from kunskapsbank.pages.report_pdf import as_pdf
from kunskapsbank.pages.site import Site


def makers(site: Site) -> Iterator[Maker]:
    for county in site.followups.scopes:
        path = f"{site.followups.address(county)}{FILE}"
        key, counted = (site.followups.key(county, site.keys, in_whole=whole) for whole in (True, False))
        yield Maker(f"{path}.json", partial(_json, site, county), key)
        yield Maker(f"{path}.csv", partial(_csv, site, county), counted)
        if site.settings.report_pdf:
            yield Maker(f"{path}.pdf", partial(_pdf, site, county), key)


def _json(site: Site, county: str | None) -> Made:
    followups = site.followups
    content = data.json_file(followups.report(county), site.viewer.library, _place(site))
    return Made(content, followups.made_from(county))


def _csv(site: Site, county: str | None) -> Made:
    followups = site.followups
    return Made(data.csv_file(followups.report(county), _place(site)), followups.made_from(county))


def _pdf(site: Site, county: str | None) -> Made:
    """Raises `EngineError` where WeasyPrint is missing."""
    followups = site.followups
    report = followups.report(county)
    made = as_pdf(document_of(report, None, followups), report.digest)
    return Made(made, followups.made_from(county))


def _place(site: Site) -> data.Place:
    return data.Place(site.settings.site_name, site.settings.site_url)
