"""A text with its lines, split once, and the spans of stretches of it, by characters or by bytes."""

from bisect import bisect_right
from itertools import accumulate
from typing import Final

from kunskapsbank.problems.problem import Place


class TextLines:
    """The lines of a text. Offsets count characters from 0."""

    def __init__(self, text: str, first_line: int) -> None:
        self._first_line = first_line
        lengths = [len(line) + 1 for line in text.split("\n")]
        self._starts = list(accumulate(lengths, initial=0))

    def span(self, start: int, end: int) -> Place:
        """Return the span of the stretch between two offsets."""
        return Place(*self._position(start), *self._position(end))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset) - 1
        return line + self._first_line, offset - self._starts[line] + 1


_BLOCK: Final = 1024
_CONTINUATION: Final = bytes(range(0x80, 0xC0))


def _characters(data: bytes) -> int:
    """Return how many characters begin in a stretch of UTF-8."""
    return len(data.translate(None, _CONTINUATION))


class Lines:
    """Places in a text from byte offsets, as the parser of Markdown counts."""

    def __init__(self, text: str, first_line: int) -> None:
        self.bytes = text.encode()
        self._first_line = first_line
        lengths = [len(line) + 1 for line in self.bytes.split(b"\n")]
        self._starts = list(accumulate(lengths, initial=0))
        self._counts: list[int] = []

    def from_bytes(self, start: int, end: int) -> Place:
        line, column = self._position(start)
        if end < self._starts[line - self._first_line + 1]:  # on the same line, as nearly all
            return Place(line, column, line, column + len(self.bytes[start:end].decode()))
        return Place(line, column, *self._position(end))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        far = offset - start > _BLOCK
        before = self._number(offset) - self._number(start) if far else self._length(start, offset)
        return line + self._first_line, before + 1

    def _length(self, start: int, end: int) -> int:
        return len(self.bytes[start:end].decode())

    def _number(self, offset: int) -> int:
        """Return how many characters stand before an offset, by a count for each block of bytes: a stranger's
        file can have thousands of links in one line, and none is counted from its start."""
        if not self._counts:
            blocks = (self.bytes[i : i + _BLOCK] for i in range(0, len(self.bytes), _BLOCK))
            self._counts = list(accumulate(map(_characters, blocks), initial=0))
        block = offset // _BLOCK
        return self._counts[block] + _characters(self.bytes[block * _BLOCK : offset])

    def slice(self, start: int, end: int) -> str:
        return self.bytes[start:end].decode()

    @property
    def end(self) -> int:
        return len(self.bytes)
