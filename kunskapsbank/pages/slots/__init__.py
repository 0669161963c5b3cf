"""The slots of hand-written pages: what a maintainer can ask for in docs/ with `<!-- slot:… -->`.

Every module in this folder is a kind of slot, and says in its first line what the slot is filled with. To
add a kind is to add a file with `names(asked)`, the names that may follow the kind ("" for a slot that is
the kind alone: `<!-- slot:search -->`, `<!-- slot:list-example -->`), and `html(asked, name, page)`, where
`page` counts from 1 and matters to lists. `made_from(asked, name, page)` is there where the slot shows
records: the source files of those that it shows. Counts are of the library, and not listed. `policy` is
there where a page with the slot must be allowed more than others: it takes their policy, and gives its own.
"""

import importlib
import pkgutil
from collections.abc import Iterable
from types import ModuleType

from kunskapsbank.pages.slots.asked import Asked

_NO_KIND = "asked"


def names(asked: Asked) -> frozenset[str]:
    """Every slot that a page may have."""
    kinds = (found.name for found in pkgutil.iter_modules(__path__) if found.name != _NO_KIND)
    return frozenset(_joined(kind, name) for kind in kinds for name in _module(kind).names(asked))


def fill(asked: Asked, slot: str, page: int) -> str:
    kind, _, name = slot.partition("-")
    return str(_module(kind).html(asked, name, page))


def made_from(asked: Asked, slot: str, page: int) -> tuple[str, ...]:
    """The source files of the records that a slot shows."""
    kind, _, name = slot.partition("-")
    sources = getattr(_module(kind), "made_from", None)
    return tuple(sources(asked, name, page)) if sources else ()


def policy(asked_for: Iterable[str], policy: str) -> str:
    """The policy of a page with some slots, from that of a page without."""
    for slot in asked_for:
        allowing = getattr(_module(slot.partition("-")[0]), "policy", None)
        policy = allowing(policy) if allowing else policy
    return policy


def _joined(kind: str, name: str) -> str:
    return f"{kind}-{name}" if name else kind


def _module(kind: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{kind}")
