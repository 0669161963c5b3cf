"""The HTML that others put into their pages to show ours: a code for each step of the ladder.

The builder on the page that offers them (overrides/assets/badda-in/codes.js) writes the same.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from kunskapsbank.contracts import EMBEDS

HEIGHT: Final = 600
"""Of a frame that can't fit itself, in CSS pixels: some four records of a list."""

SANDBOX: Final = "allow-popups allow-top-navigation-by-user-activation"
"""What a frame may do: open a link when somebody follows it."""
SANDBOX_THAT_FITS: Final = f"allow-scripts allow-same-origin {SANDBOX}"
"""With its own origin a frame can be trusted to tell how high it is. It never gets that of the page around."""


class Step(NamedTuple):
    """Its words are parts of sentences."""

    number: int
    name: str
    demands: str
    gives: str


STEPS: Final = (
    Step(1, "bara HTML", "inget", "Ser ut som resten av er sida. Ändras inte av sig själv."),
    Step(2, "en ram", "ramar (iframe)", "Ändras av sig själv. Höjden är fast."),
    Step(3, "en ram som får rätt höjd", "ramar och ett skript", "Ändras av sig själv och rullar inte."),
    Step(4, "ett element", "ett skript", "Ser ut som resten av er sida. Ändras av sig själv. Alla val går."),
)


class Shown(NamedTuple):
    """What is shown: `place` is where it is under the folder of embeds, `page` the site's own page with it,
    `element` the tag of the element that shows it, without its brackets. Addresses are whole."""

    home: str
    site_name: str
    title: str
    place: str
    page: str
    element: str


class Code(NamedTuple):
    step: Step
    html: Markup


def fragment_address(shown: Shown, level: int = 2) -> str:
    return f"{shown.home}{EMBEDS}/{shown.place}-h{level}.html"


def codes(shown: Shown) -> Iterator[Code]:
    """Those that don't hold the words themselves: of every step but the first."""
    _, framed, fitted, element = STEPS
    yield Code(framed, _why(framed) + frame(shown, SANDBOX) + _beside(shown))
    yield Code(
        fitted, _why(fitted) + frame(shown, SANDBOX_THAT_FITS) + _beside(shown) + _script(shown, "passa.js")
    )
    yield Code(element, _why(element) + _element(shown) + _script(shown, "element.js"))


def frame(shown: Shown, sandbox: str, width: str = "100%", height: int = HEIGHT) -> Markup:
    """The element of the frame alone."""
    return Markup(
        '<iframe src="{src}" title="{title}" width="{width}" height="{height}" loading="lazy" sandbox="{sandbox}" style="border: 0"></iframe>\n'
    ).format(
        src=f"{shown.home}{EMBEDS}/{shown.place}/",
        title=f"{shown.title}, från {shown.site_name}",
        width=width,
        height=height,
        sandbox=sandbox,
    )


def _why(step: Step) -> Markup:
    return Markup("<!-- Steg {0.number} av 4: {0.name}. Kräver {0.demands}. -->\n").format(step)


def _beside(shown: Shown) -> Markup:
    """The way for whoever doesn't get the frame."""
    return Markup("<p>{}</p>\n").format(_link(shown))


def _link(shown: Shown) -> Markup:
    return Markup('<a href="{}">{} på {}</a>').format(shown.page, shown.title, shown.site_name)


def _element(shown: Shown) -> Markup:
    name = shown.element.partition(" ")[0]
    return Markup(f"<{shown.element}>{_link(shown)}</{escape(name)}>\n")  # noqa: S704  # made of ids


def _script(shown: Shown, name: str) -> Markup:
    """It waits for nothing, so that the page around is ready as soon as without it, however slow we are."""
    return Markup('<script src="{}" async></script>\n').format(f"{shown.home}{EMBEDS}/{name}")
