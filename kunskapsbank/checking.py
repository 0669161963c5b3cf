"""The content folders, checked: every file by itself, and then all of them against each other.

Nothing here knows of pages, so that a check alone needs none of what makes them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kunskapsbank.checks import elsewhere
from kunskapsbank.checks.record import Examined, Record
from kunskapsbank.checks.run import all_problems, examine
from kunskapsbank.checks.subject import Context
from kunskapsbank.checks.targets import PICTURES, type_of
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.parallel import in_chunks
from kunskapsbank.problems.problem import Problem, in_order
from kunskapsbank.reading.files import find, listing
from kunskapsbank.settings import Settings


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


def check(settings: Settings, cores: int, *, advice: bool, records: bool = True) -> Content:
    """Raises `Rejected` where the field dictionary itself is faulty. Without `advice` only errors and
    warnings are looked for, as a build does. Without `records` the content has none, which saves making them
    and sending them between processes."""
    context = _context(settings, dictionary_files.load(settings.source), advice, records)
    return _checked(settings.source, context, {}, cores)


def check_again(before: Content, saved: Collection[str], settings: Settings) -> Content:
    """The content after the files at the paths `saved` were changed, came or went: they alone are examined,
    unless something has changed that every check knows. Raises as `check` does."""
    kept = not any(path.startswith(f"{dictionary_files.FOLDER}/") for path in saved)
    dictionary = before.dictionary if kept else dictionary_files.load(settings.source)
    context = _context(settings, dictionary, before.context.advice, before.context.records)
    known = {e.path: e for e in before.examined if e.path not in saved}
    return _checked(settings.source, context, known if kept and context == before.context else {}, 1)


def _context(settings: Settings, dictionary: Dictionary, advice: bool, records: bool) -> Context:
    pictures = listing(settings.source, PICTURES)
    return Context(dictionary, settings.today, settings.lix_limit, pictures, advice, settings.shared, records)


def _checked(source: Path, context: Context, known: Mapping[str, Examined], cores: int) -> Content:
    """Examines the files that are not known, and then all of them against each other."""
    paths, problems = _find(source, context.dictionary)

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
    problems += all_problems([*examined, *distant], advice=context.advice)
    return Content(context, examined, in_order(problems))


def record_files(source: Path, dictionary: Dictionary) -> list[str]:
    """The path of every record file, from the source."""
    return _find(source, dictionary)[0]


def _find(source: Path, dictionary: Dictionary) -> tuple[list[str], list[Problem]]:
    """Every record file of every content folder, and what else lies there."""
    paths: list[str] = []
    problems: list[Problem] = []
    for folder in sorted({type_.folder for type_ in dictionary.types.values()}):
        suffixes = tuple(type_.suffix for type_ in dictionary.types.values() if type_.folder == folder)
        found, faults = find(source, folder, suffixes)
        paths += found
        problems += faults
    return paths, problems
