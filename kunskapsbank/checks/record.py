"""A record: a document that has passed its checks, frozen and without places."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from kunskapsbank.packed import decoder, encode
from kunskapsbank.problems.problem import Place, Problem


@dataclass(frozen=True, slots=True)
class Record:
    """`fields` is the front matter as plain values, `markdown` the body, `sections` the keys of the
    sections in it, in their order. `anchors` are the places in it that a link can lead to. `digest` is of what
    it says, wherever its file lies; `facts` of all in the file but the words of the body, which is what other
    pages than its own are made from."""

    type: str
    id: str
    path: str
    fields: Mapping[str, Any]
    markdown: str
    sections: tuple[str, ...]
    anchors: tuple[str, ...]
    digest: str = ""
    facts: str = ""

    @property
    def title(self) -> str:
        return str(self.fields["title"])

    @property
    def summary(self) -> str:
        return str(self.fields["summary"])

    @property
    def withdrawn(self) -> bool:
        return "withdrawn" in self.fields


def digest_of(type_: str, record_id: str, fields: Mapping[str, Any], markdown: str) -> str:
    """Of what a record says. Reports are compared by it through the years, so it stays as it is."""
    said = json.dumps([type_, record_id, fields, markdown], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


class Reference(NamedTuple):
    """A record's mention of another.

    `types` are the types that may answer. `key` is the field, or "" for a link in the body, which names a
    file: `path` from the source, `written` as it stands in the link.
    """

    types: tuple[str, ...]
    id: str
    fragment: str
    key: str
    place: Place
    path: str = ""
    written: str = ""


class Examined(NamedTuple):
    """One file after its own checks, ready to be compared with the others. A named tuple, since there is one for
    each file and they are sent between processes.

    `record` is None where the file has errors, and where no records are asked for; its id still counts, so that
    one broken file does not make every mention of it a fault. `shown` where it has no errors and is not
    withdrawn. `readable` is false where not even its parts could be told apart. `aliases` have their places.
    `digest` is of the file, empty where it could not be read. `packed` are its references, as `pack` makes them:
    there are seven in a file, looked at once or twice, and as values they would take up more than the file.
    """

    path: str
    type: str
    id: str
    id_place: Place
    aliases: tuple[tuple[str, Place], ...]
    anchors: tuple[str, ...]
    readable: bool
    shown: bool
    record: Record | None
    problems: tuple[Problem, ...]
    digest: str
    packed: bytes

    @property
    def references(self) -> tuple[Reference, ...]:
        return _unpack(self.packed) if self.packed else ()


def pack(references: Iterable[Reference]) -> bytes:
    every = tuple(references)
    return encode(every) if every else b""


_unpack: Final[Callable[[bytes], tuple[Reference, ...]]] = decoder(tuple[Reference, ...])
