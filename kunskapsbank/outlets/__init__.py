"""Files for others than page readers: feeds, calendars, the data catalogue, the map of the site, redirects.

Every module in this folder with a function `makers(site)` takes part: to add an output is to add a file.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from kunskapsbank.output import Maker
from kunskapsbank.pages.site import Site


def makers(site: Site) -> Iterator[Maker]:
    """The files of every outlet, in order of the outlets' names."""
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        module = importlib.import_module(f"{__name__}.{name}")
        if hasattr(module, "makers"):
            yield from module.makers(site)
