"""Names of sites, as they stand in addresses: what a reader can't tell where it is, or what it is."""

import re
import unicodedata
from typing import Final

from kunskapsbank.problems.problem import Text

LETTERS: Final = "a-zà-öø-ÿčđŋšŧž"
"""Letters of Swedish, its neighbours and Sami. Other Latin letters, such as the dotless ı, and all other
scripts are kept out of names of sites: their letters look like these."""

_WRITABLE: Final = re.compile(
    rf"[{LETTERS}A-ZÀ-ÖØ-ÞČĐŊŠŦŽ0-9._\-\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0327]*"
)
"""What may be typed in a name: those letters, also with their marks as characters of their own."""

_LABEL: Final = re.compile(rf"[{LETTERS}0-9_](?:[{LETTERS}0-9_-]*[{LETTERS}0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A name with such a last part is a number of a machine to a browser: 127.1, 0x7f.1, 2130706433."""

NEARBY: Final = frozenset(
    {
        "alt", "arpa", "corp", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost",
        "onion", "private", "test",
    }
)  # fmt: skip
"""Ends of names that mean nothing, or something else, on another network."""

_LONGEST_LABEL: Final = 63
_LONGEST_NAME: Final = 253
_ENCODED: Final = Text("namnet är skrivet med procenttecken", "the name is written with per cent signs")
_MACHINE: Final = Text(
    "den har en maskins nummer i stället för ett namn", "it has the number of a machine instead of a name"
)
_PUNYCODE: Final = Text(
    "namnet är kodat, med xn-- i stället för bokstäverna själva",
    "the name is encoded, with xn-- instead of the letters themselves",
)
_FOREIGN: Final = Text(
    "namnet har tecken som går att förväxla med andra bokstäver",
    "the name has characters that can be mistaken for other letters",
)
_UNFIT: Final = Text("det är inte ett namn på en webbplats", "it is not the name of a site")
_PRIVATE: Final = Text(
    "namnet gäller bara på den egna datorn eller det egna nätet",
    "the name only holds on one's own computer or network",
)

FAULTS: Final = {
    "encoded": _ENCODED,
    "machine": _MACHINE,
    "punycode": _PUNYCODE,
    "foreign": _FOREIGN,
    "unfit": _UNFIT,
    "nearby": _PRIVATE,
}
"""By names that the script of the forms knows them by."""


def host_fault(host: str) -> Text | None:
    """Return what is wrong with the name of a site; None for a name that is public and can't be mistaken."""
    if "%" in host:
        return _ENCODED
    name = unicodedata.normalize("NFC", host).lower()
    labels = name.split(".")
    if any(label.startswith("xn--") for label in labels):
        return _PUNYCODE
    if not host.isascii() and not _WRITABLE.fullmatch(host):
        return _FOREIGN
    if _NUMBER.fullmatch(labels[-1] or labels[-2 if len(labels) > 1 else -1]):
        return _MACHINE
    if len(name) > _LONGEST_NAME or not all(map(_is_label, labels)):
        return _UNFIT
    return _PRIVATE if len(labels) == 1 or labels[-1] in NEARBY else None


def _is_label(label: str) -> bool:
    return len(label) <= _LONGEST_LABEL and _LABEL.fullmatch(label) is not None
