"""Files that grow: each entry of `FILES` makes a record of about the given number of bytes from one thing repeated.

Any file that a stranger can send must take work in proportion to its size (tests/test_growth.py). Most of these
are refused by the checks, which must then say so in time.
"""

from collections.abc import Callable, Iterator
from itertools import count, islice, product
from typing import Final, NamedTuple

from test_privacy import check_digit

ACTIVITY: Final = """\
title: Delade platser mellan myndigheter
summary: Varje myndighet i nätverket erbjuder platser på sina egna utbildningar till de andra.
date: 2007-02-14
activity_kind: seminarium
status: done
participants: 60
evaluated: no
focus_areas: [process]
sources: [{document: delredovisning-2007, section: "1.4"}]
not_documented: [counties, agencies, target_group]
reviewed: 2026-11-23
review_every: 24
contact: redaktionen
"""
FINDING: Final = """\
title: Ekonomi
summary: Verva hade fem miljoner kronor för projektet. Det mesta gick i bidrag till länsstyrelserna.
document: delredovisning-2007
reviewed: 2026-11-23
review_every: 24
contact: redaktionen
"""

TOOL: Final = """\
title: Provlistan
summary: En lista med påståenden som man går igenom och får råd om.
tool_kind: %
status: planned
purpose: [Gå igenom hur en rekrytering är tänkt]
not_documented: [questions]
sources: [{document: delredovisning-2007, section: "1.4"}]
reviewed: 2026-11-23
review_every: 24
contact: redaktionen
"""


class File(NamedTuple):
    """A record file of a type."""

    text: str
    type: str = "activity"
    path: str = "activities/2007-02-14-delade-platser.md"


Grow = Callable[[int], File]


def body(text: str) -> File:
    """A record with this Markdown body and nothing wrong above it."""
    return File(f"---\n{ACTIVITY}---\n\n{text}\n")


def front(*items: str) -> File:
    """A record with these items beside those that it must have, or in their place."""
    keys = tuple(item.partition(":")[0] + ":" for item in items)
    own = "".join(line for line in ACTIVITY.splitlines(keepends=True) if not line.startswith(keys))
    return File(f"---\n{own}{''.join(items)}---\n\nText.\n")


def finding(items: str) -> File:
    return File(FINDING + items, "finding", "findings/ekonomi.yml")


def example(text: str) -> File:
    return File(f"---\ntitle: Delade platser\n---\n\n{text}\n", "example", "examples/delade-platser.md")


