"""Hostile words over every outlet: a site that says them is, but for its words, the same as one that says others.

The sites are of `twins`, the words of `hostile`. What only the words can show is asked of each outlet by its
own parser: that they come out as they were written.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

import feedparser
import pytest
from hostile import REFUSED, REFUSED_TEXTS, TITLES
from icalendar import Calendar
from rdflib import DCTERMS, FOAF, RDF, Graph
from selectolax.lexbor import LexborHTMLParser
from shapes import rows, shape
from sites_support import EMBEDS, FAULTY_CONTENT, build, element, framed_pages, tree
from support import compose, problems
from twins import OWNERS, PLAIN, bank, called

from kunskapsbank.dictionary import load
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.search.entries import BETWEEN

PLACES: Final = ("exempel", "metoder", "aktiviteter", "nyheter")
API: Final = "api/v1/"
SAME: Final = (
    "sitemap.xml",
    "robots.txt",
    "_headers",
    "headers.nginx.conf",
    "404.html",
    f"{API}openapi.json",
)
"""Files that name addresses and kinds, and no words of anybody's."""


class Twins(NamedTuple):
    source: Path
    site: Path
    files: Mapping[str, bytes]
    others: Mapping[str, bytes]
    """Of the site with plain words."""

    def text(self, path: str) -> str:
        return self.files[path].decode()

    def json(self, path: str) -> Any:
        return json.loads(self.files[path])


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    place = tmp_path_factory.mktemp("twins")
    found = []
    for name, words, owner in zip(("hostile", "plain"), (TITLES, PLAIN), OWNERS, strict=True):
        found.append(build(bank(place / name, words, owner), place / f"{name}-site"))
    return Twins(place / "hostile", found[0], *map(tree, found))


def one_line(words: str) -> str:
    """Words as HTML and XML have them: blanks of every kind are one."""
    return " ".join(words.split())


def each() -> Iterator[tuple[str, str]]:
    """The name of the record of each words, and them."""
    yield from ((f"ord-{number:02}", words) for number, words in enumerate(TITLES))


# The same but for the words


def test_every_file_is_the_same_but_for_its_words(twins: Twins) -> None:
    """Elements and their attributes, where links lead, properties, keys, rows: in number and in order."""
    ours, others = (
        {path: content for path, content in files.items() if not path.startswith("sok/")}
        for files in (twins.files, twins.others)
    )
    assert ours.keys() == others.keys()
    changed = [path for path, content in ours.items() if content != others[path]]
    assert len(changed) > 1000
    assert [path for path in changed if shape(path, ours[path]) != shape(path, others[path])] == []


def test_what_says_no_words_is_wholly_the_same(twins: Twins) -> None:
    for path in SAME:
        assert twins.files[path] == twins.others[path], path


def test_no_mark_of_ours_is_left(twins: Twins) -> None:
    """In no file that is text, as itself or as JSON writes it; the engine of the search has files of bytes."""
    escaped = json.dumps(ROOT)[1:-1].encode()
    for path, content in twins.files.items():
        if not path.startswith("sok/pagefind/"):
            assert ROOT.encode() not in content, path
            assert escaped not in content, path


# Pages


def texts(html: str, selector: str) -> set[str]:
    return {one_line(node.text()) for node in LexborHTMLParser(html).css(selector)}


@pytest.mark.parametrize("place", PLACES)
def test_pages_say_the_words(twins: Twins, place: str) -> None:
    for name, words in each():
        html, said = twins.text(f"{place}/{name}/index.html"), one_line(words)
        assert element(html, "h1").text() == words.replace("\r\n", "\n").replace("\r", "\n")
        assert one_line(element(html, "title").text()) == f"{said} – Provbanken"
        assert one_line(element(html, "meta[name=description]").attributes["content"] or "").startswith(said)
        assert one_line(element(html, "p.lead").text()).startswith(said)
        data = json.loads(element(html, "script").text())
        assert data["name"] == data["mainEntity"]["name"] == words
        for selector in ("strong", "em", "del", "blockquote p", "li", "th", "td", "p > code", "pre", "a"):
            assert said in texts(html, f".prose {selector}"), (selector, words)
        assert element(html, ".prose img").attributes["alt"] == said
        assert f"{said} {said}" in texts(html, ".prose :is(h2, h3)")


@pytest.mark.parametrize("place", PLACES)
def test_lists_say_the_words(twins: Twins, place: str) -> None:
    assert {one_line(words) for words in TITLES} <= texts(twins.text(f"{place}/index.html"), ".card h3")


