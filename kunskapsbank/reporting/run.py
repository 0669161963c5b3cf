"""A report from beginning to end: what is asked for, the records, the file."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from kunskapsbank import checking, pipeline
from kunskapsbank.arguments import REPORT_FORMATS
from kunskapsbank.checks.partial_dates import is_before
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.dictionary.validation import is_partial_date
from kunskapsbank.followup import data, selection
from kunskapsbank.followup.comparison import KIND, Comparison, NotAReport, compare, earlier_report
from kunskapsbank.followup.report import Report, compile_report
from kunskapsbank.followup.selection import Scope
from kunskapsbank.library.library import Library, relate
from kunskapsbank.library.named import NoSuchCounty, county
from kunskapsbank.pages import followups, frames
from kunskapsbank.pages.report_document import MARK, document_of, title_of
from kunskapsbank.pages.report_pdf import as_pdf
from kunskapsbank.pages.views import Viewer
from kunskapsbank.pipeline import Progress
from kunskapsbank.publishing.beside import written_beside
from kunskapsbank.publishing.release import OutputRefused
from kunskapsbank.settings import Settings

_STARTS: Final = {
    "html": f"<!doctype html>{MARK}".encode(),
    "pdf": b"%PDF-",
    "json": f'{{\n "kind": "{KIND}"'.encode(),
    "csv": "\ufeffId;Vad som räknas;".encode(),
}
"""What a report of each format begins with, so that no other file is written over."""

_DAY: Final = re.compile(r"[0-9]{4}(-(vår|sommar|höst|vinter|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?")

_LARGEST: Final = 50_000_000
"""In bytes: an earlier report that is larger is none."""


class Wish(NamedTuple):
    """What is asked for, in the words of the person who asks. Without a format the output's ending says it."""

    county: str | None
    start: str | None
    end: str | None
    format: str | None
    output: Path
    compare: Path | None


class Made(NamedTuple):
    """`empty` where there was nothing to tell of."""

    title: str
    output: Path
    size: int
    empty: bool

    @property
    def in_words(self) -> str:
        said = " Det fanns inget att redovisa, och det säger rapporten." if self.empty else ""
        return f"Klart: {self.title} i {self.output}, {self.size / 1000:.0f} kB.{said}"


def make_report(settings: Settings, wish: Wish, progress: Progress) -> Made:
    """Raises `OutputRefused` for a wish that can't be met, `Rejected` for content with errors, `EngineError` or
    `OSError` for what is wrong with the machine; nothing is written then."""
    output, format_ = Path(os.path.abspath(wish.output)), _format(wish)
    _refuse_other(output, format_)
    scope = _scope(dictionary_files.load(settings.source), wish)
    earlier = _earlier(wish.compare) if wish.compare else None
    progress("Kontrollerar posterna")
    content = checking.check(settings, 1, advice=False)
    pipeline.refuse(content.problems, strict=False)
    library = relate(content.records, content.dictionary, settings.shared)
    progress("Sammanställer")
    report = compile_report(library, scope, settings.today)
    then = _compared(earlier, report, library, settings, wish)
    title = title_of(report)
    if format_ == "pdf":
        progress("Sätter sidorna")
    made = _written(format_, report, then, pipeline.viewer_of(library, settings), settings)
    with written_beside(output) as stream:
        stream.write(made)
    return Made(title, output, len(made), report.chosen.is_empty)


def _format(wish: Wish) -> str:
    named = wish.format or wish.output.suffix.lstrip(".").lower()
    if named not in REPORT_FORMATS:
        raise OutputRefused(
            f"Säg vilken form rapporten ska ha: --format {', '.join(REPORT_FORMATS[:-1])} eller {REPORT_FORMATS[-1]}."
        )
    return named


def _refuse_other(output: Path, format_: str) -> None:
    if output.is_dir():
        example = output / f"rapport.{format_}"
        raise OutputRefused(f"{output} är en mapp. Ange en fil med --output, till exempel {example}.")
    if output.is_file():
        with output.open("rb") as there:
            start = there.read(100)
        if start and not start.startswith(_STARTS[format_]):
            raise OutputRefused(
                f"{output} finns redan och är ingen rapport i formen {format_}. Flytta den, eller ange en annan --output."
            )


def _scope(dictionary: Dictionary, wish: Wish) -> Scope:
    if not selection.possible(dictionary):
        raise OutputRefused("Den här webbplatsen har inga mål och iakttagelser att göra en rapport av.")
    try:
        term = county(dictionary, wish.county) if wish.county else None
    except NoSuchCounty as none:
        raise OutputRefused(str(none)) from None
    for option, day in (("--from", wish.start), ("--to", wish.end)):
        if day is not None and not _is_day(day):
            raise OutputRefused(
                f"{option} ska vara ett datum som 2007, 2007-02, 2007-höst eller 2007-02-14, inte {day}."
            )
    if wish.start and wish.end and is_before(wish.end, wish.start):
        raise OutputRefused(
            f"Tiden slutar ({wish.end}) innan den börjar ({wish.start}). Byt plats på --from och --to."
        )
    return Scope(term.id if term else None, wish.start, wish.end)


def _is_day(text: str) -> bool:
    return bool(_DAY.fullmatch(text)) and is_partial_date(text)


def _earlier(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)  # a device tells no size, and may never end
        if len(content) > _LARGEST:
            raise OutputRefused(f"{path} är för stor för att vara en rapport.")
        return earlier_report(content.decode("utf-8"))
    except FileNotFoundError:
        raise OutputRefused(
            f"{path} finns inte. Ange en rapport som report --format json har skrivit."
        ) from None
    except UnicodeDecodeError:
        raise OutputRefused(f"{path} är ingen textfil i UTF-8.") from None
    except NotAReport as reason:
        raise OutputRefused(f"{path} {reason}.") from None


def _compared(
    earlier: Mapping[str, Any] | None, report: Report, library: Library, settings: Settings, wish: Wish
) -> Comparison | None:
    if earlier is None:
        return None
    try:
        return compare(earlier, data.as_value(report, library, _place(settings)))
    except NotAReport as reason:
        raise OutputRefused(f"{wish.compare} {reason}.") from None


def _written(
    format_: str, report: Report, then: Comparison | None, viewer: Viewer, settings: Settings
) -> bytes:
    if format_ == "json":
        return data.json_file(report, viewer.library, _place(settings), then)
    if format_ == "csv":
        return data.csv_file(report, _place(settings), then)
    page = frames.asking(settings.source, settings.docs_dir, followups.SLOT)
    html = document_of(report, then, followups.FollowUps(viewer, settings, page, None))
    return as_pdf(html, report.digest) if format_ == "pdf" else html.encode()


def _place(settings: Settings) -> data.Place:
    return data.Place(settings.site_name, settings.site_url)
