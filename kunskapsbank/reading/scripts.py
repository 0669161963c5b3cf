"""Characters without a form of their own that languages and emoji need, and where they need them.

Everything else of the kinds Cf (format), Co (private use) and Cn (unassigned) is hidden, and so are fillers:
characters that count as letters, marks or signs and show nothing. Whoever needs the hieroglyphs' or the musical
signs' format characters is not served.

Unassigned is what Unicode 17 has not assigned, with every Python from 3.11 on: `_LATER` holds the blocks that
have grown since the Unicode 14 that 3.11 knows. A Python that knows a newer Unicode takes more.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""What no file may hold at all: controls, and signs that turn the direction of the text."""

FILLERS: Final = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc"
    "\U00016fe4\U0001d159\U000e0100-\U000e01ef"
)
"""Characters of other kinds than Cf that show nothing by themselves, for a class of a pattern."""

_FILLER: Final = re.compile(f"[{FILLERS}]")

_WIDTHLESS: Final = "\u00ad\u180e\u200b-\u200d\u2060-\u2064"
"""Format characters that people paste without knowing. They are told word by word, when a file has been read."""

_IS_WIDTHLESS: Final = re.compile(f"[{_WIDTHLESS}]")

_SHOWN: Final = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Format characters that show: the signs that Arabic, Syriac and Kaithi put around numbers."""

_LATER: Final = re.compile(
    "[\u088f\u0897\u0c5c\u0cdc\u0cf3\u0ece\u1acf-\u1aff\u1b4e\u1b4f\u1b7f\u1c89\u1c8a\u20c1\u2427-\u243f\u2b96"
    "\u2ffc-\u2fff\u31e4-\u31ef\ua7cb-\ua7f1\ufbc3-\ufbd2\ufd90\ufd91\ufdc8-\ufdce"
    "\U000105c0-\U000105ff\U00010940-\U0001095f\U00010d40-\U00010d8f\U00010ec2-\U00010eff\U0001123f-\U00011241"
    "\U00011380-\U000113ff\U000116d0-\U000116ff\U00011b00-\U00011bff\U00011db0-\U00011def\U00011f00-\U00011f5f"
    "\U00013430-\U000143ff\U00016100-\U0001613f\U00016d40-\U00016d7f\U00016ea0-\U00016edf\U00016ff2-\U00016fff"
    "\U000187f8-\U000187ff\U00018cff-\U00018dff\U0001b130-\U0001b15f\U0001cc00-\U0001ceff\U0001d2c0-\U0001d2df"
    "\U0001df25-\U0001df2f\U0001e030-\U0001e08f\U0001e4d0-\U0001e5ff\U0001e6c0-\U0001e6ff\U0001f000-\U0001fbff"
    "\U0002b739-\U0002b73f\U0002cea2-\U0002cead\U0002ebf0-\U0002ee5d\U00031350-\U00033479]"
)
"""What Unicode 15 to 17 have assigned, a little rounded: letters of small languages, emoji, ideographs of names."""

_EMOJI: Final = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MONGOLIAN: Final = "\u1820-\u18aa"
_JOINED: Final = (
    "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17d3\u1820-\u18aa\u1a20-\u1aad\u1b00-\u1bf3\ua840-\ua877"
    "\ua8e0-\ua8ff\ua930-\ua9df\uaa60-\uaa7f\uabc0-\uabed\ufb50-\ufdfb\ufe70-\ufefc\U00010ac0-\U00010aff"
    "\U00010d00-\U00010d27\U00011000-\U0001197f\U0001e900-\U0001e94b"
)
"""Letters of scripts where a joiner or its opposite makes another form of a letter: Arabic, those of India, …"""

_ALLOWED: Final = re.compile(
    f"(?<=[{_EMOJI}0-9#*])[\ufe0e\ufe0f]"  # colour or not, and keycaps
    f"|(?<=[{_HAN}])[\ufe00-\ufe02\U000e0100-\U000e01ef]"  # forms of ideographs, in names
    "|(?<=[\u1000-\u109f\ua840-\ua877])\ufe00"
    f"|(?<=[{_MONGOLIAN}])[\u180b-\u180d\u180f]"
    "|(?<=[\u0590-\u05ff])\u034f"
    "|(?<=[\u2801-\u28ff])\u2800(?=[\u2801-\u28ff])"  # a blank in braille
    "|(?<=\U0001f3f4)\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f"  # the flags of England, Scotland and Wales
)
"""Where what is hidden elsewhere has a meaning that shows."""

_NEEDED: Final = re.compile(
    f"(?<=[{_EMOJI}\ufe0f\u20e3])\u200d(?=[{_EMOJI}])"  # emoji made of several
    f"|(?<=[{_JOINED}])[\u200c\u200d]"
    f"|[\u200c\u200d](?=[{_JOINED}])"
    f"|(?<=[{_MONGOLIAN}])\u180e(?=[{_MONGOLIAN}])"
    f"|(?<=[^\\s{_WIDTHLESS}])[\u00ad\u200b\u2060](?=[^\\s{_WIDTHLESS}])"  # where a word may or may not be broken
)
"""Where a sign without width has a use."""


def find_hidden(text: str) -> Iterator[int]:
    """Yield the positions of hidden characters, but for those that no file may hold at all."""
    if text.replace("\n", "").isprintable() and not _FILLER.search(text):
        return
    suspects = "".join(filter(_is_hidden, set(text)))
    if suspects:
        shown = _ALLOWED.sub(_as_letters, text)
        yield from (match.start() for match in re.finditer(f"[{re.escape(suspects)}]", shown))


def find_needless(text: str) -> Iterator[int]:
    """Yield the positions of signs without width that stand where no language needs them."""
    if not text.isprintable() and _IS_WIDTHLESS.search(text):
        yield from (match.start() for match in _IS_WIDTHLESS.finditer(_NEEDED.sub(_as_letters, text)))


def _as_letters(match: re.Match[str]) -> str:
    return "x" * len(match.group())


def _is_hidden(sign: str) -> bool:
    match unicodedata.category(sign):
        case "Cf":
            return not any(known.match(sign) for known in (_IS_WIDTHLESS, _SHOWN, CONTROL))
        case "Cn":
            return not _LATER.match(sign) and not CONTROL.match(sign)
        case "Co":
            return True
        case _:
            return _FILLER.match(sign) is not None


def has_letter_or_digit(text: str) -> bool:
    """Return whether a text has anything that can be read out: a letter or a digit of any script."""
    return any(unicodedata.category(sign)[0] in "LN" and not _FILLER.match(sign) for sign in text)
