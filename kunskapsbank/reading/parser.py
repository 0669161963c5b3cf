"""The YAML parser: its events, and the first error that it meets in a text."""

from collections.abc import Iterator
from typing import Any, Final

import yaml

_PARSER: Final[Any] = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.SafeLoader)
"""The parser alone where it is written in C: the rest of a loader is made anew for each text and not used."""


def events(text: str) -> Iterator[Any]:
    """Raises `yaml.MarkedYAMLError` where the text is not YAML, or `yaml.reader.ReaderError`."""
    parser = _PARSER(text)
    try:
        yield from iter(parser.get_event, None)
    finally:
        parser.dispose()


def first_error(text: str) -> yaml.MarkedYAMLError | None:
    """Where and why the parser gives up, if it does."""
    try:
        for _ in events(text):
            pass
    except yaml.MarkedYAMLError as error:
        return error
    except yaml.YAMLError:
        return None  # a character that YAML doesn't have, which is no slip of the pen
    return None
