"""The style sheet and the scripts of frames, and the digests that a page can hold a script to.

`passa.js` runs in others' pages, so it has an address for each version beside the one that follows us:
`passa-<digest>.js`. Its bytes never change, and versions that went before are kept in `assets/former/`.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Final

from kunskapsbank.outlets.embeds.embed import FOLDER
from kunskapsbank.output import Made, Maker
from kunskapsbank.settings import Settings

STYLE: Final = "ram.css"
HEIGHT: Final = "hojd.js"
"""Runs in a framed page, and tells how high it is."""
FIT: Final = "passa.js"
"""Runs in the page around it, and fits the frame."""
INTEGRITY: Final = "integritet.json"

_ASSETS: Final = Path(__file__).parent / "assets"
_FORMER: Final = "former"
_DIGITS: Final = 16


def makers(settings: Settings) -> Iterator[Maker]:
    for name in (STYLE, HEIGHT, FIT):
        yield Maker(f"{FOLDER}/{name}", partial(Made, asset(name)))
    for content in versions():
        yield Maker(f"{FOLDER}/{versioned(content)}", partial(Made, content))
    yield Maker(f"{FOLDER}/{INTEGRITY}", partial(_integrity_file, settings))


@cache
def asset(name: str) -> bytes:
    return (_ASSETS / name).read_bytes()


@cache
def versions() -> tuple[bytes, ...]:
    """The script for others' pages as it is, and as it has been."""
    former = sorted((_ASSETS / _FORMER).glob("*.js"))
    return (asset(FIT), *(path.read_bytes() for path in former))


def versioned(content: bytes) -> str:
    """The name of a version of the script for others' pages."""
    return f"passa-{hashlib.sha256(content).hexdigest()[:_DIGITS]}.js"


def integrity(content: bytes) -> str:
    """What stands in `integrity=""` (W3C, Subresource Integrity)."""
    return f"sha384-{b64encode(hashlib.sha384(content).digest()).decode()}"


def _integrity_file(settings: Settings) -> Made:
    base = f"{settings.site_url}{FOLDER}/"
    present = asset(FIT)
    data = {
        "address": base + versioned(present),
        "integrity": integrity(present),
        "without_version": base + FIT,
        "versions": {base + versioned(one): integrity(one) for one in versions()},
    }
    return Made(f"{json.dumps(data, indent=1)}\n".encode())
