"""Ready files of HTTP headers for the host: `_headers`, which several hosts read, and lines for nginx.

Where two rules of `_headers` give an address the same header, some hosts send both values and others only
that of the narrower rule, and of two policies browsers hold a page to each. So who may show a page in a frame
is said to all in a header of its own, and set aside by the policy of what others may show: browsers don't
ask X-Frame-Options where a policy names `frame-ancestors`. That comes out the same on both kinds of hosts,
and an address that no rule knows is kept out of others' frames.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from kunskapsbank import contracts
from kunskapsbank.outlets import calendars, catalog, json_feeds
from kunskapsbank.output import FIXED, Made, Maker
from kunskapsbank.pages.policy import HEADER
from kunskapsbank.pages.site import Site

_POLICY: Final = "Content-Security-Policy"
_ORIGIN: Final = "Access-Control-Allow-Origin"
_ROBOTS: Final = "X-Robots-Tag"
"""Fragments have no head that could say it."""

FOR_ALL: Final = {
    _POLICY: HEADER,
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

EMBEDS: Final = f"{contracts.EMBEDS}/*"
"""What others may show in their frames."""

OPEN: Final = (
    EMBEDS,
    f"{contracts.API}/*",
    f"{contracts.SCHEMAS}/*",
    *(
        f"{folder}{name}"
        for name in ("feed.xml", json_feeds.NAME, calendars.NAME)
        for folder in ("", ":list/", ":list/:term/")
    ),
    catalog.PATH,
)
"""What the scripts of others' pages may read. No address fits two of them. In hosts' words `*` at the end is
whatever follows, and `:name` one step of a path."""


def makers(site: Site) -> Iterator[Maker]:
    base = site.settings.base_path
    yield Maker("_headers", partial(Made, _lines(base).encode()), FIXED, is_permanent=False)
    yield Maker("headers.nginx.conf", partial(Made, _nginx(base).encode()), FIXED, is_permanent=False)


_SOME: Final = (
    (_ORIGIN, "*", OPEN),
    (_POLICY, f"{HEADER}; frame-ancestors *", (EMBEDS,)),
    (_ROBOTS, "noindex", (EMBEDS,)),
)
"""A header and its value, and the addresses that have it."""


def _for_some(pattern: str) -> Mapping[str, str]:
    return {name: value for name, value, patterns in _SOME if pattern in patterns}


def _lines(base: str) -> str:
    rules = {"*": FOR_ALL, **{pattern: _for_some(pattern) for pattern in OPEN}}
    return "".join(
        f"{base}{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for pattern, headers in rules.items()
    )


def _nginx(base: str) -> str:
    """A header with an empty value is not sent. Locations would lose the headers given outside them."""
    lines = ["# Inkludera i ett server-block: raderna väljer huvuden efter adressen.\n"]
    for number, (name, value, patterns) in enumerate(_SOME, 1):
        fits = "|".join(_expression(pattern) for pattern in patterns)
        lines += [
            f'set $kunskapsbank_{number} "";\n',
            f'if ($uri ~ "^{re.escape(base)}(?:{fits})") {{ set $kunskapsbank_{number} "{value}"; }}\n',
            f"add_header {name} $kunskapsbank_{number} always;\n",
        ]
    lines += [f'add_header {name} "{value}" always;\n' for name, value in FOR_ALL.items()]
    return "".join(lines)


def _expression(pattern: str) -> str:
    steps = (r"[^/]+" if step.startswith(":") else re.escape(step) for step in pattern.split("/"))
    return "/".join(steps).removesuffix(r"\*") + ("" if pattern.endswith("*") else "$")
