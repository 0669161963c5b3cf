"""What can be embedded, as a value: where it is, what it is called, and how its HTML is made."""

from collections.abc import Callable
from typing import Final, NamedTuple

from kunskapsbank import contracts

FOLDER: Final = contracts.EMBEDS

FIRST: Final = 2
"""The level of the first heading where nothing else is asked for: the page around it has its own of level 1."""


class Embed(NamedTuple):
    """`name` is its place under the folder, `page` the address of the site's own page with the same in it.
    `html` takes the level of the first heading; addresses in it start from the `ROOT` mark. There is a
    fragment for each of the `levels`. `key` is as that of a `Maker`."""

    name: str
    title: str
    page: str
    html: Callable[[int], str]
    levels: tuple[int, ...]
    made_from: tuple[str, ...]
    key: bytes | None
