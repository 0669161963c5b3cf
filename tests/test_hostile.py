"""One corpus of hostile words over every outlet: they come out as words, and nothing comes out that they made."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import feedparser
import pytest
from hostile import REFUSED, TITLES
from icalendar import Calendar
from rdflib import Graph
from selectolax.lexbor import LexborHTMLParser
from sites_support import (
    EMBEDS,
    FAULTY_CONTENT,
    build,
    element,
    fragments,
    framed_pages,
    pages,
    replace,
    tree,
)
from support import compose, run

PLAIN: Final = "Vanliga ord"
WORDS: Final = (PLAIN, *TITLES)
KINDS: Final = {
    "exempel": ("examples", "delade-platser.md", ""),
    "metoder": ("methods", "cafemodellen.md", ""),
    "aktiviteter": ("activities", "2007-var-seminarium-om-snackmodellen.md", "2007-03-14-"),
    "nyheter": ("news", "2007-02-14-nya-utbildningar.md", "2007-02-14-"),
}
"""By the place of its pages: the folder of a kind, the record that the others are made from, how names begin."""

SETTINGS: Final = """\
    api: true
    feed_size: 500
    catalog:
      publisher: {name: Provbanken}
      contact: {name: Redaktionen, email: a@b.example}
      themes: [GOVE]
"""


def written(words: str) -> str:
    """As a value in YAML."""
    return json.dumps(words, ensure_ascii=False)


def about(words: str) -> str:
    return f"{words} – mer om det än vad som egentligen behövs."


def record(base: str, words: str) -> str:
    """A record with the words wherever somebody writes freely."""
    for field, value in (("title", words), ("summary", about(words)), ("target_group", about(words))):
        base = re.sub(rf"(?m)^{field}: .*$", lambda _, f=field, v=value: f"{f}: {written(v)}", base)  # type: ignore[misc]
    base = re.sub(
        r"(?m)^date: .*$", "date: 2007-03-14" if "activity_kind" in base else "date: 2007-02-14", base
    )
    base = base.replace("practice_type:", f"partners: [{written(words)}]\npractice_type:")
    line = " ".join(words.replace("`", "'").split())
    return f"{base.rstrip()}\n\nDet här stod det: `` {line} ``\n"


def laid(bank: Path, words: str, number: int) -> list[Path]:
    """A record of each kind with the words in it."""
    files = []
    for folder, base, start in KINDS.values():
        file = bank / folder / f"{start}ord-{number}.md"
        file.write_text(record((bank / folder / base).read_text("utf-8"), words), "utf-8")
        files.append(file)
    return files


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hostile")
    bank = compose(place / "bank")
    replace(bank / "mkdocs.yml", "    publisher: Provbanken\n", f"    publisher: Provbanken\n{SETTINGS}")
    for number, words in enumerate(WORDS):
        laid(bank, words, number)
    agencies = bank / "schema" / "vocabularies" / "agencies.yml"
    label = f"label: {{sv: {written(TITLES[0])}, en: Words}}"
    agencies.write_text(f"{agencies.read_text('utf-8').rstrip()}\n  - id: ord\n    {label}\n", "utf-8")
    replace(bank / "methods" / "ord-0.md", "agencies: [tullverket]", "agencies: [ord]")
    return build(bank, place / "site")


@pytest.fixture(scope="module")
def html(site: Path) -> dict[str, str]:
    """Every page and every embed by its path."""
    return {**pages(site), **framed_pages(site), **fragments(site)}


def same(found: str, words: str) -> bool:
    """Whether a text is the words, however blanks in them are written."""
    return found.split() == words.split()


def every() -> Iterator[tuple[str, int, str]]:
    yield from ((place, number, words) for place in KINDS for number, words in enumerate(WORDS))


# Pages

NAMES: Final = frozenset({"script", "style", "iframe", "object", "embed", "base", "form", "input", "img", "svg", "link", "meta"})  # fmt: skip
"""Elements whose number must be that of a page with plain words."""


def made_of(html: str) -> tuple[set[tuple[str, str]], dict[str, int]]:
    """The elements of a page with their attributes, and how many there are of those that do something."""
    nodes = LexborHTMLParser(html).css("*")
    pairs = {(n.tag or "", name) for n in nodes for name in ["", *n.attributes]}
    return pairs, {name: sum(n.tag == name for n in nodes) for name in NAMES}


@pytest.mark.parametrize("place", KINDS)
def test_pages_have_the_words_and_nothing_that_plain_words_have_not(html: dict[str, str], place: str) -> None:
    plain, numbers = made_of(html[f"{place}/ord-0/index.html"])
    others = [
        page
        for path, page in html.items()
        if re.fullmatch(rf"({'|'.join(KINDS)})/(?!ord-)[a-z-]+/index.html", path)
    ]
    known = plain.union(*(made_of(page)[0] for page in others))
    for number, words in enumerate(WORDS):
        page = html[f"{place}/ord-{number}/index.html"]
        pairs, counted = made_of(page)
        assert same(element(page, "h1").text(), words)
        assert same(element(page, "title").text().rpartition(" – ")[0], words)
        assert same(element(page, "meta[name=description]").attributes["content"] or "", about(words))
        assert same(element(page, "main code").text(), words.replace("`", "'"))
        assert pairs <= known, (words, pairs - known)
        assert counted == numbers, words


def test_lists_have_a_card_with_each_title(html: dict[str, str]) -> None:
    for place in KINDS:
        cards = LexborHTMLParser(html[f"{place}/index.html"]).css(".card h3")
        shown = [" ".join(card.text().split()) for card in cards]
        assert {" ".join(words.split()) for words in WORDS} <= set(shown)


def test_no_page_has_an_element_that_runs_or_leads_astray(html: dict[str, str]) -> None:
    for path, page in html.items():
        for node in LexborHTMLParser(page).css("*"):
            assert not any(name.startswith("on") for name in node.attributes), path
            for name in ("href", "src", "action"):
                assert (
                    not (node.attributes.get(name) or "").lower().startswith(("javascript:", "data:", "//"))
                ), path
            if node.tag == "script" and not node.attributes.get("src"):
                json.loads(node.text())


def test_what_stands_for_other_things_in_our_templates_is_filled_once(html: dict[str, str]) -> None:
    """Marks of ours in a title are words: what they would be filled with doesn't stand in their place."""
    number = next(n for n, words in enumerate(WORDS) if "@@policy@@" in words)
    page = html[f"exempel/ord-{number}/index.html"]
    assert element(page, "h1").text() == WORDS[number]
    assert page.count("default-src") == html["exempel/ord-0/index.html"].count("default-src")


