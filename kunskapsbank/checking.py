"""The content folders, checked: every file by itself, and then all of them against each other.

Nothing here knows of pages, so that a check alone needs none of what makes them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kunskapsbank.checks import elsewhere
from kunskapsbank.checks.record import Examined, Record
from kunskapsbank.checks.run import all_problems, examine
from kunskapsbank.checks.subject import Context
from kunskapsbank.checks.targets import PICTURES, type_of
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.earlier import Earlier, nothing_earlier
from kunskapsbank.earlier import records as left
from kunskapsbank.earlier.records import Files
from kunskapsbank.parallel import in_chunks
from kunskapsbank.problems.problem import Problem, in_order
from kunskapsbank.reading.files import find, listing
from kunskapsbank.settings import Settings
from kunskapsbank.urls.forms import path_of
from kunskapsbank.urls.records import check_across_files


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

    @property
    def records(self) -> Iterator[Record]:
        return (examined.record for examined in self.examined if examined.record)


class Found(NamedTuple):
    """The paths of all record files, from the source, and what is wrong with what else lies there."""

    paths: Sequence[str]
    problems: Sequence[Problem]


class Task(NamedTuple):
    """What is to be checked, before it is. `key` is of all that an examination depends on beside the file."""

    context: Context
    found: Found
    files: Files
    key: bytes


def check(
    settings: Settings, cores: int, *, advice: bool, records: bool = True, earlier: Earlier | None = None
) -> Content:
    """Raises `Rejected` where the field dictionary itself is faulty. Without `advice` only errors and
    warnings are looked for, as a build does. Without `records` the content has none, which saves making them
    and sending them between processes. A file that is as it was when an `earlier` run examined it is not examined
    again."""
    earlier = earlier or nothing_earlier(settings.source)
    return carry_out(task_of(settings, earlier, advice=advice, records=records), settings, cores, earlier)


def task_of(settings: Settings, earlier: Earlier, *, advice: bool, records: bool) -> Task:
    """Raises as `check` does."""
    schema = left.schema_of(settings.source)
    dictionary = dictionary_files.load(settings.source)
    context = _context(settings, dictionary, advice, records)
    found = _find(settings.source, dictionary)
    return Task(context, found, left.files_of(earlier, found.paths), left.key_of(context, schema))


def carry_out(task: Task, settings: Settings, cores: int, earlier: Earlier) -> Content:
    context, found, files, key = task
    known = left.examined(earlier, context, key, files.now)
    content = _checked(settings, context, found, known, cores)
    if key == left.key_of(context, left.schema_of(settings.source)):  # it has not been saved in the meantime
        left.leave(earlier, context, key, content.examined, known, files.lies)
    return content


def check_again(before: Content, saved: Collection[str], settings: Settings) -> Content:
    """The content after the files at the paths `saved` were changed, came or went: they alone are examined,
    unless something has changed that every check knows. Raises as `check` does."""
    kept = not any(path.startswith(f"{dictionary_files.FOLDER}/") for path in saved)
    dictionary = before.dictionary if kept else dictionary_files.load(settings.source)
    context = _context(settings, dictionary, before.context.advice, before.context.records)
    known = {e.path: e for e in before.examined if e.path not in saved}
    found = _find(settings.source, dictionary)
    return _checked(settings, context, found, known if kept and context == before.context else {}, 1)


def _context(settings: Settings, dictionary: Dictionary, advice: bool, records: bool) -> Context:
    pictures = listing(settings.source, PICTURES)
    return Context(dictionary, settings.today, settings.lix_limit, pictures, advice, settings.shared, records)


def _checked(
    settings: Settings, context: Context, content: Found, known: Mapping[str, Examined], cores: int
) -> Content:
    """Examines the files that are not known, and then all of them against each other."""
    paths, problems = content

    def examine_some(some: Sequence[str]) -> list[Examined]:
        return [
            examine(settings.source, path, type_, context)
            for path in some
            if (type_ := type_of(context.dictionary, path))
        ]

    new = [path for path in paths if path not in known]
    found = {one.path: one for part in in_chunks(examine_some, new, cores) for one in part}
    examined = [one for path in paths if (one := known.get(path) or found.get(path))]
    distant = elsewhere.examined(context.shared, context.dictionary, examined) if context.shared else ()
    files = [*examined, *distant]
    every = [*problems, *all_problems(files, advice=context.advice), *_url_problems(settings, context, files)]
    return Content(context, examined, in_order(every))


def _url_problems(settings: Settings, context: Context, files: Sequence[Examined]) -> Iterator[Problem]:
    """Yield what is wrong with the log of published URLs, and each that was of a record or a term and is gone."""

    @cache
    def docs() -> frozenset[str]:
        return listing(settings.source, settings.docs_dir)

    def has_page(url: str) -> bool:
        page = f"{settings.docs_dir}/{path_of(url).removesuffix('/index.html')}"
        return not docs().isdisjoint((f"{page}.md", f"{page}/index.md"))

    return check_across_files(settings.url_log, context.dictionary, files, has_page, context.today)


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
