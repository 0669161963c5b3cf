"""Frames: their slots are all there and filled, their addresses fit at any depth, a broken engine is told in a sentence."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser
from sites_support import (
    MACHINE_FAILED,
    attribute,
    build,
    copy_of,
    element,
    main_part,
    pages,
    replace,
    script,
    tree,
)
from support import REPOSITORY, compose

from kunskapsbank.pages.frame_markup import refused_tags
from kunskapsbank.pages.frames import Frame, cut, from_root
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.pour import pour, root_of

# Slots


@pytest.mark.parametrize(
    ("file", "old", "new", "report"),
    [
        (
            "docs/ramar/method.md",
            "<!-- slot:body -->",
            "Inget här.",
            "docs/ramar/method.md:1:1: fel [slot-missing]\n  Ramen docs/ramar/method.md saknar luckan ”body”.",
        ),
        (
            "docs/ramar/term.md",
            'title: "@@title@@"',
            "title: Alltid samma",
            "docs/ramar/term.md:1:1: fel [slot-missing]\n  Ramen docs/ramar/term.md saknar luckan ”title”.",
        ),
        (
            "docs/ramar/method.md",
            "<!-- slot:body -->",
            "<!-- slot:body -->\n\n<!-- slot:body -->",
            "docs/ramar/method.md:5:1: fel [slot-doubled]\n"
            "  Ramen docs/ramar/method.md har luckan ”body” 2 gånger.",
        ),
        (
            "docs/metoder/index.md",
            "<!-- slot:list-method -->",
            "<!-- slot:list-method -->\n\n<!-- slot:list-method -->",
            "docs/metoder/index.md:7:1: fel [slot-doubled]\n"
            "  Ramen docs/metoder/index.md har luckan ”list-method” 2 gånger.",
        ),
        (
            "docs/bidra/index.md",
            "Skriv till redaktionen.",
            "Skriv till redaktionen. <!-- slot:list-metod -->",
            "docs/bidra/index.md:7:25: fel [slot-unknown]\n"
            "  Ramen docs/bidra/index.md har en lucka som ingen fyller: ”list-metod”.",
        ),
        (
            "docs/ramar/news.md",
            "<!-- slot:body -->",
            "<!-- slot:body --> @@datum@@",
            "docs/ramar/news.md:5:20: fel [slot-unknown]\n"
            "  Ramen docs/ramar/news.md har en lucka som ingen fyller: ”datum”.",
        ),
        (
            "docs/bidra/index.md",
            "Skriv till redaktionen.",
            "<!-- slot:body -->",
            "docs/bidra/index.md:7:1: fel [slot-unknown]\n"
            "  Ramen docs/bidra/index.md har en lucka som ingen fyller: ”body”.",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_frame_and_slot(
    file: str, old: str, new: str, report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = compose(tmp_path / "bank")
    replace(bank / file, old, new)
    build(bank, tmp_path / "site", expect=1)
    said = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    head, message = report.split("\n")
    assert head in said
    assert any(line.strip() == message.strip() for line in said)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("slot", "written"),
    [("canonical", '<link rel="canonical" href="@@canonical@@">'), ("head", "<!-- slot:head -->")],
)
def test_a_slot_missing_from_the_page_template_is_told_for_every_page(
    slot: str, written: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = compose(tmp_path / "bank")
    replace(bank / "overrides" / "main.html", written, "")
    build(bank, tmp_path / "site", expect=1)
    said = capsys.readouterr().out
    for file in (bank / "docs").rglob("*.md"):
        assert f"Ramen {file.relative_to(bank).as_posix()} saknar luckan ”{slot}”." in said


def test_every_missing_frame_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank = compose(tmp_path / "bank")
    names = sorted(file.name for file in (bank / "docs" / "ramar").iterdir())
    shutil.rmtree(bank / "docs" / "ramar")
    build(bank, tmp_path / "site", expect=1)
    said = capsys.readouterr().out
    assert [name for name in names if f"docs/ramar/{name}:1:1: fel [frame-missing]" not in said] == []


@pytest.mark.parametrize(
    "folder",
    [
        "sidor",
        "in/sidor",
    ],
)
def test_docs_may_lie_elsewhere(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank = compose(tmp_path / "bank")
    (bank / folder).parent.mkdir(exist_ok=True)
    (bank / "docs").rename(bank / folder)
    replace(bank / "mkdocs.yml", "docs_dir: docs", f"docs_dir: {folder}")
    build(bank, tmp_path / "site")
    replace(bank / folder / "ramar" / "method.md", "<!-- slot:body -->", "")
    build(bank, tmp_path / "site", expect=1)
    assert f"{folder}/ramar/method.md:1:1: fel [slot-missing]" in capsys.readouterr().out


# The note on pages that nobody has poured


@pytest.fixture(scope="module")
def docs_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's docs as the engine alone builds them, for somebody who writes them."""
    place = tmp_path_factory.mktemp("docs")
    for folder in ("docs", "overrides"):
        shutil.copytree(REPOSITORY / folder, place / folder)
    shutil.copy(REPOSITORY / "mkdocs.yml", place)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", "site"]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return place / "site"


