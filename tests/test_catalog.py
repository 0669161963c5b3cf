"""The data catalogue, read by parsers of RDF and SHACL: whole, with addresses that lead to files, and inert."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Final, cast

import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from sites_support import FAULTY_CONTENT, build, replace
from support import REPOSITORY, compose

from kunskapsbank import outlets
from kunskapsbank.outlets import catalog
from kunskapsbank.outlets.catalog import licence_iri
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.site import Site
from kunskapsbank.settings import Catalog, load

VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
KINDS: Final = (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, FOAF.Agent, VCARD.Kind)
SETTING: Final = """    contact: redaktionen
    catalog:
      publisher: {{name: {name}, type: NationalAuthority, organisation_number: "202100-0000"}}
      contact: {{name: "Öppna data", email: data@prov.example}}
      themes: [GOVE]
      issued: "2026-11-24"
"""
HOSTILE: Final = (
    "<rdf:Description rdf:about='https://x.example/'/>", "]]> <!-- & &amp; \"x\" 'y'", "</foaf:name></foaf:Agent><dcat:Catalog/>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", "rad ett\n  rad två", "{{ 7 * 7 }} {% raw %}",
)  # fmt: skip


def read(content: bytes) -> Graph:
    return Graph().parse(data=content, format="xml")


@cache
def shapes() -> Graph:
    return Graph().parse(REPOSITORY / "tests" / "dcat_shapes.ttl", format="turtle")


def faults(graph: Graph) -> str:
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes(), inference="none", advanced=False)
    return "" if conforms else str(report)


def held(graph: Graph, kind: URIRef) -> set[URIRef]:
    """The things of a kind; none of them is a blank node."""
    found = set(graph.subjects(RDF.type, kind))
    assert not [one for one in found if not isinstance(one, URIRef)]
    return cast("set[URIRef]", found)


def made_with(text: str, number: str | None = "202100-0000") -> bytes:
    """A catalogue where every text that somebody writes is this one."""
    types = {"example": SimpleNamespace(id="example", path="exempel", is_event=False, plural=None)}
    listed = SimpleNamespace(
        address="exempel/",
        title=text,
        records=[SimpleNamespace(fields={"reviewed": "2026-11-23"}, path="a.md")],
    )
    settings = SimpleNamespace(
        site_name=text, site_url="https://prov.example/mapp/", description=text, licence_address="https://prov.example/a b<>\"&?c",
        feed_size=50, catalog=Catalog(text, None, number, text, "a&b'c<d>@prov.example", ("GOVE",), date(2026, 11, 24)),
    )  # fmt: skip
    frames = {"exempel/index.html": SimpleNamespace(description=text)}
    library = SimpleNamespace(all_records=lambda: iter(listed.records))
    viewer = SimpleNamespace(dictionary=SimpleNamespace(types=types), library=library)
    keys = SimpleNamespace(facts=b"")
    site = SimpleNamespace(
        settings=settings, lists={"example": listed}, frames=frames, viewer=viewer, keys=keys
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outlets, "makers", lambda _: [Maker("exempel/feed.xml", lambda: Made(b""))])
        (maker,) = catalog.makers(cast("Site", site))
        return maker().content


@pytest.fixture(scope="module")
def own(own_site: Path) -> Graph:
    return read((own_site / "katalog.rdf").read_bytes())


def test_the_catalogue_keeps_to_the_shapes(own: Graph) -> None:
    """Ours: the official ones are in no package."""
    assert faults(own) == ""


def test_nothing_is_a_blank_node_and_every_address_is_absolute(own: Graph) -> None:
    assert [node for triple in own for node in triple if isinstance(node, BNode)] == []
    for triple in own:
        for node in triple:
            if isinstance(node, URIRef):
                assert re.match("https?://|mailto:", node), node
    for kind in KINDS:
        assert held(own, kind), kind


LISTED = ("exempel", "metoder", "aktiviteter", "nyheter", "mal", "iakttagelser")


def test_a_dataset_for_each_type_with_a_list(own: Graph) -> None:
    pages = {str(own.value(one, DCAT.landingPage)) for one in held(own, DCAT.Dataset)}
    site = "https://kunskapsbanken.example/"
    assert pages == {f"{site}{path}/" for path in LISTED}
    titles = {str(own.value(one, DCTERMS.title)) for one in held(own, DCAT.Dataset)}
    assert "Exempel – Kunskapsbanken" in titles


def test_every_file_that_is_named_is_made(own: Graph, own_site: Path) -> None:
    """And of those that could be named, every one that is made is named."""
    site = "https://kunskapsbanken.example/"
    named = {str(own.value(one, DCAT.downloadURL)).removeprefix(site) for one in held(own, DCAT.Distribution)}
    assert [path for path in named if not (own_site / path).is_file()] == []
    for path in ("exempel", "metoder", "aktiviteter", "nyheter"):
        possible = {f"{path}/feed.xml", f"api/v1/{path}.json", f"api/v1/{path}.csv"}
        assert {one for one in possible if (own_site / one).is_file()} <= named
    assert {"aktiviteter/feed.xml", "kalender.ics"} <= named


def test_days_are_those_of_the_records(own: Graph) -> None:
    (whole,) = held(own, DCAT.Catalog)
    days = {own.value(one, DCTERMS.modified) for one in held(own, DCAT.Dataset)}
    assert Literal("2026-11-23", datatype=XSD.date) in days
    assert own.value(whole, DCTERMS.modified) == max(days, key=str)
    assert own.value(whole, DCTERMS.issued) is None  # not published yet


def test_without_the_setting_there_is_none(base_site: Path) -> None:
    assert not (base_site / "katalog.rdf").exists()


def test_the_settings_say_who_publishes(tmp_path: Path) -> None:
    """An organisation is known by the portal's own address of it."""
    bank = compose(tmp_path / "bank")
    replace(bank / "mkdocs.yml", "    contact: redaktionen\n", SETTING.format(name="Provverket & Co"))
    replace(bank / "methods" / "snackmodellen.md", "reviewed: 2026-11-23", "reviewed: 2026-11-20")
    replace(bank / "methods" / "cafemodellen.md", "reviewed: 2026-11-23", "reviewed: 2026-11-21")
    site = build(bank, tmp_path / "site")
    graph = read((site / "katalog.rdf").read_bytes())
    assert faults(graph) == ""
    (publisher,) = held(graph, FOAF.Agent)
    assert publisher == URIRef("http://dataportal.se/organisation/SE2021000000")
    assert str(graph.value(publisher, FOAF.name)) == "Provverket & Co"
    kind = URIRef("http://purl.org/adms/publishertype/NationalAuthority")
    assert graph.value(publisher, DCTERMS.type) == kind
    (contact,) = held(graph, VCARD.Kind)
    assert graph.value(contact, VCARD.hasEmail) == URIRef("mailto:data@prov.example")
    (whole,) = held(graph, DCAT.Catalog)
    assert graph.value(whole, DCTERMS.issued) == Literal("2026-11-24", datatype=XSD.date)
    methods = URIRef("https://provbanken.example/katalog.rdf#metoder")
    assert str(graph.value(methods, DCTERMS.modified)) == "2026-11-21"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("202100-0000", "2021000000"), ("202100-0000", "811218-9876"), ("data@prov.example", "data prov"), ("[GOVE]", "[GOV]"),
        ("[GOVE]", "[]"), ("NationalAuthority", "Myndighet"), ("2026-11-24", "i fjol"), ("name: Prov,", "namn: Prov,"),
    ],
)  # fmt: skip
def test_wrong_settings_are_told(tmp_path: Path, right: str, wrong: str) -> None:
    """A number of a person's is none of an organisation's."""
    bank = compose(tmp_path / "bank")
    setting = SETTING.format(name="Prov")
    assert right in setting
    replace(bank / "mkdocs.yml", "    contact: redaktionen\n", setting.replace(right, wrong))
    build(bank, tmp_path / "site", expect=FAULTY_CONTENT)