def test_a_tool_says_the_words(twins: Twins) -> None:
    for name, words in each():
        html = twins.text(f"metoder/{name}/verktyg/index.html")
        said = one_line(words)
        assert texts(html, "h1") == {said}
        assert any(part.endswith(said[:60]) for part in texts(html, ".tool .part h3"))
        assert {said[:30]} & {text[:30] for text in texts(html, ".tool :is(.hint, .part > p)")}


def test_what_is_withdrawn_or_moved_says_the_words(twins: Twins) -> None:
    for name, words in each():
        number, said = name.removeprefix("ord-"), one_line(words)
        reason = element(twins.text(f"nyheter/borta-{number}/index.html"), "p:last-child").text()
        assert one_line(reason).startswith(f"Skäl: {said}")
        assert one_line(twins.json(f"{EMBEDS}oembed/nyheter/borta-{number}.json")["title"]) == said
        moved = twins.text(f"exempel/forr-{number}/index.html")
        assert texts(moved, "title") == texts(moved, "a") == {said}


def test_every_term_is_called_by_its_words(twins: Twins) -> None:
    """On its own page, in the vocabularies of the API, and where one chooses."""
    form = LexborHTMLParser(twins.text("bidra/ny/index.html"))
    asked = {f.vocabulary for f in load.load(twins.source).types["example"].fields.values()}
    labels = set()
    for vocabulary in load.load(twins.source).vocabularies.values():
        terms = {term["id"]: term for term in twins.json(f"{API}ordlistor/{vocabulary.id}.json")["terms"]}
        for term in vocabulary.terms.values():
            label = term.label.sv
            labels.add(label)
            assert terms[term.id]["label"]["sv"] == label
            if vocabulary.path:
                html = twins.text(f"{vocabulary.path}/{term.id}/index.html")
                assert texts(html, "h1") == {one_line(label)}
        if vocabulary.id in asked:
            offered = {one_line(node.text()) for node in form.css("option, label")}
            assert {one_line(term.label.sv) for term in vocabulary.terms.values()} <= offered, vocabulary.id
    assert labels == {called(words, OWNERS[0]) for words in TITLES}


# Embeds


@pytest.mark.parametrize("place", PLACES)
def test_embeds_say_the_words(twins: Twins, place: str) -> None:
    items = {item["address"]: item for item in twins.json(f"{EMBEDS}{place}.json")["items"]}
    for name, words in each():
        said = one_line(words)
        fragment = twins.text(f"{EMBEDS}{place}/{name}-h2.html")
        framed = twins.text(f"{EMBEDS}{place}/{name}/index.html")
        assert texts(fragment, "body > section > h2") == {said}
        assert texts(framed, "title") == {f"{said} – Provbanken"}
        oembed = twins.json(f"{EMBEDS}oembed/{place}/{name}.json")
        (frame,) = LexborHTMLParser(oembed["html"]).css("body *")
        assert oembed["title"] == words
        assert frame.tag == "iframe"
        assert one_line(frame.attributes["title"] or "") == f"{said}, från Provbanken"
        item = items[f"{place}/{name}"]
        assert item["title"] == words
        assert texts(item["html"], "h3") == {said}


def test_frames_are_of_the_site(twins: Twins) -> None:
    """A frame says no more than its fragment, which others put into their own pages."""
    assert len(framed_pages(twins.site)) > 200
    for path, html in framed_pages(twins.site).items():
        fragment = LexborHTMLParser(twins.text(f"{path.removesuffix('/index.html')}-h2.html"))
        inside = LexborHTMLParser(html).css_first("body > section")
        assert inside is not None
        assert inside.text() == element(fragment, "section").text(), path


# Files for programs


@pytest.mark.parametrize("place", ["", *(f"{place}/" for place in PLACES), "lan/skane/", "lan/dalarna/"])
def test_feeds_say_the_words(twins: Twins, place: str) -> None:
    atom, feed = twins.files[f"{place}feed.xml"], twins.json(f"{place}feed.json")
    parsed = feedparser.parse(atom, sanitize_html=False)
    titles = [node.text for node in ElementTree.fromstring(atom).iterfind("{*}entry/{*}title")]  # noqa: S314  # ours
    assert not parsed.bozo
    assert len(parsed.entries) == len(titles) == len(feed["items"]) >= len(TITLES)
    assert {item["title"] for item in feed["items"]} == set(TITLES)
    assert list(map(one_line, titles)) == [one_line(item["title"]) for item in feed["items"]]  # type: ignore[arg-type]
    assert parsed.feed.author == feed["authors"][0]["name"] == OWNERS[0]


