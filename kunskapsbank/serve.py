"""Shows a built site on this machine only."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

LOOPBACK: Final = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    """Serves files, and the site's own page where there is none."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def list_directory(self, path: object) -> None:
        """A folder without a page is no page."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *_: Any) -> None:
        """Quiet: what is asked for is of no interest to a writer."""


def server(site: Path, port: int) -> ThreadingHTTPServer:
    """A server on the loopback address; port 0 takes any that is free. Raises `OSError` where it is taken."""
    return ThreadingHTTPServer((LOOPBACK, port), partial(_Handler, directory=str(site)))


def serve(site: Path, port: int, tell: Callable[[str], None]) -> int:
    """Serves until the reader has had enough (Ctrl-C)."""
    with server(site, port) as running:
        tell(f"Webbplatsen visas på http://{LOOPBACK}:{running.server_port}/ – avsluta med Ctrl-C.")
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            tell("Avslutat.")
    return 0
