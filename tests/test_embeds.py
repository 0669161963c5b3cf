"""What others show in their own pages: bare HTML that leads home, pages for frames, small scripts, one address."""

import hashlib
import json
import os
import re
from base64 import b64decode
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from sites_support import (
    EMBEDS,
    FAULTY_CONTENT,
    attribute,
    build,
    element,
    fragments,
    framed_pages,
    pages,
    replace,
    tree,
    usable_pages,
)
from support import REPOSITORY, compose

from kunskapsbank.outlets.embeds.lists import LATEST, MOST
from kunskapsbank.outlets.embeds.scripts import integrity, versioned
from kunskapsbank.pages.policy import POLICY, in_frames

BARE: Final = frozenset({"lang", "href", "datetime", "src", "alt", "start", "role", "aria-label", "tabindex"})
"""Every attribute that a fragment may have: none that a host's page could take for its own."""
ELEMENTS: Final = frozenset(
    {
        "section", "h2", "h3", "h4", "h5", "h6", "p", "a", "ul", "ol", "li", "dl", "div", "dt", "dd", "time", "footer",
        "strong", "em", "code", "del", "br", "hr", "pre", "blockquote", "img", "table", "thead", "tbody", "tr", "th", "td",
    }
)  # fmt: skip
CONTRACT: Final = REPOSITORY / "tests" / "contracts" / "embed-v1.txt"
SMALL: Final = 2_000
TAKEN: Final = ("passa", "element")
"""The scripts that run in others' pages."""
NO_CARDS: Final = ("val", "integritet")
PUBLISHED: Final = ("passa-f14bb5fbe61c7249.js", "element-f2bf1005c0888ff3.js")
"""Every version of the scripts for others' pages that has been published. Where a test says that one is gone,
put its bytes into assets/former/; where the present one is not here, add its name."""


@pytest.fixture(scope="module", params=["own", "base"])
def site(request: pytest.FixtureRequest) -> Path:
    """The repository's own site and the base site, in turn."""
    found: Path = request.getfixturevalue(f"{request.param}_site")
    return found


def home(site: Path) -> str:
    """The address of the site."""
    text = (site / "robots.txt").read_text("utf-8")
    return text.rpartition("Sitemap: ")[2].strip().removesuffix("sitemap.xml")


def inside(html: str) -> list[LexborNode]:
    """Every element of a fragment."""
    body = LexborHTMLParser(html).body
    assert body is not None
    return body.css("body *")


def test_fragments_have_nothing_but_bare_elements(site: Path) -> None:
    found = fragments(site)
    assert len(found) > 20
    for path, html in found.items():
        nodes = inside(html)
        assert {node.tag or "" for node in nodes} <= ELEMENTS, path
        assert {name for node in nodes for name in node.attributes} <= BARE, path
        assert "\0" not in html
        assert html.isascii(), path


def test_a_fragment_is_one_section_in_swedish(site: Path) -> None:
    for path, html in fragments(site).items():
        body = LexborHTMLParser(html).body
        assert body is not None
        children = list(body.iter(include_text=False))
        assert [(child.tag, child.attributes.get("lang")) for child in children] == [("section", "sv")], path
        assert html.startswith('<section lang="sv">'), path
        assert html.rstrip().endswith("</section>"), path


def test_headings_start_where_the_name_says_and_skip_no_level(site: Path) -> None:
    for path, html in fragments(site).items():
        levels = [int((node.tag or "")[1]) for node in inside(html) if re.fullmatch(r"h\d", node.tag or "")]
        first = int(path.removesuffix(".html")[-1])
        assert levels[0] == first, path
        assert levels.count(first) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_every_link_is_whole_and_leads_to_something(site: Path) -> None:
    base = home(site)
    for path, html in fragments(site).items():
        links = [attribute(node, "href") for node in inside(html) if node.tag == "a"]
        assert any(link.startswith(base) for link in links), path
        for link in links:
            assert re.match(r"https://|mailto:|tel:", link), (path, link)
            if link.startswith(base):
                target = site / link.removeprefix(base).partition("#")[0]
                assert (target if target.suffix else target / "index.html").is_file(), (path, link)