def test_the_note_shows_where_the_engine_alone_has_built(docs_alone: Path) -> None:
    for path, html in pages(docs_alone).items():
        if main_part(html) is not None:
            notes = LexborHTMLParser(html).css("main p.unpoured")
            assert len(notes) == (1 if "<!-- slot:" in (main_part(html) or "") else 0), path
    assert "make site" in element((docs_alone / "index.html").read_text("utf-8"), "p.unpoured").text()


def test_the_note_is_not_in_the_built_site(own_site: Path) -> None:
    assert [path for path, html in pages(own_site).items() if "unpoured" in html] == []


@pytest.mark.parametrize(
    "tag",
    [
        '<meta http-equiv="Refresh" content="0; url=/">',
        '<base href="/annan/">',
        "<script>",
        '<script src="https://annan.example/x.js">',
        '<link rel="stylesheet" href="//annan.example/x.css">',
        '<iframe src="sida/">',
        '<object data="x.swf">',
        "<style>",
        '<p onclick="x()">',
        '<p style="color: red">',
        '<img src="https://annan.example/x.png" alt="Bild">',
        '<img src="x.png" alt="Bild" srcset="\\\\annan.example/x.png 2x">',
        '<a href="java\nscript:x()">',
        '<a href="http://annan.example/">',
        '<a href="https:annan.example">',
        '<a href="sida/" ping="https://annan.example/">',
        '<form action="https://annan.example/">',
        '<button formaction="/">',
        '<svg><set attributeName="href" to="x">',
        '<use xlink:href="https://annan.example/#x">',
        '<meta http-equiv="refresh" http-equiv="content-security-policy" content="0; url=/">',
        '<img src="//annan.example/x.png" src="x.png" alt="Bild">',
    ],
)
def test_markup_that_moves_readers_or_fetches_from_others_is_refused(tag: str) -> None:
    refused = tag.removeprefix("<svg>")
    assert refused_tags(f"<p>Text.</p>\n{tag}<p>Mer.</p>") == (refused,)


@pytest.mark.parametrize("opening", ["<!-->", "<!-- x --!>", "<![CDATA[ >"])
def test_markup_behind_what_only_browsers_take_for_a_comment_is_refused(opening: str) -> None:
    """The comment is told of or the tag in it: versions of Python differ in where they end a comment."""
    (refused,) = refused_tags(f'{opening}<base href="x"> -->]]>')
    assert '<base href="x">' in refused


def test_markup_of_ordinary_pages_is_not_refused() -> None:
    html = (
        '<meta http-equiv="Content-Security-Policy" content="@@policy@@"><script type="module" src="../start.js">'
        '</script><a href="https://annan.example/">a</a><a href="mailto:a@b.example">b</a><a href="#c">c</a>'
        '<img src="../bild.svg" alt="Bild"><form action="sok/"></form><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>'
        "<!-- slot:body --><!-- unpoured -->"
    )
    assert refused_tags(html) == ()


def test_no_slot_is_left_in_the_built_site(own_site: Path) -> None:
    left = [
        path for path, html in pages(own_site).items() if "<!-- slot:" in html or "@@" in html or ROOT in html
    ]
    assert left == []


def test_frames_are_not_pages_of_the_site(own_site: Path, base_site: Path) -> None:
    for site in (own_site, base_site):
        assert [path for path in tree(site) if path.startswith("ramar/")] == []


