"""Whole small sites: what comes out is what it should be, the same every time, and works wherever it lies."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser
from sites_support import (
    attribute,
    build,
    element,
    get,
    is_redirect,
    main_part,
    own_day,
    pages,
    replace,
    script,
    serving,
    tree,
)
from support import REPOSITORY, compose

EXPECTED: Final = REPOSITORY / "tests" / "sites" / "base-expected"
REFRESH: Final = os.environ.get("KUNSKAPSBANK_REFRESH") == "1"

FOLDER_URL: Final = "https://host.example/nagon/mapp/"


# What the base site looks like


def snapshot(html: str) -> str:
    """The main part of a page, or the whole of one that has none."""
    return (main_part(html) or html).strip() + "\n"


def test_every_page_of_the_base_site_is_the_expected_one(base_site: Path) -> None:
    found = {path: snapshot(html) for path, html in pages(base_site).items()}
    if REFRESH:
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for path, html in found.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_text(html, "utf-8")
    expected = pages(EXPECTED)
    assert sorted(found) == sorted(expected)
    for path, html in found.items():
        assert html == expected[path], path


def test_only_redirects_have_no_main_part(base_site: Path) -> None:
    without = [path for path, html in pages(base_site).items() if main_part(html) is None]
    assert without == ["metoder/snackan/index.html", "metoder/snackan/verktyg/index.html"]
    assert all(is_redirect((base_site / path).read_text("utf-8")) for path in without)


# The same input, the same bytes


def differences(one: Path, other: Path) -> list[str]:
    """The paths of files that are not in both trees with the same content."""
    first, second = tree(one), tree(other)
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


def copy_backwards(source: Path, target: Path) -> Path:
    """The same files, made in the opposite order and at other times."""
    files = sorted((path for path in source.rglob("*") if path.is_file()), reverse=True)
    for number, path in enumerate(files):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        os.utime(copy, (1_000_000 + number, 1_000_000 + number))
    return target


def test_two_builds_are_the_same(base_site: Path, tmp_path: Path) -> None:
    again = build(compose(tmp_path / "bank"), tmp_path / "again")
    assert differences(base_site, again) == []


def test_a_difference_is_seen(base_site: Path, tmp_path: Path) -> None:
    """The comparison above can fail: another text gives another tree."""
    bank = compose(tmp_path / "bank")
    replace(bank / "examples" / "delade-platser.md", "Samarbetet var i gång", "Samarbetet hade upphört")
    assert differences(base_site, build(bank, tmp_path / "site")) == [
        "embed/v1/exempel/delade-platser-h2.html",
        "embed/v1/exempel/delade-platser/index.html",
        "exempel/delade-platser/index.html",
    ]


def test_the_order_and_age_of_files_make_no_difference(base_site: Path, tmp_path: Path) -> None:
    backwards = copy_backwards(compose(tmp_path / "bank"), tmp_path / "backwards")
    assert differences(base_site, build(backwards, tmp_path / "site")) == []


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_the_order_of_sets_makes_no_difference(seed: str, own_site: Path, tmp_path: Path) -> None:
    """In another process, with other hashes, on all cores: the repository's own site, manifest included."""
    output = tmp_path / "site"
    answer = script("build", "--output", str(output), environment={**own_day(), "PYTHONHASHSEED": seed})
    assert answer.returncode == 0, answer.stderr
    assert differences(own_site, output) == []
    assert (own_site / ".." / "manifest.json").read_bytes() == (output / ".." / "manifest.json").read_bytes()


