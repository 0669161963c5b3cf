"""The verification of a release, held against a real HTML parser and the standard library's own addresses."""

import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

import markupsafe
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import names
from selectolax.lexbor import LexborHTMLParser

from kunskapsbank.output import File
from kunskapsbank.problems.problem import Problem
from kunskapsbank.publishing.verify import Site, attributes, judge, outline, resolve

ROOT_SITE: Final = Site("https://exempel.se/", "/")
FOLDER_SITE: Final = Site("https://exempel.se/bank/", "/bank/")


def by_parser(html: str) -> tuple[set[str], list[str]]:
    """The addresses and ids of a page as a browser reads them."""
    nodes = LexborHTMLParser(html).css("[href], [src], [action], [id]")
    found = [(name, value or "") for node in nodes for name, value in node.attributes.items()]
    return {value for name, value in found if name in ("href", "src", "action")}, [
        value for name, value in found if name == "id"
    ]


def by_pattern(html: str) -> tuple[set[str], list[str]]:
    addresses, ids = attributes(html.encode())
    return {unescape(address.decode()) for address in addresses}, [unescape(i.decode()) for i in ids]


def test_pattern_and_parser_agree_on_every_page_of_a_site(base_site: Path) -> None:
    pages = [path.read_text("utf-8") for path in base_site.rglob("*.html")]
    assert len(pages) > 20
    for html in pages:
        assert by_pattern(html) == by_parser(html)


TRICKY: Final = [
    'href="x"', ' href="x" ', '<a href="y">', "<img src='z'>", '"', "'", ">", "<", '">', '" id="q', "&", "&lt;", "&quot;", "&amp;lt;", "å", "🙂",
    " ", "\n", "=", 'id="w" >', " src=", "-->", "<!--", "</p>", "#a", "../b/?c=d&e=f#g",
]  # fmt: skip
ENDS_LIKE_AN_ATTRIBUTE: Final = re.compile(r"\s(href|src|action|id)=\Z")
TEXTS: Final = st.one_of(
    st.lists(st.sampled_from(TRICKY), max_size=6).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
).filter(lambda text: not ENDS_LIKE_AN_ATTRIBUTE.search(text))
"""Checked content has no control characters, some of which HTML changes."""


def in_text(text: str, by_template: bool) -> str:
    """Our templates escape quotation marks in texts too; Markdown leaves them."""
    return str(markupsafe.escape(text)) if by_template else escape(text, quote=False)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, st.booleans()), min_size=1, max_size=3))
@settings(deadline=None, max_examples=300)
def test_words_in_a_text_are_never_taken_for_a_link(parts: list[tuple[str, str, str, bool]]) -> None:
    html = "<!doctype html><title>x</title><body>" + "".join(
        f'<h2 id="{markupsafe.escape(one)}">{in_text(two, templated)}</h2>\n'
        f'<p title="{markupsafe.escape(two)}">{in_text(one, templated)}<a href="{markupsafe.escape(three)}" title="{markupsafe.escape(one)}">'
        f'{in_text(three, templated)}</a> <img alt="{markupsafe.escape(one)}" src="{markupsafe.escape(two)}"></p>'
        for one, two, three, templated in parts
    )
    assert by_pattern(html) == by_parser(html)


PATHS: Final = st.sampled_from(
    ["index.html", "om/index.html", "exempel/karp/index.html", "a/b/c/index.html", "404.html"]
)
NAMES: Final = st.lists(
    st.sampled_from(["a", "b", "index.html", "å", "%C3%A5", "c%20d", "a..b", "..."]), max_size=3
)


@given(
    st.sampled_from([ROOT_SITE, FOLDER_SITE]),
    PATHS,
    st.sampled_from(["", "./", "../", "../../", "../../../", "../../../../"]),
    NAMES,
    st.booleans(),
    st.sampled_from(["", "?x=1", "?a/b"]),
    st.sampled_from(["", "#", "#mål", "#m%C3%A5l", "#a?b"]),
)
@settings(deadline=None, max_examples=400)
def test_relative_address_leads_where_a_browser_goes(
    site: Site, path: str, way: str, steps: list[str], slash: bool, query: str, fragment: str
) -> None:
    address = way + "/".join(steps) + ("/" if slash and steps else "") + query + fragment
    found = resolve(address, path, site)
    if way.count("../") > path.count("/"):
        assert found is None or found[0].startswith("../")
        return
    goal = urlsplit(urljoin(site.url + path, address))
    inside = unquote(goal.path).removeprefix(site.base_path)
    page = f"{inside}index.html" if inside.endswith("/") or not inside else inside
    assert found == (page, unquote(goal.fragment))


