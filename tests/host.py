"""Serves a built site: plainly, or as a host on the net would, compressed and with the headers of `_headers`."""

import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

COMPRESSED: Final = ("text/", "application/json", "application/xml", "image/svg+xml")
"""Kinds of content that are sent compressed: how their media types begin."""

LOOPBACK: Final = "127.0.0.1"


def headers_for_all(site: Path) -> Mapping[str, str]:
    """The headers that `_headers` gives every address; our file has no rule but that one."""
    rule, *lines = (site / "_headers").read_text("utf-8").splitlines()
    assert rule == "/*"
    return dict(line.strip().split(": ", 1) for line in lines)


class _Host(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 1.0  # seconds: so long a connection is kept for more

    def __init__(self, *args: Any, headers: Mapping[str, str], **options: Any) -> None:
        self._extra = headers
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if file.is_file():
            self._answer(HTTPStatus.OK, file)
        else:
            self._answer(HTTPStatus.NOT_FOUND, Path(self.directory) / "404.html")

    def _answer(self, status: HTTPStatus, file: Path) -> None:
        content, kind = file.read_bytes(), self.guess_type(file)
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if kind.startswith(COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        for name, value in self._extra.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


class _Plain(SimpleHTTPRequestHandler):
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
        """Quiet."""


def plain(folder: Path) -> ThreadingHTTPServer:
    """A server of the files in a folder, on the loopback address."""
    return ThreadingHTTPServer((LOOPBACK, 0), partial(_Plain, directory=str(folder)))


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    """Waited for at the end, so that no thread is left for tests that fork."""


@contextmanager
def hosting(site: Path) -> Iterator[str]:
    """The address, without a slash at the end, of the site on a host while the context lasts."""
    handler = partial(_Host, directory=str(site), headers=headers_for_all(site))
    with running(_Server((LOOPBACK, 0), handler)) as served:
        yield served


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[str]:
    """The address of a server on the loopback address, which runs while the context lasts."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
