"""Output as values: what a file of the site holds, and where it came from."""

from collections.abc import Callable
from typing import NamedTuple


class File(NamedTuple):
    """A file of the release. `path` is relative to the site's root; `made_from` names the source files
    whose content is in it, beside the templates, the settings and the dictionary."""

    path: str
    content: bytes
    made_from: tuple[str, ...] = ()


Maker = Callable[[], File]
"""Makes one file when called: cheap to list, so that the work can be shared between processes."""
