"""What a vocabulary is."""

from collections.abc import Iterable

from kunskapsbank.pages.slots.asked import Asked


def names(asked: Asked) -> Iterable[str]:
    return (vocabulary.id for vocabulary in asked.vocabularies_with_pages)


def html(asked: Asked, name: str, *_: object) -> str:
    intro = asked.dictionary.vocabularies[name].intro
    return f'<div class="lead">{asked.viewer.texts.html(intro.sv)}</div>' if intro else ""
