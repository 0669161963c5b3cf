"""Every kind of page under the conditions that people read in: enlarged, spaced out, own colours, no mouse."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from playwright.sync_api import Browser, Page
from sites_support import KINDS_OF_PAGE, arrived

WATCHERS: Final = Path(__file__).parent / "reading.js"
"""In the page: `reading.NAME()` gives what is wrong, as a list of sentences."""

LARGE: Final = {"viewport": {"width": 1280, "height": 800}}
ZOOMED: Final = {"viewport": {"width": 320, "height": 256}}
"""1280 × 1024 at 400 %: WCAG 1.4.10."""
PHONE: Final = {"viewport": {"width": 360, "height": 740}}


class Condition(NamedTuple):
    """How a page is read: options of the browser, what the reader changes on it, and what is watched."""

    options: Mapping[str, Any]
    changes: Sequence[str]
    watchers: Sequence[str]


CONDITIONS: Final = {
    "as it is": Condition(LARGE, ["open"], ["headings", "languages", "targets", "boxes", "clipped"]),
    "on a phone": Condition(PHONE, ["open"], ["targets", "boxes", "clipped"]),
    "zoomed to 400 %": Condition(ZOOMED, ["open"], ["sideways", "boxes", "clipped"]),
    "text of 200 %": Condition(LARGE, ["open", "enlarge"], ["sideways", "boxes", "clipped"]),
    "text of 200 % on a phone": Condition(PHONE, ["open", "enlarge"], ["sideways", "boxes", "clipped"]),
    "text spaced out": Condition(LARGE, ["open", "space"], ["sideways", "boxes", "clipped"]),
    "text spaced out on a phone": Condition(PHONE, ["open", "space"], ["sideways", "boxes", "clipped"]),
    "own light colours": Condition(
        {**LARGE, "forced_colors": "active", "color_scheme": "light"},
        ["open"],
        ["forced", "links", "shapes", "outlines"],
    ),
    "own dark colours": Condition(
        {**LARGE, "forced_colors": "active", "color_scheme": "dark"},
        ["open"],
        ["forced", "links", "shapes", "outlines"],
    ),
    "without motion": Condition({**LARGE, "reduced_motion": "reduce"}, ["open"], ["motion"]),
}


@contextmanager
def reading(browser: Browser, options: Mapping[str, Any]) -> Iterator[Page]:
    context = browser.new_context(locale="sv-SE", **options)
    context.add_init_script(path=WATCHERS)
    yield context.new_page()
    context.close()


def complaints(page: Page, address: str, condition: Condition) -> list[str]:
    """What every watcher of a condition says of a page."""
    arrived(page, address)
    page.keyboard.press("Tab")  # from here on focus is shown as to a person with a keyboard
    for change in condition.changes:
        page.evaluate(f"reading.{change}()")
    return watched(page, condition.watchers)


def watched(page: Page, watchers: Sequence[str]) -> list[str]:
    found: list[str] = page.evaluate("names => names.flatMap(name => reading[name]())", watchers)
    return found


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS)
def test_every_kind_of_page_can_be_read(condition: Condition, browser: Browser, address: str) -> None:
    with reading(browser, condition.options) as page:
        found = [
            f"/{path} {what}"
            for path in KINDS_OF_PAGE
            for what in complaints(page, f"{address}/{path}", condition)
        ]
    assert found == []


MOST_IN_FRAMES: Final = 60
"""Stops in frames, which are pages of their own and are not counted."""


def walk(page: Page) -> list[str]:
    """What is wrong on a walk with Tab through a page, from its first stop to its last."""
    wanted: list[int] = page.evaluate("reading.stops()")
    stops: list[int] = []
    found: list[str] = []
    for _ in range(len(wanted) + MOST_IN_FRAMES):
        if len(stops) == len(wanted):
            break
        page.keyboard.press("Tab")
        stop, wrong = page.evaluate("reading.focus()")
        stops += [] if stop is None else [stop]
        found += wrong
    return found if stops == wanted else [*found, f"Tab stops at {stops}, not at {wanted}"]


@pytest.mark.parametrize(
    ("options", "paths"),
    [(ZOOMED, KINDS_OF_PAGE), (LARGE, ("", "exempel/", "exempel/karp-malmo-stad/", "overblick/"))],
    ids=["zoomed to 400 %", "as it is"],
)
def test_focus_is_never_hidden(
    options: Mapping[str, Any], paths: Sequence[str], browser: Browser, address: str
) -> None:
    """Hardest in a small window, so it is walked through there on every kind of page."""
    found = []
    with reading(browser, options) as page:
        for path in paths:
            arrived(page, f"{address}/{path}")
            found += [f"/{path} {what}" for what in walk(page)]
    assert found == []


ADD: Final = "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)"

SPOILT: Final = {
    "two headings of the first level": ("as it is", "<h1>Två</h1>", "", "2 h1"),
    "a level left out": ("as it is", "<h2>Två</h2><h4>Fyra</h4>", "", "h4 after h2"),
    "English": ("as it is", "<p>This is for the readers of the page</p>", "", "English marked sv"),
    "Swedish": ("as it is", "<p lang='en'>Det är en text om att läsa</p>", "", "Swedish marked en"),
    "a small target": ("on a phone", "<p><a href='#x'>x</a></p>", "a { padding: 0 }", "target of"),
    "a small button": (
        "as it is",
        "<button>–</button>",
        "button { width: 20px; height: 30px; padding: 0; border: 0 }",
        "target of 21",
    ),
    "a covered target": (
        "as it is",
        "<div class='over'><a class='button' href='#x'>Knapp</a><b></b></div>",
        ".over { position: relative } .over b { position: absolute; inset: 0 0 0 20px }",
        "target of",
    ),
    "a wide word": (
        "zoomed to 400 %",
        f"<pre class='w'>{'a' * 60}</pre>",
        ".w { overflow: visible }",
        "the page is",
    ),
    "a wide word, enlarged": (
        "text of 200 % on a phone",
        "<p class='w'>diskrimineringsombudsmannen</p>",
        ".w { white-space: nowrap }",
        "the page is",
    ),
    "a wide box without a name": (
        "on a phone",
        f"<pre tabindex='0'>{'a' * 90}</pre>",
        "",
        "a box that scrolls",
    ),
    "a wide box without focus": (
        "on a phone",
        f"<pre role='group' aria-label='Ord'>{'a' * 90}</pre>",
        "",
        "a box that scrolls",
    ),
    "a low box": (
        "text spaced out",
        "<p class='w'>Ett<br>två</p>",
        ".w { overflow: hidden; height: 2rem }",
        "cut off",
    ),
    "a low box, enlarged": (
        "text of 200 %",
        "<p class='w'>Ett<br>två</p>",
        ".w { overflow: hidden; height: 60px }",
        "cut off",
    ),
    "a shortened line": ("on a phone", "<p class='w'>Ord</p>", ".w { text-overflow: ellipsis }", "cut off"),
    "a link like text": (
        "own light colours",
        "<p>Mer <a href='#x'>här</a></p>",
        "main p a { text-decoration: none; color: CanvasText }",
        "link like text",
    ),
    "a link like the ground": (
        "own dark colours",
        "<p>Mer <a href='#x'>här</a></p>",
        "main p a { forced-color-adjust: none; color: #123 }",
        "link of",
    ),
    "a dark picture": (
        "own dark colours",
        "<svg viewBox='0 0 9 9' width='9'><path d='M0 0h9v9z' fill='#222'/></svg>",
        "",
        "drawn in",
    ),
    "a light picture": (
        "own light colours",
        "<svg viewBox='0 0 9 9' width='9'><path d='M0 0h9v9z' fill='none' stroke='#eed'/></svg>",
        "",
        "drawn in",
    ),
    "a focus that is not shown": (
        "own dark colours",
        "<p><a href='#x'>här</a></p>",
        "main p a:focus-visible { outline: none }",
        "focus not seen",
    ),
    "a transition": ("without motion", "<p>Ord</p>", "p { transition: color 1s }", "would move"),
    "an animation": (
        "without motion",
        "<p>Ord</p>",
        "@keyframes sway { to { opacity: .5 } } p::after { content: '!'; animation: sway 9s infinite }",
        "runs: sway",
    ),
    "a page that glides": ("without motion", "", "html { scroll-behavior: smooth }", "would move"),
}
"""Ways to spoil a page: under which condition, with what HTML and style, and what must be said of it."""


@pytest.mark.parametrize(("condition", "html", "style", "said"), SPOILT.values(), ids=SPOILT)
def test_every_watcher_sees_a_fault(
    condition: str, html: str, style: str, said: str, browser: Browser, address: str
) -> None:
    """The tests above can fail, each watcher for itself."""
    options, changes, watchers = CONDITIONS[condition]
    with reading(browser, options) as page:
        assert complaints(page, f"{address}/om/", Condition(options, (), watchers)) == []
        page.evaluate(ADD, html)
        page.evaluate("style => reading.style(style)", style)
        for change in changes:
            page.evaluate(f"reading.{change}()")
        found = watched(page, watchers)
    assert [what for what in found if what.startswith(said)]
    kinds = {
        re.split(r" of [0-9]|:", what)[0] for what in found
    }  # without sizes, which differ by a part of a pixel
    assert len(kinds) <= 2, "a fault of one kind is told as others"


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("header { position: fixed; inset: 0 0 0 0; z-index: 3 }", "covered"),
        (":focus-visible { outline: none !important }", "no outline"),
        ("main a { position: fixed; left: -99rem }", "out of the window"),
    ],
    ids=["covered", "no outline", "outside"],
)
def test_the_walk_sees_a_hidden_focus(style: str, said: str, browser: Browser, address: str) -> None:
    """The walk above can fail."""
    with reading(browser, ZOOMED) as page:
        page.goto(f"{address}/om/")
        page.evaluate("style => reading.style(style)", style)
        found = walk(page)
    assert [what for what in found if what.startswith(said)]


def test_the_walk_sees_another_order(browser: Browser, address: str) -> None:
    with reading(browser, LARGE) as page:
        page.goto(f"{address}/om/")
        page.evaluate(ADD, "<p><a href='#x' tabindex='1'>först</a></p>")
        found = walk(page)
    assert [what[:12] for what in found] == ["Tab stops at"]