def test_one_core_or_many_makes_no_difference(
    own_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kunskapsbank.settings.cores", lambda: 3)
    assert differences(own_site, build(REPOSITORY, tmp_path / "site", environment=own_day())) == []


# Wherever the site lies


class Link(NamedTuple):
    page: str
    target: str
    anchor: str


def links_of(page: str, html: str) -> Iterator[Link]:
    """Everything that a page leads to or loads, as whole addresses."""
    for node in LexborHTMLParser(html).css("[href], [src], [action]"):
        for name in ("href", "src", "action"):
            if (value := node.attributes.get(name)) is not None:
                target, _, anchor = urljoin(page, value).partition("#")
                yield Link(page, target, unquote(anchor))


def places_of(html: str) -> set[str]:
    return {node.attributes["id"] or "" for node in LexborHTMLParser(html).css("[id]")}


def crawl(start: str) -> tuple[dict[str, str], list[Link]]:
    """Every page that can be reached from `start` and lies under it, and the links that don't lead anywhere:
    to an answer other than 200, out of the folder on the same host, or to a place that is not on its page."""
    host = urlsplit(start).netloc
    found: dict[str, str | None] = {}
    links: list[Link] = []
    waiting = [start]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        status, content = get(address)
        html = address.endswith((".html", "/"))
        found[address] = None if status != 200 else content.decode() if html else ""
        if status == 200 and html:
            inside = [
                link for link in links_of(address, content.decode()) if urlsplit(link.target).netloc == host
            ]
            links += inside
            waiting += [link.target for link in inside if link.target.startswith(start)]
    places = {address: places_of(html) for address, html in found.items() if html}
    broken = [
        link
        for link in links
        if found.get(link.target) is None
        or (link.anchor and link.anchor not in places.get(link.target, set()))
    ]
    return {address: html for address, html in found.items() if html}, broken


@pytest.fixture(scope="module")
def in_a_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base site built for a folder of a host, lying in that folder. Gives the host's root."""
    place = tmp_path_factory.mktemp("host")
    (place / "nagon").mkdir()
    build(compose(place / "bank"), place / "nagon" / "mapp", "--site-url", FOLDER_URL)
    return place


def test_every_link_works_in_a_folder(in_a_folder: Path) -> None:
    with serving(in_a_folder) as host:
        reached, broken = crawl(f"{host}/nagon/mapp/")
    assert broken == []
    hidden = {path for path, html in pages(in_a_folder / "nagon" / "mapp").items() if is_redirect(html)}
    every = set(pages(in_a_folder / "nagon" / "mapp")) - hidden - {"404.html"}
    prefix = f"{host}/nagon/mapp/"
    assert {address.removeprefix(prefix) + "index.html" for address in reached} == every


def test_every_link_of_the_own_site_works_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "nagon").mkdir()
    build(REPOSITORY, tmp_path / "nagon" / "mapp", "--site-url", FOLDER_URL, environment=own_day())
    with serving(tmp_path) as host:
        reached, broken = crawl(f"{host}/nagon/mapp/")
    assert broken == []
    assert len(reached) > 150


def test_a_broken_link_is_seen(in_a_folder: Path, tmp_path: Path) -> None:
    """The crawl above can fail: a missing page, a missing place, a link out of the folder."""
    shutil.copytree(in_a_folder / "nagon" / "mapp", tmp_path / "mapp")
    extra = '<main><a href="ingenstans/">1</a><a href="lan/#ingen">2</a><a href="/annat/">3</a>'
    replace(tmp_path / "mapp" / "index.html", "<main>", extra)
    with serving(tmp_path) as host:
        _, broken = crawl(f"{host}/mapp/")
    assert sorted(link.target.removeprefix(host) + link.anchor for link in broken) == [
        "/annat/", "/mapp/ingenstans/", "/mapp/lan/ingen"
    ]  # fmt: skip


def test_canonical_addresses_and_feeds_carry_the_given_address(in_a_folder: Path) -> None:
    site = in_a_folder / "nagon" / "mapp"
    for path, html in pages(site).items():
        canonical = attribute(element(html, 'link[rel="canonical"]'), "href")
        target = path.removesuffix("index.html")
        assert canonical == FOLDER_URL + target.replace("snackan/", "snackmodellen/")
    for path, content in tree(site).items():
        if path.endswith((".xml", ".txt")) and path != "licenses.txt":  # which names no page of the site
            assert FOLDER_URL in content.decode(), path
        assert b"provbanken.example" not in content, path


def test_the_page_for_a_missing_page_has_links_from_the_hosts_root(in_a_folder: Path) -> None:
    with serving(in_a_folder) as host:
        page = LexborHTMLParser((in_a_folder / "nagon" / "mapp" / "404.html").read_text("utf-8"))
        addresses = [node.attributes["href"] or "" for node in page.css("a[href], link[href]")]
        own = [a for a in addresses if not a.startswith("https://")]
        assert own
        assert all(a.startswith("/nagon/mapp/") for a in own)
        assert [a for a in own if get(host + a)[0] != 200] == []


