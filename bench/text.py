"""Writes Swedish text out of words.yml: sentences short enough that LIX stays below 50.

The sentences are grammatical but say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import yaml

WORDS = Path(__file__).with_name("words.yml")
SHARE_OF_LISTS = 0.15


class Writer:
    """Writes with one random number generator: the same numbers, the same text."""

    def __init__(self, rng: Random) -> None:
        data = yaml.safe_load(WORDS.read_text("utf-8"))
        self._forms: dict[str, list[str]] = data["forms"]
        self._words = _Choices(rng, data["words"])
        self._rng = rng

    def title(self) -> str:
        """A few words; there are only about a thousand such titles."""
        return self._write("title")

    def summary(self) -> str:
        """One sentence of between 30 and 320 characters."""
        return self._write("summary")

    def target_group(self) -> str:
        """Whom a record is for."""
        return self._write("target_group")

    def blocks(self, words: int, *, numbered: bool = False) -> Iterator[str]:
        """Markdown paragraphs and lists, until there are about so many words."""
        while words > 0:
            sentences = [self._write("sentence") for _ in range(self._rng.randint(3, 5))]
            words -= sum(sentence.count(" ") + 1 for sentence in sentences)
            if numbered:
                yield "\n".join(f"{n}. {sentence}" for n, sentence in enumerate(sentences, 1))
            elif self._rng.random() < SHARE_OF_LISTS:
                yield "\n".join(f"- {sentence}" for sentence in sentences)
            else:
                yield " ".join(sentences)
            numbered = False

    def _write(self, form: str) -> str:
        text = self._rng.choice(self._forms[form]).format_map(self._words)
        return text[0].upper() + text[1:]


class _Choices(dict[str, str]):
    """Answers each name in a form with one of the words of that name."""

    def __init__(self, rng: Random, words: dict[str, list[str]]) -> None:
        super().__init__()
        self._choose = rng.choice
        self._lists = words

    def __missing__(self, name: str) -> str:
        return self._choose(self._lists[name])
