"""Rules on what the addresses of links in the body hide, and on texts of links that name another place."""

from collections.abc import Iterator
from typing import Final

from kunskapsbank.checks.subject import Subject
from kunskapsbank.problems.problem import Problem
from kunskapsbank.reading.addresses import (
    REFUSED_MAIL_LINK,
    REFUSED_PHONE_LINK,
    UNCLEAR_ADDRESS,
    address_problems,
    scheme_problems,
)
from kunskapsbank.reading.body import Link
from kunskapsbank.reading.link_texts import MISLEADING_LINK_TEXT, find_mismatch

CODES: Final = (UNCLEAR_ADDRESS, REFUSED_MAIL_LINK, REFUSED_PHONE_LINK, MISLEADING_LINK_TEXT)


def check(subject: Subject) -> Iterator[Problem]:
    body = subject.document.body
    for link in body.links if body else ():
        if not link.is_image:
            yield from _link_problems(subject, link)


def _link_problems(subject: Subject, link: Link) -> Iterator[Problem]:
    """Yield the faults of the address, or of the text where the address has none."""
    path, place = subject.path, link.place
    if any(scheme_problems(link.target, path, place)):
        return  # another rule says that such links are refused
    faults = list(address_problems(link.target, path, place))
    yield from faults
    mismatch = None if faults else find_mismatch(link.text, link.target)
    if mismatch is not None:
        yield subject.problem(MISLEADING_LINK_TEXT, place, **mismatch._asdict())
