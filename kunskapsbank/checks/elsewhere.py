"""Records of the site that this one is a part of: their files are not here, but they can be referred to."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from kunskapsbank.checks.record import Examined
from kunskapsbank.checks.subject import name_parts
from kunskapsbank.checks.targets import type_of
from kunskapsbank.dictionary.shared import Shared
from kunskapsbank.dictionary.types import Dictionary, RecordType
from kunskapsbank.problems.problem import START


class Distant(NamedTuple):
    """A record that stayed behind. `path` is that of its file there."""

    type: RecordType
    id: str
    path: str
    title: str


def distant_records(shared: Shared, dictionary: Dictionary) -> Iterator[Distant]:
    """Those of types that the dictionary still has."""
    for path, title in shared.records.items():
        type_ = type_of(dictionary, path)
        if type_ and (names := name_parts(type_, path)):
            yield Distant(type_, names[0], path, title)


def examined(shared: Shared, dictionary: Dictionary, here: Collection[Examined]) -> Iterator[Examined]:
    """What is known of them when files are compared. One whose file has since been written here is left out."""
    taken = {(one.type, one.id) for one in here}
    for type_, record_id, path, _ in distant_records(shared, dictionary):
        if (type_.id, record_id) not in taken:
            yield Examined(path, type_.id, record_id, START, (), (), False, False, None, (), "", b"")
