"""A client of a language server: JSON-RPC over the server's standard input and output, nothing more."""

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

PATIENCE: Final = 60
"""So many seconds a test waits for an answer before it fails."""

Message = dict[str, Any]


class Server:
    """A running server that has said what it can do. `settings` are those that an editor has for it."""

    def __init__(self, process: subprocess.Popen[bytes], settings: Mapping[str, Any]) -> None:
        self._process, self._settings = process, settings
        self._received: queue.Queue[Message | None] = queue.Queue()
        self._asked = 0
        self._diagnoses: dict[str, list[Message]] = {}
        self._has_settings = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def request(self, method: str, params: Any) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == self._asked and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def begin(self, folder: Path) -> None:
        """Opens a folder in the server, and gives it the settings that it asks for."""
        self.request("initialize", _introduction(folder))
        self.notify("initialized", {})
        while not self._has_settings:
            self._next()

    def open(self, uri: str, language: str, text: str) -> None:
        """Opens a document. An address is opened once, since what is said of it may come late."""
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def diagnoses(self, uri: str) -> list[Message]:
        """What is wrong with an open document."""
        while uri not in self._diagnoses:
            self._next()
        return self._diagnoses[uri]

    def completions(self, uri: str, line: int, character: int) -> list[Message]:
        """Lines and characters count from 0 here and below, as the protocol does."""
        found = self.request("textDocument/completion", _at(uri, line, character))
        return list(found["items"] if isinstance(found, dict) else found or ())

    def hover(self, uri: str, line: int, character: int) -> str:
        found = self.request("textDocument/hover", _at(uri, line, character))
        return str(found["contents"]["value"]) if found else ""

    def end(self) -> int:
        """Asks the server to end, as an editor does that is closed."""
        self.request("shutdown", None)
        self.notify("exit", None)
        code = self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def _next(self) -> Message:
        message = self._received.get(timeout=PATIENCE)
        assert message is not None, "the server has ended"
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnoses[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        return message

    def _answer(self, message: Message) -> Any:
        """What the server asks of an editor: its settings, part by part."""
        if message["method"] != "workspace/configuration":
            return None
        self._has_settings = True
        return [self._settings.get(item["section"]) for item in message["params"]["items"]]

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _read(self) -> None:
        """Runs beside the test and hands on what the server says; None at the end."""
        assert self._process.stdout
        while head := self._process.stdout.readline():
            size = 0
            while head.strip():
                name, _, value = head.partition(b":")
                size = int(value) if name.lower() == b"content-length" else size
                head = self._process.stdout.readline()
            self._received.put(json.loads(self._process.stdout.read(size)))
        self._received.put(None)


def _at(uri: str, line: int, character: int) -> Message:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


@contextmanager
def running(command: list[str], folder: Path, settings: Mapping[str, Any]) -> Iterator[Server]:
    """A server for a folder while the context lasts. It must end by itself when it is told to."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder
    ) as process:
        try:
            server = Server(process, settings)
            server.begin(folder)
            yield server
            assert server.end() == 0
        finally:
            process.kill()


def _introduction(folder: Path) -> Message:
    """What an editor says of itself."""
    completion = {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}}
    return {
        "processId": None,
        "rootUri": folder.as_uri(),
        "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
        "capabilities": {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {"completion": completion, "hover": {"contentFormat": ["markdown"]}},
        },
    }
