"""The stages in order: what `build` and `check` do, as a person would tell it."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kunskapsbank import __version__, outlets, rules
from kunskapsbank.checks import elsewhere
from kunskapsbank.checks.record import Examined, Record
from kunskapsbank.checks.run import all_problems, examine
from kunskapsbank.checks.subject import Context
from kunskapsbank.checks.targets import PICTURES, type_of
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.earlier import Earlier, inputs_of
from kunskapsbank.library.keys import Keys
from kunskapsbank.library.library import Library, relate
from kunskapsbank.output import FIXED, Made, Maker
from kunskapsbank.pages import followups, frames, portable, slots
from kunskapsbank.pages.frames import Engine, Rendered
from kunskapsbank.pages.markdown import renderers
from kunskapsbank.pages.rule_pages import SLOT as RULES
from kunskapsbank.pages.site import Site, needed_frames
from kunskapsbank.pages.texts import Texts
from kunskapsbank.pages.views import Viewer
from kunskapsbank.parallel import in_chunks
from kunskapsbank.problems.problem import Problem, Rejected, Severity, has_errors, in_order
from kunskapsbank.publishing import verify
from kunskapsbank.publishing.ledger import EMPTY, Basis, Ledger, split
from kunskapsbank.publishing.release import Published, Release, is_up, publish, release_of
from kunskapsbank.publishing.verify import file_of
from kunskapsbank.publishing.writing import Wanted
from kunskapsbank.reading.files import find, listing
from kunskapsbank.search import local
from kunskapsbank.searching import Searching
from kunskapsbank.settings import Settings
from kunskapsbank.store import nothing_kept

Progress = Callable[[str], None]
"""Told in words what is being done."""


class Found(NamedTuple):
    """The paths of all record files, from the source, and what is wrong with what else lies there."""

    paths: Sequence[str]
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Content:
    """All files of the content folders after their checks, and what the checks knew. `problems` are in
    reading order."""

    context: Context
    examined: Sequence[Examined]
    problems: Sequence[Problem]

    @property
    def dictionary(self) -> Dictionary:
        return self.context.dictionary

    def inputs(self, always: bytes) -> bytes:
        """A digest of what the site is made from: that of all but the records, and the records."""
        return inputs_of(always, {examined.path: examined.digest for examined in self.examined})

    @property
    def records(self) -> Iterator[Record]:
        return (examined.record for examined in self.examined if examined.record)


@dataclass(frozen=True, slots=True)
class Built:
    release: Release
    records: int
    problems: Sequence[Problem]


def check(settings: Settings, cores: int, *, advice: bool, earlier: Earlier | None = None) -> Content:
    """Raises `Rejected` where the field dictionary itself is faulty. Without `advice` only errors and
    warnings are looked for, as a build does. A file that is as it was when `earlier` runs examined it is not
    examined again."""
    dictionary = dictionary_files.load(settings.source)
    found, earlier = _find(settings.source, dictionary), earlier or Earlier(nothing_kept(settings.source))
    context = _context(settings, dictionary, advice)
    return _check(settings, context, found, cores, earlier, earlier.digests(found.paths))


def _check(
    settings: Settings,
    context: Context,
    found: Found,
    cores: int,
    earlier: Earlier,
    now: Mapping[str, str],
) -> Content:
    """`now` are the digests of the files, as far as they are known."""
    known = earlier.examined(context, now)
    content = _checked(settings.source, context, found, known, cores)
    earlier.leave_examined(context, content.examined, known)
    return content


def check_again(before: Content, saved: Collection[str], settings: Settings) -> Content:
    """The content after the files at the paths `saved` were changed, came or went: they alone are examined,
    unless something has changed that every check knows. Raises as `check` does."""
    kept = not any(path.startswith(f"{dictionary_files.FOLDER}/") for path in saved)
    dictionary = before.dictionary if kept else dictionary_files.load(settings.source)
    context = _context(settings, dictionary, before.context.advice)
    known = {e.path: e for e in before.examined if e.path not in saved}
    found = _find(settings.source, dictionary)
    return _checked(settings.source, context, found, known if kept and context == before.context else {}, 1)


def _context(settings: Settings, dictionary: Dictionary, advice: bool) -> Context:
    pictures = listing(settings.source, PICTURES)
    return Context(dictionary, settings.today, settings.lix_limit, pictures, advice, settings.shared)


def _checked(
    source: Path, context: Context, content: Found, known: Mapping[str, Examined], cores: int
) -> Content:
    """Examines the files that are not known, and then all of them against each other."""
    paths, problems = content

    def examine_some(some: Sequence[str]) -> list[Examined]:
        return [
            examine(source, path, type_, context)
            for path in some
            if (type_ := type_of(context.dictionary, path))
        ]

    new = [path for path in paths if path not in known]
    found = {one.path: one for part in in_chunks(examine_some, new, cores) for one in part}
    examined = [one for path in paths if (one := known.get(path) or found.get(path))]
    distant = elsewhere.examined(context.shared, context.dictionary, examined) if context.shared else ()
    every = [*problems, *all_problems([*examined, *distant], advice=context.advice)]
    return Content(context, examined, in_order(every))


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
    earlier = earlier or Earlier(nothing_kept(settings.source))
    dictionary = dictionary_files.load(settings.source)
    found = _find(settings.source, dictionary)
    always, before = earlier.basis(settings, engine), _ledger(earlier, output)
    now = earlier.digests(found.paths)
    if before.inputs and before.inputs == inputs_of(always, now) and before.is_whole(output):
        return Built(release_of(before), before.records, ())
    with earlier.frames(engine) as frames_when_done:
        progress("Kontrollerar posterna")
        content = _check(settings, _context(settings, dictionary, advice=False), found, cores, earlier, now)
        refuse(content.problems, strict)
        library = relate(content.records, content.dictionary, settings.shared)
        progress("Väntar på ramarna")
        rendered = frames_when_done()
    viewer = viewer_of(library, settings)
    published = _publish(viewer, rendered, settings, before, always, output, cores, progress, earlier)
    made = Built(published.release, sum(map(len, library.records.values())), content.problems)
    if earlier.basis(settings, engine) == always:  # nothing of it was saved in the meantime
        inputs = b"" if content.problems else content.inputs(always)
        earlier.leave_ledger(Ledger(made.release.id, inputs, made.records, published.files), output)
    return made


def _publish(
    viewer: Viewer,
    rendered: Rendered,
    settings: Settings,
    before: Ledger,
    always: bytes,
    output: Path,
    cores: int,
    progress: Progress,
    earlier: Earlier,
) -> Published:
    makers = makers_of(viewer, rendered, settings)
    keys = Keys(viewer.library)
    basis = Basis(always, keys.everything)
    todo, standing = split(makers, before, basis, output)
    wanted = Wanted(todo, standing, basis, _inputs(settings, rendered))
    place = _place(viewer.library, settings)
    if not settings.search:
        progress(f"Bygger {len(todo)} filer")
        return publish(wanted, before, output, place, cores)
    search = Searching(viewer, keys, basis, before, output, earlier)
    progress(f"Bygger {len(todo)} filer{' och sökningen' if search.batches else ''}")
    published = publish(search.added_to(wanted), before, output, place, cores)
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
    made = [*site.makers(), *outlets.makers(site), *_assets(rendered)]
    if settings.shared:
        made += [*portable.makers(), *(local.makers(viewer) if settings.search else ())]
    return made


def _ledger(earlier: Earlier, output: Path) -> Ledger:
    """Of the release that is up; empty where it is another one."""
    found = earlier.ledger(output)
    return found if is_up(found.release, output) else EMPTY


def rule_pages(settings: Settings) -> str | None:
    """The address that the pages of rules lie under; None for a site that has none."""
    page = frames.asking(settings.source, settings.docs_dir, RULES)
    return None if page is None else settings.site_url + page


def refuse(problems: Sequence[Problem], strict: bool) -> None:
    """Ends the run where there are errors, or with `strict` warnings."""
    if has_errors(problems) or (strict and any(p.severity is Severity.WARNING for p in problems)):
        raise Rejected(problems)


def record_files(source: Path, dictionary: Dictionary) -> Sequence[str]:
    """The path of every record file, from the source."""
    return _find(source, dictionary).paths


def _find(source: Path, dictionary: Dictionary) -> Found:
    """Every record file of every content folder, and what else lies there."""
    paths: list[str] = []
    problems: list[Problem] = []
    for folder in sorted({type_.folder for type_ in dictionary.types.values()}):
        suffixes = tuple(type_.suffix for type_ in dictionary.types.values() if type_.folder == folder)
        found, faults = find(source, folder, suffixes)
        paths += found
        problems += faults
    return Found(paths, problems)


def _frame_problems(settings: Settings, library: Library, site: Site, rendered: Rendered) -> list[Problem]:
    others = [followups.FRAME] if site.followups.base is not None else []
    needed = needed_frames(library, settings.docs_dir, others)
    found = frames.problems_of(rendered, needed, slots.names(site.asked))
    return [_placed(problem, settings.source) for problem in found]


def _placed(problem: Problem, source: Path) -> Problem:
    slot = problem.values.get("slot")
    place = frames.place_of(problem.path, str(slot), source) if slot else problem.place
    return Problem(problem.code, problem.path, place, problem.values)


def _assets(rendered: Rendered) -> Iterator[Maker]:
    for path, content in rendered.assets.items():
        yield Maker(path, partial(Made, content), FIXED)


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