@pytest.mark.parametrize("address", ["../.", "../om/../", "../om/./"])
def test_dots_inside_an_address_are_followed_too(address: str) -> None:
    found = resolve(address, "om/index.html", ROOT_SITE)
    assert found in (("index.html", ""), ("om/index.html", ""))


def test_alternative_text_that_ends_like_an_attribute() -> None:
    html = '<img alt="se src=" src="a.png">'
    assert by_pattern(html) == by_parser(html)


@pytest.mark.parametrize(
    ("address", "root_site", "folder_site"),
    [
        ("/", ("index.html", ""), None),
        ("/om/", ("om/index.html", ""), None),
        ("/om", ("om", ""), None),
        ("/bank/", ("bank/index.html", ""), ("index.html", "")),
        ("/bank/om/#a", ("bank/om/index.html", "a"), ("om/index.html", "a")),
        ("/banken/", ("banken/index.html", ""), None),
        ("https://exempel.se/", ("index.html", ""), None),
        ("https://exempel.se/bank/om/", ("bank/om/index.html", ""), ("om/index.html", "")),
        ("https://exempel.se.nu/", None, None),
        ("http://annan.se/om/", None, None),
        ("//annan.se/om/", None, None),
        ("mailto:a@b.se", None, None),
        ("tel:+46", None, None),
        ("data:image/png;base64,x", None, None),
        ("javascript:void(0)", None, None),
        ("", ("exempel/karp/index.html", ""), ("exempel/karp/index.html", "")),
        ("#", ("exempel/karp/index.html", ""), ("exempel/karp/index.html", "")),
        ("#å", ("exempel/karp/index.html", "å"), ("exempel/karp/index.html", "å")),
        ("?q=1", ("exempel/karp/index.html", ""), ("exempel/karp/index.html", "")),
        ("../../", ("index.html", ""), ("index.html", "")),
        ("../../feed.xml", ("feed.xml", ""), ("feed.xml", "")),
    ],
)
def test_resolve(
    address: str, root_site: tuple[str, str] | None, folder_site: tuple[str, str] | None
) -> None:
    path = "exempel/karp/index.html"
    assert (resolve(address, path, ROOT_SITE), resolve(address, path, FOLDER_SITE)) == (
        root_site,
        folder_site,
    )


@pytest.mark.parametrize("address", ["https://[x", "//[x"])
def test_malformed_address_is_no_crash(address: str) -> None:
    assert resolve(address, "index.html", ROOT_SITE) is None


PAGE: Final = "<!doctype html><title>x</title><body>{}"


def verify(files: Mapping[str, str], site: Site = ROOT_SITE, parts: int = 1) -> list[Problem]:
    """The problems of a site of these files; a page is given by what stands in its body."""
    made = [
        File(path, (PAGE.format(text) if path.endswith(".html") else text).encode(), (f"källa/{path}",))
        for path, text in files.items()
    ]
    outlines = [outline(made[start::parts], site) for start in range(parts)]
    contents = {file.path: file.content for file in made}
    return list(judge(outlines, ((f.path, f.made_from) for f in made), contents.__getitem__))


GOOD: Final = {
    "index.html": '<h1 id="a">x</h1><a href="#a">x</a><a href="om/">x</a><a href="om/#å">x</a><a href="https://annan.se/">x</a>',
    "om/index.html": '<p id="å">x</p><a href="../">x</a><a href="../#a">x</a><a href="#%C3%A5">x</a><img src="../bild.png" alt="">',
    "bild.png": "x",
    "feed.xml": '<id>https://exempel.se/feed.xml</id><link href="https://exempel.se/om/#%C3%A5"/><link href="https://annan.se/x"/>',
}


@pytest.mark.parametrize("parts", [1, 2, 4])
def test_good_site_is_without_problems(parts: int) -> None:
    assert verify(GOOD, parts=parts) == []


