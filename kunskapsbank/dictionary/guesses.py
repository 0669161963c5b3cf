"""What somebody meant by a value that the field dictionary can't take: a date, a number, a list.

Only looked for where a value is wrong, and only told where the guess would be right.
"""

import re
from collections.abc import Mapping
from collections.abc import Sequence as Steps
from typing import Any, Final

from kunskapsbank.reading.characters import without_strange
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Node, Scalar, Sequence, at, plain
from kunskapsbank.reading.rights import quoted

_MONTHS: Final = {
    name: f"{number:02}"
    for number, names in enumerate(
        (
            ("januari", "jan"), ("februari", "feb", "febr"), ("mars", "mar"), ("april", "apr"), ("maj",), ("juni", "jun"),
            ("juli", "jul"), ("augusti", "aug"), ("september", "sep", "sept"), ("oktober", "okt"), ("november", "nov"), ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_SEASONS: Final = {"vår": "vår", "sommar": "sommar", "höst": "höst", "vinter": "vinter"} | {
    "våren": "vår", "sommaren": "sommar", "hösten": "höst", "vintern": "vinter",
    "vt": "vår", "ht": "höst",
}  # fmt: skip

_SPACE: Final = r"[ .,/–—−‐‑-]+"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_NAME: Final = r"(?P<name>[a-zåäö]+)"
_DATES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_YEAR}{_SPACE}(?P<month>\d\d?){_SPACE}(?P<day>\d\d?)",
        rf"(?P<day>\d\d?){_SPACE}(?P<month>\d\d?){_SPACE}{_YEAR}",
        rf"(?:den )?(?P<day>\d\d?)(?::?e)?{_SPACE}{_NAME}{_SPACE}{_YEAR}",
        rf"{_NAME}{_SPACE}{_YEAR}",
        rf"{_YEAR}{_SPACE}{_NAME}",
        rf"{_YEAR}{_SPACE}(?P<month>\d\d?)",
        rf"(?:år )?{_YEAR}",
    )
)
"""The ways that a date is written in Swedish; day before month, as in 3/5 2007."""


def a_date(text: str) -> str | None:
    """As the dictionary writes it, whether there is such a day or not."""
    folded = " ".join(text.split()).casefold()
    for pattern in _DATES:
        match = pattern.fullmatch(folded)
        if match and (parts := _parts(match.groupdict())):
            return "-".join(parts)
    return None


def _parts(found: Mapping[str, str | None]) -> list[str]:
    """Nothing where a word is not the name of a time."""
    year, month, day, name = (found.get(key) for key in ("year", "month", "day", "name"))
    if name is not None:
        season = _SEASONS.get(name) if day is None else None
        month = season or _MONTHS.get(name)
        if month is None:
            return []
    return [str(year), *(part.zfill(2) for part in (month, day) if part)]


def a_number(text: str) -> str | None:
    """The only number in a text, such as 60 in ”ca 60”."""
    found = re.findall(r"\d[\d.,]*", text)
    return found[0] if len(found) == 1 and found[0].isdigit() else None


_BULLETS: Final = "-–—•·●▪◦‣*"
_PARTS: Final = re.compile(rf"\s*(?:[,;]|\boch\b|(?:^|\s)[{re.escape(_BULLETS)}])\s*")
_TIGHT: Final = re.compile(r"\s*(?:[,;/|+&]|\boch\b|\s)\s*")


def several(text: str, known: Mapping[str, str]) -> list[str]:
    """The known words that a text consists of, if it is more than one of them with something in between."""
    words = [known.get(word) for word in _TIGHT.split(" ".join(text.split()).casefold())]
    return [word for word in words if word] if len(words) > 1 and all(words) else []


def a_list(node: Node, known: Mapping[str, str]) -> list[Any]:
    """The items of what should have been a list; none where that can't be told."""
    if isinstance(node, MappingNode):
        return [plain(node)]
    if not isinstance(node, Scalar):
        return []
    text = " ".join(node.text.split()).strip("[](){}").strip()
    if known and (found := several(text, known)):
        return list(dict.fromkeys(found))
    parts = [part.strip(" ”“\"'") for part in _PARTS.split(text)]
    return [known.get(part.casefold(), part) for part in parts if part]


def a_text(node: Node) -> str | None:
    """What stands in brackets that make a list or a group where a text was meant."""
    if isinstance(node, Sequence) and len(node.items) == 1 and isinstance(node.items[0], Scalar):
        return node.items[0].text
    if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
        return quoted("[" + ", ".join(str(plain(item)) for item in node.items) + "]")
    return None


def neighbours(root: Node, where: Steps[str | int]) -> tuple[MappingNode | None, MappingNode | None]:
    """The groups before and after one in a list."""
    around = at(root, list(where[:-1])) if where else root
    index = where[-1] if where else ""
    if not isinstance(around, Sequence) or not isinstance(index, int):
        return None, None
    before, after = (
        around.items[number] if 0 <= number < len(around.items) else None for number in (index - 1, index + 1)
    )
    return (
        before if isinstance(before, MappingNode) else None,
        after if isinstance(after, MappingNode) else None,
    )


def is_torn(one: MappingNode | None, other: MappingNode | None, needed: Steps[str]) -> bool:
    """Whether two groups of a list are one in two parts: nothing stands in both, and the second has
    something needed that the first lacks, which is then told of."""
    if one is None or other is None:
        return False
    ones, others = ({key.text for key, _ in group.entries} for group in (one, other))
    return bool(ones) and not ones & others and any(key in others for key in needed)


def keys_at_the_edge(root: MappingNode, schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the keys that are told of as unknown ones though they may belong farther in, since they are not
    indented or what indents them are no blanks."""
    if schema.get("additionalProperties") is not False:
        return frozenset()
    unknown = (name.text for name, _ in root.entries if name.text not in schema.get("properties", {}))
    return frozenset(without_strange(name).strip() for name in unknown)
