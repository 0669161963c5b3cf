"""Files as strangers send them: size, kind, encoding and invisible characters, each refused at its place."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import names

from kunskapsbank.problems.problem import Place
from kunskapsbank.reading import characters, files
from kunskapsbank.reading.files import MAX_BYTES, decode, find, listing, quotable_lines, read_text

PATH = "examples/a.md"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "examples").mkdir()
    return tmp_path


def write(source: Path, data: bytes, path: str = PATH) -> None:
    (source / path).write_bytes(data)


def test_ordinary_file(source: Path) -> None:
    write(source, "Hej å 🙂\tx\r\n".encode())
    assert read_text(source, PATH) == ("Hej å 🙂\tx\n", [])
    assert quotable_lines(source, PATH) == ["Hej å 🙂\tx", ""]


def test_size_ends_at_the_limit(source: Path) -> None:
    assert MAX_BYTES == 256 * 1024
    write(source, b"x" * MAX_BYTES)
    text, problems = read_text(source, PATH)
    assert (len(text or ""), problems) == (MAX_BYTES, [])
    write(source, b"x" * (MAX_BYTES + 1))
    text, problems = read_text(source, PATH)
    assert text is None
    assert names(problems) == ["file-too-large"]
    assert problems[0].values == {"size": 257, "limit": 256}
    assert quotable_lines(source, PATH) == []


def test_symbolic_link_is_not_followed(source: Path) -> None:
    write(source, b"hemligt", "hemligt.txt")
    (source / PATH).symlink_to(source / "hemligt.txt")
    text, problems = read_text(source, PATH)
    assert (text, names(problems)) == (None, ["symbolic-link"])
    assert quotable_lines(source, PATH) == []
    assert find(source, "examples", (".md",)) == ([], problems)


def test_link_to_nothing_is_a_link(source: Path) -> None:
    (source / PATH).symlink_to(source / "finns-inte")
    assert names(read_text(source, PATH)[1]) == ["symbolic-link"]
    assert names(find(source, "examples", (".md",))[1]) == ["symbolic-link"]


def test_folder_that_is_a_link_is_refused(source: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("annan")
    (elsewhere / "a.md").write_text("hemligt")
    (source / "methods").symlink_to(elsewhere, target_is_directory=True)
    paths, problems = find(source, "methods", (".md",))
    assert (paths, names(problems)) == ([], ["symbolic-link"])


def test_folder_is_no_record(source: Path) -> None:
    (source / PATH).mkdir()
    text, problems = read_text(source, PATH)
    assert (text, names(problems)) == (None, ["not-a-file"])
    assert find(source, "examples", (".md",)) == ([], problems)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_is_not_waited_for(source: Path) -> None:
    os.mkfifo(source / PATH)
    text, problems = read_text(source, PATH)
    assert (text, names(problems)) == (None, ["not-a-file"])
    assert problems[0].values == {"name": "a.md"}


def test_missing_file_and_folder(source: Path) -> None:
    text, problems = read_text(source, PATH)
    assert (text, names(problems)) == (None, ["unreadable-file"])
    assert find(source, "saknas", (".md",)) == ([], [])
    assert quotable_lines(source, PATH) == []


def test_folder_that_is_a_file(source: Path) -> None:
    write(source, b"x", "methods")
    paths, problems = find(source, "methods", (".md",))
    assert (paths, names(problems)) == ([], ["unreadable-file"])


def test_file_without_permission(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", PATH)

    write(source, b"x")
    monkeypatch.setattr(files, "open", refuse, raising=False)
    text, problems = read_text(source, PATH)
    assert (text, names(problems)) == (None, ["unreadable-file"])
    assert problems[0].message("sv") == "Filen går inte att läsa: du saknar behörighet."
    assert quotable_lines(source, PATH) == []


def test_found_in_order_and_by_ending(source: Path) -> None:
    for name in ("b.md", "a.md", "a.tool.yml", "c.txt", ".dold", "A.md"):
        write(source, b"x", f"examples/{name}")
    paths, problems = find(source, "examples", (".md", ".tool.yml"))
    assert paths == ["examples/A.md", "examples/a.md", "examples/a.tool.yml", "examples/b.md"]
    assert [(p.code.name, p.path) for p in problems] == [("unexpected-file", "examples/c.txt")]


@pytest.mark.parametrize(
    "name",
    [
        b"a\x1bb.md",
        b"\xff.md",
        "a\u202eb.md".encode(),
        b"a\nb.md",
    ],
)
def test_name_that_can_not_be_shown_is_refused(source: Path, name: bytes) -> None:
    try:
        (source / "examples" / os.fsdecode(name)).write_bytes(b"x")
    except OSError:
        pytest.skip("the file system refuses such names itself")
    paths, problems = find(source, "examples", (".md",))
    assert (paths, names(problems)) == ([], ["unprintable-name"])
    assert problems[0].path.isprintable()
    assert problems[0].message("sv").isprintable()


def test_listing_names_every_file_under_a_folder(source: Path) -> None:
    (source / "examples" / "bilder").mkdir()
    write(source, b"x")
    write(source, b"x", "examples/bilder/b.png")
    assert listing(source, "examples") == {"examples/a.md", "examples/bilder/b.png"}
    assert listing(source, "saknas") == frozenset()


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_empty_file(data: bytes) -> None:
    text, problems = decode(data, PATH)
    assert (text, names(problems)) == (None, ["empty-file"])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
        (b"\xef\xbb\xbfa", "a"),
        ("é\u0301\u00ad\u200d\u00a0".encode(), "é\u0301\u00ad\u200d\u00a0"),
    ],
)
def test_text_as_it_is_taken(data: bytes, text: str) -> None:
    assert decode(data, PATH) == (text, [])


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b"abc\xe5", 1, 4),
        ("åä🙂".encode() + b"\xf6x", 1, 4),
        (b"a\nb\xe4", 2, 2),
        (b"a\r\nb\xe4", 2, 2),
        (b"a\rb\xe4", 2, 2),
        ("å".encode()[:1], 1, 1),
        (b"\xed\xa0\x80", 1, 1),
        ("a\n🙂".encode()[:-1], 2, 1),
    ],
)
def test_not_utf8_is_told_at_its_place(data: bytes, line: int, column: int) -> None:
    text, problems = decode(data, PATH)
    assert (text, names(problems)) == (None, ["not-utf8"])
    assert problems[0].place == Place(line, column, line, column + 1)


def test_not_utf8_after_a_byte_order_mark() -> None:
    _, problems = decode(b"\xef\xbb\xbfabc\xe5", PATH)
    assert problems[0].place == Place(1, 4, 1, 5)


CONTROLS = "\x00\x01\x08\x0b\x0c\x1b\x7f\x80\x85\x9f\u2028\u2029\ufffe\uffff"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("sign", CONTROLS + BIDI, ids=lambda sign: f"U+{ord(sign):04X}")
def test_invisible_character_is_told_at_its_place(sign: str) -> None:
    text, problems = decode(f"åä\n🙂b{sign}c\r\n{sign}".encode(), PATH)
    code = "bidi-control" if sign in BIDI else "control-character"
    assert (text, names(problems)) == (None, [code, code])
    assert [problem.place for problem in problems] == [Place(2, 3, 2, 4), Place(3, 1, 3, 2)]
    assert problems[0].values == {"number": f"{ord(sign):04X}"}


def test_every_invisible_character_is_seen_in_the_bytes_too() -> None:
    """The bytes are looked at first, so they may say too much, but never too little."""
    every = [chr(number) for number in (*range(0xD800), *range(0xE000, 0x11000))]
    refused = [sign for sign in every if characters.has_any(f"a{sign}b")]
    assert len(refused) > 60
    assert [sign for sign in refused if not characters.may_have_any(f"a{sign}b".encode())] == []
    assert not characters.may_have_any("Vanlig text, på rad\tefter rad: åäö.\r\n".encode())


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn"])).map(lambda t: f"x{t}"))
@settings(deadline=None, max_examples=150)
def test_visible_text_passes_unchanged(text: str) -> None:
    assert decode(text.encode(), PATH) == (text, [])