def test_every_list_and_every_record_has_its_fragments(own_site: Path) -> None:
    found, every = fragments(own_site), pages(own_site)
    for kind in ("exempel", "metoder", "aktiviteter", "nyheter"):
        for name in (kind, f"{kind}-senaste"):
            assert f"{EMBEDS}{name}-h2.html" in found
            assert f"{EMBEDS}{name}-h3.html" in found
        records = {p for p in every if re.fullmatch(rf"{kind}/[a-z0-9-]+/index\.html", p)}
        assert len(records) > 5
        assert {f"{EMBEDS}{p.removesuffix('/index.html')}-h2.html" for p in records} <= found.keys()
    assert f"{EMBEDS}metoder/fair-termometern/verktyg-h2.html" in found
    assert f"{EMBEDS}lan/skane/exempel-h3.html" in found
    assert f"{EMBEDS}lan/ostergotland/aktiviteter-senaste-h3.html" in found


def titles(html: str, level: int) -> list[str]:
    return [node.text() for node in LexborHTMLParser(html).css(f"h{level}")]


def test_a_countys_list_has_the_countys_records_in_the_order_of_its_page(own_site: Path) -> None:
    page = LexborHTMLParser((own_site / "lan/skane/index.html").read_text("utf-8"))
    wanted = [node.text() for node in page.css('section[aria-labelledby="_lista-example"] .card h3')]
    assert len(wanted) > 3
    for level in (2, 3):
        html = fragments(own_site)[f"{EMBEDS}lan/skane/exempel-h{level}.html"]
        assert titles(html, level + 1) == wanted
        assert titles(html, level) == ["Exempel – Skåne"]


def test_the_latest_are_few_and_say_of_how_many(own_site: Path) -> None:
    html = fragments(own_site)[f"{EMBEDS}nyheter-senaste-h2.html"]
    listed = LexborHTMLParser((own_site / "nyheter/index.html").read_text("utf-8")).css(".card h3")
    assert titles(html, 3) == [node.text() for node in listed][:LATEST]
    text = element(html, "section").text()
    assert f"Visar {LATEST} av {len(listed)} nyheter." in text
    assert len(listed) < MOST
    assert "Visar" not in element(fragments(own_site)[f"{EMBEDS}nyheter-h2.html"], "section").text()


def test_a_whole_record_says_what_its_page_says(own_site: Path) -> None:
    html = fragments(own_site)[f"{EMBEDS}exempel/karp-malmo-stad-h2.html"]
    text = " ".join(element(html, "section").text().split())
    for words in (
        "Genomfört",
        "Källan anger inte utgångsläget.",
        "Anges inte i källan",
        "Redaktionens tolkning",
    ):
        assert (words in text) == (
            words in (own_site / "exempel/karp-malmo-stad/index.html").read_text("utf-8")
        )
    assert "Källa: Delredovisningen 2007, avsnitt 8.8.2" in text
    assert titles(html, 3)[:3] == ["Mål", "Åtgärder", "Resultat"]
    last = LexborHTMLParser(html).css("a")[-1]
    assert attribute(last, "href") == f"{home(own_site)}exempel/karp-malmo-stad/"


def test_a_picture_of_steps_is_left_out_and_the_steps_are_not(own_site: Path) -> None:
    page = (own_site / "metoder/snackmodellen/index.html").read_text("utf-8")
    html = fragments(own_site)[f"{EMBEDS}metoder/snackmodellen-h2.html"]
    assert "_steg-1" in page
    assert len(LexborHTMLParser(html).css("ol > li")) == len(LexborHTMLParser(page).css('li[id^="_steg-"]'))


# Pages for frames


def test_a_framed_page_holds_the_fragment_byte_for_byte(site: Path) -> None:
    taken = fragments(site)
    framed = framed_pages(site)
    assert {f"{p.removesuffix('/index.html')}-h2.html" for p in framed} == {
        p for p in taken if p.endswith("-h2.html")
    }
    for path, html in framed.items():
        body = re.search(r"<body>\n(.*)\n</body>", html, re.DOTALL)
        assert body is not None
        fragment = taken[f"{path.removesuffix('/index.html')}-h2.html"]
        assert body[1].encode("ascii", "xmlcharrefreplace").decode() == fragment, path