def test_data_in_pages_says_the_words(html: dict[str, str]) -> None:
    for place, number, words in every():
        page = html[f"{place}/ord-{number}/index.html"]
        data = json.loads(element(page, "script[type='application/ld+json']").text())
        assert words in {data["name"], data["mainEntity"].get("name"), data["mainEntity"].get("headline")}


# Embeds

BARE: Final = frozenset({"lang", "href", "datetime", "role", "aria-label", "tabindex"})


def test_embeds_hold_nothing_but_bare_elements(site: Path) -> None:
    allowed = {
        n.tag for n in LexborHTMLParser(fragments(site)[f"{EMBEDS}exempel/ord-0-h2.html"]).css("body *")
    }
    cards = [item["html"] for name in KINDS for item in embedded(site, name)["items"]]
    for made in (*fragments(site).values(), *cards):
        nodes = LexborHTMLParser(made).css("body *")
        assert {n.tag for n in nodes} <= allowed | {"ol", "ul", "li", "h4", "a", "p", "time"}
        assert {name for n in nodes for name in n.attributes} <= BARE


def embedded(site: Path, name: str) -> Any:
    return json.loads((site / EMBEDS / f"{name}.json").read_text("utf-8"))


def test_embeds_say_the_words(site: Path, html: dict[str, str]) -> None:
    for place, number, words in every():
        assert same(element(html[f"{EMBEDS}{place}/ord-{number}-h2.html"], "h2").text(), words)
        frame = html[f"{EMBEDS}{place}/ord-{number}/index.html"]
        assert same(element(frame, "h2").text(), words)
        assert same(element(frame, "title").text().rpartition(" – ")[0], words)
        assert len(LexborHTMLParser(frame).css("script")) == 1
        oembed = json.loads((site / EMBEDS / "oembed" / place / f"ord-{number}.json").read_text("utf-8"))
        assert oembed["title"] == words
        shown = LexborHTMLParser(oembed["html"]).css("body *")
        assert [n.tag for n in shown] == ["iframe"]
        assert same((shown[0].attributes["title"] or "").rpartition(",")[0], words)
    for place in KINDS:
        titles = [item["title"] for item in embedded(site, place)["items"]]
        shown_titles = [element(item["html"], "h3").text() for item in embedded(site, place)["items"]]
        assert set(WORDS) <= set(titles)
        assert all(map(same, shown_titles, titles))


