"""Checks that every published URL is among the files of a site, and finds where those that are not lead."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from kunskapsbank.dictionary.validation import nearest
from kunskapsbank.problems.problem import Problem, Text, Value
from kunskapsbank.urls.codes import PUBLISHED_URL_GONE, PUBLISHED_URL_LINE
from kunskapsbank.urls.forms import Form, ancestors, path_of, split, url_of
from kunskapsbank.urls.log import FILE, Answer, Gone, Moved, UrlLog

_MAX_HOPS: Final = 20
"""Moves that are followed from one URL, so that a move into a folder of its own ends."""


class Resolver(NamedTuple):
    """`answers` are by URL, and hold for the other forms of a page and for what is under it. `paths` are of the files
    that the site has of its own: what is gone hides nothing that is lost later beside or under what is still there."""

    answers: Mapping[str, Answer]
    paths: Collection[str]

    def resolve(self, url: str) -> str | Gone | None:
        """Return the path of the file that a URL leads to, or why it is gone; None where nothing says."""
        for _ in range(_MAX_HOPS):
            answer = self._answer(url)
            if not isinstance(answer, Moved):
                return answer
            if path_of(answer.url) in self.paths:
                return path_of(answer.url)
            url = answer.url
        return None

    def _answer(self, url: str) -> Answer | None:
        """Return the answer for a URL, of the nearest page or folder that has one, in the form of the URL."""
        own = self.answers.get(url)
        if own is not None:
            return own
        form = split(url)
        for page in ancestors(form.page) if form.page else ():
            answer = self.answers.get(page)
            if isinstance(answer, Moved):
                return Moved(Form(form.root, answer.url + form.page[len(page) :], form.tail).url)
            if answer is not None and path_of(page) not in self.paths:
                return answer
        return self._answer_of_form(form)

    def _answer_of_form(self, form: Form) -> Answer | None:
        """Return why a whole form is gone, such as `api/v1/`, if the site has none of its files."""
        answer = self.answers.get(form.root)
        is_gone = isinstance(answer, Gone) and not any(path.startswith(form.root) for path in self.paths)
        return answer if is_gone else None


def missing_urls(log: UrlLog, paths: Collection[str]) -> list[str]:
    """Return the published URLs that no file of a site is at, in order. `paths` are looked up, so give a set."""
    return sorted(
        url
        for url in log.urls
        if (f"{url}index.html" if url[-1] == "/" and "%" not in url else path_of(url)) not in paths
    )


def answered_urls(log: UrlLog, paths: Collection[str]) -> dict[str, str]:
    """Return by URL of the log where it leads among the files of a site, for those that lead to one of them."""
    resolver = Resolver(log.answers, paths)
    missing = frozenset(missing_urls(log, paths))
    here = {url: url for url in log.urls if url not in missing}
    found = {url: resolver.resolve(url) for url in missing}
    return here | {url: url_of(path) for url, path in found.items() if isinstance(path, str)}


def check_targets(
    log: UrlLog, paths: Collection[str], permanent: Collection[str], today: date
) -> Iterator[Problem]:
    """Yield a problem for each group of published URLs that nothing is at, and each move that leads nowhere.

    `paths` are of all files of the site; `permanent` of those that are meant to stay, without what the log makes.
    """
    resolver = Resolver(log.answers, permanent)
    missing = [url for url in missing_urls(log, paths) if not isinstance(resolver.resolve(url), Gone)]
    lost = [url for url in missing if isinstance(log.answers.get(url), Moved)]
    yield from (_lost(url, log) for url in lost)
    groups = Counter(_groups(set(missing).difference(lost), permanent))
    new = {url for path in permanent if (url := url_of(path)) not in log.urls} if groups else ()
    yield from (_gone(group, count, new, log, today) for group, count in sorted(groups.items()))


def _lost(url: str, log: UrlLog) -> Problem:
    answer = log.answers[url]
    to = answer.url if isinstance(answer, Moved) else ""
    fault = Text(f"”{to}” finns inte på webbplatsen.", f"the site has no “{to}”.")
    if _leads_back(url, log.answers):
        fault = Text("adressen leder tillbaka till sig själv.", "the URL leads back to itself.")
    return Problem(PUBLISHED_URL_LINE, FILE, log.span(url), {"fault": fault})


def _leads_back(url: str, answers: Mapping[str, Answer]) -> bool:
    """Return whether a URL leads to itself, by however many moves. Where one on the way is on the site none is followed
    that far: a page may have got its first name back."""
    seen: set[str] = set()
    answer = answers.get(url)
    while isinstance(answer, Moved) and answer.url not in seen:
        seen.add(answer.url)
        answer = answers.get(answer.url)
    return url in seen


def _groups(missing: Collection[str], paths: Collection[str]) -> Iterator[str]:
    """Yield for each URL the one that its problem is told of: the topmost page that is missing too, or the folder of a
    form that the site has nothing of any more, such as `api/v1/`."""
    forms = {url: split(url) for url in missing}
    roots = {form.root for form in forms.values() if form.root}
    empty = {root for root in roots if not any(path.startswith(root) for path in paths)}
    for url, form in forms.items():
        pages = [page for page in ancestors(form.page) if page in missing] if form.page else []
        yield pages[-1] if pages else form.root if form.root in empty else url


def _gone(group: str, count: int, new: Collection[str], log: UrlLog, today: date) -> Problem:
    others = count - 1
    more = Text(f" (och {others} till som hör ihop med den)", f" (and {others} more that belong to it)")
    values: dict[str, Value] = {
        "url": group,
        "more": more if others else "",
        "log": FILE,
        "today": today.isoformat(),
    }
    like = _successor(group, new)
    return Problem(PUBLISHED_URL_GONE, FILE, log.span(group), values | ({"nearest": like} if like else {}))


def _successor(url: str, new: Collection[str]) -> str | None:
    """Return the new URL of the same kind that ends alike, or else is most alike."""
    name, ending = url.rstrip("/").rpartition("/")[2], _ending(url)
    fitting = sorted(other for other in new if _ending(other) == ending)
    same = (other for other in fitting if other.rstrip("/").rpartition("/")[2] == name)
    return next(chain(same, filter(None, [nearest(url, {other: other for other in fitting})])), None)


def _ending(url: str) -> str:
    return "/" if url.endswith("/") else url.rpartition(".")[2]
