"""The search of pages that are opened from a disk: a script with the words of every record, and one that looks.

Browsers let no such page read other files, so the search engine can't run there. This one is simple: all the
words of a query must be somewhere in the record's text.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any, Final

from kunskapsbank.checks.record import Record
from kunskapsbank.library.lists import SEARCH_PATH
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.portable import SEARCH_SLOT
from kunskapsbank.pages.views import Viewer
from kunskapsbank.search.entries import text_of

RECORDS_FILE: Final = f"{SEARCH_PATH}/fil/sidor.js"
SCRIPT_FILE: Final = f"{SEARCH_PATH}/fil/sok.js"

SCRIPTS: Final[Mapping[str, tuple[str, ...]]] = {SEARCH_SLOT: (RECORDS_FILE, SCRIPT_FILE)}
"""What a page with the search runs, in this order."""

_MARKUP: Final = re.compile(r"<head>.*?</head>|<[^>]*>", re.DOTALL)


def makers(viewer: Viewer) -> Iterator[Maker]:
    yield Maker(RECORDS_FILE, partial(_records, viewer), is_permanent=False)
    script = (Path(__file__).parent / "fil" / "sok.js").read_bytes()
    yield Maker(SCRIPT_FILE, partial(Made, script), is_permanent=False)


def _records(viewer: Viewer) -> Made:
    data = [_data(record, viewer) for record in viewer.library.all_records()]
    # With < escaped the data could stand on a page too.
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Made(f"window.kunskapsbankensSidor = {written};\n".encode())


def _data(record: Record, viewer: Viewer) -> dict[str, Any]:
    card = viewer.card(record)
    text = unescape(_MARKUP.sub(" ", text_of(record, viewer)))
    return {
        "title": card.title,
        "address": f"{viewer.library.address(record)}index.html",
        "summary": card.summary,
        "words": [card.kind, *card.words],
        "text": " ".join(text.split()),
    }
