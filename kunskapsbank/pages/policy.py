"""The site's Content Security Policy: what a page may load, in a meta element and for hosts' headers."""

from typing import Final

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

HEADER: Final = f"{POLICY}; frame-ancestors 'self'"
"""For the host's headers, which can say who may show a page in a frame; a meta element can't."""
