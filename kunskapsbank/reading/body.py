"""The Markdown body of a record: its sections, and what the checks need to see, with places.

The parser is pyromark (pulldown-cmark), the one that also renders: it gives the byte range of every
event, works in linear time, and reads tables and strikethrough as GitHub does.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any, Final, NamedTuple

import pyromark

from kunskapsbank.problems.problem import Place

OPTIONS: Final = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
"""What of GitHub's Markdown is on; the renderer uses the same."""

SECTION_LEVEL: Final = 2


class Heading(NamedTuple):
    level: int
    text: str
    nested: bool
    place: Place


class Link(NamedTuple):
    """A link or image; `text` is the link text or the alternative text."""

    target: str
    text: str
    is_image: bool
    place: Place


class Section(NamedTuple):
    """A stretch of the body under a level two heading. `markdown` is without the heading."""

    heading: Heading
    markdown: str


class Body(NamedTuple):
    """`prose` is the text that a reader meets, one string a block, without code and markup."""

    markdown: str
    place: Place
    lead: str
    sections: tuple[Section, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    html: tuple[tuple[str, Place], ...]
    bare_urls: tuple[tuple[str, Place], ...]
    prose: tuple[str, ...]


_BARE_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>()\"”]*[^\s<>()\"”.,;:!?]")
_TAG: Final = re.compile(r"</?[a-zA-Z!?][^>\n]*>?|<!--")


