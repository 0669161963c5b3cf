"""The log of published URLs, as a value: every URL that the site has had, and where those that are gone lead.

A line is a URL from the site's root, or a URL and an answer: `old/ -> new/`, `old/ -> gone 2026-12-01 The reason`.
Lines are added and never removed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cached_property
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from kunskapsbank.digests import digest
from kunskapsbank.problems.problem import START, Place, Problem, Rejected, Text
from kunskapsbank.reading.files import EMPTY_FILE, decode, read_data
from kunskapsbank.urls.codes import PUBLISHED_URL_LINE

FILE: Final = "published-urls.txt"

MAX_BYTES: Final = 1 << 27
"""128 MiB: room for the URLs of some 500,000 records. The file is read whole."""

HEAD: Final = """\
# Alla adresser som webbplatsen har haft, en på varje rad. Rader läggs till men tas aldrig bort.
# Nya adresser skrivs hit av: python build_site.py urls --write
# Har en adress flyttat:  gammal/adress/ -> ny/adress/
# Är den borta:           gammal/adress/ -> gone 2026-12-01 Skriv här varför.
# En post som byter namn eller dras tillbaka behöver ingen rad: se aliases och withdrawn i posten.
"""

_MAX_REASON: Final = 300
_SEGMENT: Final = r"(?!\.{1,2}(?![^/\n]))[A-Za-z0-9_.~%-]+"
_URL: Final = rf"{_SEGMENT}(?:/{_SEGMENT})*/?"
_is_url: Final = re.compile(_URL).fullmatch
_PLAIN_LINE: Final = re.compile(rf"^{_URL.replace('%', '')}$", re.MULTILINE)
"""A line that is a URL and nothing else, with no sign that is encoded."""
_ARROW: Final = re.compile(r"\s+->\s+")
_GONE: Final = re.compile(r"gone\b\s*(?P<day>\S*)\s*(?P<reason>.*)")


class Moved(NamedTuple):
    """A URL leads to another."""

    url: str


class Gone(NamedTuple):
    """Nothing is left at a URL. `day` is as in ISO 8601."""

    day: str
    reason: str


Answer = Moved | Gone


class _Content(NamedTuple):
    urls: Set[str]
    answers: Mapping[str, Answer]
    problems: Sequence[Problem]


class UrlLog:
    """The log as its file has it. `text` is None where there is no file.

    The text is parsed when something is first asked for, since a build with nothing to do needs the digest alone.
    """

    def __init__(self, text: str | None = None) -> None:
        self._text = text

    @property
    def exists(self) -> bool:
        """Whether the site has a log."""
        return self._text is not None

    @cached_property
    def digest(self) -> str:
        """A digest of the text; empty where there is none."""
        return "" if self._text is None else digest(self._text).hex()

    @property
    def urls(self) -> Set[str]:
        """Every URL in the log, whether or not it has an answer."""
        return self._content.urls

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What the log says of URLs that have moved or are gone."""
        return self._content.answers

    @property
    def problems(self) -> Sequence[Problem]:
        """Every line that can't be used."""
        return self._content.problems

    def span(self, url: str) -> Place:
        """Return where a URL stands in the log; the start of the file where it stands nowhere."""
        number, line = self._lines_by_url.get(url, (0, ""))
        return _span(number, line) if number else START

    @cached_property
    def _lines_by_url(self) -> Mapping[str, tuple[int, str]]:
        return {_ARROW.split(line)[0]: (number, line) for number, line in self._lines()}

    def _lines(self) -> Iterator[tuple[int, str]]:
        yield from enumerate((self._text or "").split("\n"), start=1)

    @cached_property
    def _content(self) -> _Content:
        plain = frozenset(_PLAIN_LINE.findall(self._text or ""))  # nearly all of them, and there may be many
        urls, answers, problems = set(plain), dict[str, Answer](), list[Problem]()
        for number, line in [(n, line) for n, line in self._lines() if line not in plain]:
            if not line.strip() or line.startswith("#"):
                continue
            url, answer, fault = _parse(line.strip())
            if fault is None and answer is not None and answers.setdefault(url, answer) != answer:
                fault = _TWO_ANSWERS
            if fault is None:
                urls.add(url)
            else:
                problems.append(Problem(PUBLISHED_URL_LINE, FILE, _span(number, line), {"fault": fault}))
        return _Content(urls, answers, problems)

    def extended(self, new: Iterable[str]) -> str:
        """Return the text with new lines in it: each in its place by order, every line that is there kept."""
        lines = (HEAD if self._text is None else self._text).rstrip("\n").split("\n")
        start = next((n for n, line in enumerate(lines) if line and not line.startswith("#")), len(lines))
        body = list(zip(_keys(lines[start:]), lines[start:], strict=True))
        added = sorted((_ARROW.split(line)[0], line) for line in {*new}.difference(lines))
        merged = merge(body, added, key=itemgetter(0))
        return "\n".join([*lines[:start], *(line for _, line in merged)]) + "\n"


