"""A handover from beginning to end: what belongs to the part, its source, its site built from that, the file."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from kunskapsbank import checking, pipeline
from kunskapsbank.checks.record import Record
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.dictionary.shared import Shared
from kunskapsbank.dictionary.types import Term
from kunskapsbank.handover import archive, behind, source
from kunskapsbank.handover.part import part_of, references
from kunskapsbank.handover.readme import readme
from kunskapsbank.library.library import Library, relate
from kunskapsbank.library.named import NoSuchCounty, county
from kunskapsbank.pages.frames import Engine, Rendered, Rendering
from kunskapsbank.pipeline import Progress
from kunskapsbank.publishing.beside import written_beside
from kunskapsbank.publishing.release import OutputRefused
from kunskapsbank.settings import Settings
from kunskapsbank.settings import load as load_settings
from kunskapsbank.urls.log import FILE as URL_LOG
from kunskapsbank.urls.log import NO_LOG, written
from kunskapsbank.urls.targets import answered_urls
from kunskapsbank.work_dirs import work_dir

SITE: Final = "webbplats"
SOURCE: Final = "kallfiler"
README: Final = "LAS-MIG.txt"
"""In letters that every program for zips reads."""


class HandedOver(NamedTuple):
    """`county` is its name; `size` is the file's, in bytes."""

    county: str
    output: Path
    records: int
    files: int
    size: int

    @property
    def in_words(self) -> str:
        made = f"{self.records} poster, {self.files} filer, {self.size / 1_000_000:.1f} MB"
        return f"Klart: {self.county} i {self.output}, {made}.\nPacka upp den och läs {README}."


class Wish(NamedTuple):
    """What is to be handed over: the county by a word that a person uses; the address that the part is to have,
    where it is not to go on giving that of the whole site; and the file, where it is not to be the county's id."""

    county: str
    site_url: str | None
    output: Path | None


def hand_over(settings: Settings, wish: Wish, engine: Engine, cores: int, progress: Progress) -> HandedOver:
    """Raises `OutputRefused` for a county or an output that can't be, `Rejected` for content that can't be
    published, `EngineError` or `OSError` for what is wrong with the machine; nothing is written then."""
    if settings.shared:
        there = settings.shared.site_url
        raise OutputRefused(f"Den här webbplatsen är själv en del av {there}. Lämna över därifrån.")
    term = _county(settings, wish.county)
    output = Path(os.path.abspath(wish.output or f"{term.id}.zip"))
    archive.refuse_other(output)
    with (
        written_beside(output) as stream,
        work_dir() as place,
    ):
        with Rendering(settings.source, engine) as rendering:
            progress("Kontrollerar posterna")
            content = checking.check(settings, cores, advice=False)
            pipeline.refuse(content.problems, strict=False)
            progress(f"Väljer ut {term.label.sv}")
            library = relate(content.records, content.dictionary)
            chosen = _chosen(library, content, term)
            part, url_log = _part(library, chosen, term, settings, rendering.result())
        source.lay(
            settings.source, [r.path for r in chosen], part, term.label.sv, wish.site_url, place / SOURCE
        )
        if url_log is not None:
            (place / SOURCE / URL_LOG).write_text(url_log, "utf-8")
        ours = load_settings(place / SOURCE, settings.today)
        pipeline.build(ours, place / SITE, engine, cores, False, _of(term, progress))
        progress("Packar")
        files = [(README, readme(ours, part, term.label.sv, len(chosen)).encode()), *_files(place)]
        archive.write(stream, ((f"{term.id}/{path}", bytes_) for path, bytes_ in files), settings.today)
        size = stream.tell()
    return HandedOver(term.label.sv, output, len(chosen), len(files), size)


def _county(settings: Settings, word: str) -> Term:
    try:
        return county(dictionary_files.load(settings.source), word)
    except NoSuchCounty as none:
        raise OutputRefused(str(none)) from None


def _chosen(library: Library, content: checking.Content, term: Term) -> list[Record]:
    keys = part_of(library, references(content.examined, library), term.id)
    if not keys:
        raise OutputRefused(f"Ingen post hör till {term.label.sv}, så det finns inget att lämna över.")
    return [record for key, record in library.by_key.items() if key in keys]


def _part(
    library: Library, chosen: Sequence[Record], term: Term, settings: Settings, rendered: Rendered
) -> tuple[Shared, str | None]:
    """What the part knows of what stays behind, and its log of published URLs where the whole has one: of those that
    it has itself, so that they stay there."""
    named = behind.shared(library, relate(chosen, library.dictionary), term, settings)
    part = relate(chosen, library.dictionary, named)
    ours = replace(settings, shared=named, url_log=NO_LOG)
    makers = pipeline.makers_of(pipeline.viewer_of(part, ours), rendered, ours)
    addresses = behind.addresses_behind(
        library,
        pipeline.makers_of(pipeline.viewer_of(library, settings), rendered, settings),
        makers,
        part.elsewhere.leads,
        behind.led_to(rendered.frames),
    )
    paths = frozenset(maker.path for maker in makers if maker.is_permanent)
    url_log = written(answered_urls(settings.url_log, paths)) if settings.url_log.exists else None
    return replace(named, addresses=addresses), url_log


def _of(term: Term, progress: Progress) -> Progress:
    """The progress of the part's own build."""
    return lambda words: progress(f"{term.label.sv}: {words[:1].lower()}{words[1:]}")


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    for folder in (SOURCE, SITE):
        for path, file in source.tree((place / folder).resolve()):
            yield f"{folder}/{path}", file.read_bytes()
