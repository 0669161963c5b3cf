"""The site's Content Security Policy: what a page may load, in a meta element and for hosts' headers."""

import hashlib
from base64 import b64encode
from typing import Final, NamedTuple

_DIRECTIVES: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}

POLICY: Final = "; ".join(f"{name} {sources}" for name, sources in _DIRECTIVES.items())
"""For the meta element of every page: everything from the site itself, and no inline script or style."""

_SCRIPTS: Final = "script-src 'self'"
_COMPILED: Final = "'wasm-unsafe-eval'"
"""Lets a page run compiled code of the site's own, as the search engine is. It lets no text be run as code."""

_FRAMES: Final = "; frame-src 'self'"

HEADER: Final = POLICY.replace(_SCRIPTS, f"{_SCRIPTS} {_COMPILED}") + _FRAMES
"""For the host's headers. It is one for all pages, and what a page's own policy forbids beside it stays
forbidden. Who may show a page in a frame is said by `outlets.headers`; a meta element can't say it."""


class Head(NamedTuple):
    """HTML for the head of a page, and the policy of the page that holds it."""

    html: str
    policy: str = POLICY

    def after(self, html: str) -> "Head":
        return self._replace(html=html + self.html)


def allowing(script: str) -> str:
    """The policy of a page with one element of data in it. Browsers hold data to no policy, but strict
    checkers do, so its digest is named."""
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return POLICY.replace(_SCRIPTS, f"{_SCRIPTS} 'sha256-{digest}'")


def with_compiled(policy: str) -> str:
    """The same for a page that runs the search engine."""
    return policy.replace(_SCRIPTS, f"{_SCRIPTS} {_COMPILED}")


def with_frames(policy: str) -> str:
    """The same for a page that shows pages of the site in frames."""
    return policy + _FRAMES


def in_frames(site_url: str) -> str:
    """The policy of a page for others' frames, which asks for nothing but its look and its script. In a
    sandbox a page has no origin that 'self' could mean, so the site is named too."""
    narrower = {"connect-src": "'none'", "form-action": "'none'"}
    ours = {name: s.replace("'self'", f"'self' {site_url}") for name, s in (_DIRECTIVES | narrower).items()}
    return "; ".join(f"{name} {sources}" for name, sources in ours.items())
