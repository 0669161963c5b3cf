"""The diagnosis of lines that can't be read: it proves what it says, and no file keeps it busy."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kunskapsbank.reading import diagnosis as module
from kunskapsbank.reading.diagnosis import diagnosis
from kunskapsbank.reading.mistakes import MISTAKES
from kunskapsbank.reading.nodes import plain, read_mapping
from kunskapsbank.reading.parser import first_error
from kunskapsbank.reading.rights import quoted, to_write


def found(text: str) -> module.Diagnosis | None:
    error = first_error(text)
    assert error is not None
    return diagnosis(text, error)


def test_of_two_slips_the_first_is_told_and_then_the_other() -> None:
    first = found("a: b: c\nd:e\nf: g\n")
    assert first is not None
    assert first.line == 0
    second = found('a: "b: c"\nd:e\nf: g\n')
    assert second is not None
    assert second.line == 1


@pytest.mark.parametrize("text", ["a: b\n}}}\n", "a: b\n? [x]: @@: %\n"])
def test_nothing_is_told_that_would_not_help(text: str) -> None:
    assert found(text) is None


def test_a_long_text_and_a_long_line_are_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found("a: b: c\n") is not None
    assert found("a: b: c\n" + "x: y\n" * 4_000) is None
    assert found(f"a: b: {'c' * 1_000}\n") is None


def test_the_tries_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand lines that could each hold the slip: the parser is not asked a thousand times."""
    asked: list[str] = []

    def counted(text: str) -> object:
        asked.append(text)
        return first_error(text)

    text = "".join(f'a{number}: "b\n c"\n' for number in range(1_000)) + "x\ny\n"
    error = first_error(text)
    assert error is not None
    monkeypatch.setattr(module, "first_error", counted)
    diagnosis(text, error)
    assert 0 < len(asked) <= 100


@given(st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" \"'\\#:"), min_size=1))
@settings(deadline=None)
def test_any_value_in_quotes_is_read_as_it_was(value: str) -> None:
    node, problems = read_mapping(f"a: {quoted(value)}\n", "a.md")
    assert problems == []
    assert plain(node) == {"a": value.strip()}


def test_what_may_be_an_identity_number_is_not_said_again() -> None:
    assert to_write("title: 19811218-9876: Kim").sv == ""
    assert to_write("title: 8112189876").en == ""


def test_every_mistake_has_its_place_and_words() -> None:
    for mistake in MISTAKES:
        assert "at" in mistake.pattern.groupindex
        groups = dict.fromkeys(mistake.pattern.groupindex, "x")
        assert mistake.fault.sv.format_map(groups) != mistake.fault.en.format_map(groups)
