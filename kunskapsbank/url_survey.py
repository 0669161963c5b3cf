"""A survey of a site's URLs: which are not in the log yet, and which are in it but gone from the site."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kunskapsbank import pipeline
from kunskapsbank.checking import carry_out, task_of
from kunskapsbank.earlier import Earlier
from kunskapsbank.earlier import site as left
from kunskapsbank.library.library import Library, relate
from kunskapsbank.pages.frames import Engine
from kunskapsbank.problems.problem import Problem
from kunskapsbank.settings import Settings
from kunskapsbank.urls.codes import PUBLISHED_RECORD_GONE, PUBLISHED_URL_GONE
from kunskapsbank.urls.forms import url_of
from kunskapsbank.urls.log import UrlLog


class UrlSurvey(NamedTuple):
    """`new` are the lines that the log lacks, in order; `problems` are of the URLs that nothing answers for."""

    new: Sequence[str]
    problems: Sequence[Problem]


def survey(settings: Settings, engine: Engine, cores: int, earlier: Earlier) -> UrlSurvey:
    """Compare the log with the site that the source makes; nothing is built.

    Raises `Rejected` for content that no site can be made of, `EngineError` or `OSError` for what is wrong with the
    machine.
    """
    with left.frames(earlier, engine) as frames:
        content = carry_out(task_of(settings, earlier, advice=False, records=True), settings, cores, earlier)
        gone = [p for p in content.problems if p.code in (PUBLISHED_RECORD_GONE, PUBLISHED_URL_GONE)]
        if len(gone) < len(content.problems):
            pipeline.refuse([p for p in content.problems if p not in gone], strict=False)
        library = relate(content.records, content.dictionary, settings.shared)
        makers = pipeline.makers_of(pipeline.viewer_of(library, settings), frames(), settings)
    told = {problem.values["url"] for problem in gone}
    missing = [p for p in pipeline.missing_urls(settings, makers) if p.values.get("url") not in told]
    urls = {url_of(maker.path) for maker in makers if maker.is_permanent}
    return UrlSurvey(sorted(new_lines(urls, library, settings.url_log)), [*gone, *missing])


def new_lines(urls: Iterable[str], library: Library, log: UrlLog) -> Iterator[str]:
    """Yield a line for each URL that the log lacks. A former page of a record is logged with the page that it leads to,
    so that it isn't taken for a record of its own when that goes."""
    types = library.dictionary.types
    former = {types[old.type].address(old.id): library.address(r) for old, r in library.aliases.items()}
    yield from (url for url in urls if url not in log.urls and url not in former)
    yield from (f"{url} -> {to}" for url, to in former.items() if url not in log.answers)
