"""Pouring: a frame's slots filled for one page, and its addresses made to fit where the page lies."""

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Final

from kunskapsbank.pages.frames import Frame
from kunskapsbank.pages.leads import HERE, Leads
from kunskapsbank.pages.policy import POLICY

_POLICY: Final = escape(POLICY)


def root_of(path: str) -> str:
    """The way from a page to the site's root: "./", "../", "../../" …"""
    return "../" * path.count("/") or "./"


def pour(
    frame: Frame,
    path: str,
    words: Mapping[str, str],
    fragments: Mapping[str, str],
    root: str | None = None,
    leads: Leads = HERE,
) -> bytes:
    """One page. `words` are plain text and are escaped; `fragments` are HTML from our templates.

    `root` replaces the way to the site's root for a page that is shown at any address.
    """
    way = root or root_of(path)
    fills = {
        "root": "",
        "page": "",
        "part": "",
        "policy": _POLICY,
        **{name: escape(text) for name, text in words.items()},
        **fragments,
    }
    poured = {slot: leads.on_page(fills[slot], way).encode() for slot in frozenset(frame.slots)}
    parts = list(_in_place(frame, way, leads))
    parts[1::2] = [poured[slot] for slot in frame.slots]
    return b"".join(parts)


@lru_cache(maxsize=1 << 10)
def _in_place(frame: Frame, way: str, leads: Leads) -> tuple[bytes, ...]:
    """The parts of a frame as they stand on every page so far from the root: most of a page is this."""
    return tuple(leads.on_page(part, way).encode() for part in frame.parts)