@pytest.mark.parametrize(
    ("path", "text", "code", "values"),
    [
        ("ny/index.html", '<a href="../saknas/">x</a>', "broken-link", {"target": "saknas/"}),
        ("ny/index.html", '<a href="../om">x</a>', "broken-link", {"target": "om"}),
        ("ny/index.html", '<a href="../../">x</a>', "broken-link", {"target": "../../"}),
        ("ny/index.html", '<img src="bild.png">', "broken-link", {"target": "ny/bild.png"}),
        ("ny/index.html", '<form action="/sok/"></form>', "broken-link", {"target": "sok/"}),
        ("ny/index.html", '<a href="https://exempel.se/saknas/">x</a>', "broken-link", {"target": "saknas/"}),
        ("ny/index.html", '<a href="../Om/">x</a>', "broken-link", {"target": "Om/"}),
        ("ny/index.html", '<a href="&#46;./saknas/">x</a>', "broken-link", {"target": "saknas/"}),
        ("ny.xml", "<id>https://exempel.se/saknas/</id>", "broken-link", {"target": "saknas/"}),
        ("ny/index.html", '<a href="../om/#b">x</a>', "broken-anchor", {"target": "om/", "anchor": "b"}),
        ("ny/index.html", '<a href="#b">x</a>', "broken-anchor", {"target": "ny/", "anchor": "b"}),
        ("ny/index.html", '<p id="b"></p><p id="c"></p><p id="b"></p>', "duplicate-anchor", {"anchor": "b"}),
        ("ny/index.html", "a <!-- slot:body --> b", "open-slot", {"slot": "<!-- slot:body -->"}),
        ("ny/index.html", "a <!--slot:list-x--> b", "open-slot", {"slot": "<!--slot:list-x-->"}),
        ("ny/index.html", "a <!-- unpoured --> b", "open-slot", {"slot": "<!-- unpoured -->"}),
        ("ny/index.html", "<p>\x00</p>", "open-slot", {"slot": "U+0000"}),
        ("om/INDEX.html", "x", "address-taken", {"address": "om/", "first": "källa/om/index.html", "second": "källa/om/INDEX.html"}),
    ],
)  # fmt: skip
def test_fault_is_found_and_nothing_else(path: str, text: str, code: str, values: dict[str, str]) -> None:
    (problem,) = verify({**GOOD, path: text})
    assert problem.code.name == code
    page = {} if code == "address-taken" else {"page": path.removesuffix("index.html")}
    assert problem.values == values | page
    assert problem.path == values.get("first", f"källa/{path}")


def test_broken_anchor_is_told_once_for_a_page() -> None:
    assert names(verify({**GOOD, "ny/index.html": '<a href="#b">x</a><a href="#b">y</a>'})) == [
        "broken-anchor"
    ]


def test_same_page_twice_is_told() -> None:
    made = [("a/index.html", ("x.md",)), ("a/index.html", ("y.md",))]
    (problem,) = judge([], made, lambda _: b"")
    assert (problem.code.name, problem.values["first"], problem.values["second"]) == (
        "address-taken",
        "x.md",
        "y.md",
    )


def test_file_where_a_folder_must_be_is_told() -> None:
    assert "address-taken" in names(verify({**GOOD, "om": "x"}))


def test_case_in_a_link_matters() -> None:
    assert verify({**GOOD, "A/index.html": "x", "ny/index.html": '<a href="../A/">x</a>'}) == []
    assert names(verify({**GOOD, "A/index.html": "x", "ny/index.html": '<a href="../a/">x</a>'})) == [
        "broken-link"
    ]


def test_site_in_a_folder_of_its_host() -> None:
    files = {
        "index.html": '<a href="/bank/om/">x</a><a href="/annat/">x</a>',
        "om/index.html": '<a href="https://exempel.se/bank/">x</a>',
    }
    assert verify(files, FOLDER_SITE) == []
    assert names(verify(files | {"a.html": '<a href="/bank/b/">x</a>'}, FOLDER_SITE)) == ["broken-link"]


def test_link_from_many_pages_is_told_once() -> None:
    pages = {f"{name}/index.html": '<a href="../saknas/">x</a>' for name in "abc"}
    assert names(verify({**GOOD, **pages})) == ["broken-link"]
