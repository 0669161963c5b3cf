"""The pages of the follow-up: the state, the records behind each figure and the report, whole and by county.

They lie under the page of docs/ that asks for the slot `followup`; a site without such a page has none.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

from kunskapsbank.checks.followup import GOAL
from kunskapsbank.checks.record import Record
from kunskapsbank.digests import digest
from kunskapsbank.followup import selection
from kunskapsbank.followup.chains import chain_of, in_swedish
from kunskapsbank.followup.report import Report, compile_report, themes_of
from kunskapsbank.followup.selection import Scope
from kunskapsbank.library import dates
from kunskapsbank.library.keys import Keys
from kunskapsbank.library.lists import COUNTIES
from kunskapsbank.pages.followup_views import BAR, Addressed, Views
from kunskapsbank.pages.lists import CONTRIBUTE
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.report_chapters import WHOLE, attendance, keys, place_of, report_html
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import Value
from kunskapsbank.pages.views import Viewer
from kunskapsbank.settings import Settings

SLOT: Final = "followup"
FRAME: Final = "followup"
"""The frame of the pages under the one in docs/."""

SURVEY: Final = "survey"
"""The slot of the page with the survey."""

RECORDS: Final = "poster/"
REPORT: Final = "rapport/"

FILE: Final = "rapport"
"""The name of the report's files, without its ending."""

CHAIN: Final = "Från utgångsläge till resultat"
TOLD: Final = "Vad källan säger om läget"
"""The headings of a goal's chain and of what its sources say of it."""


class Page(NamedTuple):
    """`trail` are the pages of the follow-up above it, by their addresses. `html` makes what stands below the title,
    of the bodies of records too where it is made of them `in_whole`."""

    address: str
    title: str
    lead: str
    trail: tuple[Value, ...]
    html: Callable[[], str]
    county: str | None
    in_whole: bool = False


class FollowUps:
    """What there is of follow-ups on a site. `base` is the address of the page for the whole, None where no page
    asks for it; `survey` is that of the survey's page, if there is one."""

    def __init__(self, viewer: Viewer, settings: Settings, base: str | None, survey: str | None) -> None:
        self.viewer, self.settings, self.base, self.survey = viewer, settings, base, survey
        self._reports: dict[str | None, Report] = {}
        self._keys: dict[tuple[str | None, bool], bytes] = {}

    def report(self, county: str | None) -> Report:
        """Compiled once for a county, or the whole."""
        if county not in self._reports:
            self._reports[county] = compile_report(self.viewer.library, Scope(county), self.settings.today)
        return self._reports[county]

    @property
    def scopes(self) -> tuple[str | None, ...]:
        """The whole, and each county whose pages are here; none on a site without a follow-up."""
        if self.base is None:
            return ()
        known = self.viewer.dictionary.vocabularies[COUNTIES]
        return (None, *(term.id for term in self.viewer.library.terms_here(known)))

    def made_from(self, county: str | None) -> tuple[str, ...]:
        """The source files of everything that a follow-up is of."""
        chosen = self.report(county).chosen
        records = (*chosen.goals, *chosen.activities, *chosen.examples)
        return tuple(sorted({r.path for r in records} | {f.file.path for f in chosen.findings}))

    def key(self, county: str | None, keys: Keys, *, in_whole: bool) -> bytes:
        """Of the records that a follow-up is made of, the words of their bodies too where it is made of them
        `in_whole`."""
        known = self._keys.get((county, in_whole))
        if known is None:
            told = tuple(selection.told_of(self.viewer.library, Scope(county)))
            bodies = (record.digest for record in told) if in_whole else ()
            known = self._keys[county, in_whole] = digest(keys.of(told), *bodies)
        return known

    def address(self, county: str | None) -> str:
        return f"{self.base}{county}/" if county else f"{self.base}"

    def views(self, county: str | None, at: Addressed) -> Views:
        return Views(self.viewer, at, f"{self.address(county)}{RECORDS}", self.address)

    def pages(self) -> Iterator[Page]:
        """All but the one in docs/."""
        for county in self.scopes:
            place, top, trail = self._place(county) or WHOLE, self.address(county), self._trail(county)
            if county:
                lead = f"Vad banken vet om arbetet i {place}: från mål till resultat, och vad som saknas."
                html = partial(self.state_html, county)
                yield Page(top, f"Uppföljning: {place}", lead, trail[:1], html, county)
            lead = "Posterna bakom varje tal i uppföljningen."
            html = partial(self.records_html, county)
            yield Page(f"{top}{RECORDS}", f"Bakom talen: {place}", lead, trail, html, county)
            lead = f"En sammanställning av mål, insatser, resultat och svårigheter för {place}, gjord av det som står i banken."
            html = partial(self.report_html, county)
            yield Page(f"{top}{REPORT}", f"Rapport: {place}", lead, trail, html, county, in_whole=True)

    def _trail(self, county: str | None) -> tuple[Value, ...]:
        whole = Value("Uppföljning", f"{ROOT}{self.base}")
        return (whole, Value(self._place(county), ROOT + self.address(county))) if county else (whole,)

    def _place(self, county: str | None) -> str:
        """In words, without compiling anything; empty for the whole."""
        return self.viewer.dictionary.vocabularies[COUNTIES].terms[county].label.sv if county else ""

    def state_html(self, county: str | None) -> str:
        report, views, top = self.report(county), self.views(county, _on_page), self.address(county)
        return render(
            "followup.html",
            empty=report.chosen.is_empty,
            place=place_of(report),
            contribute=ROOT + CONTRIBUTE,
            keys=keys(report, views),
            report=f"{ROOT}{top}{REPORT}",
            files=self.files(county),
            survey=ROOT + self.survey if self.survey else None,
            places=tuple(self._places(county)),
            goals=views.goals(report),
            tables=views.tables(report),
            width=BAR,
            attendance=attendance(report),
            findings=f"{ROOT}{self.viewer.dictionary.types[selection.FINDING].path}/",
            gaps=views.gaps(report),
        )

    def files(self, county: str | None) -> tuple[Value, ...]:
        """The report for paper, programs and spreadsheets."""
        at = f"{ROOT}{self.address(county)}{FILE}"
        paper = (Value("PDF", f"{at}.pdf"),) if self.settings.report_pdf else ()
        return (*paper, Value("data (JSON)", f"{at}.json"), Value("tabell (CSV)", f"{at}.csv"))

    def of_county(self, county: str) -> Iterator[Value]:
        """The way to it from the county's own page."""
        if county in self.scopes:
            yield Value("Uppföljning av länet", ROOT + self.address(county))

    def _places(self, county: str | None) -> Iterator[Value]:
        for other in self.scopes:
            label = self._place(other) or "Hela projektet"
            yield Value(label, None if other == county else ROOT + self.address(other))

    def records_html(self, county: str | None) -> str:
        groups = self.views(county, _on_page).figures(self.report(county))
        return render("followup-records.html", groups=groups, table=f"{ROOT}{self.address(county)}{FILE}.csv")

    def report_html(self, county: str | None) -> str:
        views = self.views(county, _on_page)
        return report_html(self.report(county), views, self.settings.site_name, BAR)


