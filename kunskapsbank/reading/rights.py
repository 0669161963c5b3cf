"""The line that was meant by a miswritten one: quotation marks, indents and signs as they should be."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kunskapsbank.problems.problem import Text
from kunskapsbank.reading.characters import STRANGE, without_strange

Rights = Callable[[re.Match[str], Sequence[str]], Iterator[str]]
"""The lines that one may have been meant as, likeliest first, by its match and the lines above it."""


def quoted(value: str) -> str:
    """A value in quotation marks, whatever is in it."""
    value = value.strip()
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def to_write(line: str) -> Text:
    """A sentence that gives the whole line, and counts the blanks that don't show; nothing for several lines."""
    bare = line.strip().replace("\t", " ")
    indent = len(line.rstrip()) - len(bare)
    if len(bare) > _LONGEST:
        bare = f"{bare[: _LONGEST - 40]} … {bare[-30:]}"
    if "\n" in bare or _IDENTITY.search(bare):
        return Text("", "")
    if not indent:
        return Text(f"Skriv raden så: {bare}", f"Write the line so: {bare}")
    blanks = "space" if indent == 1 else "spaces"
    return Text(
        f"Skriv raden så, med {indent} mellanslag först: {bare}",
        f"Write the line so, with {indent} {blanks} first: {bare}",
    )


_LONGEST: Final = 160
_IDENTITY: Final = re.compile(r"[0-9]{6}[-+ ]?[0-9]{4}")
"""What may be a personal identity number is not repeated."""


def written_as(template: str) -> Rights:
    return lambda match, _: iter((match.expand(template),))


def in_quotes(match: re.Match[str], _: Sequence[str]) -> Iterator[str]:
    yield match["head"] + quoted(match["value"])


def visible(match: re.Match[str], _: Sequence[str]) -> Iterator[str]:
    plain = without_strange(match.string)
    yield from (plain, plain.strip(), STRANGE.sub(" ", match.string))


def _indents(words: str, lines_above: Sequence[str]) -> Iterator[int]:
    """Where a line may begin: as the nearest lines above it do, below a field that has no value yet, or at
    the edge. An item of a list begins as other items do, and not as their words."""
    above = [line for line in lines_above if line.strip() and not line.lstrip().startswith("#")]
    for line in reversed(above[-_LOOK_BACK:]):
        indent, mark, rest = _BEGINNING.findall(line.rstrip())[0]
        if rest.endswith(":"):
            yield len(indent + mark) + 2
        if not words.startswith("-"):
            yield len(indent + mark)
        yield len(indent)
    yield 0
    yield 2


_LOOK_BACK: Final = 6
_BEGINNING: Final = re.compile(r"^( *)((?:- +)?)(.*)$")


def moved(match: re.Match[str], lines_above: Sequence[str]) -> Iterator[str]:
    words = match.string.strip()
    yield from (" " * indent + words for indent in dict.fromkeys(_indents(words, lines_above)))


def continued(match: re.Match[str], _: Sequence[str]) -> Iterator[str]:
    yield f"  {match.string}"


def with_list_mark(match: re.Match[str], lines_above: Sequence[str]) -> Iterator[str]:
    """An item keeps its indent, if it has one."""
    words = f"- {match['value']}"
    own = len(match["indent"])
    indents = [*([own] if own else []), *_indents(words, lines_above), own]
    yield from (" " * indent + words for indent in dict.fromkeys(indents))


def as_list(match: re.Match[str], _: Sequence[str]) -> Iterator[str]:
    items = ", ".join(re.split(r"\s+-\s+", match["value"].strip()))
    yield f"{match['head']}[{items}]"


def as_signs(match: re.Match[str], _: Sequence[str]) -> Iterator[str]:
    yield match["head"] + quoted(html.unescape(match["value"]))


def one_list(match: re.Match[str], _: Sequence[str]) -> Iterator[str]:
    items = ", ".join(re.findall(r"\[([^\[\]]*)\]", match["value"]))
    yield f"{match['head']}[{items}]"


def backslashes(match: re.Match[str], _: Sequence[str]) -> Iterator[str]:
    yield f"{match['head']}'{match['value']}'"
