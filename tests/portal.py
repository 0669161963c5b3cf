"""A portal that shows the site in its own pages: two servers, and so two origins to a browser.

Links lead to the site's address in its settings, where no server is: what would be asked for there is told
and goes no further.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, NamedTuple

from host import LOOPBACK, running
from playwright.sync_api import Browser, BrowserContext
from sites_support import EMBEDS

HOME: Final = "https://kunskapsbanken.example/"
WATCH: Final = """
window.broken = [];
document.addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective));
"""


class _Site(SimpleHTTPRequestHandler):
    """Lets any page read its scripts, which a browser asks for before it holds them to a digest."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


class _Portal(BaseHTTPRequestHandler):
    """Shows the pages that a test has laid there, with their policy."""

    def __init__(self, *args: Any, laid: dict[str, tuple[str, str]], **options: Any) -> None:
        self._laid = laid
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        html, policy = self._laid.get(self.path, ("", ""))
        content = html.encode()
        self.send_response(200 if html else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


class Hosts(NamedTuple):
    """Two addresses with a slash at the end, the pages of the portal, and the files of the site."""

    site: str
    portal: str
    laid: dict[str, tuple[str, str]]
    files: Path

    def lay(self, html: str, policy: str = "", path: str = "/") -> str:
        """Puts a page on the portal; gives its address."""
        self.laid[path] = (html, policy)
        return self.portal.removesuffix("/") + path

    def frame(self, path: str, attributes: str = "") -> str:
        return f'<iframe src="{self.site}{path}" title="Exempel" width="100%" height="150" {attributes}></iframe>'

    def fitting(self) -> str:
        """The element for the script that fits frames, held to its digest."""
        return self._script(self._integrity())

    def elements(self) -> str:
        """The element for the script of the custom elements, held to its digest."""
        return self._script(self._integrity()["element"])

    def _integrity(self) -> Any:
        return json.loads((self.files / EMBEDS / "integritet.json").read_text("utf-8"))

    def _script(self, said: Any) -> str:
        address = said["address"].replace(HOME, self.site)
        return (
            f'<script src="{address}" integrity="{said["integrity"]}" crossorigin="anonymous" async></script>'
        )

    @property
    def strict(self) -> str:
        """The policy of a portal that lets nothing but us in."""
        origin = self.site.removesuffix("/")
        return f"default-src 'none'; script-src {origin}; frame-src {origin}"

    @property
    def strict_for_elements(self) -> str:
        """The same, where elements may fetch what they show."""
        origin = self.site.removesuffix("/")
        return f"default-src 'none'; script-src {origin}; connect-src {origin}"


@contextmanager
def hosting(files: Path) -> Iterator[Hosts]:
    """The two servers while the context lasts."""
    laid: dict[str, tuple[str, str]] = {}
    site = ThreadingHTTPServer((LOOPBACK, 0), partial(_Site, directory=str(files)))
    portal = ThreadingHTTPServer((LOOPBACK, 0), partial(_Portal, laid=laid))
    with running(site) as ours, running(portal) as theirs:
        yield Hosts(f"{ours}/", f"{theirs}/", laid, files)


def opened(browser: Browser, **options: Any) -> BrowserContext:
    context = browser.new_context(locale="sv-SE", **options)
    context.set_default_timeout(10_000)
    context.add_init_script(WATCH)
    context.route(f"{HOME}**", lambda route: route.fulfill(body="<!doctype html><title>Framme</title>"))
    return context
