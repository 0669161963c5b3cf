"""YAML nodes: places of keys and values, strings that stay strings, and the limits on strangers' files."""

from typing import Any, Final, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import cut_out, is_inside, names, places

from kunskapsbank.problems.problem import Place
from kunskapsbank.reading.files import decode
from kunskapsbank.reading.nodes import (
    MAX_DEPTH,
    Mapping,
    Node,
    Scalar,
    Sequence,
    at,
    plain,
    read_mapping,
    scalars,
    typed,
)
from kunskapsbank.reading.numbers import whole_number

PATH: Final = "examples/a.md"


class Word(NamedTuple):
    """A scalar as it is written in the file, and what it means."""

    written: str
    value: str
    is_plain: bool


class Pairs(NamedTuple):
    """A mapping: its keys and values in their order."""

    entries: "tuple[tuple[Word, Tree], ...]"


class Items(NamedTuple):
    items: "tuple[Tree, ...]"


Tree = Word | Pairs | Items

LETTERS: Final = "abzåäöÅÄÖéß09🙂👩‍🏫"
INNER: Final = LETTERS + " -_.'\"#/%&"


def plain_word(text: str) -> Word:
    """A `#` after a space would begin a comment; spaces at the end belong to no value."""
    kept = text.replace(" #", "#").rstrip()
    return Word(kept, kept, True)


def single_quoted(text: str) -> Word:
    return Word("'" + text.replace("'", "''") + "'", text, False)


def double_quoted(text: str) -> Word:
    return Word('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"', text, False)


WORDS: Final = st.one_of(
    st.builds(lambda a, b: plain_word(a + b), st.sampled_from(LETTERS.replace("\u200d", "")), st.text(INNER)),
    st.text(INNER + ":,[]{}!*&?|>@`", min_size=0).map(single_quoted),
    st.text(INNER + ":,[]{}!*&?|>@`\\", min_size=0).map(double_quoted),
    st.sampled_from([plain_word(word) for word in ("no", "1.10", "2007-03", "0x10", "~", "null", "-1")]),
)


def pairs(values: st.SearchStrategy[Tree]) -> st.SearchStrategy[Pairs]:
    entry = st.tuples(WORDS, values)
    entries = st.lists(entry, max_size=4, unique_by=lambda pair: pair[0].value)
    return entries.map(lambda found: Pairs(tuple(found)))


TREES: Final = st.recursive(
    WORDS,
    lambda inner: st.one_of(pairs(inner), st.lists(inner, max_size=4).map(lambda i: Items(tuple(i)))),
    max_leaves=12,
)


def in_flow(tree: Tree) -> str:
    """On one line, with brackets and braces."""
    if isinstance(tree, Word):
        return tree.written
    if isinstance(tree, Items):
        return "[" + ", ".join(map(in_flow, tree.items)) + "]"
    return "{" + ", ".join(f"{key.written}: {in_flow(value)}" for key, value in tree.entries) + "}"


def in_block(tree: Tree, blocks: int, indent: int = 0) -> str:
    """On lines of its own, in flow style below so many levels."""
    pad = " " * indent
    if isinstance(tree, Pairs):
        heads = [(f"{pad}{key.written}:", value) for key, value in tree.entries]
    else:
        heads = [(f"{pad}-", item) for item in (tree.items if isinstance(tree, Items) else ())]
    return "".join(f"{head}{after_head(value, blocks - 1, indent)}" for head, value in heads)


def after_head(value: Tree, blocks: int, indent: int) -> str:
    short = isinstance(value, Word) or not (value.items if isinstance(value, Items) else value.entries)
    if short or blocks <= 0:
        return f" {in_flow(value)}\n"
    return "\n" + in_block(value, blocks, indent + 2)


def assert_same(text: str, node: Node, tree: Tree, first_line: int) -> None:
    """Every scalar of the tree is found in the node, and its place cuts it out of the text as written."""
    if isinstance(tree, Word):
        assert isinstance(node, Scalar)
        assert (node.text, node.plain) == (tree.value, tree.is_plain)
        assert cut_out(text, node.place, first_line) == tree.written
    elif isinstance(tree, Items):
        assert isinstance(node, Sequence)
        for item, inner in zip(node.items, tree.items, strict=True):
            assert_same(text, item, inner, first_line)
    else:
        assert isinstance(node, Mapping)
        for (key, value), (word, inner) in zip(node.entries, tree.entries, strict=True):
            assert_same(text, key, word, first_line)
            assert_same(text, value, inner, first_line)


