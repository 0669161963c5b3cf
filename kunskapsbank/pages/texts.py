"""Texts that maintainers write outside docs/, such as help in the dictionary, as HTML.

They are Python-Markdown with the extensions of mkdocs.yml, as the pages in docs/ are, and trusted like
them. What strangers write never comes here: records are rendered by `pages.markdown`.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from html import unescape
from typing import Any, Final

from markdown import Markdown
from markupsafe import Markup

from kunskapsbank.pages.frames import rebased

Extensions = Sequence[str | Mapping[str, Mapping[str, Any] | None]]
"""As mkdocs.yml lists them: names, or names with their options."""

_ONE_PARAGRAPH: Final = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")


class Texts:
    """Renders texts, each of them once."""

    def __init__(self, extensions: Extensions) -> None:
        self._extensions = extensions
        self.html = cache(self._html)

    @cached_property
    def _markdown(self) -> Markdown:
        """Made with the first text: an extension that is missing is told of by the site engine, which needs it too."""
        options = {
            name: dict(its or {})
            for one in self._extensions
            if not isinstance(one, str)
            for name, its in one.items()
        }
        names = [name for one in self._extensions for name in ([one] if isinstance(one, str) else one)]
        return Markdown(extensions=names, extension_configs=options)

    def _html(self, text: str) -> Markup:
        """Blocks. Addresses start from the site's root: `/metoder/` is the list of methods."""
        return Markup(rebased(self._markdown.reset().convert(text), ""))  # noqa: S704  # maintainers are trusted

    def line(self, text: str) -> Markup:
        """The same to stand inside a paragraph; a text of several blocks is left as it is."""
        html = self.html(text)
        one = _ONE_PARAGRAPH.fullmatch(html)
        return Markup(one[1]) if one else html  # noqa: S704  # see above

    def plain(self, text: str) -> str:
        """The words alone, for places that hold no markup."""
        return " ".join(unescape(_TAG.sub("", self.html(text))).split())
