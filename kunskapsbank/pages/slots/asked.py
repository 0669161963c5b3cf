"""What slots are filled from: the site as far as a slot of it may know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kunskapsbank.dictionary.types import Dictionary, Vocabulary
from kunskapsbank.library.lists import RecordList
from kunskapsbank.pages.followups import FollowUps
from kunskapsbank.pages.lists import Cards
from kunskapsbank.pages.views import Viewer
from kunskapsbank.pages.ways import Ways
from kunskapsbank.problems.problem import CodeGroup
from kunskapsbank.settings import Settings


class Rules(NamedTuple):
    """The rules, and the address of the page that lists them; none where no page does."""

    groups: Sequence[CodeGroup]
    address: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """`lists` are those of the record types, by the ids of the types."""

    viewer: Viewer
    cards: Cards
    lists: Mapping[str, RecordList]
    settings: Settings
    rules: Rules
    ways: Ways
    followups: FollowUps

    @property
    def dictionary(self) -> Dictionary:
        return self.viewer.dictionary

    @property
    def vocabularies_with_pages(self) -> Iterator[Vocabulary]:
        return (vocabulary for vocabulary in self.dictionary.vocabularies.values() if vocabulary.path)
