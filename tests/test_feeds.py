"""Feeds, the map of the site and robots.txt, read by a parser of somebody else's: whole, true and in order."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser
from sites_support import attribute, build, is_redirect, pages, replace, tree
from support import compose

from kunskapsbank.outlets.sitemap import PageEntry, maps

SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module", params=["own", "base"])
def site(request: pytest.FixtureRequest) -> Path:
    """The repository's own site and the base site, in turn."""
    found: Path = request.getfixturevalue(f"{request.param}_site")
    return found


def url_of(site: Path) -> str:
    """The address of the site, by its robots.txt."""
    found = re.search(r"^Sitemap: (.+)sitemap\.xml$", (site / "robots.txt").read_text("utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


def feeds(site: Path) -> Iterator[tuple[str, Any]]:
    for path, content in tree(site).items():
        if path.endswith("feed.xml"):
            yield path, feedparser.parse(content)


def page_at(site: Path, address: str) -> Path:
    """The file that an address of the site leads to."""
    assert address.startswith(url_of(site))
    inside = urlsplit(address).path.removeprefix(urlsplit(url_of(site)).path)
    return site / inside / "index.html"


def test_every_feed_is_well_formed_and_atom(site: Path) -> None:
    found = dict(feeds(site))
    assert "feed.xml" in found
    for path, feed in found.items():
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert feed.version == "atom10", path
        assert feed.feed.title, path
        assert feed.feed.author, path
        assert feed.feed.language == "sv", path
        assert feed.feed.updated_parsed is not None, path


def test_every_feed_knows_its_address_and_its_page(site: Path) -> None:
    for path, feed in feeds(site):
        address = url_of(site) + path
        links = {link.rel: link.href for link in feed.feed.links}
        assert feed.feed.id == address
        assert links["self"] == address
        assert links["alternate"] == address.removesuffix("feed.xml")
        assert page_at(site, links["alternate"]).is_file(), path


def test_every_entry_leads_to_a_page_that_exists(site: Path) -> None:
    for path, feed in feeds(site):
        for entry in feed.entries:
            page = page_at(site, entry.link)
            assert page.is_file(), (path, entry.link)
            assert not is_redirect(page.read_text("utf-8")), (path, entry.link)
            assert entry.title in LexborHTMLParser(page.read_text("utf-8")).css("h1")[0].text(), path
            assert entry.summary, path
            assert entry.updated_parsed is not None, path


def test_ids_are_addresses_and_no_two_are_alike(site: Path) -> None:
    for path, feed in feeds(site):
        ids = [entry.id for entry in feed.entries]
        assert len(ids) == len(set(ids)), path
        assert ids == [entry.link for entry in feed.entries], path
    own = [feed.feed.id for _, feed in feeds(site)]
    assert len(own) == len(set(own))


def test_the_latest_come_first_and_the_feed_is_as_new_as_they_are(site: Path) -> None:
    for path, feed in feeds(site):
        moments = [entry.updated for entry in feed.entries]
        assert moments == sorted(moments, reverse=True), path
        if moments:
            assert feed.feed.updated == moments[0], path


def test_entries_of_a_day_are_in_swedish_order(base_site: Path) -> None:
    feed = feedparser.parse((base_site / "feed.xml").read_bytes())
    assert [entry.title for entry in feed.entries] == [
        "Cafémodellen",
        "Delade utbildningsplatser mellan myndigheter",
        "Enkät om diskriminering vid en länsstyrelse",
        "Frågor till Snäckmodellen",
        "Seminarium om Snäckmodellen",
        "Snäckmodellen",
        "Två nya utbildningar på väg",
    ]


def test_there_is_a_feed_beside_every_list(site: Path) -> None:
    """Wherever a page says that it has one, and nowhere else."""
    named = set()
    for path, html in pages(site).items():
        for link in LexborHTMLParser(html).css('link[type="application/atom+xml"]'):
            address = (site / path).parent / attribute(link, "href")
            named.add(address.resolve().relative_to(site.resolve()).as_posix())
    assert named | {"feed.xml"} == {path for path, _ in feeds(site)}


def test_a_feed_has_the_records_of_its_list(site: Path) -> None:
    for path, feed in feeds(site):
        if path == "feed.xml":
            continue
        page = LexborHTMLParser((site / path).with_name("index.html").read_text("utf-8"))
        assert {entry.title for entry in feed.entries} == {node.text() for node in page.css("li.card a")}, (
            path
        )


def test_a_feed_has_the_latest_only(tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    replace(bank / "mkdocs.yml", "    contact: redaktionen", "    contact: redaktionen\n    feed_size: 2")
    replace(bank / "methods" / "snackmodellen.md", "reviewed: 2026-11-23", "reviewed: 2026-11-20")
    replace(bank / "methods" / "cafemodellen.md", "reviewed: 2026-11-23", "reviewed: 2026-11-21")
    site = build(bank, tmp_path / "site")
    methods = feedparser.parse((site / "metoder" / "feed.xml").read_bytes())
    assert [entry.title for entry in methods.entries] == ["Cafémodellen", "Snäckmodellen"]
    assert methods.feed.updated == "2026-11-21T00:00:00Z"
    whole = feedparser.parse((site / "feed.xml").read_bytes())
    assert len(whole.entries) == 2
    assert "Snäckmodellen" not in [entry.title for entry in whole.entries]


def test_words_with_marks_of_xml_in_them_are_whole(tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    words = "<b>Mål</b> & medel: ”ett” 'två' ]]> \U0001f41a"
    replace(
        bank / "examples" / "delade-platser.md",
        "title: Delade utbildningsplatser mellan myndigheter",
        f'title: "{words}"',
    )
    site = build(bank, tmp_path / "site")
    root = ET.fromstring((site / "exempel" / "feed.xml").read_bytes())  # noqa: S314  # we wrote it
    titles = [node.text for node in root.iterfind("{*}entry/{*}title")]
    assert words in titles


# The map of the site


def listed(site: Path) -> list[str]:
    root = ET.fromstring((site / "sitemap.xml").read_bytes())  # noqa: S314  # we wrote it
    assert root.tag == f"{SITEMAP}urlset"
    return [node.text or "" for node in root.iterfind(f"{SITEMAP}url/{SITEMAP}loc")]


def test_the_map_lists_exactly_the_pages(site: Path) -> None:
    """Every HTML page that is not a redirect and not the page for a missing one, once."""
    expected = {
        url_of(site) + path.removesuffix("index.html")
        for path, html in pages(site).items()
        if not is_redirect(html) and path != "404.html"
    }
    assert sorted(listed(site)) == sorted(expected)


def test_the_map_lists_the_further_pages_of_lists_and_no_withdrawn_record(tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    replace(bank / "mkdocs.yml", "    contact: redaktionen", "    contact: redaktionen\n    page_size: 1")
    replace(
        bank / "news" / "2007-02-14-nya-utbildningar.md",
        "contact: redaktionen",
        "contact: redaktionen\nwithdrawn: {date: 2026-11-20, reason: Uppgifterna var fel.}",
    )
    site = build(bank, tmp_path / "site")
    found = listed(site)
    for page in ("exempel/", "exempel/sida/2/", "metoder/sida/2/", "fokusomraden/process/sida/2/"):
        assert found.count(f"https://provbanken.example/{page}") == 1
    assert "https://provbanken.example/nyheter/nya-utbildningar/" not in found
    assert len(found) == len(set(found))


def test_many_pages_share_maps_that_the_first_one_lists() -> None:
    entries = [PageEntry(f"https://x.example/{number}/", None) for number in range(5)]
    files = {file.path: file.content for file in (make() for make in maps(entries, "https://x.example/", 2))}
    index = ET.fromstring(files.pop("sitemap.xml"))  # noqa: S314  # we wrote it
    named = [node.text or "" for node in index.iterfind(f"{SITEMAP}sitemap/{SITEMAP}loc")]
    assert named == [f"https://x.example/{path}" for path in files]
    found = [
        node.text
        for content in files.values()
        for node in ET.fromstring(content).iterfind(f"{SITEMAP}url/{SITEMAP}loc")  # noqa: S314  # we wrote it
    ]
    assert found == [entry.address for entry in entries]


def test_as_many_pages_as_a_map_holds_are_one_map() -> None:
    entries = [PageEntry(f"https://x.example/{number}/", None) for number in range(2)]
    assert [make().path for make in maps(entries, "https://x.example/", 2)] == ["sitemap.xml"]


def test_a_day_of_change_is_a_day(site: Path) -> None:
    root = ET.fromstring((site / "sitemap.xml").read_bytes())  # noqa: S314  # we wrote it
    days = [node.text or "" for node in root.iterfind(f"{SITEMAP}url/{SITEMAP}lastmod")]
    assert days
    assert [day for day in days if not re.fullmatch(r"\d{4}-\d\d-\d\d", day)] == []


def test_robots_names_the_map(site: Path) -> None:
    lines = (site / "robots.txt").read_text("utf-8").splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {url_of(site)}sitemap.xml"
    assert not any(line.startswith("Disallow: /") for line in lines)