@given(tree=pairs(TREES), blocks=st.integers(1, 4), first_line=st.integers(1, 3))
@settings(deadline=None, max_examples=150)
def test_place_cuts_out_what_is_written(tree: Pairs, blocks: int, first_line: int) -> None:
    text = in_block(tree, blocks)
    root, problems = read_mapping(text, PATH, first_line)
    assert problems == []
    assert_same(text, root, tree, first_line)


def test_brackets_belong_to_the_place_of_a_collection() -> None:
    text = 'å: [🙂, {ö: "x"}] # slut\nb: {c: [d]}\n'
    root, _ = read_mapping(text, PATH)
    first, second = (value for _, value in root.entries)
    assert cut_out(text, first.place) == '[🙂, {ö: "x"}]'
    assert cut_out(text, second.place) == "{c: [d]}"


def test_block_text_keeps_its_lines_and_is_not_plain() -> None:
    root, problems = read_mapping("a: |\n  en\n  två\nb: >-\n  tre\n  fyra\n", PATH)
    assert problems == []
    assert plain(root) == {"a": "en\ntvå\n", "b": "tre fyra"}
    assert [value.plain for _, value in root.entries if isinstance(value, Scalar)] == [False, False]
    assert [value.place[:2] for _, value in root.entries] == [(1, 4), (4, 4)]


def test_address_is_no_mapping() -> None:
    assert plain(read_mapping("a: https://exempel.se/x\n", PATH)[0]) == {"a": "https://exempel.se/x"}


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "Yes",
        "on",
        "1.10",
        "2007-03",
        "2007-03-14",
        "0x10",
        "0o17",
        "~",
        "null",
        "1_000",
        "12:30",
        "1e3",
    ],
)
def test_strings_stay_strings(word: str) -> None:
    root, problems = read_mapping(f"a: {word}\nb: [{word}]\n", PATH)
    assert problems == []
    assert plain(root) == {"a": word, "b": [word]}


def test_missing_value_is_an_empty_plain_string() -> None:
    root, problems = read_mapping("a:\nb: x\n", PATH)
    assert problems == []
    assert root.get("a") == Scalar("", True, Place(1, 3, 1, 3))


@pytest.mark.parametrize("text", ["", "\n\n", "# bara en kommentar\n"])
def test_no_fields_at_all_is_an_empty_mapping(text: str) -> None:
    root, problems = read_mapping(text, PATH, first_line=7)
    assert (root.entries, problems) == ((), [])
    assert root.place == Place(7, 1, 7, 1)


@pytest.mark.parametrize("text", ["- a\n- b\n", "bara ord\n", "[a, b]", "~"])
def test_root_must_be_a_mapping(text: str) -> None:
    root, problems = read_mapping(text, PATH)
    assert names(problems) == ["not-a-mapping"]
    assert root.entries == ()


def test_every_duplicate_key_names_the_first() -> None:
    text = "a: 1\nb: {c: 1, c: 2}\na: 2\n'a': 3\n"
    root, problems = read_mapping(text, PATH, first_line=2)
    assert names(problems) == ["duplicate-key"] * 3
    assert [(p.values["key"], p.values["first"], p.place.line) for p in problems] == [
        ("c", 3, 3),
        ("a", 2, 4),
        ("a", 2, 5),
    ]
    assert plain(root) == {"a": "1", "b": {"c": "1"}}


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_depth_ends_at_the_limit(opening: str, closing: str) -> None:
    allowed = MAX_DEPTH - 1  # the root is a level too
    root, problems = read_mapping(f"a: {opening * allowed}{closing * allowed}\n", PATH)
    assert problems == []
    assert root.entries
    root, problems = read_mapping(f"a: {opening * (allowed + 1)}{closing * (allowed + 1)}\n", PATH)
    assert names(problems) == ["yaml-too-deep"]
    assert root.entries == ()
    assert problems[0].place.column == len("a: ") + len(opening) * allowed + 1


