"""Checks that every published page of a record or a term still has a record file or a term that answers for it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Final, NamedTuple

from kunskapsbank.checks.record import Examined
from kunskapsbank.dictionary.types import Dictionary, RecordType
from kunskapsbank.dictionary.validation import nearest
from kunskapsbank.problems.problem import Problem, Text, Value
from kunskapsbank.urls.codes import PUBLISHED_RECORD_GONE, PUBLISHED_URL_GONE, RENAMED, WITHDRAWAL
from kunskapsbank.urls.forms import ancestors
from kunskapsbank.urls.log import FILE, Moved, UrlLog

ALIASES: Final = "aliases"
WITHDRAWN: Final = "withdrawn"


class RecordUrl(NamedTuple):
    """The page URL of a record, taken apart."""

    url: str
    type: RecordType
    id: str


def check_across_files(
    log: UrlLog,
    dictionary: Dictionary,
    files: Sequence[Examined],
    has_page: Callable[[str], bool],
    today: date,
) -> Iterator[Problem]:
    """Yield a problem for each published record and term that nothing answers for, and each faulty line of the log.

    `has_page` tells whether a hand-written page is at a URL; it is asked of few.
    """
    yield from log.problems
    if not log.urls:
        return
    gone = [url for url in _unanswered(log, dictionary, files) if not has_page(url)]
    by_place = {(type_.path, type_.subpath): type_ for type_ in dictionary.types.values()}
    records = [found for url in gone if (found := _record_url(url, by_place))]
    yield from _gone_records(records, log, files, today)
    yield from _gone_terms(set(gone).difference(found.url for found in records), log, dictionary, today)


def _unanswered(log: UrlLog, dictionary: Dictionary, files: Sequence[Examined]) -> Iterator[str]:
    """Yield the published URLs under the paths of types and vocabularies that no file, term or line answers for."""
    paths = {type_.path for type_ in dictionary.types.values()} | {
        vocabulary.path for vocabulary in dictionary.vocabularies.values() if vocabulary.path
    }
    roots = tuple(f"{path}/" for path in paths)
    answered = {*_record_urls(files, dictionary), *_term_urls(dictionary), *roots}
    lost = [url for url in log.urls - answered if url.startswith(roots) and url.endswith("/")]
    yield from (url for url in sorted(lost) if not _has_answer(url, log, answered))


def _has_answer(url: str, log: UrlLog, live: Set[str]) -> bool:
    """Return whether a line says where a URL leads. That a page above it is gone counts only where that one is not live."""
    return any(
        page == url or isinstance(answer, Moved) or page not in live
        for page in ancestors(url)
        if (answer := log.answers.get(page)) is not None
    )


def _record_urls(files: Sequence[Examined], dictionary: Dictionary) -> Iterator[str]:
    """Yield the page URL of every record, under its id and its former ids; one with a parent has the parent's too."""
    aliases = {(one.type, one.id): [alias for alias, _ in one.aliases] for one in files if one.aliases}
    for one in files:
        type_ = dictionary.types[one.type]
        yield type_.address(one.id)
        for name in (one.type, type_.parent) if aliases else ():
            yield from map(type_.address, aliases.get((name or "", one.id), ()))


def _term_urls(dictionary: Dictionary) -> Iterator[str]:
    for vocabulary in dictionary.vocabularies.values():
        if vocabulary.path:
            yield from (f"{vocabulary.path}/{term}/" for term in vocabulary.terms)


def _record_url(url: str, by_place: Mapping[tuple[str, str | None], RecordType]) -> RecordUrl | None:
    """Return the record that a page URL was of; None where it can't have been of one."""
    path, record_id, *rest = url[:-1].split("/")
    type_ = by_place.get((path, rest[0] if rest else None)) if len(rest) <= 1 else None
    return RecordUrl(url, type_, record_id) if type_ else None


def _gone_records(
    gone: Sequence[RecordUrl], log: UrlLog, files: Sequence[Examined], today: date
) -> Iterator[Problem]:
    """A file that can't be read hides its aliases: till it can be, nothing is said of records of its type."""
    hidden = {one.type for one in files if not one.readable and one.digest}
    new: defaultdict[str, dict[str, Examined]] = defaultdict(dict)
    types = {found.type.id: found.type for found in gone}
    for one in files if gone else ():
        type_ = types.get(one.type)
        if type_ and one.id and type_.address(one.id) not in log.urls:
            new[one.type][one.id] = one
    present = {(one.type, alias): one.id for one in files if gone for alias, _ in one.aliases}
    for found in gone:
        type_ = found.type
        if type_.id in hidden or type_.parent in hidden:
            continue
        lone = sum(other.type is type_ for other in gone) == len(new[type_.id]) == 1
        successor = _successor(found.id, new[type_.id], is_lone=lone)
        # A file with a parent has to have the parent's id, also when that is a new one.
        file_id = present.get((type_.parent or "", found.id), found.id)
        yield _gone_record(found, _file(type_, file_id), successor, log, today)


def _successor(record_id: str, new: Mapping[str, Examined], *, is_lone: bool) -> Examined | None:
    """Return the file that a record was probably renamed to: a new one that is called alike, or the only new one."""
    like = nearest(record_id, {name: name for name in new})
    if like is not None:
        return new[like]
    return next(iter(new.values())) if is_lone else None


def _gone_record(
    found: RecordUrl, file: Text, successor: Examined | None, log: UrlLog, today: date
) -> Problem:
    type_ = found.type
    place = log.span(found.url)
    if WITHDRAWN not in type_.fields:
        values: dict[str, Value] = {"url": found.url, "more": "", "log": FILE, "today": today.isoformat()}
        near = {"nearest": type_.address(successor.id)} if successor else {}
        return Problem(PUBLISHED_URL_GONE, FILE, place, values | near)
    values = {
        "url": found.url,
        "id": found.id,
        "file": file,
        "withdrawal": _in_both(WITHDRAWAL, today=today.isoformat()),
        "renamed": _in_both(RENAMED, id=found.id) if ALIASES in type_.fields else "",
    }
    if successor and ALIASES in type_.fields:
        former = ", ".join([*(alias for alias, _ in successor.aliases), found.id])
        values |= {"nearest": successor.path, "line": f"{ALIASES}: [{former}]"}
    return Problem(PUBLISHED_RECORD_GONE, FILE, place, values)


def _in_both(template: Text, **values: str) -> Text:
    return Text(*(words.format(**values) for words in template))


def _file(type_: RecordType, record_id: str) -> Text:
    """Return the path of a record's file; the URL doesn't tell the date in it."""
    sv, en = ("<datum>-", "<date>-") if type_.dated else ("", "")
    folder, name = type_.folder, record_id + type_.suffix
    return Text(f"{folder}/{sv}{name}", f"{folder}/{en}{name}")


def _gone_terms(gone: set[str], log: UrlLog, dictionary: Dictionary, today: date) -> Iterator[Problem]:
    """Yield a problem for each term page that is gone, with the new term of its vocabulary that is called most alike."""
    new: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for url in _term_urls(dictionary) if gone else ():
        path, term, _ = url.split("/")
        new[path].update({} if url in log.urls else {term: url})
    for url in sorted(gone):
        path, *terms = url[:-1].split("/")
        if path not in new or len(terms) != 1:
            continue
        values: dict[str, Value] = {"url": url, "more": "", "log": FILE, "today": today.isoformat()}
        like = nearest(terms[0], new[path])
        yield Problem(PUBLISHED_URL_GONE, FILE, log.span(url), values | ({"nearest": like} if like else {}))