def test_a_missing_page_is_answered_with_the_sites_own_page(base_site: Path) -> None:
    with serving(base_site) as host:
        status, content = get(f"{host}/exempel/finns-inte/")
    assert status == 404
    assert content == (base_site / "404.html").read_bytes()


@pytest.mark.parametrize("address", ["https://host.example/nagon/mapp", "https://host.example/nagon/mapp/"])
def test_the_slash_at_the_end_of_the_address_may_be_left_out(
    address: str, in_a_folder: Path, tmp_path: Path
) -> None:
    site = build(compose(tmp_path / "bank"), tmp_path / "site", "--site-url", address)
    assert differences(in_a_folder / "nagon" / "mapp", site) == []


# Both engines


def same_words(html: str) -> str:
    return re.sub(r"\s+", " ", html).strip()


def main_parts(site: Path) -> dict[str, str]:
    return {path: same_words(main_part(html) or html) for path, html in pages(site).items()}


def test_both_engines_give_the_same_base_site(base_site: Path, tmp_path: Path) -> None:
    other = build(compose(tmp_path / "bank"), tmp_path / "site", "--engine", "zensical")
    assert main_parts(other) == main_parts(base_site)
    assert sorted(tree(other)) == sorted(tree(base_site))


def test_both_engines_give_the_same_own_site(own_site: Path, tmp_path: Path) -> None:
    other = build(REPOSITORY, tmp_path / "site", "--engine", "zensical", environment=own_day())
    found, expected = main_parts(other), main_parts(own_site)
    assert sorted(found) == sorted(expected)
    for path, html in expected.items():
        assert found[path] == html, path
    assert sorted(tree(other)) == sorted(tree(own_site))


# Another site, in another place, with other types