def _keys(lines: Sequence[str]) -> list[str]:
    """Return what each line is sorted by: its URL, and for a comment that of the line after it."""
    keys: list[str] = []
    for line in reversed(lines):
        is_url_line = line and not line.startswith("#")
        keys.append(_ARROW.split(line)[0] if is_url_line or not keys else keys[-1])
    return keys[::-1]


NO_LOG: Final = UrlLog()


def load(source: Path) -> UrlLog:
    """Return the log of a source that has one. Raises `Rejected` for a file that can't be read."""
    data, problems = read_data(source, FILE, MAX_BYTES)
    if data is None:
        raise Rejected(problems)
    text, problems = decode(data, FILE)
    if text is None and [problem.code for problem in problems] != [EMPTY_FILE]:
        raise Rejected(problems)
    return UrlLog(text or "")


def written(urls: Mapping[str, str]) -> str:
    """Return the text of a log of some URLs, each with the one that it leads to: itself where it has not moved."""
    lines = (url if to == url else f"{url} -> {to}" for url, to in sorted(urls.items()))
    return HEAD + "".join(f"{line}\n" for line in lines)


def _parse(line: str) -> tuple[str, Answer | None, Text | None]:
    """Return the URL of a line, its answer if it has one, and what is wrong with the line if anything is."""
    url, *rest = _ARROW.split(line, maxsplit=1)
    if not is_url(url):
        return url, None, _not_a_url(url)
    if not rest:
        return url, None, None
    gone = _GONE.fullmatch(rest[0])
    if gone:
        answer = Gone(gone["day"], gone["reason"].strip())
        return url, answer, _fault_of_gone(answer)
    if not is_url(rest[0]):
        return url, None, _not_a_url(rest[0])
    return url, Moved(rest[0]), None if _ending(url) == _ending(rest[0]) else _OTHER_KIND


def is_url(text: str) -> bool:
    """Return whether a text is a URL as the log writes it: from the site's root, and percent-encoded."""
    if not _is_url(text):
        return False
    path = unquote(text)
    return "%" not in text or (quote(path, safe="/") == text and path.isprintable() and "\\" not in path)


def _fault_of_gone(answer: Gone) -> Text | None:
    try:
        is_day = date.fromisoformat(answer.day).isoformat() == answer.day
    except ValueError:
        is_day = False
    if not is_day:
        return _NO_DAY
    return None if 0 < len(answer.reason) <= _MAX_REASON and answer.reason.isprintable() else _NO_REASON


def _ending(url: str) -> str:
    """Return what kind of file a URL is of: `/` for a page, else the end of the name."""
    return "/" if url.endswith("/") else url.rpartition("/")[2].rpartition(".")[2]


def _span(number: int, line: str) -> Place:
    return Place(number, 1, number, len(line) + 1)


def _not_a_url(text: str) -> Text:
    return Text(f"”{text}” är ingen adress på webbplatsen.", f"“{text}” is no URL of the site.")


_TWO_ANSWERS: Final = Text(
    "en annan rad säger något annat om adressen.", "another line says something else of the URL."
)
_OTHER_KIND: Final = Text(
    "en sida kan bara leda till en sida, och en fil till en fil av samma slag.",
    "a page can lead to a page only, and a file to a file of the same kind.",
)
_NO_DAY: Final = Text(
    "efter gone ska dagen stå, till exempel 2026-12-01.", "after gone comes the day, such as 2026-12-01."
)
_NO_REASON: Final = Text(
    f"efter dagen ska skälet stå, med högst {_MAX_REASON} tecken.",
    f"after the day comes the reason, of at most {_MAX_REASON} characters.",
)
