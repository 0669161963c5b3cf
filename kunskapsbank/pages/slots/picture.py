"""A picture made of the records (see `pages.pictures`)."""

from collections.abc import Iterable

from kunskapsbank.pages import pictures
from kunskapsbank.pages.slots.asked import Asked


def names(asked: Asked) -> Iterable[str]:
    return pictures.names(asked.dictionary)


def html(asked: Asked, name: str, *_: object) -> str:
    return str(pictures.module(name).html(asked.viewer))
