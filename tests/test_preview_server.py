"""The server of the live preview: what it answers to whom, and how those who wait are told of the next."""

import http.client
import json
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import pytest
from host import running
from sites_support import element

from kunskapsbank.background import EngineError
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.policy import POLICY
from kunskapsbank.serving import client
from kunskapsbank.serving.board import NOTHING, Board, Shown
from kunskapsbank.serving.pages import Late, Pages
from kunskapsbank.serving.server import LOOPBACK, kind_of, moved, path_in, server

FILES: Final = {
    "index.html": "<html><head><title>Start</title></head><p>Start",
    "exempel/index.html": "<html><head></head><p>Exempel",
    "exempel/a&å/index.html": "<html><head></head><p>Å",
    "bit/index.html": "<p>Bara en bit",
    "404.html": "<html><head></head><p>Finns inte",
    "feed.xml": "<feed></head></feed>",
    "assets/a.css": "a {}",
    "assets/a.js": "a",
    "assets/a.png": "a",
    "val.json": "{}",
    "_headers": "/*",
}
HOSTILE: Final = 'examples/a.md:1:1: fel\n  </pre></script><script>alert("x")</script> & <b>'


def site(base_path: str = "/", files: Mapping[str, str] = FILES, late: Late | None = None) -> Pages:
    makers = [Maker(path, partial(Made, text.encode())) for path, text in files.items()]
    return Pages(makers, late, base_path)


def good(number: int, pages: Pages) -> Shown:
    return Shown(number, number, pages, "", "")


class Asker:
    """Asks a running server, and gives status, headers and content."""

    def __init__(self, board: Board, address: str) -> None:
        self.board, self.place = board, urlsplit(address).netloc

    def ask(
        self, path: str, method: str = "GET", host: str | None = None
    ) -> tuple[int, Mapping[str, str], str]:
        with closing(http.client.HTTPConnection(self.place, timeout=20)) as connection:
            connection.putrequest(method, path, skip_host=True)
            if host != "":
                connection.putheader("Host", host or self.place)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()

    def events(self, connection: http.client.HTTPConnection) -> http.client.HTTPResponse:
        connection.request("GET", client.EVENTS)
        return connection.getresponse()


@pytest.fixture
def asker() -> Iterator[Asker]:
    board = Board(seats=3)
    board.show(good(1, site()))
    with running(server(board, 0)) as address:
        yield Asker(board, address)
        board.close()


def next_event(answer: http.client.HTTPResponse) -> dict[str, str]:
    while line := answer.readline():
        if line.startswith(b"data: "):
            told: dict[str, str] = json.loads(line.removeprefix(b"data: "))
            return told
    pytest.fail("the channel ended")


# Pages


@pytest.mark.parametrize(
    ("path", "status", "inside"),
    [
        ("/", 200, "Start"),
        ("/index.html", 200, "Start"),
        ("/?q=1", 200, "Start"),
        ("/exempel/", 200, "Exempel"),
        ("/exempel/a%26%C3%A5/", 200, "Å"),
        ("/val.json", 200, "{}"),
        ("/finns-inte/", 404, "Finns inte"),
        ("/bit/x", 404, "Finns inte"),
        ("/assets/", 404, "Finns inte"),
        ("/assets", 404, "Finns inte"),
        ("/../../etc/passwd", 404, "Finns inte"),
        ("/..%2f..%2fetc%2fpasswd", 404, "Finns inte"),
        ("/%ff", 404, "Finns inte"),
        ("/_forhandsvisning/", 404, "Finns inte"),
        ("/_forhandsvisning/../server.py", 404, "Finns inte"),
        ("//[", 404, "Finns inte"),
        ("http://annan.example/", 404, "Finns inte"),
        ("*", 404, "Finns inte"),
    ],
)
def test_an_address_gives_what_a_host_would(path: str, status: int, inside: str, asker: Asker) -> None:
    found, _, content = asker.ask(path)
    assert (found, inside in content) == (status, True)


