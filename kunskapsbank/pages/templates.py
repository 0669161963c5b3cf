"""The templates beside this module, compiled once and escaped always."""

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=False,
)


def render(name: str, **values: Any) -> str:
    return ENVIRONMENT.get_template(name).render(values)
