"""The county that a person means by a word, for commands that are about one."""

from collections.abc import Mapping

from kunskapsbank.dictionary.types import Dictionary, Term, Vocabulary
from kunskapsbank.dictionary.validation import nearest
from kunskapsbank.library.lists import COUNTIES


class NoSuchCounty(Exception):
    """Its message is a sentence for a person."""


def county(dictionary: Dictionary, word: str) -> Term:
    """By its id, its name or another name. Raises `NoSuchCounty`."""
    vocabulary = dictionary.vocabularies.get(COUNTIES)
    if vocabulary is None:
        raise NoSuchCounty("Den här webbplatsen har inga län.")
    names = {name: term for term in vocabulary.terms.values() for name in term.names}
    found = names.get(word.strip().casefold())
    if found is None:
        raise NoSuchCounty(f"Länet {word} finns inte. {_suggestion(vocabulary, names, word)}")
    return found


def _suggestion(vocabulary: Vocabulary, names: Mapping[str, Term], word: str) -> str:
    near = nearest(word, {name: term.id for name, term in names.items()})
    return f"Menade du {near}?" if near else f"Det finns: {', '.join(vocabulary.terms)}."
