"""Rules on what a reader sees: texts have letters or digits, and nothing stands in them that doesn't show."""

from collections.abc import Iterator
from typing import Final

from kunskapsbank.checks.links import VAGUE
from kunskapsbank.checks.subject import Subject
from kunskapsbank.checks.targets import slug
from kunskapsbank.dictionary.appearance import TEXT_WITHOUT_LETTERS, appearance_problems
from kunskapsbank.problems.problem import Place, Problem, Text
from kunskapsbank.reading import characters, scripts
from kunskapsbank.reading.body import Body
from kunskapsbank.reading.nodes import scalars

CODES: Final = (TEXT_WITHOUT_LETTERS,)

_LINK_TEXT: Final = Text("Länktexten", "The link text")
_PICTURE_TEXT: Final = Text("Bildens text", "The text of the picture")
_HEADING: Final = Text("Rubriken", "The heading")


def check(subject: Subject) -> Iterator[Problem]:
    text, path = subject.document.text, subject.path
    yield from characters.hidden_in_text(text, path)
    if "\\" in text:
        yield from _written_as_escapes(subject)
    yield from appearance_problems(subject.document.front, subject.type.schema, path)
    body = subject.document.body
    if body is not None:
        yield from _texts_without_letters(subject, body)
        yield from characters.strange_in_lines(body.markdown, path, body.place.line)
        if "&" in body.markdown:
            yield from _written_as_codes(subject, body)


def _written_as_escapes(subject: Subject) -> Iterator[Problem]:
    written = set(subject.document.text)
    for scalar in scalars(subject.document.front):
        if not scalar.plain:
            found = characters.hidden_in_value(scalar.text, subject.path, scalar.place)
            yield from (problem for problem in found if _sign_of(problem) not in written)


def _sign_of(problem: Problem) -> str:
    return chr(int(str(problem.values["number"]), 16))


def _texts_without_letters(subject: Subject, body: Body) -> Iterator[Problem]:
    """Yield links, pictures and headings without words, but for those that other rules tell of."""
    shown = [(h.text, _HEADING, h.place) for h in body.headings if slug(h.text)]
    for link in body.links:
        is_told = not link.text or link.text.strip(" .:…>→»").casefold() in VAGUE
        if link.is_image or not is_told:
            shown.append((link.text, _PICTURE_TEXT if link.is_image else _LINK_TEXT, link.place))
    for text, what, place in shown:
        if text and not scripts.has_letter_or_digit(text):
            yield subject.problem(TEXT_WITHOUT_LETTERS, place, what=what, text=text)


def _written_as_codes(subject: Subject, body: Body) -> Iterator[Problem]:
    """Yield what stands in the text as HTML's code for it, such as &zwj; and is read as the character."""
    pieces: list[tuple[str, Place]] = [(words, body.place) for words in body.prose]
    pieces += [(heading.text, heading.place) for heading in body.headings]
    pieces += [(words, link.place) for link in body.links for words in (link.text, link.target)]
    told = set(body.markdown)  # what stands there as itself is told by its place
    for words, place in reversed(pieces):  # the closest places are last
        for problem in (
            *characters.in_value(words, subject.path, place),
            *characters.hidden_in_value(words, subject.path, place),
            *characters.strange_in_text(words, subject.path, place),
        ):
            sign = _sign_of(problem)
            if sign not in told:
                told.add(sign)
                yield problem
