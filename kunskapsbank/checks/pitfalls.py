"""Rules on what YAML takes without a word though the writer hardly meant it.

Each is looked for only where its sign stands among the items.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Final

from kunskapsbank.checks.subject import Subject
from kunskapsbank.dictionary.types import Field
from kunskapsbank.problems.problem import Code, Place, Problem, Severity, Text
from kunskapsbank.reading.diagnosis import in_quotes
from kunskapsbank.reading.mistakes import CURLY
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Node, Scalar, scalars
from kunskapsbank.reading.rights import quoted, to_write

HIDDEN_BY_COMMENT: Final = Code(
    "hidden-by-comment",
    Severity.ERROR,
    Text(
        "Allt från # till radens slut läses som en anmärkning och försvinner.",
        "All from # to the end of the line is read as a remark and is lost.",
    ),
    Text(
        "Är det en anmärkning: flytta den till en egen rad. Hör det till värdet: sätt citattecken runt alltihop. {write}",
        "If it is a remark: move it to a line of its own. If it belongs to the value: put quotes around all of it. {write}",
    ),
    Text(
        "Ett avkortat värde ser rätt ut för en dator, så ingen skulle märka vad som saknas.",
        "A value cut short looks right to a computer, so nobody would notice what is missing.",
    ),
)
CURLY_QUOTES: Final = Code(
    "curly-quotes",
    Severity.WARNING,
    Text(
        "Citattecknen runt värdet är böjda, som i Word, och blir en del av texten.",
        "The quotation marks around the value are curly, as in Word, and become part of the text.",
    ),
    Text(
        "Ska de synas på sidan: sätt raka citattecken utanför. Annars: byt dem mot raka. {write}",
        "If they should show on the page: put straight ones outside them. Otherwise: change them for straight ones. {write}",
    ),
    Text(
        "Böjda citattecken betyder inget för en dator, men läsaren ser dem.",
        "Curly quotation marks mean nothing to a computer, but readers see them.",
    ),
)
HTML_CODE: Final = Code(
    "html-code",
    Severity.ERROR,
    Text("”{written}” är HTML-kod för ett tecken.", "“{written}” is HTML code for a character."),
    Text("Skriv tecknet i stället: {sign}", "Write the character instead: {sign}"),
    Text(
        "Värdet visas som det är skrivet, så läsaren skulle se koden.",
        "The value is shown as it is written, so readers would see the code.",
    ),
)

CODES: Final = (HIDDEN_BY_COMMENT, CURLY_QUOTES, HTML_CODE)


def check(subject: Subject) -> Iterator[Problem]:
    text, body = subject.document.text, subject.document.body
    if body is not None:
        text = text[: len(text) - len(body.markdown)]
    if " #" in text or "\t#" in text:
        yield from _hidden(subject, text)
    if any(sign in text for sign in CURLY):
        yield from _curly(subject, subject.type.fields, subject.document.front)
    if "&" in text:
        yield from _codes(subject, text)


def _hidden(subject: Subject, text: str) -> Iterator[Problem]:
    values = [scalar.place for scalar in scalars(subject.document.front)]
    starts = [place[:2] for place in values]
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("#"):
            continue
        for found in _SIGN.finditer(line):
            column = found.start("sign") + 1
            above = bisect_right(starts, (number, column)) - 1
            if above >= 0 and (number, column) < values[above][2:]:  # the sign stands in a value
                continue
            write = _all_in_quotes(line)
            place = Place(number, column, number, len(line.rstrip()) + 1)
            yield subject.problem(HIDDEN_BY_COMMENT, place, write=write)
            break


_SIGN: Final = re.compile(r"[ \t](?P<sign>#)")
_HEAD: Final = re.compile(r" *(?:- +)*(?:[^\s:#]+ *: +)?")


def _all_in_quotes(line: str) -> Text:
    """The line with the remark as part of its value; nothing where the value has an end of its own."""
    found = _HEAD.match(line)
    start = found.end() if found else 0
    return Text("", "") if line[start] in "\"'[{" else in_quotes(line, start)


def _curly(subject: Subject, fields: Mapping[str, Field], node: MappingNode) -> Iterator[Problem]:
    """Around the values of fields that hold any text; in others they make a word that is not in the list."""
    for key, value in node.entries:
        field = fields.get(key.text)
        if field is None or field.vocabulary or field.references or field.is_date or field.words:
            continue
        for group in _groups(value) if field.children else ():
            yield from _curly(subject, field.children, group)
        if field.children:
            continue
        for scalar in scalars(value):
            if _is_in_curly_quotes(scalar):
                line = subject.document.lines[scalar.place.line - 1]
                yield subject.problem(CURLY_QUOTES, scalar.place, write=_straight(scalar, line))


_BLANKS: Final = re.compile(r"\s*\Z")


def _straight(scalar: Scalar, line: str) -> Text:
    """Return the line with straight quotation marks; nothing where the value is not all that is left of it."""
    start = scalar.place.column - 1
    end = start + len(scalar.text)
    if not _BLANKS.match(line, end) or line[start:end] != scalar.text:
        return Text("", "")
    return to_write(line[:start] + quoted(scalar.text[1:-1]))


def _groups(node: Node) -> Iterator[MappingNode]:
    items = (node,) if isinstance(node, (MappingNode, Scalar)) else node.items
    yield from (item for item in items if isinstance(item, MappingNode))


def _is_in_curly_quotes(scalar: Scalar) -> bool:
    inner = scalar.text[1:-1]
    ends = scalar.text[:1] in CURLY and scalar.text[-1:] in CURLY and len(scalar.text) > 1
    return scalar.plain and ends and not any(sign in inner for sign in CURLY)


_CODE: Final = re.compile(r"&#?\w{1,40};")
"""The longest name has 33 signs, and Python refuses to read numbers of thousands."""


def _codes(subject: Subject, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _CODE.finditer(line):
            sign = html.unescape(found.group())
            if sign != found.group() and sign.isprintable():
                place = Place(number, found.start() + 1, number, found.end() + 1)
                yield subject.problem(HTML_CODE, place, written=found.group(), sign=sign)