def test_the_head_of_a_framed_page(site: Path) -> None:
    base = home(site)
    names = set()
    for path, html in framed_pages(site).items():
        parsed = LexborHTMLParser(html)
        names.add(element(parsed, "title").text())
        canonical = attribute(element(parsed, "link[rel=canonical]"), "href")
        assert (site / canonical.removeprefix(base) / "index.html").is_file(), path
        assert attribute(element(parsed, "html"), "lang") == "sv"
        assert attribute(element(parsed, "meta[name=robots]"), "content") == "noindex"
        assert dict(element(parsed, "base").attributes) == {"target": "_top"}
        said = attribute(element(parsed, "meta[http-equiv=Content-Security-Policy]"), "content")
        assert said == in_frames(base)
        for node, name in (
            (element(parsed, "link[rel=stylesheet]"), "href"),
            (element(parsed, "script"), "src"),
        ):
            file = (site / path).parent / attribute(node, name)
            assert file.resolve().parent == (site / EMBEDS).resolve(), path
            assert file.is_file(), path
        assert len(parsed.css("script")) == 1
        assert not element(parsed, "script").text()
    assert len(names) > len(framed_pages(site)) // 2


def test_a_tool_to_use_in_a_frame_has_the_form_of_its_page_and_its_scripts(own_site: Path) -> None:
    base = home(own_site)
    found = usable_pages(own_site)
    assert len(found) == 3
    for path, html in found.items():
        parsed = LexborHTMLParser(html)
        page = (
            own_site / attribute(element(parsed, "link[rel=canonical]"), "href").removeprefix(base)
        ) / "index.html"
        form = element(page.read_text("utf-8"), ".tool-form")
        assert element(parsed, ".tool-form").text() == form.text()
        assert attribute(element(parsed, "meta[http-equiv]"), "content") == in_frames(base)
        assert attribute(element(parsed, "meta[name=robots]"), "content") == "noindex"
        for node, name in (
            (n, "src" if n.tag == "script" else "href") for n in parsed.css("script, link[rel=stylesheet]")
        ):
            assert ((own_site / path).parent / attribute(node, name)).resolve().is_file(), path
            assert not node.text()
        assert not [n for n in parsed.css("a") if not attribute(n, "href").startswith("https://")]
        assert (
            path.removeprefix(EMBEDS).removesuffix("/anvand/index.html") in data_of(own_site, "val")["usable"]
        )


def test_the_policy_of_frames_forbids_more_and_names_the_site_alone() -> None:
    said = in_frames("https://a.example/b/")
    assert "unsafe" not in said
    assert "connect-src 'none'" in said
    assert "form-action 'none'" in said
    with_us_alone = said.replace(" https://a.example/b/", "")
    assert "http" not in with_us_alone
    assert {d.split()[0] for d in with_us_alone.split("; ")} == {d.split()[0] for d in POLICY.split("; ")}


def test_no_map_feed_or_search_names_an_embed(own_site: Path) -> None:
    for path, content in tree(own_site).items():
        if path.endswith(".xml") or path.startswith("sok/"):
            assert EMBEDS.encode() not in content, path


# Scripts


def test_scripts_are_small_and_keep_nothing(own_site: Path) -> None:
    for name in ("hojd.js", "passa.js"):
        content = (own_site / EMBEDS / name).read_bytes()
        assert len(content) <= SMALL
        words = re.sub(rb"//.*", b"", content)
        for forbidden in (
            b"innerHTML",
            b"eval",
            b"Function",
            b"cookie",
            b"Storage",
            b"fetch",
            b"XMLHttp",
            b"import",
        ):
            assert forbidden not in words, (name, forbidden)


def test_scripts_have_an_address_for_each_version_that_was_published(own_site: Path) -> None:
    folder = own_site / EMBEDS
    assert {f"{p.name}" for n in TAKEN for p in folder.glob(f"{n}-*.js")} == set(PUBLISHED)
    for name in TAKEN:
        assert versioned(f"{name}.js", (folder / f"{name}.js").read_bytes()) in PUBLISHED
    for name in PUBLISHED:
        assert versioned(f"{name.partition('-')[0]}.js", (folder / name).read_bytes()) == name


def test_the_digest_for_integrity_is_that_of_the_bytes(own_site: Path) -> None:
    data = json.loads((own_site / EMBEDS / "integritet.json").read_text("utf-8"))
    base = f"{home(own_site)}{EMBEDS}"
    for said in (data, data["element"]):
        content = (own_site / EMBEDS / said["address"].removeprefix(base)).read_bytes()
        assert content == (own_site / EMBEDS / said["without_version"].removeprefix(base)).read_bytes()
        assert b64decode(said["integrity"].removeprefix("sha384-")) == hashlib.sha384(content).digest()
        assert said["versions"][said["address"]] == said["integrity"] == integrity(content)