class Lines:
    """Places in a text from byte offsets, as the parser counts, or from character offsets."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self.bytes = text.encode()
        self._first_line = first_line
        lengths = (len(line) + 1 for line in self.bytes.split(b"\n"))
        self._starts = list(accumulate(lengths, initial=0))

    def from_bytes(self, start: int, end: int) -> Place:
        return Place(*self._position(start), *self._position(end))

    def from_characters(self, start: int, end: int) -> Place:
        before = len(self._text[:start].encode())
        return self.from_bytes(before, before + len(self._text[start:end].encode()))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset) - 1
        column = len(self.bytes[self._starts[line] : offset].decode()) + 1
        return line + self._first_line, column

    def slice(self, start: int, end: int) -> str:
        return self.bytes[start:end].decode()

    @property
    def end(self) -> int:
        return len(self.bytes)


def read_body(markdown: str, first_line: int) -> Body:
    """`first_line` is the line of the file at which the text starts."""
    reader = _Reader(Lines(markdown, first_line))
    reader.read(pyromark.events_with_range(markdown, options=OPTIONS, merge_text=False))
    return reader.body(markdown)


class _Reader:
    """Gathers the parts of a body from the parser's events, in order."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.depth = 0
        self.headings: list[tuple[Heading, int, int]] = []
        self.links: list[Link] = []
        self.html: list[tuple[str, Place]] = []
        self.bare_urls: list[tuple[str, Place]] = []
        self.prose: list[str] = []
        self._words: list[str] = []
        self._heading_words: list[str] | None = None
        self._links: list[tuple[str, list[str]]] = []
        self._in_code = False

    def read(self, events: Iterable[Any]) -> None:
        """Takes in the events. Those of tags are many and mostly of no interest, so their way is short."""
        on_open, on_close, on_other = self._openers, self._closers, self._others
        for event, span in events:
            name, value = (event, event) if event.__class__ is str else next(iter(event.items()))
            if name == "Text":
                self._text(value, span["start"], span["end"])
            elif name == "Start":
                self.depth += 1
                tag = value if value.__class__ is str else next(iter(value))
                if tag in on_open:
                    on_open[tag](value)
            elif name == "End":
                self.depth -= 1
                tag = value if value.__class__ is str else next(iter(value))
                if tag in on_close:
                    on_close[tag](value, span["start"], span["end"])
            elif name in on_other:
                on_other[name](value, span["start"], span["end"])

    @property
    def _openers(self) -> dict[str, Callable[[Any], None]]:
        """What to do where a tag opens, by its name."""
        blocks = dict.fromkeys(_BLOCKS, self._end_block)
        return {
            **blocks,
            "Heading": self._open_heading,
            "Link": self._open_link,
            "Image": self._open_link,
            "CodeBlock": self._open_code,
        }

    @property
    def _closers(self) -> dict[str, Callable[[Any, int, int], None]]:
        blocks = dict.fromkeys(_BLOCKS, self._end_block)
        return {
            **blocks,
            "Heading": self._close_heading,
            "Link": self._close_link,
            "Image": self._close_link,
            "CodeBlock": self._close_code,
        }

    @property
    def _others(self) -> dict[str, Callable[[Any, int, int], None]]:
        return {
            "SoftBreak": self._break,
            "HardBreak": self._break,
            "Code": self._code,
            "Html": self._markup,
            "InlineHtml": self._markup,
        }

    def _open_heading(self, _: Any) -> None:
        self._end_block()
        self._heading_words = []

    def _close_heading(self, tag: Any, start: int, end: int) -> None:
        words = "".join(self._heading_words or ()).strip()
        nested = self.depth > 0
        heading = Heading(int(tag["Heading"][1]), words, nested, self._line_place(start, end))
        self.headings.append((heading, start, end))
        self._heading_words = None
        self._words = []

    def _open_link(self, tag: Any) -> None:
        (about,) = tag.values()
        mail = "mailto:" if about["link_type"] == "Email" else ""
        self._links.append((mail + about["dest_url"], []))

    def _close_link(self, tag: Any, start: int, end: int) -> None:
        target, words = self._links.pop()
        place = self.lines.from_bytes(start, end)
        self.links.append(Link(target, "".join(words).strip(), tag == "Image", place))

    def _open_code(self, _: Any) -> None:
        self._in_code = True

    def _close_code(self, *_: Any) -> None:
        self._in_code = False

    def _text(self, text: str, start: int, end: int) -> None:
        if self._in_code:
            return
        if self._heading_words is not None:
            self._heading_words.append(text)
        else:
            self._words.append(text)
        if self._links:
            self._say_in_links(text)
        elif "://" in text or "www." in text:
            self.bare_urls.extend(self._bare(text, start, end))

    def _bare(self, text: str, start: int, end: int) -> list[tuple[str, Place]]:
        found = []
        for match in _BARE_URL.finditer(text):
            before = len(text[: match.start()].encode())
            length = len(match.group().encode())
            found.append(
                (match.group(), self.lines.from_bytes(start + before, min(end, start + before + length)))
            )
        return found

    def _break(self, _: str, start: int, end: int) -> None:
        self._text(" ", start, end)

    def _code(self, text: str, _start: int, _end: int) -> None:
        """Code is part of a heading or a link text, but not of the prose."""
        if self._heading_words is not None:
            self._heading_words.append(text)
        self._say_in_links(text)

    def _say_in_links(self, text: str) -> None:
        """A picture in a link gives its text to both."""
        for _, words in self._links:
            words.append(text)

    def _markup(self, markup: str, start: int, _end: int) -> None:
        for match in _TAG.finditer(markup):
            before = len(markup[: match.start()].encode())
            place = self.lines.from_bytes(start + before, start + before + len(match.group().encode()))
            self.html.append((match.group(), place))

    def _line_place(self, start: int, end: int) -> Place:
        return self.lines.from_bytes(start, start + len(self.lines.bytes[start:end].rstrip(b"\n")))

    def _end_block(self, *_: Any) -> None:
        if self._words and self._heading_words is None:
            self.prose.append("".join(self._words).strip())
            self._words = []

    def body(self, markdown: str) -> Body:
        self._end_block()
        tops = [h for h in self.headings if h[0].level == SECTION_LEVEL and not h[0].nested]
        starts = [start for _, start, _ in tops] + [self.lines.end]
        sections = tuple(
            Section(heading, self.lines.slice(end, stop).strip("\n"))
            for (heading, _, end), stop in zip(tops, starts[1:], strict=True)
        )
        lead = self.lines.slice(0, starts[0])
        return Body(
            markdown,
            self.lines.from_bytes(0, 0),
            lead.strip("\n"),
            sections,
            tuple(heading for heading, _, _ in self.headings),
            tuple(self.links),
            tuple(self.html),
            tuple(self.bare_urls),
            tuple(self.prose),
        )


_BLOCKS: Final = frozenset({"Paragraph", "Item", "BlockQuote", "Table", "TableCell", "Heading"})
