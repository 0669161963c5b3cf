"""What is near a record: the ones that are like it, with the reason, and those before and after it in time."""

from collections.abc import Iterator, Sequence
from typing import Final

from kunskapsbank.checks.record import Record
from kunskapsbank.library.related import Likenesses, Trait
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.view_types import AlikeView, NeighbourView
from kunskapsbank.pages.views import Viewer

_REASONS: Final = 3
"""As many things that two records share are told."""


class Near:
    """Finds what is near in the library of a viewer: at most `most` that are alike, 0 to look for none."""

    def __init__(self, viewer: Viewer, most: int) -> None:
        self._most = most
        self._viewer = viewer
        self._library = viewer.library
        self._likenesses = Likenesses(viewer.library) if most else None

    def alike(self, record: Record, but: Sequence[Record]) -> tuple[AlikeView, ...]:
        """Records that are like this one, beside those that are on its page already."""
        if self._likenesses is None:
            return ()
        return tuple(
            AlikeView(
                found.record.title,
                ROOT + self._library.address(found.record),
                self._library.type_of(found.record).label.sv.capitalize(),
                self._reason(record, found.shared),
            )
            for found in self._likenesses.of(record, self._most, but)
        )

    def _reason(self, record: Record, shared: Sequence[Trait]) -> str:
        """What two records share: a sentence for each field or vocabulary, the rarest first."""
        groups: dict[str, list[str]] = {}
        for kind, group, value in shared:
            if len(groups) > _REASONS:
                break
            if kind == "names":
                field = self._library.type_of(record).fields[group]
                if named := self._library.find(field.references, value):
                    groups.setdefault(field.label.sv.lower(), []).append(named.title)
            elif kind == "term":
                vocabulary = self._viewer.dictionary.vocabularies[group]
                groups.setdefault(vocabulary.label.sv.lower(), []).append(vocabulary.terms[value].label.sv)
        told = list(groups.items())[:_REASONS]
        sentences = [f"Samma {label}: {', '.join(values)}." for label, values in told]
        return " ".join(sentences) if sentences else "Samma ord i rubrik och sammanfattning."

    def neighbours(self, record: Record) -> Iterator[NeighbourView]:
        """The earlier and the later one, of a type in order of time."""
        label = self._library.type_of(record).label.sv
        named = (("prev", f"Tidigare {label}"), ("next", f"Senare {label}"))
        for (rel, words), other in zip(named, self._library.neighbours(record), strict=True):
            if other:
                yield NeighbourView(rel, words, other.title, ROOT + self._library.address(other))
