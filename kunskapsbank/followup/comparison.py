"""Then and now: what has come, changed and gone since an earlier report's JSON.

The earlier report is a stranger's file: what can't be understood of it is refused, never guessed at.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import jsonschema_rs

KIND: Final = "follow-up-report"
VERSION: Final = 1
"""What the JSON of every report says of itself."""

PARTS: Final = {
    "goals": "Mål",
    "activities": "Aktiviteter",
    "examples": "Exempel",
    "findings": "Iakttagelser",
}
"""The lists of a report that are compared, and what they are called."""


class Link(NamedTuple):
    title: str
    url: str


class Difference(NamedTuple):
    """Of one list of a report. What has gone is told as the earlier report told it."""

    id: str
    label: str
    come: tuple[Link, ...]
    changed: tuple[Link, ...]
    gone: tuple[Link, ...]


class Change(NamedTuple):
    """A figure that is not what it was; `then` is None where the earlier report had none. One that is in the
    earlier report alone counts nothing now, such as what was missing and no longer is."""

    id: str
    label: str
    then: int | None
    now: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`earlier` are the figures of the earlier report, by id."""

    made_on: str
    digest: str
    same: bool
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    earlier: Mapping[str, int]

    def as_value(self) -> dict[str, Any]:
        return {
            "made_on": self.made_on,
            "digest": self.digest,
            "same": self.same,
            **{
                part.id: {
                    "come": [link._asdict() for link in part.come],
                    "changed": [link._asdict() for link in part.changed],
                    "gone": [link._asdict() for link in part.gone],
                }
                for part in self.differences
            },
            "figures": [change._asdict() for change in self.changes],
        }


class NotAReport(Exception):
    """Says in a sentence why a file can't be compared with."""


def earlier_report(text: str) -> Mapping[str, Any]:
    """Raises `NotAReport`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAReport("är inte JSON, eller är avklippt") from None
    if not isinstance(data, dict) or data.get("kind") != KIND:
        raise NotAReport("är ingen rapport som report --format json har skrivit")
    if not _RULES.is_valid(data):
        raise NotAReport("är en rapport där något fattas eller har fel form")
    return data


_LIST: Final = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "title", "url", "digest"],
        "properties": {key: {"type": "string"} for key in ("id", "title", "url", "digest")},
    },
}
_FIGURE: Final = {
    "type": "object",
    "required": ["id", "label", "number"],
    "properties": {
        "id": {"type": "string"},
        "label": {"type": "string"},
        "number": {"type": "integer", "minimum": 0},
    },
}
_RULES: Final = jsonschema_rs.Draft202012Validator(
    {
        "type": "object",
        "required": ["version", "scope", "made_on", "digest", "totals", "tables", "missing", *PARTS],
        "properties": {
            "version": {"const": VERSION},
            "made_on": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "scope": {
                "type": "object",
                "required": ["county", "from", "to"],
                "properties": {
                    key: {"type": ["string", "null"]} for key in ("county", "label", "from", "to")
                },
            },
            "tables": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["rows"],
                    "properties": {
                        "rows": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["figures"],
                                "properties": {"figures": {"type": "array", "items": _FIGURE}},
                            },
                        }
                    },
                },
            },
            "totals": {"type": "array", "items": _FIGURE},
            "missing": {"type": "array", "items": _FIGURE},
            **dict.fromkeys(PARTS, _LIST),
        },
    }
)


def compare(then: Mapping[str, Any], now: Mapping[str, Any]) -> Comparison:
    """Both as the JSON of a report. Raises `NotAReport` where they are not of the same county."""
    if then["scope"]["county"] != now["scope"]["county"]:
        told = then["scope"].get("label") or "hela Kunskapsbanken"
        raise NotAReport(f"gäller något annat än den nya rapporten: {told}")
    earlier, later = _figures(then), _figures(now)
    counted = [*_every(now), *(figure for figure in _every(then) if figure["id"] not in later)]
    labels = {figure["id"]: figure["label"] for figure in counted}
    return Comparison(
        made_on=then["made_on"],
        digest=then["digest"],
        same=then["digest"] == now["digest"],
        differences=tuple(_difference(part, then[part], now[part]) for part in PARTS),
        changes=tuple(
            Change(name, labels[name], earlier.get(name), later.get(name, 0))
            for name in labels
            if earlier.get(name, 0) != later.get(name, 0)
        ),
        earlier=earlier,
    )


def _difference(part: str, then: Sequence[Any], now: Sequence[Any]) -> Difference:
    before, after = ({item["id"]: item for item in items} for items in (then, now))
    return Difference(
        part,
        PARTS[part],
        tuple(_link(item) for name, item in after.items() if name not in before),
        tuple(
            _link(item)
            for name, item in after.items()
            if name in before and before[name]["digest"] != item["digest"]
        ),
        tuple(_link(item) for name, item in before.items() if name not in after),
    )


def _link(item: Mapping[str, str]) -> Link:
    return Link(item["title"], item["url"])


def _figures(report: Mapping[str, Any]) -> dict[str, int]:
    return {figure["id"]: figure["number"] for figure in _every(report)}


def _every(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows = (row for table in report["tables"] for row in table["rows"])
    return [*report["totals"], *(figure for row in rows for figure in row["figures"]), *report["missing"]]
