"""Front matter and body: where one ends and the other begins, and files in which that can't be told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import cut_out, is_inside, names

from kunskapsbank.problems.problem import Place
from kunskapsbank.reading.document import Document, read_markdown, read_yaml
from kunskapsbank.reading.files import decode
from kunskapsbank.reading.nodes import plain

PATH = "examples/a.md"


def read(data: bytes) -> Document:
    """A file that is as it should be."""
    text, problems = decode(data, PATH)
    assert text is not None
    assert problems == []
    document, problems = read_markdown(text, PATH)
    assert document is not None
    assert problems == []
    return document


WELL_FORMED = "---\ntitle: Åh\n---\n\n## Mål\n\nText.\n"


@pytest.mark.parametrize(
    "data",
    [
        WELL_FORMED.encode(),
        WELL_FORMED.replace("\n", "\r\n").encode(),
        WELL_FORMED.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + WELL_FORMED.encode(),
        b"\xef\xbb\xbf" + WELL_FORMED.replace("\n", "\r\n").encode(),
        WELL_FORMED.replace("---\n", "---  \t\n").encode(),
        WELL_FORMED.removesuffix("\n").encode(),
    ],
    ids=[
        "plain",
        "windows",
        "old-mac",
        "byte-order-mark",
        "windows-with-mark",
        "trailing-spaces",
        "no-last-line-end",
    ],
)
def test_every_way_to_end_a_line_gives_the_same(data: bytes) -> None:
    document = read(data)
    assert plain(document.front) == {"title": "Åh"}
    assert document.front.entries[0][1].place == Place(2, 8, 2, 10)
    assert document.body is not None
    assert [(s.heading.text, s.markdown) for s in document.body.sections] == [("Mål", "Text.")]
    assert document.body.sections[0].heading.place == Place(5, 1, 5, 7)


def test_rule_in_the_body_is_no_fence() -> None:
    document = read(b"---\na: b\n---\nText.\n\n---\n\nc: d\n\n---\n")
    assert plain(document.front) == {"a": "b"}
    assert document.body is not None
    assert document.body.markdown == "Text.\n\n---\n\nc: d\n\n---\n"


def test_hyphens_inside_a_value_are_no_fence() -> None:
    document = read(b"---\na: |\n  ---\n  b\nc: ---d\ne: f ---\n---\nText.\n")
    assert plain(document.front) == {"a": "---\nb\n", "c": "---d", "e": "f ---"}


def test_body_right_after_the_fence() -> None:
    document = read(b"---\na: b\n---\n# \xc3\x85\n")
    assert document.body is not None
    assert document.body.headings[0].place == Place(4, 1, 4, 4)


def test_no_fields_between_the_fences() -> None:
    document = read(b"---\n---\nText.\n")
    assert document.front.entries == ()
    assert document.front.place == Place(2, 1, 2, 1)


@pytest.mark.parametrize(
    "text", ["title: x\n", "\n---\na: b\n---\nText.\n", "--\n---\n", "----\na\n---\n", "# Rubrik\n"]
)
def test_missing_front_matter(text: str) -> None:
    document, problems = read_markdown(text, PATH)
    assert document is None
    assert names(problems) == ["missing-front-matter"]
    assert cut_out(text, problems[0].place) == text.split("\n", 1)[0]


@pytest.mark.parametrize(
    ("text", "pointed_at"),
    [
        ("---", "---"),
        ("---\na: b\n", "---"),
        ("---\na: b\n ---\nText.\n", " ---"),
        ("---\na: b\n----\n", "----"),
        ("---\na: b\n--- c\n", "--- c"),
        ("---\na: b\nc: d ---\n", "c: d ---"),
        ("---\na: b\n—\n\nText.\n", "—"),
        ("---\na: b\n\n## Mål\n\nText.\n", "## Mål"),
        ("---\n# a\na: b\nÅh: d\n  e\n- f\nText.\n", "Text."),
    ],
)
def test_unclosed_front_matter(text: str, pointed_at: str) -> None:
    document, problems = read_markdown(text, PATH)
    assert document is None
    assert names(problems) == ["unclosed-front-matter"]
    assert cut_out(text, problems[0].place) == pointed_at


@pytest.mark.parametrize("rest", ["", "\n", "\n\n  \n\t"])
def test_missing_body(rest: str) -> None:
    text = f"---\na: b\nc: d\n---{rest}"
    document, problems = read_markdown(text, PATH)
    assert document is not None
    assert names(problems) == ["missing-body"]
    assert problems[0].place == Place(4, 1, 4, 4)


def test_faulty_fields_and_no_body_are_both_told() -> None:
    _, problems = read_markdown("---\na: b\na: c\n---\n", PATH)
    assert names(problems) == ["duplicate-key", "missing-body"]
    assert problems[0].place == Place(3, 1, 3, 2)


def test_yaml_file_has_no_body() -> None:
    document, problems = read_yaml("a: b\na: c\n", "methods/a.tool.yml")
    assert document is not None
    assert (document.body, plain(document.front)) == (None, {"a": "b"})
    assert [problem.place for problem in problems] == [Place(2, 1, 2, 2)]


@given(
    st.lists(st.sampled_from(["---", "\n", " ", "a: b", "å", "## c", "- ", "x: [", "\t", "🙂", "..."])).map(
        "".join
    )
)
@settings(deadline=None, max_examples=200)
def test_no_text_is_too_much(text: str) -> None:
    document, problems = read_markdown(text, PATH)
    assert document is not None or problems
    assert all(is_inside(text, problem.place) for problem in problems)
    if document is not None and document.body is not None:
        assert text.endswith(document.body.markdown)