def test_a_source_outside_the_repository_is_left_as_it_was(base_site: Path, tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    before = tree(bank)
    answer = script("build", "--source", str(bank), "--output", str(tmp_path / "ute"), folder=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert tree(bank) == before
    assert differences(base_site, tmp_path / "ute") == []
    assert f"{tmp_path / 'ute'}" in answer.stdout


BOOK: Final = """\
---
title: Mångfald på arbetsplatsen
summary: En bok om hur arbetsplatser kan arbeta med mångfald i den vanliga verksamheten.
date: 2006-10
counties: [skane]
sources:
  - document: delredovisning-2007
    section: bilaga 2
reviewed: 2026-11-23
review_every: 24
contact: redaktionen
related: [snackmodellen]
---

Boken tar upp [Snäckmodellen](../methods/snackmodellen.md#vad-ar-det).

## Var finns den?

På biblioteket.
"""


def with_books(place: Path) -> Path:
    """The base site with a type of its own: three files of the site, and no code."""
    bank = compose(place)
    schema = (bank / "schema" / "news.yml").read_text("utf-8")
    for old, new in (
        ("title: Nyhet", "title: Bok"),
        ("id: news", "id: book"),
        ("folder: news", "folder: books"),
        ("path: nyheter", "path: bocker"),
        ("{sv: nyhet, en: news item}", "{sv: bok, en: book}"),
        ("{sv: nyheter, en: news}", "{sv: böcker, en: books}"),
    ):
        assert old in schema
        schema = schema.replace(old, new)
    (bank / "schema" / "book.yml").write_text(schema, "utf-8")
    shutil.copy(bank / "docs" / "ramar" / "news.md", bank / "docs" / "ramar" / "book.md")
    (bank / "docs" / "bocker").mkdir()
    (bank / "docs" / "bocker" / "index.md").write_text(
        "---\ntitle: Böcker\n---\n\n# Böcker\n\n<!-- slot:facets-book -->\n\n<!-- slot:list-book -->\n",
        "utf-8",
    )
    (bank / "books").mkdir()
    (bank / "books" / "2006-10-mangfald-pa-arbetsplatsen.md").write_text(BOOK, "utf-8")
    return bank


def test_a_site_may_have_a_type_of_its_own(tmp_path: Path) -> None:
    site = build(with_books(tmp_path / "bank"), tmp_path / "site", "--strict")
    found = pages(site)
    book = found["bocker/mangfald-pa-arbetsplatsen/index.html"]
    assert "<h1>Mångfald på arbetsplatsen</h1>" in book
    assert '<p class="kind">Bok</p>' in book
    assert 'href="../../metoder/snackmodellen/#vad-ar-det"' in book
    for path in ("bocker/index.html", "lan/skane/index.html", "metoder/snackmodellen/index.html"):
        links = {
            unquote(link.target)
            for link in links_of(f"https://x/{path.removesuffix('index.html')}", found[path])
        }
        assert "https://x/bocker/mangfald-pa-arbetsplatsen/" in links, path
    assert "bocker/feed.xml" in tree(site)
    assert "bocker/mangfald-pa-arbetsplatsen/</loc>" in (site / "sitemap.xml").read_text("utf-8")


def test_a_type_of_its_own_needs_its_frame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank = with_books(tmp_path / "bank")
    (bank / "docs" / "ramar" / "book.md").unlink()
    build(bank, tmp_path / "site", expect=1)
    assert "docs/ramar/book.md:1:1: fel [frame-missing]" in capsys.readouterr().out


# Addresses that don't die


def add_record(bank: Path, name: str, *lines: str, body: str | None = None) -> Path:
    """Another example in the base site, with further lines in its front matter."""
    file = bank / "examples" / f"{name}.md"
    text = (bank / "examples" / "delade-platser.md").read_text("utf-8")
    front, rest = text.removeprefix("---\n").split("---\n", 1)
    keys = {line.partition(":")[0] for line in lines}
    kept = [line for line in front.splitlines() if line.partition(":")[0] not in keys]
    file.write_text(
        "---\n" + "\n".join([*kept, *lines]) + "\n---\n" + (rest if body is None else body), "utf-8"
    )
    return file


def test_a_withdrawn_record_leaves_a_page_and_is_in_no_list(tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    add_record(
        bank,
        "felaktigt",
        "title: Ett exempel som var fel",
        "aliases: [felaktigt-forr]",
        "withdrawn: {date: 2026-11-20, reason: Uppgifterna gällde ett annat län & en annan tid.}",
    )
    site = build(bank, tmp_path / "site")
    found = tree(site)
    page = (main_part(found["exempel/felaktigt/index.html"].decode()) or "").replace("\n", " ")
    assert "<h1>Ett exempel som var fel</h1>" in page
    assert "drogs tillbaka den 20 november 2026" in page
    assert '<meta name="robots" content="noindex">' in found["exempel/felaktigt/index.html"].decode()
    assert "Uppgifterna gällde ett annat län &amp; en annan tid." in page
    assert "Varje myndighet erbjöd" not in page
    assert is_redirect(found["exempel/felaktigt-forr/index.html"].decode())
    naming = [
        path
        for path, content in found.items()
        if b"felaktigt" in content or b"exempel som var fel" in content
    ]
    assert set(naming) == {
        f"{folder}exempel/{name}"
        for folder, names in (
            ("", ("felaktigt/index.html", "felaktigt-forr/index.html")),
            ("embed/v1/", ("felaktigt-h2.html", "felaktigt-forr-h2.html")),
            ("embed/v1/", ("felaktigt/index.html", "felaktigt-forr/index.html")),
            ("embed/v1/oembed/", ("felaktigt.json", "felaktigt-forr.json")),
        )
        for name in names
    }


def test_a_former_address_leads_on(base_site: Path) -> None:
    page = LexborHTMLParser((base_site / "metoder" / "snackan" / "index.html").read_text("utf-8"))
    refresh = attribute(element(page, 'meta[http-equiv="refresh"]'), "content")
    assert refresh == "0; url=../../metoder/snackmodellen/"
    assert attribute(element(page, 'link[rel="canonical"]'), "href") == (
        "https://provbanken.example/metoder/snackmodellen/"
    )
    assert [node.attributes["href"] for node in page.css("a")] == ["../../metoder/snackmodellen/"]
    robots = attribute(element(page, 'meta[name="robots"]'), "content")
    assert "noindex" in robots
    with serving(base_site) as host:
        address = urljoin(f"{host}/metoder/snackan/", refresh.partition("url=")[2])
        assert address == f"{host}/metoder/snackmodellen/"
        assert get(address)[0] == 200


# Long lists


HAND_WRITTEN: Final = "exempel"


def test_a_long_list_has_several_pages(tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    replace(bank / "mkdocs.yml", "    contact: redaktionen", "    contact: redaktionen\n    page_size: 2")
    for number in range(3):
        add_record(bank, f"exempel-{number}", f"title: Exempel nummer {number}")
    site = build(bank, tmp_path / "site")
    on_pages = []
    for number, page in enumerate(("", "sida/2/", "sida/3/"), start=1):
        html = (site / "exempel" / page / "index.html").read_text("utf-8")
        parsed = LexborHTMLParser(html)
        on_pages += [node.text() for node in parsed.css("main li.card a")]
        before = [node.attributes["href"] for node in parsed.css('a[rel="prev"]')]
        after = [node.attributes["href"] for node in parsed.css('a[rel="next"]')]
        up = "../" * (1 if number == 1 else 3)
        assert before == {1: [], 2: [f"{up}exempel/"], 3: [f"{up}exempel/sida/2/"]}[number]
        assert after == {1: [f"{up}exempel/sida/2/"], 2: [f"{up}exempel/sida/3/"], 3: []}[number]
        assert [node.text() for node in parsed.css('[aria-current="page"]')] == [str(number)]
        assert len(parsed.css("h1")) == 1
        assert f"sida {number} av 3" in element(parsed, "p.count").text()
        assert attribute(element(parsed, 'link[rel="canonical"]'), "href") == (
            f"https://provbanken.example/exempel/{page}"
        )
    assert on_pages == [
        "Delade utbildningsplatser mellan myndigheter",
        "Enkät om diskriminering vid en länsstyrelse",
        "Exempel nummer 0",
        "Exempel nummer 1",
        "Exempel nummer 2",
    ]
    assert not (site / "exempel" / "sida" / "4").exists()
    assert (site / "lage" / "running" / "sida" / "2" / "index.html").is_file()
    assert not (site / "nyheter" / "sida").exists()


@pytest.mark.parametrize("path", ["lage/running", HAND_WRITTEN])
def test_the_pages_of_a_list_have_titles_of_their_own(path: str, tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    replace(bank / "mkdocs.yml", "    contact: redaktionen", "    contact: redaktionen\n    page_size: 1")
    add_record(bank, "exempel-0", "title: Exempel nummer 0")
    site = build(bank, tmp_path / "site")
    html = (site / path / "sida" / "2" / "index.html").read_text("utf-8")
    assert "sida 2" in element(html, "title").text()


# Marks of ours in other people's words


def test_slots_written_in_a_record_come_out_as_text(tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    words = "@@title@@, @@body@@, @@root@@ och <!-- slot:body -->"
    add_record(
        bank,
        "luckor",
        f'title: "Luckor: {words}"',
        f'summary: "Så skriver man luckor i en ram, till exempel {words}"',
        body=f"\n## Åtgärder\n\nSkriv `{words}` i ramen, inte @@title@@ eller @@canonical@@.\n\n## Resultat\n\n"
        "- `<!-- unpoured -->` och `<!-- /unpoured -->`\n\n## Svårigheter\n\nInga.\n\n## Så kan andra göra\n\nSom här.\n",
    )
    site = build(bank, tmp_path / "site")
    page = LexborHTMLParser((site / "exempel" / "luckor" / "index.html").read_text("utf-8"))
    assert element(page, "h1").text() == f"Luckor: {words}"
    assert element(page, "title").text() == f"Luckor: {words} – Provbanken"
    assert (attribute(element(page, 'meta[name="description"]'), "content")).endswith(words)
    assert [node.text() for node in page.css("main code")] == [
        words, "<!-- unpoured -->", "<!-- /unpoured -->"
    ]  # fmt: skip
    assert "inte @@title@@ eller @@canonical@@." in element(page, "main .prose").text()
    index = LexborHTMLParser((site / "exempel" / "index.html").read_text("utf-8"))
    assert f"Luckor: {words}" in [node.text() for node in index.css("main li.card a")]
    feed = (site / "feed.xml").read_text("utf-8")
    assert "@@root@@ och &lt;!-- slot:body --&gt;" in feed


def test_the_manifest_is_valid_json_and_outside_the_site(base_site: Path) -> None:
    manifest = json.loads((base_site / ".." / "manifest.json").read_text("utf-8"))
    assert sorted(manifest["files"]) == sorted(tree(base_site))
    assert "manifest.json" not in tree(base_site)
