"""The stages in order: what `build` does, as a person would tell it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kunskapsbank import __version__, outlets, rules
from kunskapsbank.checking import Task, carry_out, task_of
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.earlier import Earlier, nothing_earlier
from kunskapsbank.earlier import site as left
from kunskapsbank.library.keys import Keys
from kunskapsbank.library.library import Library, relate
from kunskapsbank.library.shares import shares
from kunskapsbank.outlets import moved
from kunskapsbank.output import FIXED, Made, Maker
from kunskapsbank.pages import followups, frames, portable, slots
from kunskapsbank.pages.frames import Engine, Rendered
from kunskapsbank.pages.markdown import renderers
from kunskapsbank.pages.rule_pages import SLOT as RULES
from kunskapsbank.pages.site import Site, needed_frames
from kunskapsbank.pages.texts import Texts
from kunskapsbank.pages.views import Viewer
from kunskapsbank.parallel import beside
from kunskapsbank.problems.problem import Problem, Rejected, Severity, has_errors
from kunskapsbank.publishing import verify
from kunskapsbank.publishing.daily import verified
from kunskapsbank.publishing.ledger import Basis, Ledger, split
from kunskapsbank.publishing.release import (
    OutputRefused,
    Published,
    Release,
    Spare,
    publish,
    release_of,
    spare_of,
    tree_of,
)
from kunskapsbank.publishing.verify import file_of
from kunskapsbank.publishing.writing import Wanted
from kunskapsbank.reading.files import listing
from kunskapsbank.search import local
from kunskapsbank.searching import Searching
from kunskapsbank.settings import Settings
from kunskapsbank.urls.targets import check_targets

Progress = Callable[[str], None]
"""Told in words what is being done."""


@dataclass(frozen=True, slots=True)
class Built:
    release: Release
    records: int
    problems: Sequence[Problem]


class _Begun(NamedTuple):
    """What is being done beside the checks, and is waited for when it is needed."""

    frames: Callable[[], Rendered]
    spare: Callable[[], Spare | None]


def build(
    settings: Settings,
    output: Path,
    engine: Engine,
    cores: int,
    strict: bool,
    progress: Progress,
    earlier: Earlier | None = None,
) -> Built:
    """Does again only what `earlier` runs have not left as it must be. Raises `Rejected` for content that can't be
    published, `EngineError`, `OutputRefused` or `OSError` for what is wrong with the machine; the last release
    stays up in every case."""
    earlier = earlier or nothing_earlier(settings.source)
    always, left_over = left.basis(settings, engine), left.ledger_of(earlier, output)
    before = verified(left_over, output, cores)
    is_due = before.verified != left_over.verified
    task = task_of(settings, earlier, advice=False, records=True)
    if (
        before.inputs
        and before.inputs == left.inputs_of(always, task.files.now, settings.url_log)
        and not task.found.problems
        and before.is_whole(tree_of(before.release, output))
    ):
        if is_due:
            left.leave_ledger(earlier, before, output)
        return Built(release_of(before), before.records, ())
    with (
        left.frames(earlier, engine) as frames_when_done,
        beside(partial(spare_of, before, output, is_due), cores) as spare_when_found,
    ):
        progress("Kontrollerar posterna")
        library, problems, files = _library(task, settings, cores, strict, earlier)
        viewer, begun = viewer_of(library, settings), _Begun(frames_when_done, spare_when_found)
        published = _publish(viewer, begun, settings, before, always, output, cores, progress, earlier)
    made = Built(published.release, sum(map(len, library.records.values())), problems)
    if left.basis(settings, engine) == always:  # nothing of it was saved in the meantime
        inputs = b"" if problems else left.inputs_of(always, files, settings.url_log)
        known = Ledger(
            made.release.id,
            inputs,
            made.records,
            published.files,
            published.places,
            published.sealed,
            before.verified,
        )
        left.leave_ledger(earlier, known, output)
    return made


def _library(
    task: Task, settings: Settings, cores: int, strict: bool, earlier: Earlier
) -> tuple[Library, Sequence[Problem], Mapping[str, str]]:
    """The library, what is to be said of its files, and their digests. What else the checks found out of the files is
    let go here, since it takes up much of the memory."""
    content = carry_out(task, settings, cores, earlier)
    refuse(content.problems, strict)
    library = relate(content.records, content.dictionary, settings.shared)
    return library, content.problems, {examined.path: examined.digest for examined in content.examined}


def _publish(
    viewer: Viewer,
    begun: _Begun,
    settings: Settings,
    before: Ledger,
    always: bytes,
    output: Path,
    cores: int,
    progress: Progress,
    earlier: Earlier,
) -> Published:
    keys = Keys(viewer.library)
    basis, tree = Basis(always, keys.everything), tree_of(before.release, output)
    every = shares(viewer.library) if settings.search else ()
    search = Searching(every, viewer, keys, basis, before, tree, earlier)
    with search.begun(cores):
        progress("Väntar på ramarna")
        rendered = begun.frames()
        makers = makers_of(viewer, rendered, settings)
        if problems := missing_urls(settings, makers):
            raise Rejected(problems)
        todo, standing = split(makers, before, basis, tree)
        progress(f"Bygger {len(todo)} filer{' och sökningen' if search.is_made else ''}")
        wanted = search.added_to(Wanted(todo, standing, basis, _inputs(settings, rendered)))
        place = _place(viewer.library, settings)
        published = publish(wanted, before, output, place, cores, begun.spare)
    search.leave(published.known)
    return published


def _place(library: Library, settings: Settings) -> verify.Site:
    distant = frozenset(file_of(address) for address in library.elsewhere.leads)
    return verify.Site(settings.site_url, settings.base_path, distant)


def viewer_of(library: Library, settings: Settings) -> Viewer:
    return Viewer(library, settings.today, renderers(library.dictionary), Texts(settings.markdown_extensions))


def makers_of(viewer: Viewer, rendered: Rendered, settings: Settings) -> list[Maker]:
    """Every file of the site but those of the search. Raises `Rejected` where the frames are faulty."""
    if settings.shared:
        rendered = portable.portable(rendered, local.SCRIPTS if settings.search else {})
    site = Site(viewer, rendered, settings, rules.groups())
    if problems := _frame_problems(settings, viewer.library, site, rendered):
        raise Rejected(problems)
    made = [*site.makers(), *outlets.makers(site), *_assets(rendered, settings)]
    if settings.shared:
        made += [*portable.makers(), *(local.makers(viewer) if settings.search else ())]
    return [*made, *moved.targets(site, made)]


def missing_urls(settings: Settings, made: Sequence[Maker]) -> list[Problem]:
    """Return a problem for each published URL, or group of them, that none of a site's files answers for."""
    paths = frozenset(maker.path for maker in made)
    permanent = frozenset(maker.path for maker in made if maker.is_permanent)
    return list(check_targets(settings.url_log, paths, permanent, settings.today))


