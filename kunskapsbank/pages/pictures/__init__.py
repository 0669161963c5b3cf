"""Pictures made of the records, as SVG or tables: each is its own text equivalent and a way to the pages.

Every module in this folder takes part: to add a picture is to add a file with `possible(dictionary)`,
whether a site has what it shows, and `html(viewer)`. Pages ask for it with `<!-- slot:picture-<module> -->`.
"""

import importlib
import pkgutil
from typing import Any

from kunskapsbank.dictionary.types import Dictionary


def names(dictionary: Dictionary) -> tuple[str, ...]:
    """The pictures that can be made of the records of a dictionary."""
    every = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(name for name in every if module(name).possible(dictionary))


def module(name: str) -> Any:
    return importlib.import_module(f"{__name__}.{name}")
