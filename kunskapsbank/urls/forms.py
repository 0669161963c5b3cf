"""URLs as strings from the site's root, and the page that each of them is another form of.

`exempel/karp/` is a page. Its other forms are at `api/v1/exempel/karp.json`, `embed/v1/exempel/karp-h2.html`,
`embed/v1/exempel/karp/` and `embed/v1/oembed/exempel/karp.json`, and those of a list at `exempel/feed.xml`.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from kunskapsbank import contracts

_INDEX: Final = "index.html"
_ROOTS: Final = (f"{contracts.OEMBED}/", f"{contracts.EMBEDS}/", f"{contracts.API}/")
"""The folders that mirror the pages of the site; the longest first where one lies in another."""

_TAIL: Final = re.compile(r"(?:-h[1-6])?\.[a-z]+\Z")


class Form(NamedTuple):
    """A URL in three parts: `root` is the folder that it lies in, `page` the page that it is of, `tail` the rest."""

    root: str
    page: str
    tail: str

    @property
    def url(self) -> str:
        """The URL that the parts make up."""
        return self.root + (self.page[:-1] + self.tail if self.root and self.tail else self.page + self.tail)


def split(url: str) -> Form:
    """Return the parts of a URL; `page` is empty for a file at the root of the site."""
    root = next((root for root in _ROOTS if url.startswith(root)), "")
    rest = url.removeprefix(root)
    if rest.endswith("/") or not rest:
        return Form(root, rest, "")
    if not root:
        folder, _, name = rest.rpartition("/")
        return Form("", f"{folder}/" if folder else "", name)
    tail = _TAIL.search(rest)
    return Form(root, f"{rest[: tail.start()]}/", tail[0]) if tail else Form(root, "", rest)


def ancestors(url: str) -> Iterator[str]:
    """Yield a folder URL and every folder above it but the site's root, the nearest first."""
    folder = url if url.endswith("/") else url.rpartition("/")[0] + "/"
    while folder not in ("", "/"):
        yield folder
        folder = folder[:-1].rpartition("/")[0] + "/"


def url_of(path: str) -> str:
    """Return the URL of the site's file at a path, with everything but plain ASCII percent-encoded."""
    url = path.removesuffix(_INDEX) if path.endswith(f"/{_INDEX}") else path
    return url if url.isascii() and _is_plain(url) else quote(url, safe="/")


def path_of(url: str) -> str:
    """Return the path of the site's file that a host serves at a URL."""
    path = unquote(url) if "%" in url else url
    return path + _INDEX if path.endswith("/") else path


_is_plain: Final = re.compile(r"[A-Za-z0-9_.~/-]*").fullmatch
