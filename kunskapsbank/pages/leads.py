"""Where addresses lead: from the `ROOT` mark to a page's own site, or to the one that the site is a part of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kunskapsbank.pages.markdown import ROOT

_MARKED: Final = re.compile(rf'{ROOT}([^{ROOT}"#?<>\s]*)')


@dataclass(frozen=True, slots=True, eq=False)
class Leads:
    """`elsewhere` gives the whole address of what lies on another site by its address from the root.

    `file` is added to the address of a folder, so that pages lead to each other where no host finds the
    page of a folder, as when they are opened from a disk.
    """

    elsewhere: Mapping[str, str]
    file: str = ""

    def on_page(self, html: str, way: str) -> str:
        """`way` leads from the page to the root."""
        return self._led(html, way, self.file)

    def whole(self, html: str, site_url: str) -> str:
        """For what is read outside the site."""
        return self._led(html, site_url, "")

    def _led(self, html: str, way: str, file: str) -> str:
        if not self.elsewhere and not file:
            return html.replace(ROOT, way)

        def led(match: re.Match[str]) -> str:
            address = match[1]
            if address in self.elsewhere:
                return self.elsewhere[address]
            return way + address + (file if not address or address.endswith("/") else "")

        return _MARKED.sub(led, html)


HERE: Final = Leads({})
"""A site that is no part of another."""
