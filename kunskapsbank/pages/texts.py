"""Texts that maintainers write outside docs/, such as help in the dictionary, as HTML.

They are Python-Markdown with the extensions of mkdocs.yml, as the pages in docs/ are, and sanitised as
strangers' records are: who may change a vocabulary need not be somebody who may change the site.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from html import unescape
from typing import Any, Final

from markdown import Markdown
from markupsafe import Markup

from kunskapsbank.checks.targets import SCHEMES, scheme
from kunskapsbank.pages.frames import from_root
from kunskapsbank.pages.markdown import cleaner

Extensions = Sequence[str | Mapping[str, Mapping[str, Any] | str | None]]
"""As mkdocs.yml lists them: names, or names with their options, or with nothing."""

_LISTS: Final = frozenset({"dl", "dt", "dd"})
"""Lists of definitions, which records' Markdown has not and an extension makes."""

_ONE_PARAGRAPH: Final = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")


class Texts:
    """Renders texts, each of them once."""

    def __init__(self, extensions: Extensions) -> None:
        self._extensions = extensions
        self._clean = cleaner(_address, _LISTS)
        self.html = cache(self._html)

    @cached_property
    def _markdown(self) -> Markdown:
        """Made with the first text: an extension that is missing is told of by the site engine, which needs it too."""
        options = {
            name: dict(its) if isinstance(its, Mapping) else {}
            for one in self._extensions
            if not isinstance(one, str)
            for name, its in one.items()
        }
        names = [name for one in self._extensions for name in ([one] if isinstance(one, str) else one)]
        return Markdown(extensions=names, extension_configs=options)

    def _html(self, text: str) -> Markup:
        """Blocks. Addresses start from the site's root: `/metoder/` is the list of methods."""
        return Markup(self._clean(self._markdown.reset().convert(text)))  # noqa: S704  # it is clean

    def line(self, text: str) -> Markup:
        """The same to stand inside a paragraph; a text of several blocks is left as it is."""
        html = self.html(text)
        one = _ONE_PARAGRAPH.fullmatch(html)
        return Markup(one[1]) if one else html  # noqa: S704  # see above

    def plain(self, text: str) -> str:
        """The words alone, for places that hold no markup."""
        return " ".join(unescape(_TAG.sub("", self.html(text))).split())


def _address(_: str, attribute: str, value: str) -> str | None:
    """An address of the site from its root, or another of a scheme that is allowed; pictures are the site's own."""
    if attribute not in ("href", "src"):
        return value
    kind = scheme(value)
    if not kind:
        return from_root(value, "")
    is_allowed = kind in SCHEMES and (kind != "https" or value.lower().startswith("https://"))
    return value if attribute == "href" and is_allowed else None
