"""What pages say of themselves for machines: JSON-LD, Open Graph, and the policy of security."""

import hashlib
import json
import warnings
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from selectolax.lexbor import LexborHTMLParser
from sites_support import attribute, element, is_redirect, pages

from kunskapsbank.pages.policy import HEADER, POLICY, with_compiled, with_frames

SCHEMA: Final = Namespace("https://schema.org/")
OPEN_GRAPH: Final = ("type", "site_name", "locale", "title", "description", "url", "image")


def ordinary(site: Path) -> Iterator[tuple[str, str]]:
    """Every page that is to be found: no redirects, no page for a missing one."""
    yield from ((p, html) for p, html in pages(site).items() if not is_redirect(html) and p != "404.html")


def data_of(html: str) -> dict[str, Any]:
    scripts = LexborHTMLParser(html).css("script:not([src])")
    assert [attribute(script, "type") for script in scripts] == ["application/ld+json"]
    found: dict[str, Any] = json.loads(scripts[0].text())
    return found


def graph_of(data: dict[str, Any]) -> Graph:
    """Read by a parser of somebody else's; its context stands for the one at schema.org, which says the same
    of the words that we use."""
    known = {"@context": {"@vocab": str(SCHEMA)}} | {key: v for key, v in data.items() if key != "@context"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the parser calls old names of its own package
        return Graph().parse(data=json.dumps(known), format="json-ld")


def test_every_page_has_data_of_its_own_that_a_parser_reads(own_site: Path) -> None:
    for path, html in ordinary(own_site):
        data = data_of(html)
        assert data["@context"] == "https://schema.org", path
        address = URIRef(attribute(element(html, 'link[rel="canonical"]'), "href"))
        graph = graph_of(data)
        assert (address, RDF.type, SCHEMA.WebPage) in graph or (
            address, RDF.type, SCHEMA.CollectionPage,
        ) in graph, path  # fmt: skip
        names = list(graph.objects(address, SCHEMA.name))
        assert len(names) == 1, path


def test_a_record_is_the_main_entity_of_its_page(own_site: Path) -> None:
    data = data_of((own_site / "exempel" / "karp-malmo-stad" / "index.html").read_text("utf-8"))
    assert data["mainEntity"]["@type"] == "Article"
    assert data["mainEntity"]["name"] == data["name"]
    assert "Skåne" in data["mainEntity"]["keywords"]
    assert [crumb["name"] for crumb in data["breadcrumb"]["itemListElement"]] == ["Start", "Exempel"]
    event = data_of((own_site / "aktiviteter" / "konferens-dalarna" / "index.html").read_text("utf-8"))
    assert (event["mainEntity"]["@type"], event["mainEntity"]["startDate"]) == ("Event", "2007-03")


def test_open_graph_says_what_the_head_says(own_site: Path) -> None:
    for path, html in ordinary(own_site):
        tree = LexborHTMLParser(html)
        said = {
            name: attribute(element(tree, f'meta[property="og:{name}"]'), "content") for name in OPEN_GRAPH
        }
        assert all(said.values()), path
        assert said["url"] == attribute(element(tree, 'link[rel="canonical"]'), "href")
        assert said["description"] == attribute(element(tree, 'meta[name="description"]'), "content")
        assert said["title"] in element(tree, "title").text() or path == "index.html"
        assert said["image"] == "https://kunskapsbanken.example/assets/dela.png"
    assert (own_site / "assets" / "dela.png").is_file()


def test_titles_and_descriptions_are_there_and_titles_are_each_pages_own(own_site: Path) -> None:
    titles = [element(html, "title").text() for _, html in ordinary(own_site)]
    assert len(set(titles)) == len(titles)
    assert all(len(title) > 10 for title in titles)


def test_every_page_has_the_policy_before_anything_is_loaded(own_site: Path) -> None:
    """With the digest of its data, and of nothing else."""
    for path, html in pages(own_site).items():
        if is_redirect(html):
            continue
        said = attribute(element(html, 'meta[http-equiv="Content-Security-Policy"]'), "content")
        scripts = [script.text() for script in LexborHTMLParser(html).css("script:not([src])")]
        digests = [b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts]
        named = "".join(f" 'sha256-{digest}'" for digest in digests)
        named = f" 'wasm-unsafe-eval'{named}" if path == "sok/index.html" else named
        wanted = POLICY.replace("script-src 'self'", f"script-src 'self'{named}")
        assert said == (with_frames(wanted) if path == "badda-in/index.html" else wanted), path
        assert html.index("Content-Security-Policy") < html.index("<link"), path


def test_policy_allows_nothing_inline_and_nobody_else() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none'; script-src 'self'")
    assert with_frames(with_compiled(POLICY)) == HEADER
    assert with_compiled(POLICY).replace(" 'wasm-unsafe-eval'", "") == POLICY


@pytest.mark.parametrize(("path", "language"), [("en/", "en"), ("om/", "sv"), ("", "sv")])
def test_language_of_a_page_and_of_its_parts(own_site: Path, path: str, language: str) -> None:
    html = (own_site / path / "index.html").read_text("utf-8")
    assert attribute(element(html, "html"), "lang") == language
    assert data_of(html)["inLanguage"] == language
    assert attribute(element(html, "header.site"), "lang") == "sv"
    assert attribute(element(html, "footer.site"), "lang") == "sv"


def test_summaries_in_english_are_marked_and_listed(own_site: Path) -> None:
    html = (own_site / "metoder" / "karp" / "index.html").read_text("utf-8")
    summary = element(html, "p.english")
    assert attribute(summary, "lang") == "en"
    listed = (own_site / "en" / "index.html").read_text("utf-8")
    assert summary.text() in element(listed, "main").text()
    assert len(LexborHTMLParser(listed).css("main h3[lang=sv] a[hreflang=sv]")) == 13
