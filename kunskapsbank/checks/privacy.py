"""The rules on personal data: no identity number may stand in a record, and no person's e-mail address should.

A Swedish personal identity number is a birth date, three digits and a check digit by Luhn's method over
the last ten; a coordination number adds 60 to the day (Skatteverket's rules, the Population Registration
Act 1991:481, section 18). An organisation number has 20 or more where a birth date has its month, so it
is never taken for one. Own code, since the library for it rejects coordination numbers.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from kunskapsbank.checks.subject import Subject
from kunskapsbank.dictionary.types import Dictionary
from kunskapsbank.problems.hidden import SECRET
from kunskapsbank.problems.problem import START, Code, Place, Problem, Severity, Text
from kunskapsbank.reading import mail
from kunskapsbank.reading.lines import TextLines
from kunskapsbank.reading.nodes import scalars

IDENTITY_NUMBER: Final = Code(
    "identity-number",
    Severity.ERROR,
    Text(
        "Här står något som ser ut som ett personnummer.",
        "There is something here that looks like a personal identity number.",
    ),
    Text(
        "Ta bort det. Filen och dess historik är offentlig, så byt ut hela ändringen om den redan är inskickad.",
        "Take it away. The file and its history are public, so replace the whole change if it has been sent in already.",
    ),
    Text("Personnummer får inte publiceras.", "Personal identity numbers may not be published."),
    hidden=True,
)

CODES: Final = (IDENTITY_NUMBER, mail.PERSONAL_EMAIL)

_CANDIDATES: Final = (
    re.compile(r"\d\d\d\d\d\d(?:\d\d)?[ \u00a0]?[-+‐‑–−/]?[ \u00a0]?\d{4}(?!\d)"),
    re.compile(r"\d\d-\d\d-\d\d[-+]\d{4}(?!\d)"),
)
"""Two patterns, since one with optional parts in front takes five times as long to search with. The
second finds the end of a number with a century too: 1912-12-12-1212."""

_PARTS: Final = re.compile(r"(\d{2})?(\d{2})-?(\d{2})-?(\d{2})\D{0,3}(\d{4})")
_COORDINATION: Final = 60


_LIKE_A_DIGIT: Final = {*b"0123456789", *range(0xD8, 0x100)} - {0xE2}
_SHAPE: Final = bytes(ord("0") if byte in _LIKE_A_DIGIT else byte for byte in range(256))
_CONTINUATION: Final = bytes(range(0x80, 0xC0))
"""UTF-8 as one byte a character, with every digit as 0. Digits of other scripts start with a byte of 0xD8
or above; other letters that do so are taken for digits too. 0xE2 starts dashes and quotation marks."""

_SHAPES: Final = (re.compile(rb"000000[^0]{0,3}0000"), re.compile(rb"00-00-00[-+]0000"))
"""What the candidates look like, and a little more; a fixed word in front makes a search cheap."""


def may_hold_one(text: str) -> bool:
    """Whether a text is worth searching: false for nearly all, at a tenth of what the patterns cost."""
    shape = text.encode("utf-8", "surrogatepass").translate(_SHAPE, _CONTINUATION)
    return any(form.search(shape) for form in _SHAPES)


def check(subject: Subject) -> Iterator[Problem]:
    """In the file as it is written and, where characters can be written as escapes, as it is read."""
    path = subject.path
    is_found = False
    for problem in in_text(subject.document.text, path):
        is_found = True
        yield problem
    if not is_found:
        yield from (
            _problem(path, place, words[start:end])
            for words, place in _escaped(subject)
            for start, end in find(words)
        )
    for start, end in find(path):
        yield _problem(path, START, path[start:end])
    yield from _personal_emails(subject)


def in_text(text: str, path: str) -> Iterator[Problem]:
    """In a file as it is written, also where it can't be told apart: a report quotes lines of it all the same."""
    lines: TextLines | None = None
    for start, end in find(text):
        lines = lines or TextLines(text, 1)
        yield _problem(path, lines.span(start, end), text[start:end])


def _problem(path: str, place: Place, number: str) -> Problem:
    return Problem(IDENTITY_NUMBER, path, place, {SECRET: number})


def find(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that are identity numbers."""
    for pattern in _CANDIDATES if may_hold_one(text) else ():
        for found in pattern.finditer(text):
            start, end = found.span()
            if text[max(0, start - 2) : start].isdigit() and text[start + 2 : start + 3] == "-":
                start -= 2
            number = _PARTS.fullmatch(text, start, end)
            if number and not text[max(0, start - 1) : start].isdigit() and is_identity_number(number):
                yield start, end


def _escaped(subject: Subject) -> Iterator[tuple[str, Place]]:
    """Words that don't stand in the file as they are read: quoted values and character references."""
    if "\\" in subject.document.text:
        yield from ((s.text, s.place) for s in scalars(subject.document.front) if not s.plain)
    body = subject.document.body
    if body and "&" in body.markdown:
        yield from ((words, body.place) for words in body.prose)


def _personal_emails(subject: Subject) -> Iterator[Problem]:
    """Yield each address once, where it first stands; one that is written with codes at its value or text."""
    text = subject.document.text
    if "@" not in text and "&" not in text and "\\" not in text:
        return
    words = _known_words(subject.context.dictionary)
    first: dict[str, int] = {}
    for start, end in mail.find_spans(text):
        first.setdefault(text[start:end], start)
    persons = {address: start for address, start in first.items() if mail.is_personal(address, words)}
    lines = TextLines(text if persons else "", 1)
    for address, start in persons.items():
        yield subject.problem(mail.PERSONAL_EMAIL, lines.span(start, start + len(address)), address=address)
    told = set(first)
    for piece, place in _escaped(subject):
        for address in mail.find_addresses(piece):
            if address not in told and mail.is_personal(address, words):
                yield subject.problem(mail.PERSONAL_EMAIL, place, address=address)
            told.add(address)


@lru_cache(maxsize=4)
def _known_words(dictionary: Dictionary) -> frozenset[str]:
    """Return the words of the vocabularies, folded: places, organisations and subjects, and no persons."""
    names = (
        name for v in dictionary.vocabularies.values() for t in v.terms.values() for name in (t.id, *t.names)
    )
    return frozenset(mail.fold(word) for name in names for word in re.findall(r"\w{4,}", name))


def is_identity_number(match: re.Match[str]) -> bool:
    century, year, month, day, last = match.groups()
    return _is_date(century, int(year), int(month), int(day)) and _luhn(year + month + day + last)


def _is_date(century: str | None, year: int, month: int, day: int) -> bool:
    if century is not None and century not in ("18", "19", "20"):
        return False
    day = day - _COORDINATION if day > _COORDINATION else day
    centuries = [int(century)] if century else [19, 20]
    return any(_exists(100 * c + year, month, day) for c in centuries)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(digits))
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0