def _on_page(address: str) -> str:
    return ROOT + address


def inset(record: Record, viewer: Viewer) -> str:
    """What stands first on the page of a goal or of findings: its chain, or the findings; nothing for others."""
    views = Views(viewer, _on_page, "", None)
    if record.type == GOAL:
        chain = views.chain(chain_of(record, viewer.library, Scope()))
        return render("goal.html", c=chain, heading=CHAIN, told=TOLD, indicator=_indicator(record))
    if record.type == selection.FINDING:
        themes = views.themes(tuple(themes_of(selection.findings_of(record, viewer.library), viewer.library)))
        return render("findings.html", themes=themes, level=3 if len(themes) > 1 else 2)
    return ""


def outline(record: Record, viewer: Viewer) -> list[tuple[str, list[str]]]:
    """The same in words alone, part by part, for where it can be read but not drawn."""
    views = Views(viewer, _on_page, "", None)
    if record.type == GOAL:
        chain = views.chain(chain_of(record, viewer.library, Scope()))
        steps = [f"{label}: {words[:1].lower()}{words[1:]}" for label, words, _ in chain.steps]
        told = [f"{f.day}: {f.words or f.value}" for f in chain.follow_ups]
        return [(CHAIN, steps), *([(TOLD, told)] if told else [])]
    if record.type == selection.FINDING:
        themes = themes_of(selection.findings_of(record, viewer.library), viewer.library)
        return [(kind.label, [f.text for f in kind.findings]) for theme in themes for kind in theme.kinds]
    return []


def _indicator(record: Record) -> str:
    """In a sentence; empty where there is none."""
    indicator = record.fields.get("indicator")
    if indicator is None:
        return ""
    if "target" not in indicator:
        return f"{indicator['measure']} ({indicator['unit']})."
    wanted = f"{in_swedish(indicator['target'])} {indicator['unit']}"
    by = f" senast {dates.in_words(indicator['target_date'])}" if "target_date" in indicator else ""
    return f"{indicator['measure']}: {wanted}{by}."