@pytest.mark.parametrize(
    ("base", "path", "to"),
    [
        ("/", "/exempel", "/exempel/"),
        ("/", "/exempel?sida=2", "/exempel/?sida=2"),
        ("/", "/exempel/a%26%C3%A5", "/exempel/a%26%C3%A5/"),
        ("/mapp/bank/", "/", "/mapp/bank/"),
        ("/mapp/bank/", "/mapp/bank", "/mapp/bank/"),
        ("/mapp/bank/", "/mapp/bank/exempel", "/mapp/bank/exempel/"),
    ],
)
def test_a_reader_is_sent_on_as_by_a_host(base: str, path: str, to: str, asker: Asker) -> None:
    asker.board.show(good(2, site(base)))
    status, headers, _ = asker.ask(path)
    assert (status, headers["Location"]) == (302, to)
    assert asker.ask(to)[0] == 200


def test_nobody_is_sent_elsewhere(asker: Asker) -> None:
    """An address that begins with two slashes names a host."""
    pages = site()
    assert moved(pages, "//exempel") is None
    assert path_in(pages, "//exempel/") not in pages.paths
    assert asker.ask("//exempel")[1].get("Location") in (None, "/exempel/")


def test_a_site_in_a_folder_is_there_and_nowhere_else(asker: Asker) -> None:
    asker.board.show(good(2, site("/mapp/bank/")))
    assert asker.ask("/mapp/bank/exempel/")[0] == 200
    for path in ("/exempel/", "/mapp/", "/mapp/banken/"):
        status, _, content = asker.ask(path)
        assert (status, "Finns inte" in content) == (404, True)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/xml"),
        ("/assets/a.css", "text/css; charset=utf-8"),
        ("/assets/a.js", "text/javascript; charset=utf-8"),
        ("/assets/a.png", "image/png"),
        ("/val.json", "application/json"),
        ("/_headers", "application/octet-stream"),
        ("/_forhandsvisning/sida.js", "text/javascript; charset=utf-8"),
        ("/_forhandsvisning/kanal.js", "text/javascript; charset=utf-8"),
        ("/_forhandsvisning/sida.css", "text/css; charset=utf-8"),
    ],
)
def test_every_answer_says_what_it_is_and_is_not_kept(path: str, kind: str, asker: Asker) -> None:
    status, headers, content = asker.ask(path)
    assert (status, headers["Content-Type"]) == (200, kind)
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    without = asker.ask(path, "HEAD")
    assert (without[0], without[1]["Content-Length"], without[2]) == (200, str(len(content.encode())), "")


def test_other_kinds_are_known() -> None:
    assert kind_of("a/b.wasm") == "application/wasm"
    assert kind_of("kalender.ics") == "text/calendar"
    assert kind_of("sok/pagefind/x.pf_meta") == "application/octet-stream"


def test_a_file_that_needs_what_is_missing_says_so(asker: Asker) -> None:
    def missing() -> list[Maker]:
        raise EngineError("Sökmotorn är inte installerad.")

    asker.board.show(good(2, site(late=Late("sok", missing))))
    assert asker.ask("/sok/val.json")[::2] == (503, "Sökmotorn är inte installerad.\n")


# Who may ask


@pytest.mark.parametrize("host", ["127.0.0.1:80", "localhost", "LOCALHOST:1", "[::1]:8000"])
def test_this_machines_own_names_are_answered(host: str, asker: Asker) -> None:
    assert asker.ask("/", host=host)[0] == 200


