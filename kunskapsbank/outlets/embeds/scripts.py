"""The style sheet and the scripts of frames, and the digests that a page can hold a script to.

`passa.js` and `element.js` run in others' pages, so each has an address for every version beside the one that
follows us: `passa-<digest>.js`. Its bytes never change, and versions that went before are in `assets/former/`.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from kunskapsbank.outlets.embeds.embed import FOLDER
from kunskapsbank.output import FIXED, Made, Maker
from kunskapsbank.settings import Settings

STYLE: Final = "ram.css"
HEIGHT: Final = "hojd.js"
"""Runs in a framed page, and tells how high it is."""
FIT: Final = "passa.js"
"""Runs in the page around it, and fits the frame."""
ELEMENT: Final = "element.js"
"""Runs in the page around it, and gives it elements of ours."""
INTEGRITY: Final = "integritet.json"

_ASSETS: Final = Path(__file__).parent / "assets"
_FORMER: Final = "former"
_DIGITS: Final = 16


def makers(settings: Settings) -> Iterator[Maker]:
    for name in (STYLE, HEIGHT, FIT, ELEMENT):
        yield Maker(f"{FOLDER}/{name}", partial(Made, asset(name)), FIXED)
    for name in (FIT, ELEMENT):
        for content in versions(name):
            yield Maker(f"{FOLDER}/{versioned(name, content)}", partial(Made, content), FIXED)
    yield Maker(f"{FOLDER}/{INTEGRITY}", partial(_integrity_file, settings), FIXED)


@cache
def asset(name: str) -> bytes:
    return (_ASSETS / name).read_bytes()


@cache
def versions(name: str) -> tuple[bytes, ...]:
    """A script for others' pages as it is, and as it has been."""
    former = sorted((_ASSETS / _FORMER).glob(f"{Path(name).stem}-*.js"))
    return (asset(name), *(path.read_bytes() for path in former))


def versioned(name: str, content: bytes) -> str:
    """The name of a version of a script for others' pages."""
    return f"{Path(name).stem}-{hashlib.sha256(content).hexdigest()[:_DIGITS]}.js"


def integrity(content: bytes) -> str:
    """What stands in `integrity=""` (W3C, Subresource Integrity)."""
    return f"sha384-{b64encode(hashlib.sha384(content).digest()).decode()}"


def _integrity_file(settings: Settings) -> Made:
    """The element's came later; the keys of the other script stay where they have been."""
    base = f"{settings.site_url}{FOLDER}/"
    data = _addresses(base, FIT) | {"element": _addresses(base, ELEMENT)}
    return Made(f"{json.dumps(data, indent=1)}\n".encode())


def _addresses(base: str, name: str) -> dict[str, Any]:
    present = asset(name)
    return {
        "address": base + versioned(name, present),
        "integrity": integrity(present),
        "without_version": base + name,
        "versions": {base + versioned(name, one): integrity(one) for one in versions(name)},
    }