def test_the_calendar_says_the_words(twins: Twins) -> None:
    events = Calendar.from_ical(twins.files["lan/dalarna/kalender.ics"]).walk("VEVENT")
    place = load.load(twins.source).vocabularies["counties"].terms["dalarna"].label.sv

    def said(words: str) -> str:
        return "".join(sign for sign in one_line(words) if sign.isprintable())

    assert {str(event["SUMMARY"]) for event in events} == set(map(said, TITLES))
    assert {str(event["LOCATION"]) for event in events} == {said(place)}


@pytest.mark.parametrize("name", [*PLACES, "metoder-verktyg"])
def test_tables_say_the_words_and_no_formula(twins: Twins, name: str) -> None:
    head, *body = rows(twins.text(f"{API}{name}.csv"))
    title = head.index("Rubrik")
    assert [cell for row in body for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert {row[title] for row in body} == {
        words if words[0] not in "=+-@\t\r" else f"'{words}" for words in TITLES
    }


@pytest.mark.parametrize("place", PLACES)
def test_the_api_says_the_words(twins: Twins, place: str) -> None:
    for name, words in each():
        record = twins.json(f"{API}{place}/{name}.json")
        assert record["title"] == record["fields"]["title"] == words
        assert record["fields"]["sources"][0]["section"] == words[:80]
        assert record["fields"].get("target_group", words) == words
        headings = [html for html in (section["heading"] for section in record["sections"]) if "<a " in html]
        assert [element(html, "a").text() for html in headings] == [one_line(words)] * len(headings)
        assert bool(headings) == (place in ("aktiviteter", "nyheter"))
    for html in headings:
        assert element(html, "a").attributes["href"] == "https://provbanken.example/metoder/ord-00/"


def test_the_catalogue_says_the_words(twins: Twins) -> None:
    graph, other = (
        Graph().parse(data=files["katalog.rdf"], format="xml") for files in (twins.files, twins.others)
    )
    (publisher,) = graph.subjects(RDF.type, FOAF.Agent)
    assert str(graph.value(publisher, FOAF.name)) == OWNERS[0]
    assert len(graph) == len(other)
    assert set(graph.objects(None, DCTERMS.title)) == set(other.objects(None, DCTERMS.title))


# The search


def test_the_search_knows_the_words(twins: Twins) -> None:
    """Its pages are those of the other site, with as many words on their cards and choices each."""
    ours, others = entries(twins.files), entries(twins.others)
    assert {one_line(one["meta"]["title"]) for one in ours.values()} == set(map(one_line, TITLES))
    assert ours.keys() == others.keys()
    offered, plain = twins.json("sok/val.json"), json.loads(twins.others["sok/val.json"])
    assert keys(offered) == keys(plain)
    assert BETWEEN in ours["/exempel/ord-00/"]["meta"]["words"]
    for address, one in ours.items():
        assert one["meta"]["words"].count(BETWEEN) == others[address]["meta"]["words"].count(BETWEEN)
        assert offered["records"][one["name"]] == plain["records"][others[address]["name"]], address
    assert all(re.fullmatch(r"[^\W\d_]+", word) for word in twins.json("sok/ord.json"))


def keys(offered: dict[str, Any]) -> list[list[str]]:
    return [[choice["key"], *(key for key, _ in choice["values"])] for choice in offered["choices"]]


def entries(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """What the engine says of each page, by its address."""
    found = {}
    for path, content in files.items():
        if path.endswith(".pf_fragment"):
            said = json.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))
            found[said["url"]] = {**said, "name": Path(path).stem}
    return found


# What is refused


def test_what_is_refused_is_told_and_builds_nothing(tmp_path: Path) -> None:
    place = compose(tmp_path / "bank")
    base = (place / "news" / "2007-02-14-nya-utbildningar.md").read_text("utf-8")
    expected = {}
    for number, (words, code) in enumerate([*REFUSED.items(), *REFUSED_TEXTS.items()]):
        path = f"news/2007-02-14-nej-{number}.md"
        title = json.dumps(words, ensure_ascii="\x00" in words)
        text = (
            f"{base}\n{words}\n"
            if words in REFUSED_TEXTS
            else base.replace("Två nya utbildningar på väg", title)
        )
        (place / path).write_text(text, "utf-8", newline="")
        expected[path] = code
    found = {(problem.path, problem.code.name) for problem in problems(place)}
    assert set(expected.items()) - found == set()
    build(place, tmp_path / "site", expect=FAULTY_CONTENT)
    assert not (tmp_path / "site").exists()