def test_the_element_reads_nothing_of_the_page_around_it(own_site: Path) -> None:
    """But for the other lists, whose numbers it needs, and the address."""
    text = (own_site / EMBEDS / "element.js").read_text("utf-8")
    code = re.sub(r"(?m)^ *//.*$|/\*(?s:.*?)\*/", "", text)
    for forbidden in (
        "innerHTML",
        "eval",
        "Function",
        "cookie",
        "Storage",
        "XMLHttp",
        "import(",
        "parent.",
        "parentN",
    ):
        assert forbidden not in code, forbidden
    asked = re.findall(r'document\.query\w+\("([^"]*)"\)', code)
    assert asked == ["kunskapsbank-lista[open-here]:not([id])"]


# Data for elements


def data_of(site: Path, name: str) -> Any:
    return json.loads((site / EMBEDS / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize(("data", "fragment"), [("exempel", "exempel"), ("lan/skane", "lan/skane/exempel")])
def test_the_cards_of_elements_are_those_of_the_fragment(own_site: Path, data: str, fragment: str) -> None:
    cards = [item for item in data_of(own_site, data)["items"] if "type=exempel" in item["has"]]
    html = fragments(own_site)[f"{EMBEDS}{fragment}-h2.html"]
    wanted = [node.html for node in LexborHTMLParser(html).css("ul > li")]
    assert [element(item["html"], "li").html for item in cards] == wanted
    assert len(wanted) > 3


def test_every_value_of_a_card_can_be_chosen_and_its_page_exists(site: Path) -> None:
    choices = data_of(site, "val")["choices"]
    known = {f"{c['attribute']}={value}" for c in choices for value, _, _ in c["values"]}
    names = [
        path.removeprefix(EMBEDS).removesuffix(".json")
        for path in tree(site / EMBEDS)
        if path.endswith(".json")
    ]
    cards = [
        item
        for name in names
        if name not in NO_CARDS and not name.startswith("oembed/")
        for item in data_of(site, name)["items"]
    ]
    has = {value for item in cards for value in item["has"]}
    assert has <= known
    assert {value.partition("=")[0] for value in has} == {c["attribute"] for c in choices}
    for choice in choices:
        for _, _, address in choice["values"]:
            assert (site / address / "index.html").is_file(), address
    for item in cards:
        assert (site / item["address"] / "index.html").is_file()


# The contract


def promised(site: Path) -> list[str]:
    """What pages that we don't know of may lean on: files of lists, keys of data, and names in the script of
    elements. Records come and go by rules of their own."""
    files = [
        p
        for p in tree(site / EMBEDS)
        if not re.match(rf"(oembed/)?({'|'.join(KINDS)})/", p) and not re.search(r"-[0-9a-f]{16}\.js$", p)
    ]
    keys = [
        f"{name}: {key}" for name in ("val", "exempel", "integritet") for key in keys_of(data_of(site, name))
    ]
    attributes = [f"attribute {c['attribute']}" for c in data_of(site, "val")["choices"]]
    code = (site / EMBEDS / "element.js").read_text("utf-8")
    read = [f"attribute {name}" for name in re.findall(r'[gh][ea][ts]Attribute\("([a-z-]+)"', code)]
    properties = re.findall(r"--kunskapsbank-[a-z-]+", code)
    parts = [f"part {part}" for words in re.findall(r'part: [`"]([a-z ]+)', code) for part in words.split()]
    return sorted({*files, *keys, *attributes, *read, *properties, *parts})


KINDS: Final = ("exempel", "metoder", "aktiviteter", "nyheter")


def keys_of(value: Any, above: str = "") -> Iterator[str]:
    """The keys of some data, with those of what is in it behind a full stop; names of our own are no keys."""
    if isinstance(value, list):
        for one in value:
            yield from keys_of(one, above)
    if isinstance(value, dict):
        for key, one in value.items():
            named = (
                f"{above}*"
                if re.search(r"^https:|^(exempel|metoder|aktiviteter|nyheter)$", key)
                else above + key
            )
            yield named
            yield from keys_of(one, f"{named}.")


def test_v1_of_embeds_changes_only_by_addition(own_site: Path) -> None:
    """With KUNSKAPSBANK_REFRESH=1 the contract takes in what is new; what it holds it never loses."""
    now = promised(own_site)
    before = CONTRACT.read_text("utf-8").splitlines() if CONTRACT.is_file() else []
    assert set(before) - set(now) == set()
    if os.environ.get("KUNSKAPSBANK_REFRESH") == "1":
        CONTRACT.write_text("".join(f"{line}\n" for line in now), "utf-8")
    assert CONTRACT.read_text("utf-8").splitlines() == now


# What records may do


MORE: Final = """\
`<a href="#x" class="y">` [hur den beskrivs](#vad-ar-det)

### Tabell

| a | b |
|---|---|
| c | d |
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base site with a record withdrawn and one renamed."""
    place = tmp_path_factory.mktemp("changed")
    bank = compose(place / "bank")
    news = bank / "news" / "2007-02-14-nya-utbildningar.md"
    replace(
        news,
        "contact: redaktionen",
        "contact: redaktionen\nwithdrawn: {date: 2026-11-20, reason: Uppgifterna var fel.}",
    )
    method = bank / "methods" / "cafemodellen.md"
    text = method.read_text("utf-8")
    text = re.sub(r"(?m)^title: .*$", "title: Cafémodellen\naliases: [gamla-cafemodellen]", text)
    method.write_text(f"{text}\n{MORE}", "utf-8")
    return build(bank, place / "site")


def test_code_stays_code(changed: Path) -> None:
    html = fragments(changed)[f"{EMBEDS}metoder/cafemodellen-h2.html"]
    assert element(html, "code").text() == '<a href="#x" class="y">'


def test_a_wide_table_keeps_its_box_without_a_class(changed: Path) -> None:
    html = fragments(changed)[f"{EMBEDS}metoder/cafemodellen-h2.html"]
    assert dict(element(html, "div:has(table)").attributes) == {
        "role": "group",
        "aria-label": "Tabell",
        "tabindex": "0",
    }


def test_a_link_to_a_place_in_the_record_leads_to_its_page(changed: Path) -> None:
    html = fragments(changed)[f"{EMBEDS}metoder/cafemodellen-h2.html"]
    link = next(node for node in inside(html) if node.text() == "hur den beskrivs")
    assert attribute(link, "href") == f"{home(changed)}metoder/cafemodellen/#vad-ar-det"
    assert titles(html, 4) == ["Tabell"]


def test_a_withdrawn_record_says_so_where_it_was_embedded(changed: Path) -> None:
    html = fragments(changed)[f"{EMBEDS}nyheter/nya-utbildningar-h2.html"]
    assert "Sidan drogs tillbaka den 20 november 2026." in element(html, "p").text()
    assert attribute(element(html, "a"), "href") == f"{home(changed)}nyheter/"
    page = framed_pages(changed)[f"{EMBEDS}nyheter/nya-utbildningar/index.html"]
    assert "Sidan drogs tillbaka" in page
    for path, one in fragments(changed).items():
        assert "nyheter/nya-utbildningar/" not in one, path


def test_a_list_that_has_lost_its_last_record_is_still_there(changed: Path, base_site: Path) -> None:
    assert fragments(base_site).keys() <= fragments(changed).keys()
    assert framed_pages(base_site).keys() <= framed_pages(changed).keys()
    html = fragments(changed)[f"{EMBEDS}nyheter-h2.html"]
    assert "Här finns inget just nu." in element(html, "section").text()


def test_a_renamed_record_is_found_by_its_old_name(changed: Path) -> None:
    found = fragments(changed)
    old, new = (found[f"{EMBEDS}metoder/{name}-h2.html"] for name in ("gamla-cafemodellen", "cafemodellen"))
    assert old == new


def test_equal_input_gives_equal_bytes(base_site: Path, tmp_path: Path) -> None:
    def embeds(site: Path) -> dict[str, Any]:
        return {path: content for path, content in tree(site).items() if path.startswith(EMBEDS)}

    assert embeds(build(compose(tmp_path / "bank"), tmp_path / "site")) == embeds(base_site)


def test_a_fragment_that_leads_nowhere_stops_the_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The verification follows the whole addresses in fragments."""
    monkeypatch.setattr("kunskapsbank.outlets.embeds.lists.ROOT", "\0finns-inte/")
    bank = compose(tmp_path / "bank")
    build(bank, tmp_path / "site", expect=FAULTY_CONTENT)
    assert "/finns-inte/" in capsys.readouterr().out
    assert not (tmp_path / "site").exists()
