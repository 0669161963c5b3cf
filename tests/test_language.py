"""LIX, held against texts that were counted by hand."""

from typing import Final

import pytest
from making import names, subject

from kunskapsbank.checks.language import check, lix

SHORT: Final = "Vi har ett mål som vi vill nå i år."
"""Ten words, one sentence, no long word."""

LONG: Final = "Myndigheterna planerar gemensamma utbildningar om mångfald för sina anställda i länet."
"""Eleven words, one sentence, six words of more than six letters:
Myndigheterna, planerar, gemensamma, utbildningar, mångfald, anställda."""


@pytest.mark.parametrize(
    ("blocks", "index"),
    [
        ([SHORT] * 10, 10),  # 100/10 + 0
        ([" ".join([SHORT] * 10)], 10),
        ([LONG] * 10, 66),  # 110/10 + 100 × 60/110 = 11 + 54.5
        ([SHORT] * 5 + [LONG] * 5, 39),  # 105/10 + 100 × 30/105 = 10.5 + 28.6
        ([SHORT.removesuffix(".")] * 10, 10),  # a block ends a sentence
        ([SHORT.replace(".", "!"), SHORT.replace(".", "?")] * 5, 10),
        ([SHORT.removesuffix(".") + ": " + SHORT] * 5, 10),  # so does a colon
        ([" ".join(["ord"] * 100)], 100),
        ([" ".join(["sexord"] * 99 + ["sjuordå"]) + "."], 101),  # six letters are short, seven long
        ([" ".join(["(sexord),"] * 100) + "."], 100),  # marks are no letters
        ([" ".join(["ord 2007"] * 100) + "."], 100),  # figures are no words
    ],
)
def test_lix(blocks: list[str], index: int) -> None:
    assert lix(blocks) == index


def test_too_short_a_text_has_no_index() -> None:
    assert lix([" ".join(["ord"] * 99)]) is None
    assert lix([]) is None
    assert lix(["", ""]) is None


def test_quotation_at_the_end_of_a_block_is_one_sentence() -> None:
    assert lix(["Han sade då ofta att ett två tre fyra ”fem.”"] * 10) == 10


def test_hyphen_is_no_word() -> None:
    assert lix([SHORT.replace(" nå", " - nå").replace("år", "år 2007-03-14")] * 10) == 10


def example(body: str) -> str:
    return f"---\ntitle: x\n---\n\nInledning.\n\n## Rubrik\n\n{body}\n"


def test_advice_is_given_above_the_limit_at_the_first_heading() -> None:
    text = example("\n\n".join([LONG] * 10))
    index = lix(["Inledning.", *[LONG] * 10])
    assert index is not None
    (problem,) = check(subject(text, lix_limit=index - 1))
    assert problem.code.name == "hard-to-read"
    assert (problem.place.line, problem.values) == (7, {"lix": index, "limit": index - 1})
    assert list(check(subject(text, lix_limit=index))) == []


def test_code_and_headings_are_not_counted() -> None:
    hard = "myndighetsgemensamma utbildningsinsatser " * 60
    text = f"{example(' '.join([SHORT] * 11))}\n## {hard}\n\n`{hard}`\n\n    {hard}\n"
    assert names(check(subject(text, lix_limit=15))) == []