# Files for programs


@pytest.mark.parametrize("name", ["feed.xml", *(f"{place}/feed.xml" for place in KINDS)])
def test_feeds_say_the_words(site: Path, name: str) -> None:
    feed = feedparser.parse((site / name).read_bytes(), sanitize_html=False)
    assert not feed.bozo
    plain = {key: value for key, value in one_of(feed.entries, PLAIN).items() if not key.endswith("_parsed")}
    data = json.loads((site / name.replace(".xml", ".json")).read_text("utf-8"))
    titles = [" ".join(item["title"].split()) for item in data["items"]]
    for entry in feed.entries:
        assert entry.keys() <= plain.keys() | entry.keys() & {
            "updated_parsed",
            "tags",
            "published",
            "published_parsed",
        }
        assert " ".join(entry.title.split()) in titles
    assert len(feed.entries) == len(data["items"])
    assert {" ".join(words.split()) for words in WORDS} <= set(titles)


def one_of(entries: list[Any], title: str) -> Any:
    return next(entry for entry in entries if entry.title == title)


def test_calendars_have_an_event_for_each_activity_and_no_more(site: Path) -> None:
    calendar = Calendar.from_ical((site / "kalender.ics").read_bytes())
    events = [part for part in calendar.walk() if part.name == "VEVENT"]
    assert len(events) == len(WORDS)
    plain = next(event for event in events if str(event["SUMMARY"]).startswith(PLAIN))
    said = {" ".join(str(event["SUMMARY"]).split()) for event in events}
    for words in WORDS:
        seen = "".join(sign for sign in " ".join(words.split()) if sign.isprintable())
        assert any(one.startswith(seen) for one in said), words
    for event in events:
        assert event.keys() == plain.keys()
        assert not event.subcomponents
    assert {part.name for part in calendar.walk()} <= {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD"}


@pytest.mark.parametrize("place", KINDS)
def test_tables_have_a_row_for_each_record_and_no_formula(site: Path, place: str) -> None:
    text = (site / "api" / "v1" / f"{place}.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) > len(WORDS)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    cells = {cell.removeprefix("'") for row in rows for cell in row}
    assert {words.removeprefix("'") for words in WORDS} <= cells


def test_the_api_says_the_words(site: Path) -> None:
    for place, number, words in every():
        record = json.loads((site / "api" / "v1" / place / f"ord-{number}.json").read_text("utf-8"))
        assert record["title"] == record["fields"]["title"] == words
        assert record["summary"] == about(words)
        html = " ".join([record["lead"], *(section["html"] for section in record["sections"])])
        nodes = LexborHTMLParser(html).css("body *")
        assert {n.tag for n in nodes} <= {"p", "code", "a", "ul", "ol", "li", "em", "strong"}
        assert {name for n in nodes for name in n.attributes} <= {"href"}


def test_every_file_for_machines_can_be_read(site: Path) -> None:
    """XML, RDF and JSON alike."""
    for path, content in tree(site).items():
        if path.endswith(".json"):
            json.loads(content)
        if path.endswith(".rdf"):
            Graph().parse(data=content, format="xml")
        if path.endswith(".xml"):
            assert b"<!DOCTYPE" not in content
            assert b"<!ENTITY" not in content


def test_a_term_with_hostile_words_is_a_term(html: dict[str, str]) -> None:
    page = html["myndigheter/ord/index.html"]
    assert element(page, "h1").text() == TITLES[0]
    assert TITLES[0] in element(html["metoder/ord-0/index.html"], "dl").text()
    assert made_of(page)[1] == made_of(html["myndigheter/verva/index.html"])[1]


# What is refused


@pytest.mark.parametrize(("words", "code"), REFUSED.items())
def test_what_is_refused_is_refused_and_builds_nothing(
    words: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = compose(tmp_path / "bank")
    files = laid(bank, words, 1)
    assert run("check", bank, "--format", "json") == FAULTY_CONTENT
    problems = json.loads(capsys.readouterr().out)
    for file in files:
        assert code in {p["code"] for p in problems if p["path"] == file.relative_to(bank).as_posix()}
    build(bank, tmp_path / "site", expect=FAULTY_CONTENT)
    assert not (tmp_path / "site").exists()