# Addresses


@pytest.mark.parametrize(
    ("path", "address", "expected"),
    [
        ("index.html", "lan/", "lan/"),
        ("index.html", ".", ""),
        ("index.html", "", ""),
        ("index.html", "./", ""),
        ("lan/index.html", "../bilder/a.svg", "bilder/a.svg"),
        ("lan/index.html", "..", ""),
        ("lan/index.html", "./", "lan/"),
        ("lan/index.html", "skane/?a=1#b", "lan/skane/?a=1#b"),
        ("ramar/example/index.html", "../../bilder/a.svg", "bilder/a.svg"),
        ("ramar/example/index.html", "../../", ""),
        ("a/b/c/index.html", "../../../bilder/a.svg", "bilder/a.svg"),
        ("a/b/c/index.html", "../d/", "a/b/d/"),
        ("a/b/c/index.html", "/lan/#skane", "lan/#skane"),
        ("404.html", "/lan/", "lan/"),
        ("404.html", "lan/", "lan/"),
    ],
)
def test_an_address_is_told_from_the_root(path: str, address: str, expected: str) -> None:
    assert from_root(address, path) == ROOT + expected


@pytest.mark.parametrize(
    "address",
    ["#innehall", "https://a.example/b", "mailto:a@b.example", "tel:+46", "//a.example/", "@@canonical@@"],
)
def test_an_address_elsewhere_is_left_alone(address: str) -> None:
    assert from_root(address, "lan/index.html") == address


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("index.html", "./"),
        ("lan/index.html", "../"),
        ("exempel/karp/index.html", "../../"),
        ("metoder/karp/verktyg/index.html", "../../../"),
    ],
)
def test_a_frame_fits_at_any_depth(path: str, root: str) -> None:
    html = '<a href="../../lan/">l</a><img src="../../a.svg"><form action="."></form><!-- slot:body -->'
    frame = Frame("ramar/example/index.html", "docs/ramar/example.md", cut(html, "ramar/example/index.html"))
    poured = pour(frame, path, {}, {"body": f'<a href="{ROOT}nyheter/">n</a>'}).decode()
    assert root_of(path) == root
    assert poured == (
        f'<a href="{root}lan/">l</a><img src="{root}a.svg"><form action="{root}ramar/example/"></form>'
        f'<a href="{root}nyheter/">n</a>'
    )


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_hand_written_links_and_pictures_work_at_every_depth(engine: str, tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    for depth, name in enumerate(("index", "ett/index", "ett/tva/index", "ett/tva/tre")):
        file = bank / "docs" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        up = "../" * name.count("/")
        text = (
            file.read_text("utf-8") if file.exists() else f"---\ntitle: Djup {depth}\n---\n\n# Djup {depth}\n"
        )
        links = f"[Start]({up}index.md) [Län]({up}lan/index.md) ![Snäcka]({up}bilder/snackan.svg)"
        file.write_text(f"{text}\n{links} [Djupt]({up}ett/tva/tre.md#djup-3)\n", "utf-8")
    replace(bank / "docs" / "ramar" / "method.md", "<!-- slot:body -->", PICTURE)
    replace(bank / "docs" / "ramar" / "tool.md", "<!-- slot:body -->", PICTURE)
    site = build(bank, tmp_path / "site", "--engine", engine)
    for path in ("", "ett/", "ett/tva/", "ett/tva/tre/"):
        page = LexborHTMLParser((site / path / "index.html").read_text("utf-8"))
        found = [urljoin(f"https://x/{path}", attribute(node, "href")) for node in page.css("main p > a")]
        assert found[-3:] == ["https://x/", "https://x/lan/", "https://x/ett/tva/tre/#djup-3"], path
        assert (
            urljoin(f"https://x/{path}", attribute(element(page, "main img"), "src"))
            == "https://x/bilder/snackan.svg"
        )
    for path in ("metoder/snackmodellen/", "metoder/snackmodellen/verktyg/"):
        page = LexborHTMLParser((site / path / "index.html").read_text("utf-8"))
        assert (
            urljoin(f"https://x/{path}", attribute(element(page, "main img"), "src"))
            == "https://x/bilder/snackan.svg"
        )


PICTURE = "![Snäcka](../bilder/snackan.svg)\n\n<!-- slot:body -->"


def test_words_that_look_like_addresses_are_left_alone() -> None:
    html = '<p>Skriv href="../a/" så.</p><code>&lt;a href="../a/"&gt;</code><p data-href="../a/">b</p>'
    assert cut(html, "a/b/index.html") == (html,)


# An engine that is missing or fails


def refuses(said: str, *words: str) -> None:
    """One sentence on the last line, and nothing of a traceback."""
    *progress, last = said.strip().splitlines()
    assert last.startswith("build_site.py: ")
    assert last.endswith("Webbplatsen är orörd.")
    assert [word for word in words if word not in last] == []
    assert all(line.endswith(" …") for line in progress)
    assert "Traceback" not in said


@pytest.fixture
def good(tmp_path: Path, base_site: Path) -> Path:
    """A built site beside its bank, to be left as it is."""
    shutil.copytree(base_site.with_name("bank"), tmp_path / "bank")
    return copy_of(base_site, tmp_path / "site")


def without_packages(place: Path) -> str:
    """An interpreter that has no packages."""
    program = place / "python"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S -I "$@"\n', "utf-8")
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_missing_engine_is_told_in_a_sentence(
    engine: str,
    good: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before, link = tree(good), good.readlink()
    monkeypatch.setattr("sys.executable", without_packages(tmp_path))
    capsys.readouterr()
    build(tmp_path / "bank", good, "--engine", engine, expect=MACHINE_FAILED)
    said = capsys.readouterr()
    refuses(said.err, f"Webbplatsmotorn {engine} är inte installerad.", "make")
    assert said.out == ""
    assert (tree(good), good.readlink()) == (before, link)


FAULTS: Sequence[tuple[str, str, str]] = (
    ("mkdocs", "  - attr_list", "  - attr_list\n  - finnsinte"),
    ("mkdocs", "plugins: []", "plugins: [finnsinte]"),
    ("mkdocs", "  name: material", "  name: finnsinte"),
    ("zensical", "  - attr_list", "  - attr_list\n  - finnsinte"),
)


@pytest.mark.parametrize(("engine", "old", "new"), FAULTS)
def test_an_engine_that_fails_is_told_in_a_sentence(
    engine: str,
    old: str,
    new: str,
    good: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before, link = tree(good), good.readlink()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    replace(tmp_path / "bank" / "mkdocs.yml", old, new)
    capsys.readouterr()
    build(tmp_path / "bank", good, "--engine", engine, expect=MACHINE_FAILED)
    said = capsys.readouterr()
    refuses(said.err, f"Webbplatsmotorn {engine} kunde inte bygga docs:")
    assert said.out == ""
    assert (tree(good), good.readlink()) == (before, link)
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize(("engine", "old", "new"), FAULTS)
def test_the_reason_of_an_engine_that_fails_is_told(
    engine: str, old: str, new: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong in mkdocs.yml, and not `Aborted with a configuration error!` or a line of a traceback."""
    bank = compose(tmp_path / "bank")
    replace(bank / "mkdocs.yml", old, new)
    build(bank, tmp_path / "site", "--engine", engine, expect=MACHINE_FAILED)
    refuses(capsys.readouterr().err, "finnsinte")


def test_a_failing_engine_is_told_by_the_script_too(good: Path, tmp_path: Path) -> None:
    before = tree(good)
    replace(tmp_path / "bank" / "mkdocs.yml", "  - attr_list", "  - finnsinte")
    answer = script("build", "--source", str(tmp_path / "bank"), "--output", str(good))
    assert answer.returncode == MACHINE_FAILED
    refuses(answer.stderr, "Webbplatsmotorn mkdocs kunde inte bygga docs:")
    assert tree(good) == before


def test_problems_of_the_records_come_before_those_of_the_engine(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody who sends a faulty record is told of it, whatever else is wrong; and the engine is stopped."""
    replace(tmp_path / "bank" / "mkdocs.yml", "  - attr_list", "  - finnsinte")
    replace(tmp_path / "bank" / "examples" / "delade-platser.md", "contact: redaktionen", "contact: ingen")
    build(tmp_path / "bank", good, expect=1)
    assert "examples/delade-platser.md:16:10: fel [unknown-term]" in capsys.readouterr().out
