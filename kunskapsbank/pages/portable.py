"""Pages that work from a disk too: their scripts start in a way that browsers allow where there is no host.

From `file:` no browser loads modules or reads other files. A page's module is started by a small script of
the old kind, which from a disk starts what can do without: the search of `search.local`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.frames import Frame, Rendered
from kunskapsbank.pages.markdown import ROOT

START: Final = "assets/fil/start.js"
SEARCH_SLOT: Final = "search"

_MODULE: Final = re.compile(rf'<script type="module" src="({ROOT}[^"]*)"></script>')


def portable(rendered: Rendered, from_disk: Mapping[str, tuple[str, ...]]) -> Rendered:
    """`from_disk` are the scripts, from the root, that a page with a slot starts in the place of its module."""
    frames = {path: _frame(frame, from_disk) for path, frame in rendered.frames.items()}
    return Rendered(frames, rendered.assets)


def _frame(frame: Frame, from_disk: Mapping[str, tuple[str, ...]]) -> Frame:
    own = next((scripts for slot, scripts in from_disk.items() if slot in frame.slots), ())
    data = f' data-fil="{" ".join(ROOT + script for script in own)}"' if own else ""
    start = rf'<script defer src="{ROOT}{START}" data-modul="\1"{data}></script>'
    return replace(frame, parts=tuple(_MODULE.sub(start, part) for part in frame.parts))


def makers() -> Iterator[Maker]:
    content = (Path(__file__).parent / "start.js").read_bytes()
    yield Maker(START, partial(Made, content), is_permanent=False)