def rule_pages(settings: Settings) -> str | None:
    """The address that the pages of rules lie under; None for a site that has none."""
    page = frames.asking(settings.source, settings.docs_dir, RULES)
    return None if page is None else settings.site_url + page


def refuse_inside(settings: Settings, output: Path) -> None:
    """Refuse an output in a folder that the site is made from: the next build would take it for content. Raise
    `OutputRefused`, and `Rejected` where the dictionary is faulty."""
    source = settings.source.resolve()
    place = output.parent.resolve() / output.name
    if place == source / "site" or not place.is_relative_to(source):
        return
    first = place.relative_to(source).parts[:1]
    types = dictionary_files.load(settings.source).types.values()
    taken = {dictionary_files.FOLDER, *frames.sources(settings.source), *(type_.folder for type_ in types)}
    if any(folder.split("/")[0] in first for folder in taken):
        raise OutputRefused(
            f"{output} ligger i en mapp som webbplatsen byggs av. Ange en mapp utanför den med --output."
        )


def refuse(problems: Sequence[Problem], strict: bool) -> None:
    """Ends the run where there are errors, or with `strict` warnings."""
    if has_errors(problems) or (strict and any(p.severity is Severity.WARNING for p in problems)):
        raise Rejected(problems)


def _frame_problems(settings: Settings, library: Library, site: Site, rendered: Rendered) -> list[Problem]:
    others = [followups.FRAME] if site.followups.base is not None else []
    needed = needed_frames(library, settings.docs_dir, others)
    found = frames.problems_of(rendered, needed, slots.names(site.asked))
    return [_placed(problem, settings.source) for problem in found]


def _placed(problem: Problem, source: Path) -> Problem:
    place = frames.place_of_problem(problem, source)
    return Problem(problem.code, problem.path, place, problem.values)


def _assets(rendered: Rendered, settings: Settings) -> Iterator[Maker]:
    """Files that lie beside the pages in docs/ are for others too; those of the theme are of a release."""
    docs = listing(settings.source, settings.docs_dir)
    for path, content in rendered.assets.items():
        yield Maker(path, partial(Made, content), FIXED, f"{settings.docs_dir}/{path}" in docs)


def _inputs(settings: Settings, rendered: Rendered) -> dict[str, str]:
    """Digests of what every page depends on beside its own sources."""
    digest = hashlib.sha256()
    for frame in sorted(rendered.frames.values(), key=lambda f: f.path):
        digest.update("\x00".join(frame.parts).encode())
    return {
        "generator": __version__,
        "site_url": settings.site_url,
        "today": settings.today.isoformat(),
        "frames": digest.hexdigest(),
    }
