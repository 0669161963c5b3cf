"""The templates beside this module, compiled once and escaped always."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=False,
    auto_reload=False,
)


_template: Final = cache(ENVIRONMENT.get_template)
"""The environment's own cache costs as much as a small template."""


def render(name: str, **values: Any) -> str:
    return _template(name).render(values)


@cache
def _macro(name: str) -> Any:
    return getattr(_template("macros.html").module, name)


def macro(name: str, *values: Any) -> Markup:
    """One of the pieces in macros.html."""
    made: Markup = _macro(name)(*values)
    return made


@lru_cache(maxsize=1 << 14)
def piece(values: Any, name: str) -> Markup:
    """A macro as a filter that remembers: thousands of pages show the same terms and trails."""
    return macro(name, values)


ENVIRONMENT.filters["piece"] = piece