@pytest.mark.parametrize(
    "host",
    ["annan.example", "annan.example:80", "127.0.0.1.annan.example", "localhost@annan.example", "", "["],
)
@pytest.mark.parametrize("path", ["/", client.EVENTS, "/_forhandsvisning/sida.js", "/finns-inte"])
def test_other_names_are_refused(host: str, path: str, asker: Asker) -> None:
    status, _, content = asker.ask(path, host=host)
    assert (status, content) == (403, "Förhandsvisningen finns bara på den här datorn.\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "NONSENS"])
def test_one_can_only_read(method: str, asker: Asker) -> None:
    status, headers, _ = asker.ask("/", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


def test_many_browsers_can_ask_at_once() -> None:
    """They wait for their turn instead of for their system's second try, which comes after seconds."""
    with server(Board(), 0) as made:
        waiting = [socket.create_connection((LOOPBACK, made.server_port), timeout=5) for _ in range(100)]
        for one in waiting:
            one.close()


def test_only_this_machine_is_listened_to() -> None:
    with server(Board(), 0) as made:
        assert made.server_address[0] == "127.0.0.1"


# What is put into pages


def test_pages_get_the_script_in_what_is_served_only(asker: Asker) -> None:
    content = asker.ask("/exempel/")[2]
    script = element(content, "head script")
    assert script.attributes["src"] == "/_forhandsvisning/sida.js"
    assert "defer" in script.attributes
    assert element(content, "head link[rel=stylesheet]").attributes["href"] == "/_forhandsvisning/sida.css"
    assert script.text() == ""
    assert asker.ask("/bit/")[2] == FILES["bit/index.html"]
    assert asker.ask("/feed.xml")[2] == FILES["feed.xml"]
    assert "sida.js" in asker.ask("/finns-inte/")[2]


def page_version(asker: Asker, path: str = "/") -> str:
    return str(element(asker.ask(path)[2], "script[data-page]").attributes["data-page"])


def test_without_any_good_page_the_report_is_the_page(asker: Asker) -> None:
    asker.board.show(NOTHING._replace(number=2, report=HOSTILE))
    for path in ("/", "/exempel/", "/finns-inte"):
        status, _, content = asker.ask(path)
        assert status == 503
        assert element(content, "main pre").text() == HOSTILE
        assert re.findall("<script", content) == ["<script"]
        assert element(content, "meta[http-equiv]").attributes["content"] == POLICY
        assert " style=" not in content
    first = page_version(asker)
    asker.board.show(NOTHING._replace(number=3, report="annat"))
    assert page_version(asker) != first


# The channel


def test_who_comes_is_told_what_is_shown_and_then_every_next(asker: Asker) -> None:
    """So nothing is lost between the loading of a page and its first word on the channel."""
    pages = site()
    asker.board.show(good(2, pages))
    version = page_version(asker)
    asker.board.show(good(3, pages))  # after the page, before the channel
    with closing(http.client.HTTPConnection(asker.place, timeout=20)) as connection:
        answer = asker.events(connection)
        assert answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"
        told = next_event(answer)
        assert told == {"page": page_version(asker), "report": ""}
        assert told["page"] != version
        asker.board.show(Shown(4, 3, pages, HOSTILE, ""))
        assert next_event(answer) == {"page": told["page"], "report": HOSTILE}
        assert page_version(asker) == told["page"]
        asker.board.show(good(5, pages))
        assert next_event(answer) == {"page": page_version(asker), "report": ""}


def test_the_report_is_not_laid_over_itself(asker: Asker) -> None:
    asker.board.show(NOTHING._replace(number=2, report="fel"))
    with closing(http.client.HTTPConnection(asker.place, timeout=20)) as connection:
        assert next_event(asker.events(connection)) == {"page": page_version(asker), "report": ""}


def test_another_run_has_other_versions() -> None:
    board = Board()
    board.show(good(1, site()))
    with running(server(board, 0)) as one, running(server(board, 0)) as other:
        assert page_version(Asker(board, one)) != page_version(Asker(board, other))


def test_so_many_can_wait_and_no_more_and_all_go_home_at_the_end(asker: Asker) -> None:
    connections = [http.client.HTTPConnection(asker.place, timeout=20) for _ in range(3)]
    answers = [asker.events(connection) for connection in connections]
    told = [next_event(answer)["page"] for answer in answers]
    assert len(set(told)) == 1
    assert asker.ask(client.EVENTS)[0] == 503
    assert asker.ask("/")[0] == 200
    asker.board.show(good(2, site()))
    assert [next_event(answer)["page"] for answer in answers] != told
    asker.board.close()
    assert [answer.read().strip() for answer in answers] == [b""] * 3
    for connection in connections:
        connection.close()


def test_who_has_left_gives_up_the_seat() -> None:
    board = Board(seats=1)
    with board.seat() as first, board.seat() as second:
        assert (first, second) == (True, False)
    with board.seat() as third:
        assert third


def test_a_board_wakes_who_waits_and_tells_who_waited_in_vain() -> None:
    board = Board()
    assert board.after(0, 0.01) is None
    shown = good(1, site())
    found: list[Shown | None] = []
    waiting = threading.Thread(target=lambda: found.append(board.after(0, 20)))
    waiting.start()
    board.show(shown)
    waiting.join(20)
    assert found == [shown]
    board.close()
    assert board.after(0, 20) is None
