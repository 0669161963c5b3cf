"""Texts of maintainers: rendered by Python-Markdown with the extensions of mkdocs.yml, and where they show."""

import json
from pathlib import Path

import pytest
from sites_support import build, element, replace, tree
from support import REPOSITORY, compose

from kunskapsbank.dictionary.load import load
from kunskapsbank.dictionary.prose import faults
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.texts import Texts


def test_a_line_has_no_paragraph_of_its_own() -> None:
    assert Texts([]).line("Ett *ord* & ett till.") == "Ett <em>ord</em> &amp; ett till."


def test_a_text_of_several_blocks_stays_as_it_is() -> None:
    html = Texts([]).line("Ett.\n\n- två")
    assert html.startswith("<p>Ett.</p>")
    assert "<li>två</li>" in html
    assert Texts([]).line("Ett.\n\nTvå.") == "<p>Ett.</p>\n<p>Två.</p>"


def test_words_alone() -> None:
    assert Texts([]).plain("Ett [*ord*](/metoder/) &amp;\nett till.") == "Ett ord & ett till."


def test_addresses_start_from_the_root_of_the_site() -> None:
    assert Texts([]).line("[m](/metoder/)") == f'<a href="{ROOT}metoder/">m</a>'
    assert Texts([]).line("[m](https://x.example/)") == '<a href="https://x.example/">m</a>'


