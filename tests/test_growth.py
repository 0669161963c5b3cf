"""No small file stops anything: the work that a file takes grows with its size, and not with the square of it.

What is measured is the time of the processor, at two sizes of which one is twice the other. Work in proportion to
the size takes twice the time, and work that grows with the square of it four times; the limit lies between. Much of
the work is done in C, where no steps can be counted.
"""

import gc
import time
from collections.abc import Callable
from functools import cache
from statistics import median
from typing import Final

import pytest
from growing import FILES, File
from making import TODAY, context, dictionary

from kunskapsbank.checks.run import all_problems, examine_text
from kunskapsbank.drafting.mending import mended
from kunskapsbank.library.library import relate
from kunskapsbank.pages.markdown import Renderer, renderers
from kunskapsbank.pages.texts import Texts
from kunskapsbank.pages.views import Viewer
from kunskapsbank.problems import formats, report
from kunskapsbank.problems.limits import MAX_PROBLEMS
from kunskapsbank.problems.problem import Problem, Sender, has_errors
from kunskapsbank.reading.files import MAX_BYTES, decode
from kunskapsbank.search.entries import entries

SMALLEST: Final = 5_000
LARGEST: Final = 100_000
LONG_ENOUGH: Final = 0.05
"""Bytes of the smaller file. It is as large as it must be for the larger to take so many seconds."""

MOST: Final = 2.5
SMALL: Final = 0.018
"""Seconds that are too short to be compared: what grows with the square of the size takes less than a second for
the largest file then."""

ROUNDS: Final = 9

MOST_SAID: Final = 400_000
"""Characters of a report on one file."""


def problems_of(file: File) -> list[Problem]:
    """What a check finds in a file, and everything else that is done with it as long as it is without errors."""
    text, found = decode(file.text.encode(), file.path)
    if text is None:
        return found
    examined = examine_text(text, file.path, dictionary().types[file.type], context())
    found = all_problems([examined], advice=True)
    mended(file.text, file.path, dictionary().types[file.type], dictionary())
    if examined.record is not None and not has_errors(found):
        library = relate([examined.record], dictionary())
        viewer = Viewer(library, TODAY, rendering(), Texts(()))
        viewer.record(examined.record)
        entries([examined.record], viewer)
    return found


@cache
def rendering() -> dict[str, Renderer]:
    return dict(renderers(dictionary()))


def reports_of(file: File, found: list[Problem]) -> list[str]:
    lines = file.text.split("\n")
    text = report.as_text(found, lambda _: lines, "sv", report.Next("check", "build"))
    return [text, *(formats.write(form, found, "sv", Sender("", "")) for form in formats.FORMATS)]


def work(file: File) -> float:
    """The seconds of the processor that everything done with a file takes, without the collecting of garbage: that
    goes through everything that the tests before have left too."""
    gc.disable()
    try:
        start = time.process_time()
        reports_of(file, problems_of(file))
        return time.process_time() - start
    finally:
        gc.enable()


def growth(measure: Callable[[File], float], small: File, large: File) -> float:
    """How many times the work the larger file takes: between two runs of the smaller, and the median of some
    rounds where the first is not below the limit."""
    found: list[float] = []
    for _ in range(ROUNDS):
        before, most, after = measure(small), measure(large), measure(small)
        found.append(most / max((before + after) / 2, SMALL))
        if median(found) < MOST:
            break
    return median(found)


@pytest.mark.parametrize("name", FILES)
def test_work_grows_with_the_size(name: str) -> None:
    grow, size = FILES[name], SMALLEST
    work(grow(1000))  # what is made once is made
    while size < LARGEST and work(grow(2 * size)) < LONG_ENOUGH:
        size *= 2
    assert growth(work, grow(size), grow(2 * size)) < MOST


@pytest.mark.parametrize(
    "name", ["tags", "headings empty", "next lines", "identity numbers as values", "escapes", "empty values"]
)
def test_a_report_has_an_end(name: str) -> None:
    """Of files as large as a file may be, that each had tens of thousands of problems."""
    file = FILES[name](MAX_BYTES - 2_000)
    found = problems_of(file)
    assert len(found) <= MAX_PROBLEMS + 1
    assert all(len(said) < MOST_SAID + len(file.text) for said in reports_of(file, found))
