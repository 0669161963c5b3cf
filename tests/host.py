"""Serves a built site: plainly, or as a host on the net would, compressed and with the headers of `_headers`."""

import gzip
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

COMPRESSED: Final = ("text/", "application/json", "application/xml", "image/svg+xml")
"""Kinds of content that are sent compressed: how their media types begin."""

LOOPBACK: Final = "127.0.0.1"


class Rule(NamedTuple):
    """A rule of `_headers`: the addresses that it is for, as it says so, and their headers."""

    pattern: str
    headers: Mapping[str, str]

    def fits(self, address: str) -> bool:
        """By the words that hosts share: `*` is whatever follows, `:name` is one step of a path."""
        steps = re.split(r"(\*|:[a-z]+)", self.pattern)
        known = (".*" if s == "*" else "[^/]+" if s.startswith(":") else re.escape(s) for s in steps)
        return re.fullmatch("".join(known), address) is not None


def rules_of(site: Path) -> list[Rule]:
    """The rules of `_headers`, which has lines of two kinds only, and no header twice in a rule."""
    rules: list[tuple[str, dict[str, str]]] = []
    for line in (site / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
            continue
        assert re.fullmatch(r"  [A-Z][A-Za-z-]+: \S.*", line), line
        name, value = line.strip().split(": ", 1)
        assert name not in rules[-1][1], line
        rules[-1][1][name] = value
    return [Rule(pattern, headers) for pattern, headers in rules]


def headers_for_all(site: Path) -> Mapping[str, str]:
    """The headers that `_headers` gives every address; there is one such rule, and it is the first."""
    first, *others = rules_of(site)
    assert first.pattern == "/*"
    assert [rule.pattern for rule in others if rule.fits("/finns/inte")] == []
    return first.headers


def headers_for(rules: Sequence[Rule], address: str, *, adding: bool = True) -> Mapping[str, str]:
    """What a host sends with an address. Where several rules give a header, hosts of one kind add up their
    values, and those of the other send the last one's."""
    found: dict[str, str] = {}
    for rule in rules:
        if rule.fits(address):
            for name, value in rule.headers.items():
                found[name] = f"{found[name]}, {value}" if adding and name in found else value
    return found


class _Host(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 1.0  # seconds: so long a connection is kept for more

    def __init__(self, *args: Any, rules: Sequence[Rule], adding: bool, **options: Any) -> None:
        self._rules, self._adding = rules, adding
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
        address = urlsplit(self.path).path
        for name, value in headers_for(self._rules, address, adding=self._adding).items():
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
def hosting(site: Path, *, adding: bool = True) -> Iterator[str]:
    """The address, without a slash at the end, of the site on a host while the context lasts. `adding` says
    of which kind it is (`headers_for`)."""
    assert headers_for_all(site)
    handler = partial(_Host, directory=str(site), rules=rules_of(site), adding=adding)
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
