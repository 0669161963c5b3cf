"""Frames as data, so that the site engine runs only when something of its own has changed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kunskapsbank.digests import digest, of_files, program
from kunskapsbank.packed import decoder, encode
from kunskapsbank.pages.frames import Engine, Rendered, sources
from kunskapsbank.settings import CONFIG

encoded: Final = encode
decoded: Final[Callable[[bytes], Rendered]] = decoder(Rendered)


def key(source: Path, engine: Engine) -> bytes:
    """Of all that frames are made from. The engine works in a folder of its own, where it finds nothing else."""
    asked = (f"{name}={value}" for name, value in sorted(os.environ.items()))
    environment = asked if _ASKS_ENVIRONMENT in (source / CONFIG).read_text("utf-8") else ()
    return digest(program(), engine, *environment, of_files(source, (CONFIG, *sources(source))))


_ASKS_ENVIRONMENT: Final = "!ENV"
"""How mkdocs.yml takes a value from the environment."""
