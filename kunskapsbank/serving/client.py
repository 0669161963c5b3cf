"""What browsers get from the preview beside the site: a script and a style sheet, and the report as a page.

They have addresses of the preview's own, which no page of a site has, and keep to the policy of the pages.
"""

import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from kunskapsbank.pages.policy import POLICY
from kunskapsbank.serving.board import Shown

PREFIX: Final = "/_forhandsvisning/"
EVENTS: Final = f"{PREFIX}handelser"
_FILES: Final = ("sida.js", "sida.css", "kanal.js")


@cache
def file(address: str) -> bytes | None:
    """A file of the preview's own."""
    name = address.removeprefix(PREFIX)
    return (Path(__file__).parent / "client" / name).read_bytes() if name in _FILES else None


def with_script(html: bytes, shown: Shown, run: str) -> bytes:
    """A page that follows what is shown. What has no head is not a page by itself, and is left as it is."""
    return html.replace(b"</head>", _tags(shown, run).encode() + b"</head>", 1)


def _tags(shown: Shown, run: str) -> str:
    return (
        f'<link rel="stylesheet" href="{PREFIX}sida.css">'
        f'<script src="{PREFIX}sida.js" data-page="{_version(shown, run)}" defer></script>'
    )


def _version(shown: Shown, run: str) -> str:
    """`run` is another one for every run of the server."""
    return f"{run}-{shown.page_version}"


def event(shown: Shown, run: str) -> bytes:
    """What a page is told."""
    told = json.dumps({"page": _version(shown, run), "report": shown.overlay}, ensure_ascii=False)
    return f"data: {told}\n\n".encode()


def report_page(shown: Shown, run: str) -> bytes:
    """In the place of any page while there never was a good one."""
    html = f"""<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Innehållet har fel – förhandsvisning</title>
</head>
<body class="_forhandsvisning">
<main>
<h1>Innehållet har fel</h1>
<p>Sidan visas här så snart felen är rättade. Du behöver inte ladda om den.</p>
<pre tabindex="0">{escape(shown.report)}</pre>
</main>
</body>
</html>
"""
    return with_script(html.encode(), shown, run)
