"""Ready files of HTTP headers for the host: `_headers`, which several hosts read, and lines for nginx."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.policy import HEADER
from kunskapsbank.pages.site import Site

_HEADERS: Final = {
    "Content-Security-Policy": HEADER,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def makers(site: Site) -> Iterator[Maker]:
    base = site.settings.base_path
    lines = (f"  {name}: {value}\n" for name, value in _HEADERS.items())
    yield Maker("_headers", partial(Made, f"{base}*\n{''.join(lines)}".encode()))
    nginx = (f'add_header {name} "{value}" always;\n' for name, value in _HEADERS.items())
    yield Maker("headers.nginx.conf", partial(Made, "".join(nginx).encode()))