def test_what_is_not_asked_of_a_catalogue_may_be_left_out(tmp_path: Path) -> None:
    found = load(REPOSITORY, date(2026, 11, 24)).catalog
    assert found is not None
    assert (found.organisation_number, found.publisher_type, found.issued) == (None, None, None)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_inert(text: str) -> None:
    """They say what they say, and add nothing."""
    graph, plain = read(made_with(text)), read(made_with("Prov"))
    assert faults(graph) == ""
    assert len(graph) == len(plain)
    assert set(graph.predicates()) == set(plain.predicates())
    assert held(graph, DCAT.Dataset) == held(plain, DCAT.Dataset)
    (publisher,) = held(graph, FOAF.Agent)
    assert str(graph.value(publisher, FOAF.name)) == text
    (contact,) = held(graph, VCARD.Kind)
    assert str(graph.value(contact, VCARD.fn)) == text


@pytest.mark.parametrize(
    ("address", "iri"),
    [
        ("https://creativecommons.org/licenses/by/4.0/deed.sv", "http://creativecommons.org/licenses/by/4.0/"),
        ("https://creativecommons.org/licenses/by/4.0/", "http://creativecommons.org/licenses/by/4.0/"),
        ("https://creativecommons.org/publicdomain/zero/1.0/legalcode", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://creativecommons.org/", "https://creativecommons.org/"),
        ("https://x.example/creativecommons.org/licenses/by/4.0/", "https://x.example/creativecommons.org/licenses/by/4.0/"),
        ("https://x.example/a b\"<", "https://x.example/a%20b%22%3C"),
    ],
)  # fmt: skip
def test_licences_are_known_by_one_address(address: str, iri: str) -> None:
    assert licence_iri(address) == iri


# The shapes find what is missing


def without(kind: URIRef, predicate: URIRef) -> Callable[[Graph], None]:
    def change(graph: Graph) -> None:
        for one in held(graph, kind):
            graph.remove((one, predicate, None))

    return change


@pytest.mark.parametrize(
    ("kind", "predicate"),
    [
        (DCAT.Catalog, DCTERMS.title), (DCAT.Catalog, DCTERMS.description), (DCAT.Catalog, DCTERMS.publisher),
        (DCAT.Catalog, DCTERMS.license), (DCAT.Catalog, DCAT.dataset), (DCAT.Catalog, DCTERMS.language),
        (DCAT.Dataset, DCTERMS.title), (DCAT.Dataset, DCTERMS.description), (DCAT.Dataset, DCTERMS.publisher),
        (DCAT.Dataset, DCAT.contactPoint), (DCAT.Dataset, DCAT.theme), (DCAT.Dataset, DCAT.distribution),
        (DCAT.Distribution, DCAT.accessURL), (DCAT.Distribution, DCTERMS.format), (FOAF.Agent, FOAF.name),
        (VCARD.Kind, VCARD.fn), (VCARD.Kind, VCARD.hasEmail),
    ],
)  # fmt: skip
def test_the_shapes_miss_what_is_mandatory(kind: URIRef, predicate: URIRef) -> None:
    graph = read(made_with("Prov"))
    assert faults(graph) == ""
    without(kind, predicate)(graph)
    assert faults(graph) != ""


@pytest.mark.parametrize("kind", KINDS)
def test_the_shapes_refuse_blank_nodes(kind: URIRef) -> None:
    graph = read(made_with("Prov"))
    (one, *_), blank = held(graph, kind), BNode()
    for triple in list(graph):
        if one in triple:
            graph.remove(triple)
            graph.add(tuple(blank if node == one else node for node in triple))  # type: ignore[arg-type]
    assert faults(graph) != ""
