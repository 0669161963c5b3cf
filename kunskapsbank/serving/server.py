"""HTTP for the preview, on the loopback address only: pages as a static host serves them, and the channel.

Nothing is read from the disk by an address: there are the files that the site consists of, by their paths,
and no others. What comes under another name than this machine's own is refused, so that a page elsewhere
can't have its name lead here (DNS rebinding).
"""

import os
import re
import secrets
import sys
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import MimeTypes
from typing import Any, Final
from urllib.parse import quote, unquote

from kunskapsbank.background import EngineError
from kunskapsbank.pages.site import INDEX, MISSING
from kunskapsbank.serving import client
from kunskapsbank.serving.board import Board, Shown
from kunskapsbank.serving.pages import Pages

LOOPBACK: Final = "127.0.0.1"
_OWN_NAME: Final = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?", re.IGNORECASE)
"""What this machine is called in an address that may be asked for."""

HEARTBEAT: Final = 15.0
"""Seconds between signs of life to those who wait, by which those who have left are noticed."""

_HTML: Final = "text/html"
_KINDS: Final = {
    ".html": _HTML,
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".ics": "text/calendar",
    ".rdf": "application/rdf+xml",
    ".ttl": "text/turtle",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".conf": "text/plain",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
"""The same on every machine; other kinds by Python's own list, which a system may not add to."""
_OTHER_KINDS: Final = MimeTypes(())


def kind_of(path: str) -> str:
    ending = os.path.splitext(path)[1]
    return _KINDS.get(ending) or _OTHER_KINDS.guess_type(path)[0] or "application/octet-stream"


def path_in(pages: Pages, address: str) -> str | None:
    """The file of the site that an address asks for, whether there is one or not; None outside the site."""
    path = unquote(address.partition("?")[0])
    if not path.startswith(pages.base_path):
        return None
    inside = path.removeprefix(pages.base_path)
    return f"{inside}{INDEX}" if not inside or inside.endswith("/") else inside


def moved(pages: Pages, address: str) -> str | None:
    """Where a host sends on a reader who left out the last slash, or the folder that the site lies in."""
    path, _, query = address.partition("?")
    plain = unquote(path)
    if plain == "/" or f"{plain}/" == pages.base_path:
        target = pages.base_path
    else:
        inside = path_in(pages, address)
        if inside is None or f"{inside}/{INDEX}" not in pages.paths:
            return None
        target = f"{pages.base_path}{inside}/"
    return quote(target) + (f"?{query}" if query else "")


class _Handler(BaseHTTPRequestHandler):
    server_version, sys_version = "Kunskapsbanken", ""
    timeout = 20.0  # seconds that a browser may keep us waiting

    def __init__(self, *given: Any, board: Board, run: str) -> None:
        self._board, self._run = board, run
        super().__init__(*given)

    def do_GET(self) -> None:
        if not _OWN_NAME.fullmatch(self.headers.get("Host", "")):
            self._say(HTTPStatus.FORBIDDEN, "Förhandsvisningen finns bara på den här datorn.")
        elif self.path == client.EVENTS:
            self._tell_events()
        elif (own := client.file(self.path)) is not None:
            self._answer(HTTPStatus.OK, own, kind_of(self.path))
        else:
            self._show(self._board.now)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _show(self, shown: Shown) -> None:
        pages = shown.pages
        if pages is None:
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, client.report_page(shown, self._run), _HTML)
            return
        path = path_in(pages, self.path)
        try:
            content = pages.content(path) if path else None
            if path and content is not None:
                self._page(HTTPStatus.OK, path, content, shown)
            elif target := moved(pages, self.path):
                self._say(HTTPStatus.FOUND, "Sidan finns på en annan adress.", Location=target)
            else:
                missing = pages.content(MISSING) or b""
                self._page(HTTPStatus.NOT_FOUND, MISSING, missing, shown)
        except EngineError as error:
            self._say(HTTPStatus.SERVICE_UNAVAILABLE, str(error))

    def _page(self, status: HTTPStatus, path: str, content: bytes, shown: Shown) -> None:
        kind = kind_of(path)
        if kind == _HTML:
            content = client.with_script(content, shown, self._run)
        self._answer(status, content, kind)

    def _say(self, status: HTTPStatus, sentence: str, **headers: str) -> None:
        self._answer(status, f"{sentence}\n".encode(), "text/plain", **headers)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """For other methods, and for what can't be understood as a request."""
        del message, explain
        if code == HTTPStatus.NOT_IMPLEMENTED:
            self._say(HTTPStatus.METHOD_NOT_ALLOWED, "Här går det bara att läsa.", Allow="GET, HEAD")
            return
        self._say(HTTPStatus(code), "Det gick inte att förstå frågan.")

    def _answer(self, status: HTTPStatus, content: bytes, kind: str, **headers: str) -> None:
        self._head(status, kind, {"Content-Length": str(len(content)), **headers})
        if self.command != "HEAD":
            self.wfile.write(content)

    def _head(self, status: HTTPStatus, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _tell_events(self) -> None:
        """What is shown now and every next, until the browser leaves or the preview ends."""
        with self._board.seat() as seated:
            if not seated:
                self._say(HTTPStatus.SERVICE_UNAVAILABLE, "För många väntar redan.")
                return
            self._head(HTTPStatus.OK, "text/event-stream", {})
            if self.command == "HEAD":
                return
            self.wfile.write(b"retry: 500\n\n")
            number = -1
            while True:
                shown = self._board.after(number, HEARTBEAT)
                if self._board.closed:
                    return
                number = shown.number if shown else number
                self.wfile.write(client.event(shown, self._run) if shown else b":\n\n")

    def log_message(self, *_: Any) -> None:
        """Quiet: what is asked for is of no interest to a writer."""


class _Server(ThreadingHTTPServer):
    allow_reuse_address = os.name != "nt"  # there it would let two previews have the same port
    request_queue_size = 128  # with the five that are usual, a page with many pictures waits for seconds

    def handle_error(self, *given: Any) -> None:
        """A browser that breaks off is no fault."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(*given)


def server(board: Board, port: int) -> ThreadingHTTPServer:
    """A server of what the board shows; port 0 takes any that is free. Raises `OSError` where it is taken."""
    return _Server((LOOPBACK, port), partial(_Handler, board=board, run=secrets.token_hex(4)))
