"""What is at published URLs that have moved or are gone: a page that leads on, the same file, a notice.

A file for programs is copied, since no program follows a page. Where a whole page is gone its data say so; a file of
another kind than HTML and JSON has no words for it, and ends.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from markupsafe import Markup

from kunskapsbank.contracts import EMBEDS
from kunskapsbank.digests import digest
from kunskapsbank.library.dates import in_words
from kunskapsbank.outlets.embeds.embed import FIRST
from kunskapsbank.outlets.embeds.pages import in_any_encoding
from kunskapsbank.outlets.embeds.scripts import HEIGHT, STYLE
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.frames import FOLDER as FRAMES
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.policy import POLICY, in_frames
from kunskapsbank.pages.pour import pour, root_of
from kunskapsbank.pages.site import INDEX, Site
from kunskapsbank.pages.templates import render
from kunskapsbank.urls.forms import path_of
from kunskapsbank.urls.log import Gone, Moved
from kunskapsbank.urls.targets import Resolver, missing_urls

_TITLE: Final = "Sidan är borttagen"


def targets(site: Site, made: Sequence[Maker]) -> Iterator[Maker]:
    """Yield a target for each published URL that no file in `made` is at, and that an alias or a line of the log says
    where to find."""
    log = site.settings.url_log
    if not log.urls:
        return
    by_path = {maker.path: maker for maker in made}
    permanent = frozenset(maker.path for maker in made if maker.is_permanent)
    resolver = Resolver({**_aliases(site), **log.answers}, permanent)
    for url in missing_urls(log, by_path):
        answer, path = resolver.resolve(url), path_of(url)
        if isinstance(answer, Gone):
            yield from _notice(site, path, answer)
        elif answer is not None:
            yield _moved(site, path, by_path[answer])


def _aliases(site: Site) -> Mapping[str, Moved]:
    """Return where the former pages of records lead, for forms of them that no outlet makes by itself."""
    library = site.viewer.library
    types = library.dictionary.types
    return {types[old.type].address(old.id): Moved(library.address(r)) for old, r in library.aliases.items()}


def _moved(site: Site, path: str, target: Maker) -> Maker:
    """Return the target for a former path; a page leads on, unless it lies as deep in a frame as it did."""
    same_depth = path.startswith(EMBEDS) and path.count("/") == target.path.count("/")
    if path.endswith(f"/{INDEX}") and not same_depth:
        key = digest("moved", target.path)
        return Maker(path, partial(_redirect, site, path, target.path), key, is_permanent=False)
    copy_key = None if target.key is None else digest("copy", target.path, target.key)
    return Maker(path, target.make, copy_key, is_permanent=False)


def _redirect(site: Site, path: str, target: str) -> Made:
    address = target.removesuffix(INDEX)
    html = render(
        "redirect.html",
        title="Gå till sidan",
        address=site.leads.on_page(ROOT + address, root_of(path)),
        canonical=site.settings.site_url + address,
    )
    return Made(html.encode())


def _notice(site: Site, path: str, gone: Gone) -> Iterator[Maker]:
    """Yield what says that there is nothing left, in the form that the file had."""
    key = digest("gone", *gone)
    if path.startswith(EMBEDS) and path.endswith(f"/{INDEX}"):
        yield Maker(path, partial(_framed, site, path, gone), key, is_permanent=False)
    elif path.startswith(EMBEDS) and (level := _LEVEL.search(path)):
        yield Maker(path, partial(_fragment, gone, int(level[1])), key, is_permanent=False)
    elif path.endswith(f"/{INDEX}"):
        yield Maker(path, partial(_page, site, path, gone), key, is_permanent=False)
    elif path.endswith(".json"):
        yield Maker(path, partial(_data, site, path, gone), key, is_permanent=False)


_LEVEL: Final = re.compile(r"-h([1-6])\.html\Z")


def _fragment(gone: Gone, level: int) -> Made:
    return Made(in_any_encoding(_embedded(gone, level)))


def _embedded(gone: Gone, level: int) -> str:
    return render("embed-gone.html", level=level, title=_TITLE, day=in_words(gone.day))


def _framed(site: Site, path: str, gone: Gone) -> Made:
    html = render(
        "embed-frame.html",
        title=f"{_TITLE} – {site.settings.site_name}",
        policy=in_frames(site.settings.site_url),
        canonical=site.settings.site_url + path.removeprefix(f"{EMBEDS}/").removesuffix(INDEX),
        folder="../" * (path.count("/") - EMBEDS.count("/") - 1),
        style=STYLE,
        script=HEIGHT,
        fragment=Markup(_embedded(gone, FIRST)),  # noqa: S704  # our own rendering
    )
    return Made(html.encode())


def _data(site: Site, path: str, gone: Gone) -> Made:
    """Return data with the key that says of a record that it is withdrawn, so that who reads that reads this."""
    value = {"api": site.settings.site_url + path, "withdrawn": {"date": gone.day, "reason": gone.reason}}
    return Made(f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n".encode())


def _page(site: Site, path: str, gone: Gone) -> Made:
    words = {
        "title": _TITLE,
        "description": _TITLE,
        "canonical": site.settings.site_url + path.removesuffix(INDEX),
        "site": site.settings.site_url,
        "policy": POLICY,
    }
    body = render("gone.html", title=_TITLE, day=in_words(gone.day), reason=gone.reason)
    head = '<meta name="robots" content="noindex">'
    frame = site.frames[f"{FRAMES}/page/{INDEX}"]
    filled = {"body": body, "head": head, "part": site.part}
    return Made(pour(frame, path, words, filled, leads=site.leads), (frame.source,))
