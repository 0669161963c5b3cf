"""What slots are filled from: the site as far as a slot of it may know."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kunskapsbank.dictionary.types import Dictionary, Vocabulary
from kunskapsbank.library.lists import RecordList
from kunskapsbank.pages.lists import Cards
from kunskapsbank.pages.views import Viewer
from kunskapsbank.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """`lists` are those of the record types, by the ids of the types."""

    viewer: Viewer
    cards: Cards
    lists: Mapping[str, RecordList]
    settings: Settings

    @property
    def dictionary(self) -> Dictionary:
        return self.viewer.dictionary

    @property
    def vocabularies_with_pages(self) -> Iterator[Vocabulary]:
        return (vocabulary for vocabulary in self.dictionary.vocabularies.values() if vocabulary.path)