def test_depth_of_blocks_is_counted_too() -> None:
    lines = [" " * level + "a:" for level in range(MAX_DEPTH)]
    assert read_mapping("\n".join(lines) + " x", PATH)[1] == []
    deeper = [*lines, " " * MAX_DEPTH + "a: x"]
    assert names(read_mapping("\n".join(deeper), PATH)[1]) == ["yaml-too-deep"]


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("a: &x 1", "yaml-anchor", "&x"),
        ("a: &x [1]", "yaml-anchor", "&x"),
        ("a: &x {b: 1}", "yaml-anchor", "&x"),
        ("&x a: 1", "yaml-anchor", "&x"),
        ("a: *x", "yaml-anchor", "*x"),
        ("a: [b, *x]", "yaml-anchor", "*x"),
        ("*x : a", "yaml-anchor", "*x"),
        ("a: !hej b", "yaml-tag", "!hej"),
        ("a: !!str b", "yaml-tag", "!!str"),
        ("a: ! b", "yaml-tag", "!"),
        ("!!map {a: b}", "yaml-tag", "!!map"),
        ("a: !!python/object/apply:os.system [ls]", "yaml-tag", "!!python/object/apply:os.system"),
        ("a: !<tag:example.org,2000:x> b", "yaml-tag", "tag:example.org,2000:x"),
    ],
)
def test_anchors_aliases_and_tags_are_refused(text: str, code: str, word: str) -> None:
    root, problems = read_mapping(text, PATH)
    assert names(problems) == [code]
    assert problems[0].values["word"] == word
    assert root.entries == ()


def test_signs_in_quotes_are_text() -> None:
    root, problems = read_mapping("a: '&x'\nb: \"*x\"\nc: '!x'\n\"<<\": d\n", PATH)
    assert problems == []
    assert plain(root) == {"a": "&x", "b": "*x", "c": "!x", "<<": "d"}


def test_tags_are_passed_over_where_they_are_allowed() -> None:
    text = "a: !!python/name:os.system ''\nb: !ENV [X, y]\n"
    root, problems = read_mapping(text, PATH, tags_allowed=True)
    assert problems == []
    assert plain(root) == {"a": "", "b": ["X", "y"]}
    assert names(read_mapping("a: &x b\n", PATH, tags_allowed=True)[1]) == ["yaml-anchor"]


@pytest.mark.parametrize("text", ["a: 1\n<<: {b: 2}\n", "a:\n  <<: b\n", "a: [{<<: b}]\n"])
def test_merge_key_is_refused(text: str) -> None:
    assert names(read_mapping(text, PATH)[1]) == ["yaml-merge-key"]


@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2\n", "---\n---\na: 1\n", "a: 1\n...\n---\nb: 2\n"])
def test_one_document_a_file(text: str) -> None:
    root, problems = read_mapping(text, PATH)
    assert names(problems) == ["yaml-many-documents"]
    assert root.entries == ()


BOMB: Final = (
    "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)) + "b: *a39\n"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 50_000, "yaml-too-deep"),
        ("{" * 50_000, "yaml-too-deep"),
        ("a: " + "[" * 50_000, "yaml-too-deep"),
        ("a: " + "{a: " * 12_500, "yaml-too-deep"),
        ("- " * 25_000, "yaml-too-deep"),
        ("? " * 25_000, "yaml-too-deep"),
        ("a: " + "[{" * 25_000, "yaml-too-deep"),
        (BOMB, "yaml-anchor"),
    ],
    ids=["brackets", "braces", "brackets-in-a-field", "mappings", "lists", "keys", "mixed", "aliases"],
)
def test_bomb_is_a_problem_and_no_crash(text: str, code: str) -> None:
    root, problems = read_mapping(text, PATH)
    assert names(problems) == [code]
    assert root.entries == ()
    assert is_inside(text, problems[0].place)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("title: Nätverk: en metod\n", 1, 15),
        ("a: [b\nc: d\n", 1, 4),
        ("a: 'b\nc: d\n", 1, 4),
        ("a: b\n\tc: d\n", 2, 1),
        ("a: @b\n", 1, 4),
        ("a: b\n  - c: d\n", 2, 6),
    ],
)
def test_slip_is_found_where_it_is(text: str, line: int, column: int) -> None:
    _, problems = read_mapping(text, PATH)
    assert names(problems) == ["yaml-syntax"]
    assert problems[0].place[:2] == (line, column)