def repeated(part: str) -> Grow:
    """The same Markdown over and over."""
    return lambda size: body(part * (size // len(part.encode())))


def listed(item: str, key: str = "partners") -> Grow:
    """A list with the same item over and over."""
    return lambda size: front(f"{key}:\n" + item * (size // len(item.encode())))


def numbered(part: str, size: int) -> str:
    """Copies of a text, each with a number of its own for the `%`."""
    return "".join(
        part.replace("%", f"{number:06}") for number in range(size // len(part.encode() + b"00000"))
    )


def distinct(part: str) -> Grow:
    return lambda size: body(numbered(part, size))


def each_listed(item: str, key: str = "partners") -> Grow:
    return lambda size: front(f"{key}:\n" + numbered(item, size))


def in_a_line(item: str, key: str = "partners") -> Grow:
    """A list with the same item over and over, in brackets on one line."""
    return lambda size: front(f"{key}: [" + ", ".join([item] * (size // (len(item.encode()) + 2))) + "]\n")


def nested(opening: str, closing: str = "", inner: str = "a") -> Grow:
    def grow(size: int) -> File:
        depth = size // len(opening + closing)
        return body(opening * depth + inner + closing * depth)

    return grow


def staircase(mark: str, step: str) -> Grow:
    """Lines that each start a step farther in: as many bytes as the square of their number."""

    def grow(size: int) -> File:
        lines = int((2 * size / len(step)) ** 0.5)
        return body("".join(f"{step * number}{mark}a\n" for number in range(lines)))

    return grow


def identity_numbers() -> Iterator[str]:
    for year, month, day, serial in product(range(10, 99), range(1, 13), range(1, 26), range(123, 126)):
        nine = f"{year:02}{month:02}{day:02}{serial}"
        yield nine + check_digit(nine)


def numbers_of_people(template: str, make: Callable[[str], File] = body, before: str = "") -> Grow:
    """Texts with identity numbers, each one once."""
    length = len(template.replace("%", "0" * 10))

    def grow(size: int) -> File:
        return make(
            before + "".join(template.replace("%", n) for n in islice(identity_numbers(), size // length))
        )

    return grow


def ticks(size: int) -> File:
    """Runs of ticks, each longer than the one before."""
    runs: list[str] = []
    total = 0
    for length in count(1):
        total += length + 1
        if total > size:
            return body(" ".join(runs))
        runs.append("`" * length)
    raise AssertionError


def square_table(size: int) -> File:
    """As many columns as rows, of which each names one cell."""
    side = size // 9
    return body(f"|{'a|' * side}\n|{'-|' * side}\n" + "|a|\n" * side)


def one_definition(size: int) -> File:
    """A long address that is used over and over."""
    return body("[a] " * (size // 8) + f"\n\n[a]: https://exempel.se/{'b' * (size // 2)}")


def keys_and_errors(size: int) -> File:
    """Unknown fields in front of a list in which each item is wrong."""
    sources = "sources:\n" + "- {document: x}\n" * (size // 32)
    return front(numbered("k%: a\n", size // 2), sources)


def keys_and_torn_groups(size: int) -> File:
    groups = "sources:\n" + "- document: delredovisning-2007\n- section: a\n" * (size // 90)
    return front(numbered("k%: a\n", size // 2), groups)


def keys_and_findings(size: int) -> File:
    items = "findings:\n" + '- {id: a, kind: planned, due: "2007"}\n' * (size // 80)
    return finding(numbered("k%: a\n", size // 2) + items)


def headings_and_links(size: int) -> File:
    """Links to places that are not there, among many that are."""
    return body(numbered("## A %\n\na\n\n", size // 2) + numbered("[a %](#b-%)\n", size // 2))


def documented(size: int) -> File:
    """Sections that are said to be undocumented too."""
    return front("not_documented:\n" + "- counties\n" * (size // 11))


def statements(size: int) -> File:
    """A checklist without a fault, with many statements."""
    one = (
        "- {id: p%, statement: Behovet är beskrivet., why: Annars styr vanan vem som söker.,"
        " weight: 5, advice: [{answer: nej, text: Skriv ned behovet.}]}\n"
    )
    return File(
        TOOL.replace("%", "checklist")
        + "checklist:\n  answers: [{id: nej, label: Nej, points: 0}, {id: ja, label: Ja, points: 10}]\n"
        "  results: [{from: 0, label: I början, meaning: Börja med det sämsta.}, {from: 100, label: I mål, meaning: Fortsätt så här.}]\n"
        "  sections:\n  - id: del\n    title: Del\n    statements:\n" + numbered("    " + one, size),
        "tool",
        "methods/provlistan.tool.yml",
    )


def planner(size: int) -> File:
    """Steps that build on questions that nobody asked, after many that were."""
    one = (
        "  - {id: s%, title: Ett steg, intro: Beskriv det som ska göras., builds_on: [borta%],"
        " questions: [{id: q%, question: Vad ska göras?}]}\n"
    )
    text = TOOL.replace("%", "planner") + "planner:\n  steps:\n" + numbered(one, size)
    return File(text, "tool", "methods/provlistan.tool.yml")


def above_blank_lines(grow: Grow) -> Grow:
    """Put empty lines under what grows, three quarters of the file: if each of its parts splits the text anew, it
    shows."""

    def grow_above(size: int) -> File:
        file = grow(size // 4)
        return file._replace(text=file.text + "\n" * (size - size // 4))

    return grow_above


def every_other_line_to_fix(size: int) -> File:
    return front("partners:\n" + numbered("- Namn %\n- Namn b%  \n", size))


FILES: Final[dict[str, Grow]] = {
    # Signs of Markdown
    "brackets": repeated("["),
    "brackets paired": nested("[", "]"),
    "pictures nested": nested("![", "](b)"),
    "stars": repeated("*"),
    "stars and words": repeated("**a *b "),
    "emphasis nested": nested("*a ", "*"),
    "underscores": repeated("_a __b "),
    "tildes": repeated("~~a ~b "),
    "ticks": ticks,
    "backslashes": repeated("\\"),
    "entities": repeated("&amp;"),
    "entities begun": repeated("&"),
    "no-break spaces": repeated("\u00a0"),
    "tags": repeated("<b>"),
    "comments": repeated("a <!-- b "),
    "addresses in angles": repeated("<https://a.se>\n"),
    "bare addresses in a line": repeated("https://a.se "),
    "links": repeated("[En sida](https://exempel.se/)\n\n"),
    "links in a line": repeated("[här](http://a.se) "),
    "distinct links": distinct("[a %](b-%.md)\n"),
    "pictures": repeated("![](b.png)\n"),
    "definitions": distinct("[a%]: b\n"),
    "one definition used": one_definition,
    # Blocks of Markdown
    "paragraphs": repeated("En mening om något.\n\n"),
    "lines": repeated("a\n"),
    "one word": repeated("a"),
    "blank lines": repeated("\n"),
    "blanks and words": lambda size: body(f"a{' ' * (size // 2)}b\n" + " \n" * (size // 4)),
    "hard breaks": repeated("a  \n"),
    "fences": repeated("```\n"),
    "lists": repeated("- a\n"),
    "list marks nested": nested("- + * "),
    "numbers nested": nested("1. "),
    "lists in steps": staircase("- ", "  "),
    "quotes nested": nested("> "),
    "quotes nested in lists": nested("> - "),
    "quotes that go on": lambda size: body("> " * (size // 4) + "a\n" + "a\n" * (size // 4)),
    "long table": lambda size: body("|a|b|\n|-|-|\n" + "|c|d|\n" * (size // 6)),
    "square table": square_table,
    "headings": distinct("## A %\n\na\n\n"),
    "headings empty": repeated("##\n"),
    "heading of many words": lambda size: body("## " + "a " * (size // 2)),
    "headings unknown": lambda size: example(numbered("## Mål %\n\na\n\n", size)),
    "headings and broken links": headings_and_links,
    # What no file may hold
    "next lines": repeated("\x85"),
    "controls": repeated("\x01 "),
    "controls above many lines": above_blank_lines(repeated("\x01 ")),
    "identity numbers": numbers_of_people("%\n"),
    "identity numbers above many lines": above_blank_lines(numbers_of_people("%\n")),
    "identity numbers in a line": numbers_of_people("%, "),
    "identity numbers as values": numbers_of_people("- %\n", front, "counties:\n"),
    "identity numbers in links": numbers_of_people("[%](http://%)\n"),
    # Items
    "items": each_listed("- Namn %\n"),
    "items alike": listed("- Namn\n"),
    "curly quotes": above_blank_lines(listed("- ”ab”\n")),
    "remarks after values": listed("- ab #c\n"),
    "remarks in a line": lambda size: front("partners: [" + "a, " * 3 + "b] " + " #" * (size // 2) + "\n"),
    "values over two lines": listed("- a\n  b\n"),
    "remarks above many lines": above_blank_lines(listed("- ab #c\n")),
    "values over many lines": lambda size: front("target_group: a\n" + "  b\n" * (size // 4)),
    "swallowed items": lambda size: front("partners:\n- a\n" + "  b\n" * (size // 4) + "   - c\n"),
    "escapes": listed('- "\\x01"\n'),
    "escapes in a value": lambda size: front('partners: ["' + "\\x85" * (size // 4) + '"]\n'),
    "escaped numbers": numbers_of_people('- "\\x20%"\n', front, "partners:\n"),
    "wrong terms": each_listed("- dalarna%\n", "counties"),
    "wrong dates": lambda size: finding(
        "findings:\n"
        + "- {id: a, theme: ekonomi, kind: result, text: En mening om något., section: a, due: 3 maj 2007}\n"
        * (size // 90)
    ),
    "empty values": listed("-\n"),
    "long value": lambda size: front(f"target_group: {'a' * size}\n"),
    "missing fields": lambda size: front("sources:\n" + "- {}\n" * (size // 5)),
    "torn groups": lambda size: front(
        "sources:\n" + "- document: delredovisning-2007\n- section: a\n" * (size // 46)
    ),
    "unknown keys": lambda size: front(numbered("k%: a\n", size)),
    "unknown keys in a group": lambda size: front("sources: [{" + numbered("k%: a, ", size) + "}]\n"),
    "statements of a tool": statements,
    "steps of a planner": planner,
    "lines to fix": every_other_line_to_fix,
    "terms to fix in a line": in_a_line("Dalarna", "counties"),
    "curly quotes in a line": in_a_line("”ab”"),
    "HTML code without an end": lambda size: front(f"partners: [a&#{'9' * size};]\n"),
    "pictures in links in a line": repeated("[![å](../docs/b.png)](https://a.se) "),
    "tags in a line": repeated("å<b>"),
    "words": distinct("ord% "),
    "one long word of letters": lambda size: body("rekrytering" * (size // 11)),
    "unknown keys and wrong groups": keys_and_errors,
    "unknown keys and torn groups": keys_and_torn_groups,
    "unknown keys and findings": keys_and_findings,
    "findings with one id": lambda size: finding(
        "findings:\n"
        + "- {id: a, theme: ekonomi, kind: result, text: En mening om något., section: a}\n" * (size // 80)
    ),
    "duplicate keys": lambda size: front("a: b\n" * (size // 5)),
    "invisible keys": lambda size: front(numbered("k\u00a0%: a\n", size)),
    "undocumented": documented,
    "aliases of records": each_listed("- a%\n", "aliases"),
    "references": each_listed("- a%\n", "related"),
    "anchors": lambda size: front(numbered("k%: &a b\n", size)),
    "tags of values": lambda size: front(numbered("k%: !!str b\n", size)),
    "lists nested": lambda size: front("partners: " + "[" * size + "\n"),
    "groups nested": lambda size: front("partners: " + "{a: " * (size // 4) + "\n"),
    "lists unclosed": lambda size: front("partners: [" + "a, " * (size // 3) + "\n"),
    "quotes unclosed": lambda size: front('target_group: "' + "a\n" * (size // 2)),
    "merge keys": lambda size: front("<<: a\n" * (size // 6)),
    # The lines around the items
    "blank lines first": lambda size: File("\n" * size + "---\n"),
    "items never ended": lambda size: File("---\n" + "a: b\n" * (size // 5)),
    "fences with blanks": lambda size: File("---\n" + f"---{' ' * 400}x\n" * (size // 405)),
    "blanks between fences": lambda size: File("---\na: b" + " " * size + "---\n"),
    "items in the text": lambda size: body("\n" * (size // 2) + "a: b\n" + " c\n" * (size // 6)),
    "hidden first line": lambda size: File("\u200b---\n" + "a: b\n" * (size // 5)),
}
