"""The state of the preview: from what has been saved to what is shown, doing again only what must be done.

A saved record is examined alone, compared with the others as they were examined before, and the library
is related anew. The site engine runs only when its own files are saved, in the background.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from kunskapsbank import checking, pipeline
from kunskapsbank.background import EngineError
from kunskapsbank.checking import Content
from kunskapsbank.checks.targets import PICTURES
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.dictionary.types import RecordType
from kunskapsbank.library.library import Library, relate
from kunskapsbank.library.lists import SEARCH_PATH
from kunskapsbank.output import Maker
from kunskapsbank.pages import frames
from kunskapsbank.problems import report
from kunskapsbank.problems.problem import Problem, Rejected, Severity
from kunskapsbank.reading.files import quotable_lines, reason
from kunskapsbank.search.index import every_maker
from kunskapsbank.serving.board import NOTHING, Shown
from kunskapsbank.serving.framing import Framing
from kunskapsbank.serving.pages import Late, Pages
from kunskapsbank.settings import CONFIG, FILES, Settings


class Preview:
    """`load` gives the settings as they are now, or raises `Rejected`. One thread uses it; what it shows,
    many may look at."""

    def __init__(self, source: Path, load: Callable[[], Settings], framing: Framing) -> None:
        self._source, self._load, self.framing = source, load, framing
        self.shown: Shown = NOTHING
        self._settings: Settings | None = None
        self._content: Content | None = None
        self._saved: frozenset[str] = frozenset()
        self._for_frames: tuple[str, ...] = ()
        self._for_records: frozenset[str] = frozenset()

    def folders(self) -> frozenset[str]:
        """The folders of the source that matter, as far as they are known."""
        return self._for_records.union({dictionary_files.FOLDER, PICTURES}, self._for_frames) - {CONFIG}

    def prepare(self) -> None:
        """Gets to know the folders. What is wrong the first turn tells."""
        try:
            self._set_up(frozenset())
            self._know_records(dictionary_files.load(self._source).types.values())
        except (Rejected, OSError):
            pass

    def turn(self, saved: frozenset[str], cores: int = 1) -> Shown:
        """What is shown after the files at the paths `saved` have changed, come or gone. Of files that the
        engine reads it stays as it is until the engine is done, and then wants another turn."""
        self._saved |= saved
        problems: Sequence[Problem] = ()
        try:
            settings = self._set_up(saved)
            self._begin_frames(saved)
            if self._frames_are_waited_for():
                return self.shown
            content = self._checked(settings, cores)
            problems = content.problems
            pipeline.refuse(problems, strict=False)
            pages = self._pages(content, settings)
        except Rejected as rejected:
            return self._faulty(self._report(rejected.problems), self._summary(rejected.problems))
        except EngineError as error:
            return self._faulty(str(error), str(error))
        except OSError as error:
            words = f"Datorn svarade: {error.filename or ''}: {reason(error).sv}."
            return self._faulty(words, words)
        number = self.shown.number + 1
        self.shown = Shown(number, number, pages, "", self._summary(problems))
        return self.shown

    def _set_up(self, saved: frozenset[str]) -> Settings:
        if self._settings is None or not saved.isdisjoint(FILES):
            self._settings = None
            self._settings = self._load()
            self._for_frames = (CONFIG, *frames.sources(self._source))
        return self._settings

    def _begin_frames(self, saved: frozenset[str]) -> None:
        if self.framing.done:
            self.framing.take()
        if not self.framing.begun or any(map(self._is_for_frames, saved)):
            self.framing.begin()

    def _is_for_frames(self, path: str) -> bool:
        return any(path == name or path.startswith(f"{name}/") for name in self._for_frames)

    def _frames_are_waited_for(self) -> bool:
        """Nothing is shown by new settings before the engine has tried them."""
        waiting = CONFIG in self._saved or all(map(self._is_for_frames, self._saved))
        return waiting and self.framing.busy and self.shown.number > 0

    def _checked(self, settings: Settings, cores: int) -> Content:
        """If it fails, what was saved is still to be looked at the next time."""
        if self._content:
            self._content = checking.check_again(self._content, self._saved, settings)
        else:
            self._content = checking.check(settings, cores, advice=True)
        self._saved = frozenset()
        self._know_records(self._content.dictionary.types.values())
        return self._content

    def _know_records(self, types: Iterable[RecordType]) -> None:
        self._for_records = frozenset(type_.folder for type_ in types)

    def _pages(self, content: Content, settings: Settings) -> Pages:
        library = relate(content.records, content.dictionary, settings.shared)
        rendered = self.framing.frames()
        makers = pipeline.makers_of(pipeline.viewer_of(library, settings), rendered, settings)
        late = Late(SEARCH_PATH, partial(_search, library, settings)) if settings.search else None
        return Pages(makers, late, settings.base_path)

    def _faulty(self, told: str, summary: str) -> Shown:
        """The pages stay; what is wrong lies over them."""
        self.shown = self.shown._replace(number=self.shown.number + 1, report=told, summary=summary)
        return self.shown

    def _report(self, problems: Sequence[Problem]) -> str:
        """The errors, in the words of `check`; warnings and advice hinder nobody."""
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        return report.as_text(errors, partial(quotable_lines, self._source), "sv", _NEXT)

    def _summary(self, problems: Sequence[Problem]) -> str:
        return report.sums(problems, "sv")


_NEXT: Final = report.Next("python build_site.py check", "python build_site.py build")


def _search(library: Library, settings: Settings) -> Iterator[Maker]:
    """Has a viewer of its own, since pages are made at the same time."""
    return every_maker(pipeline.viewer_of(library, settings))
