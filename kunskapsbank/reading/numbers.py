"""Numbers in a text, as people write them."""

import re
from typing import Final

_DIGITS: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
"""Whole numbers that fit in 64 bits; what is longer is no number that anybody means."""


def whole_number(text: str) -> int | None:
    """The number that a text is, if it is one written without needless zeros."""
    return int(text) if _DIGITS.fullmatch(text) else None


_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")


def number(text: str) -> int | float | None:
    """The number that a text is, whole or with a decimal point, if it is one that people count with."""
    if not _DECIMAL.fullmatch(text):
        return None
    return float(text) if "." in text else int(text)
