"""The files of what can be embedded: a fragment for each level of headings, and a page for frames.

The first heading of a framed page is of the second level, as in a fragment. Such a page is made to be a part
of another: a screen reader reads the frame in its place, its headings are listed among those of the page around
it, and that page has its own heading of the first level. For the same reason it has no landmarks of its own.
"""

from collections.abc import Iterator
from functools import lru_cache, partial

from markupsafe import Markup

from kunskapsbank.outlets.embeds.embed import FIRST, FOLDER, Embed
from kunskapsbank.outlets.embeds.scripts import HEIGHT, STYLE
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.leads import Leads
from kunskapsbank.pages.policy import in_frames
from kunskapsbank.pages.templates import render
from kunskapsbank.settings import Settings


def makers(embed: Embed, settings: Settings, leads: Leads) -> Iterator[Maker]:
    for level in embed.levels:
        yield Maker(
            f"{FOLDER}/{embed.name}-h{level}.html",
            partial(_fragment, embed, settings, leads, level),
            embed.key,
        )
    yield Maker(f"{FOLDER}/{embed.name}/index.html", partial(_page, embed, settings, leads), embed.key)


def _fragment(embed: Embed, settings: Settings, leads: Leads, level: int) -> Made:
    html = leads.whole(_html(embed, level), settings.site_url)
    return Made(in_any_encoding(html), embed.made_from)


def _page(embed: Embed, settings: Settings, leads: Leads) -> Made:
    html = render(
        "embed-frame.html",
        title=f"{embed.title} – {settings.site_name}",
        policy=in_frames(settings.site_url),
        canonical=settings.site_url + embed.page,
        folder="../" * (embed.name.count("/") + 1),
        style=STYLE,
        script=HEIGHT,
        fragment=Markup(_html(embed, FIRST)),  # noqa: S704  # our own rendering
    )
    return Made(leads.whole(html, settings.site_url).encode(), embed.made_from)


@lru_cache(maxsize=8)
def _html(embed: Embed, level: int) -> str:
    """Made once for the fragment and the page after it, and then forgotten."""
    return embed.html(level)


def in_any_encoding(html: str) -> bytes:
    """A fragment can't say what its encoding is, and the page that it ends up in may have another: letters
    beyond ASCII are written by their numbers."""
    return html.encode("ascii", "xmlcharrefreplace")