def test_controls_written_as_escapes_are_found() -> None:
    text = 'a: "x\\0y"\nb: ["å\\u202Ez", \'\\u202E\', "\\u00E5\\n"]\n'
    _, problems = read_mapping(text, PATH)
    assert names(problems) == ["control-character", "bidi-control"]
    assert [cut_out(text, problem.place) for problem in problems] == ['"x\\0y"', '"å\\u202Ez"']


@pytest.mark.parametrize("text", ["a: [", "a: b\nc: {"])
def test_slip_at_the_end_of_a_file_is_in_the_file(text: str) -> None:
    _, problems = read_mapping(text, PATH)
    assert is_inside(text, problems[0].place)


SIGNS: Final = "abå🙂 \t\n:-?[]{},#&*!|>'\"%@`.<~\\0"


@given(st.one_of(st.text(), st.text(SIGNS), st.text(SIGNS).map(lambda t: "a: " + t)))
@settings(deadline=None, max_examples=300)
def test_no_text_is_too_much(text: str) -> None:
    decoded, _ = decode(f"{text}\n".encode(), PATH)
    if decoded is None:
        return
    root, problems = read_mapping(decoded, PATH, first_line=2)
    for place in (*(problem.place for problem in problems), *(places(root) if root.entries else ())):
        assert is_inside(decoded, place, first_line=2)


PIECES: Final = [b"a: ", b"[", b"\xc3", b"\xa5", b"\r", b"\n", b"- ", b"\xef\xbb\xbf", b"\x00", b"\xff"]


@given(st.one_of(st.binary(), st.lists(st.sampled_from(PIECES)).map(b"".join)))
@settings(deadline=None, max_examples=300)
def test_no_bytes_are_too_much(data: bytes) -> None:
    data = b"a" + data + b"\n"
    text, problems = decode(data, PATH)
    shown = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    assert (text is None) == bool(problems)
    if text is not None:
        _, problems = read_mapping(text, PATH)
    assert all(is_inside(shown, problem.place) for problem in problems)


TYPED: Final[list[tuple[str, Any]]] = [
    ("12", 12),
    ("-3", -3),
    ("0", 0),
    ("'12'", "12"),
    ('"true"', "true"),
    ("true", True),
    ("false", False),
    ("null", None),
    ("007", "007"),
    ("-", "-"),
    ("+5", "+5"),
    ("1.5", "1.5"),
    ("yes", "yes"),
    ("True", "True"),
    ("2007-03-14", "2007-03-14"),
    ("٣", "٣"),
    ("9" * 5000, "9" * 5000),
    ("[1, '1', {a: true}]", [1, "1", {"a": True}]),
]


@pytest.mark.parametrize(("written", "value"), TYPED, ids=[written[:20] for written, _ in TYPED])
def test_typed_gives_what_json_knows(written: str, value: Any) -> None:
    node = read_mapping(f"- {written}" if written == "-" else f"a: {written}", PATH)[0]
    if written == "-":
        node = Mapping(((Scalar("a", True, node.place), Scalar("-", True, node.place)),), node.place)
    found = typed(node)
    assert found == {"a": value}
    assert type(found["a"]) is type(value)


def test_plain_gives_strings_only() -> None:
    root, _ = read_mapping("a: 12\nb: true\nc: [null, {d: -3}]\n", PATH)
    assert plain(root) == {"a": "12", "b": "true", "c": ["null", {"d": "-3"}]}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("60", 60),
        ("-60", -60),
        ("060", None),
        ("", None),
        ("-", None),
        ("6 0", None),
        ("1" * 19, None),
    ],
)
def test_whole_number(text: str, number: int | None) -> None:
    assert whole_number(text) == number


def test_at_goes_as_deep_as_there_is_something() -> None:
    root, _ = read_mapping("a: {b: [c, d]}\n", PATH)
    assert plain(at(root, ["a", "b", 1])) == "d"
    assert plain(at(root, ["a", "b", 2])) == ["c", "d"]
    assert plain(at(root, ["a", "x", 1])) == {"b": ["c", "d"]}
    assert at(root, []) is root


def test_scalars_are_all_values_in_order() -> None:
    root, _ = read_mapping("a: 1\nb: {c: [2, {d: 3}], e: 4}\n", PATH)
    assert [scalar.text for scalar in scalars(root)] == ["1", "2", "3", "4"]
