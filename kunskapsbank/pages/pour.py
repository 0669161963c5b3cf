"""Pouring: a frame's slots filled for one page, and its addresses made to fit where the page lies."""

from collections.abc import Mapping
from html import escape

from kunskapsbank.pages.frames import Frame
from kunskapsbank.pages.markdown import ROOT


def root_of(path: str) -> str:
    """The way from a page to the site's root: "./", "../", "../../" …"""
    return "../" * path.count("/") or "./"


def pour(
    frame: Frame, path: str, words: Mapping[str, str], fragments: Mapping[str, str], root: str | None = None
) -> bytes:
    """One page. `words` are plain text and are escaped; `fragments` are HTML from our templates.

    `root` replaces the way to the site's root for a page that is shown at any address.
    """
    fills = {"root": "", "page": "", **{name: escape(text) for name, text in words.items()}, **fragments}
    return frame.fill(fills).replace(ROOT, root or root_of(path)).encode()
