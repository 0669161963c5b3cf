"""The YAML parser, and the first error that it meets in a text."""

from typing import Any, Final

import yaml

PARSER: Final[Any] = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.SafeLoader)
"""The parser alone where it is written in C: the rest of a loader is made anew for each text and not used."""


def first_error(text: str) -> yaml.MarkedYAMLError | None:
    """Where and why the parser gives up, if it does."""
    parser = PARSER(text)
    try:
        while parser.get_event() is not None:
            pass
    except yaml.MarkedYAMLError as error:
        return error
    except yaml.YAMLError:
        return None  # a character that YAML doesn't have, which is no slip of the pen
    finally:
        parser.dispose()
    return None
