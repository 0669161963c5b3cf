"""The Markdown body of a record: its sections, and what the checks need to see, with places.

The parser is pyromark (pulldown-cmark), the one that also renders: it gives the byte range of every
event, works in linear time, and reads tables and strikethrough as GitHub does.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final, NamedTuple

import pyromark

from kunskapsbank.problems.problem import Code, Place, Text, Value
from kunskapsbank.reading import complexity
from kunskapsbank.reading.complexity import MAX_DEPTH, MAX_PARTS
from kunskapsbank.reading.lines import Lines, TextLines

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


class Excess(NamedTuple):
    """What a text has too much of: the code and the values of a problem, and where the limit is passed."""

    code: Code
    place: Place
    values: Mapping[str, Value]


class Body(NamedTuple):
    """`prose` is the text that a reader meets, one string a block, without code and markup. Where there is an
    `excess` the text was not read to its end."""

    markdown: str
    place: Place
    lead: str
    sections: tuple[Section, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    html: tuple[tuple[str, Place], ...]
    bare_urls: tuple[tuple[str, Place], ...]
    prose: tuple[str, ...]
    excess: Excess | None = None


_BARE_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>()\"”]*[^\s<>()\"”.,;:!?]")
_TAG: Final = re.compile(r"</?[a-zA-Z!?][^>\n]*>?|<!--")


def read_body(markdown: str, first_line: int) -> Body:
    """`first_line` is the line of the file at which the text starts."""
    lines = Lines(markdown, first_line)
    reader = _Reader(lines, may_name_urls="://" in markdown or "www." in markdown)
    excess = _excess_of_signs(markdown, first_line) if len(markdown) > _LONG else None
    if excess is not None:
        return reader.body(markdown, excess)
    try:
        reader.read(pyromark.events_with_range(markdown, options=OPTIONS, merge_text=False))
    except _Stop as stop:
        return reader.body(markdown, stop.excess)
    return reader.body(markdown)


_LONG: Final = 8192
_MANY_MARKS: Final = re.compile(r"^(?:[ \t]*(?:>|(?:[-+*]|[0-9]{1,9}[.)])[ \t])){100}.*", re.MULTILINE)
"""A line that opens a hundred lists and quotations. The parser takes the number of those that are open times the
number of lines that follow, before it gives the first event. A short text is read in no time all the same."""

_RULES: Final = (frozenset(" \t-"), frozenset(" \t*"))
"""The signs of a rule across the page, which looks like a line of list marks."""

_COSTLY_SIGNS: Final = re.compile("[&\u0080-\u00bf]")
"""Of these nh3 takes the square of their number in a paragraph."""


def _excess_of_signs(markdown: str, first_line: int) -> Excess | None:
    """Return what a long text has too much of before it is parsed."""
    for marks in _MANY_MARKS.finditer(markdown):
        if not any(rule.issuperset(marks.group()) for rule in _RULES):
            return _too_deep(TextLines(markdown, first_line).span(*marks.span()))
    sign = next(islice(_COSTLY_SIGNS.finditer(markdown), MAX_PARTS, None), None)
    if sign is not None:
        return _too_many(TextLines(markdown, first_line).span(*sign.span()), MAX_PARTS, complexity.SIGNS)
    return None


class _Stop(Exception):
    """Reading does not go on after this."""

    def __init__(self, excess: Excess) -> None:
        super().__init__(excess.code.name)
        self.excess = excess


def _too_deep(place: Place) -> Excess:
    return Excess(complexity.NESTED_TOO_DEEP, place, {"limit": complexity.MAX_DEPTH})


def _too_many(place: Place, limit: int, parts: Text) -> Excess:
    return Excess(complexity.TOO_MANY_PARTS, place, {"limit": complexity.in_words(limit), "parts": parts})


def _name(named: Any) -> Any:
    """Of an event or a tag, which is its name or a dict with that as its only key."""
    return named if named.__class__ is str else next(iter(named))


class _Reader:
    """Gathers the parts of a body from the parser's events, in order.

    `_sink` is where words go at the moment: the prose, a heading, or nowhere in a block of code.
    """

    def __init__(self, lines: Lines, may_name_urls: bool) -> None:
        self.lines = lines
        self.depth = 0
        self.parts = 0
        self.headings: list[tuple[Heading, int, int]] = []
        self.links: list[Link] = []
        self.html: list[tuple[str, Place]] = []
        self.bare_urls: list[tuple[str, Place]] = []
        self.prose: list[str] = []
        self._words: list[str] = []
        self._sink = self._words
        self._links: list[tuple[str, list[str]]] = []
        self._in_code = False
        self._may_name_urls = may_name_urls

    def read(self, events: Iterable[Any]) -> None:
        """Takes in the events, a hundred in a record, mostly words and tags of no interest.

        An event with a value is a dict of one entry, one without a string that no name here is part of.
        """
        for event, span in events:
            if "Text" in event:
                self._sink.append(event["Text"])
                if self._links or self._may_name_urls:
                    self._look_at(event["Text"], span["start"], span["end"])
            elif "Start" in event:
                self.depth += 1
                self.parts += 1
                if self.depth > MAX_DEPTH or self.parts > MAX_PARTS:
                    self._stop(span["start"], span["end"])
                tag = event["Start"]
                name = tag if tag.__class__ is str else _name(tag)
                if name in _OPENERS:
                    _OPENERS[name](self, tag)
            elif "End" in event:
                self.depth -= 1
                tag = event["End"]
                name = tag if tag.__class__ is str else _name(tag)
                if name in _CLOSERS:
                    _CLOSERS[name](self, tag, span["start"], span["end"])
            elif (name := _name(event)) in _OTHERS:
                _OTHERS[name](self, event if name is event else event[name], span["start"], span["end"])

    def _stop(self, start: int, end: int) -> None:
        """Raise what is in excess, at the first line of what goes too far."""
        line_end = self.lines.bytes.find(b"\n", start, end)
        place = self.lines.from_bytes(start, line_end if line_end >= 0 else end)
        if self.depth > MAX_DEPTH:
            raise _Stop(_too_deep(place))
        raise _Stop(_too_many(place, MAX_PARTS, complexity.PIECES))

    def _count(self, start: int, end: int) -> None:
        """Count what is no element of Markdown, but is kept one by one all the same."""
        self.parts += 1
        if self.parts > MAX_PARTS:
            self._stop(start, end)

    def open_heading(self, _: Any) -> None:
        self.end_block()
        self._sink = []

    def close_heading(self, tag: Any, start: int, end: int) -> None:
        level, nested = int(tag["Heading"][1]), self.depth > 0
        heading = Heading(level, "".join(self._sink).strip(), nested, self._line_place(start, end))
        if len(self.headings) == complexity.MAX_HEADINGS:
            raise _Stop(_too_many(heading.place, complexity.MAX_HEADINGS, complexity.HEADINGS))
        self.headings.append((heading, start, end))
        self._sink = self._words

    def open_link(self, tag: Any) -> None:
        (about,) = tag.values()
        mail = "mailto:" if about["link_type"] == "Email" else ""
        self._links.append((mail + about["dest_url"], []))

    def close_link(self, tag: Any, start: int, end: int) -> None:
        target, words = self._links.pop()
        place = self.lines.from_bytes(start, end)
        self.links.append(Link(target, "".join(words).strip(), tag == "Image", place))

    def open_code(self, _: Any) -> None:
        self._in_code = True
        self._sink = []

    def close_code(self, *_: Any) -> None:
        self._in_code = False
        self._sink = self._words

    def _look_at(self, text: str, start: int, end: int) -> None:
        """Text is the name of the links that it stands in; elsewhere it may hold addresses."""
        if self._links:
            self._say_in_links(text)
        elif not self._in_code and ("://" in text or "www." in text):
            self.bare_urls.extend(self._bare(text, start, end))

    def _bare(self, text: str, start: int, end: int) -> list[tuple[str, Place]]:
        found = []
        for url, first, last in _stretches(_BARE_URL, text, start):
            self._count(first, last)
            found.append((url, self.lines.from_bytes(first, min(end, last))))
        return found

    def line_break(self, *_: Any) -> None:
        self._sink.append(" ")
        self._say_in_links(" ")

    def code(self, text: str, *_: Any) -> None:
        """Code is part of a heading or a link text, but not of the prose."""
        if self._sink is not self._words:
            self._sink.append(text)
        self._say_in_links(text)

    def _say_in_links(self, text: str) -> None:
        """A picture in a link gives its text to both."""
        for _, words in self._links:
            words.append(text)

    def markup(self, markup: str, start: int, _end: int) -> None:
        for tag, first, last in _stretches(_TAG, markup, start):
            self._count(first, last)
            self.html.append((tag, self.lines.from_bytes(first, last)))

    def _line_place(self, start: int, end: int) -> Place:
        return self.lines.from_bytes(start, start + len(self.lines.bytes[start:end].rstrip(b"\n")))

    def end_block(self, *_: Any) -> None:
        if self._words:
            self.prose.append("".join(self._words).strip())
            self._words.clear()

    def body(self, markdown: str, excess: Excess | None = None) -> Body:
        self.end_block()
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
            excess,
        )


def _stretches(pattern: re.Pattern[str], text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield what a pattern finds in a text that starts at a byte, and the bytes that it starts and ends at."""
    done = 0
    for match in pattern.finditer(text):
        first = start + len(text[done : match.start()].encode())
        done, start = match.end(), first + len(match.group().encode())
        yield match.group(), first, start


_BLOCKS: Final = dict.fromkeys(("Paragraph", "Item", "BlockQuote", "Table", "TableCell"), _Reader.end_block)

_OPENERS: Final[Mapping[str, Callable[[_Reader, Any], None]]] = {
    **_BLOCKS,
    "Heading": _Reader.open_heading,
    "Link": _Reader.open_link,
    "Image": _Reader.open_link,
    "CodeBlock": _Reader.open_code,
}
"""What to do where a tag opens, by its name."""

_CLOSERS: Final[Mapping[str, Callable[[_Reader, Any, int, int], None]]] = {
    **_BLOCKS,
    "Heading": _Reader.close_heading,
    "Link": _Reader.close_link,
    "Image": _Reader.close_link,
    "CodeBlock": _Reader.close_code,
}

_OTHERS: Final[Mapping[str, Callable[[_Reader, Any, int, int], None]]] = {
    "SoftBreak": _Reader.line_break,
    "HardBreak": _Reader.line_break,
    "Code": _Reader.code,
    "Html": _Reader.markup,
    "InlineHtml": _Reader.markup,
}