def test_extensions_and_their_options_are_used() -> None:
    table = "| a |\n|---|\n| b |"
    assert "<table>" not in Texts([]).html(table)
    assert "<table>" in Texts(["tables"]).html(table)
    assert 'href="#ett"' in Texts([{"toc": {"permalink": True}}]).html("# Ett")
    assert 'href="#ett"' not in Texts([{"toc": {"permalink": False}}]).html("# Ett")
    assert Texts([{"tables": None}]).html("x") == "<p>x</p>"


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A site whose dictionary has Markdown in what it says of a county, and of all of them."""
    bank = compose(tmp_path_factory.mktemp("marked") / "bank")
    counties = bank / "schema" / "vocabularies" / "counties.yml"
    text = counties.read_text("utf-8")
    start = text.index("    description:\n      sv: ") + len("    description:\n      sv: ")
    end = text.index("\n", start)
    counties.write_text(text[:start] + "'Ett *län* med [metoder](/metoder/).'" + text[end:], "utf-8")
    replace(counties, "Projektet drevs i fem län.", "Projektet drevs i *fem* län.")
    replace(bank / "mkdocs.yml", "    publisher: Provbanken\n", "    publisher: Provbanken\n    api: true\n")
    page = bank / "docs" / "lan" / "index.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(
        "---\ntitle: Län\n---\n\n# Län\n\n<!-- slot:intro-counties -->\n\n<!-- slot:terms-counties -->\n",
        "utf-8",
    )
    return tree(build(bank, bank.parent / "site"))


def test_description_of_a_term_is_markdown_on_its_page_and_words_in_its_head(
    marked: dict[str, bytes],
) -> None:
    html = marked["lan/dalarna/index.html"].decode()
    assert '<p class="lead">Ett <em>län</em> med <a href="../../metoder/">metoder</a>.</p>' in html
    assert '<meta name="description" content="Ett län med metoder.">' in html
    assert "<subtitle>Ett län med metoder.</subtitle>" in marked["lan/dalarna/feed.xml"].decode()


def test_description_and_introduction_stand_in_the_index_of_terms(marked: dict[str, bytes]) -> None:
    html = marked["lan/index.html"].decode()
    assert '<p>Ett <em>län</em> med <a href="../metoder/">metoder</a>.</p>' in html
    assert '<div class="lead"><p>Projektet drevs i <em>fem</em> län.' in html


@pytest.mark.parametrize(
    ("type_id", "page"),
    [("example", "exempel"), ("method", "metod"), ("activity", "aktivitet"), ("news", "nyhet")],
)
def test_every_field_and_section_of_a_type_is_explained(own_site: Path, type_id: str, page: str) -> None:
    html = (own_site / "bidra" / "falt" / page / "index.html").read_text("utf-8")
    words = element(html, "main").text()
    type_ = load(REPOSITORY).types[type_id]
    for field in type_.fields.values():
        assert f'<h3 id="_falt-{field.key}">' in html
        assert field.help.sv in words
    for section in type_.sections:
        assert section.help.sv in words


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('<meta http-equiv="refresh" content="0;url=https://evil.example/">x', "<p>x</p>"),
        ("<script>alert(1)</script>\n\nx", "<p>x</p>"),
        ('<p onclick="alert(1)" style="x" class="y" id="z">x</p>', "<p>x</p>"),
        ('<a href="/a/" onmouseover="alert(1)">x</a>', f'<p><a href="{ROOT}a/">x</a></p>'),
        ("x <b>y</b> <iframe src=/a/></iframe>z", "<p>x y z</p>"),
        ("[x](javascript:alert(1))", "<p><a>x</a></p>"),
        ('<a href="&#106;ava&#115;cript:alert(1)">x</a>', "<p><a>x</a></p>"),
        ("[x](//evil.example/)", "<p><a>x</a></p>"),
        ("[x](http://evil.example/)", "<p><a>x</a></p>"),
        ("[x](https:/evil.example/)", "<p><a>x</a></p>"),
        ("[x](/a/){onclick=alert(1) target=_blank}", f'<p><a href="{ROOT}a/">x</a></p>'),
        ("![x](https://evil.example/x.png)", '<p><img alt="x"></p>'),
        ("![x](/bilder/x.png)", f'<p><img alt="x" src="{ROOT}bilder/x.png"></p>'),
    ],
)  # fmt: skip
def test_texts_are_cleaned_as_records_are(text: str, html: str) -> None:
    assert Texts(["attr_list"]).html(text).strip() == html


def test_words_alone_have_no_markup_that_was_cleaned_away() -> None:
    assert Texts([]).plain('<meta http-equiv="refresh" content="0"> a <b>c</b>') == "a c"


def test_lists_of_definitions_are_kept() -> None:
    assert "<dt>a</dt>" in Texts(["def_list"]).html("a\n:   b")


def test_other_programs_get_the_words_of_a_description_alone(marked: dict[str, bytes]) -> None:
    terms = json.loads(marked["api/v1/ordlistor/counties.json"])["terms"]
    assert terms[0]["description"]["sv"] == "Ett län med metoder."


def test_labels_are_words_and_no_markup(tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    label = '<img src=x onerror="alert(1)"> & Dalarna'
    replace(
        bank / "schema" / "vocabularies" / "counties.yml",
        "{sv: Dalarna, en: Dalarna}",
        f"{{sv: '{label}', en: x}}",
    )
    site = tree(build(bank, tmp_path / "site"))
    holding = [path for path, content in site.items() if b"onerror" in content]
    assert holding
    assert not [path for path in holding if path.endswith(".html") and b"<img src=x" in site[path]]


@pytest.mark.parametrize(
    "text",
    [
        "[Skatteverket](https://www.skatteverket.se@evil.example/)",
        "[regeringen.se](https://evil.example/)",
        "[Intranätet](https://127.0.0.1/)",
        "[Skriv till oss](mailto:registrator@exempel.se?bcc=x@evil.example)",
        "[Ring](tel:*21*0700000000#)",
    ],
)
def test_a_link_that_hides_where_it_leads_is_a_fault(text: str) -> None:
    assert list(faults(f"Läs mer: {text}."))


@pytest.mark.parametrize(
    "text",
    [
        "[regeringen.se](https://www.regeringen.se/)",
        "[Metoder](/metoder/)",
        "[Skriv](mailto:registrator@exempel.se)",
    ],
)
def test_a_link_that_says_where_it_leads_is_none(text: str) -> None:
    assert not list(faults(text))
