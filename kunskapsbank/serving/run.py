"""The preview from start to end: waits for saves, shows what comes of them and tells the terminal a line."""

import gc
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Final

from kunskapsbank.serving.board import Board
from kunskapsbank.serving.preview import Preview
from kunskapsbank.serving.server import LOOPBACK, server
from kunskapsbank.serving.tree import saves

NAMED: Final = 3
"""As many saved files are named in a line."""

Tell = Callable[[str], None]


def serve(source: Path, preview: Preview, port: int, cores: int, tell: Tell) -> None:
    """Serves until the writer has had enough (Ctrl-C). Raises `OSError` where the port is taken, or when the
    source is gone."""
    board = Board()
    gc.enable()  # a preview lives long
    with server(
        board, port
    ) as running:  # the port is ours from here on; whoever asks waits for the first turn
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        try:
            _follow(source, preview, board, cores, tell, lambda: _open(thread, running.server_port, tell))
        except KeyboardInterrupt:
            tell("Avslutat.")
        finally:
            board.close()
            preview.framing.close()
            if thread.is_alive():
                running.shutdown()
            if board.now.pages:
                board.now.pages.rest()


def _open(thread: Thread, port: int, tell: Tell) -> None:
    thread.start()
    tell(f"Webbplatsen visas på http://{LOOPBACK}:{port}/ – avsluta med Ctrl-C.")


def _follow(
    source: Path, preview: Preview, board: Board, cores: int, tell: Tell, begin: Callable[[], None]
) -> None:
    """`begin` is called when there is something to show."""
    preview.prepare()
    for saved in saves(source, preview.folders):
        first = not board.now.number
        if not (saved or first or preview.framing.done):
            continue
        start = perf_counter()
        shown = preview.turn(saved, cores if first else 1)
        took = f"{perf_counter() - start:.2f} s".replace(".", ",")
        what = _named(saved) or ("Posterna är kontrollerade" if first else "De handskrivna sidorna är klara")
        waiting = shown.number == board.now.number
        tell(f"{what}: de handskrivna sidorna görs om …" if waiting else f"{what} ({took}): {shown.summary}")
        board.show(shown)
        if first:
            begin()


def _named(saved: frozenset[str]) -> str:
    """The first of the files by name, with signs that a terminal could take for orders left out."""
    names = ["".join(c if c.isprintable() else "?" for c in path) for path in sorted(saved)[:NAMED]]
    more = f" och {len(saved) - NAMED} till" if len(saved) > NAMED else ""
    return ", ".join(names) + more
