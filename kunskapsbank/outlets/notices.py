"""licenses.txt: the notices that licences ask to go with the code and data of others that the site serves.

A notice of what stands in assets/ lies there beside it as LICENSE.txt, and is copied with it; the file names
where. A site that serves nothing of others says so.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from kunskapsbank.output import FIXED, Made, Maker
from kunskapsbank.pages import pictures
from kunskapsbank.pages.site import Site

PATH: Final = "licenses.txt"
BESIDE: Final = "LICENSE.txt"
"""The name of a notice that lies beside the files that it is of."""

_TEXTS: Final = Path(__file__).parent / "licenses"
_MAP: Final = "map"
_OUTLINES: Final = Path(pictures.__file__).parent / "sweden.LICENSE"
_RULE: Final = f"\n{'-' * 79}\n\n"

_HEAD: Final = """\
Code and data of others on this site, and the licences that they are under.
"""
_NOTHING: Final = "\nThere is none.\n"


def makers(site: Site) -> Iterator[Maker]:
    yield Maker(PATH, partial(_file, site), FIXED)


def _file(site: Site) -> Made:
    notices = list(_notices(site))
    return Made((_RULE.join((_HEAD, *notices)) if notices else _HEAD + _NOTHING).encode())


def _notices(site: Site) -> Iterator[str]:
    if site.settings.search:
        for name in ("pagefind", "snowball"):
            yield (_TEXTS / f"{name}.txt").read_text("utf-8")
    if _MAP in pictures.names(site.viewer.dictionary):
        yield f"The outlines of the map of counties.\n\n{_OUTLINES.read_text('utf-8')}"
    for path in sorted(path for path in site.assets if path.rpartition("/")[2] == BESIDE):
        yield f"The files beside it: {path}\n"
