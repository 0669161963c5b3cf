"""Records' Markdown as HTML: whatever strangers write, only safe elements and links reach the page."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import dictionary, examined_problems, names
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kunskapsbank.checks.targets import slug
from kunskapsbank.pages import markdown
from kunskapsbank.pages.markdown import ROOT, Renderer, anchor, renderers
from kunskapsbank.reading.body import read_body

ELEMENTS: Final = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
    "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}}
SCROLLABLE: Final = {"class": "wide", "role": "group", "aria-label": "Tabell", "tabindex": "0"}
SHOWN_ROOT: Final = "[rot]"
"""Stands for ROOT in what the parser is given, since HTML can't hold U+0000."""

SAFE_ADDRESS: Final = re.compile(r"\[rot\][^\[\]]*|#.*||(?:https|mailto|tel):.*", re.IGNORECASE | re.DOTALL)


def render(text: str) -> str:
    return Renderer(dictionary(), "examples").html(text)


def elements(html: str) -> Iterator[LexborNode]:
    """Every element that a browser would make of a fragment."""
    parsed = LexborHTMLParser(f"<!doctype html><body>{html.replace(ROOT, SHOWN_ROOT)}")
    assert parsed.head is None or not parsed.head.css("head > *")
    assert parsed.body is not None
    return (node for node in parsed.body.traverse(include_text=False) if node.tag != "body")


def assert_safe(html: str) -> None:
    roots = 0
    for node in elements(html):
        given_attributes = dict(node.attributes)
        if node.tag == "div":
            assert given_attributes == SCROLLABLE
            continue
        assert node.tag in ELEMENTS, node.tag
        assert set(given_attributes) <= ATTRIBUTES.get(node.tag, set()), node.html
        for name in {"href", "src"} & set(given_attributes):
            address = given_attributes[name] or ""
            assert SAFE_ADDRESS.fullmatch(address), address
            assert name == "href" or address.startswith(SHOWN_ROOT)
            roots += address.startswith(SHOWN_ROOT)
    assert html.count(ROOT) == roots


def addresses(html: str) -> list[str | None]:
    """Where the links and pictures lead, with None for one that leads nowhere."""
    return [
        node.attributes.get("href", node.attributes.get("src"))
        for node in elements(html)
        if node.tag in ("a", "img")
    ]


HOSTILE: Final = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.se></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<style>body{display:none}</style>",
    "<img src=x onerror=alert(1)>",
    "<img src='../docs/bilder/a.png' onload=alert(1) alt='a'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<a href='javascript:alert(1)' onclick=alert(1)>x</a>",
    "<iframe src='https://x.se'></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=x><input name=y><button formaction=z>k</button></form>",
    "<base href='https://x.se/'>",
    "<meta http-equiv=refresh content='0;url=https://x.se'>",
    "<link rel=stylesheet href=x>",
    "<p style='background:url(javascript:x)' class=wide id=x>",
    "<div class=\"wide\" role=\"region\" onclick=x>",
    "<details open ontoggle=alert(1)>",
    "<template><script>x</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=y>'>",
    "<!--><img src=x onerror=y>-->",
    "<![CDATA[<img src=x onerror=y>]]>",
    "</main></body></html><script>x</script>",
    "<h1>x</h1><h5>y</h5><table background=x><td onclick=y>",
    "<textarea><a href=x>",
    "<b",
    "<a href='",
    "<!--",
    "<table><table><tr><td><table>",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "![\" onerror=\"alert(1)](../docs/bilder/a.png)",
    "![a < b > \"c\" 'd' & e](../docs/bilder/a.png)",
    "[x](../methods/a.md#\" onclick=\"y)",
    "[x](../methods/a.md#%22%3E%3Cscript%3E)",
    "[x](https://x.se/\"onclick=\"y 'z\" onclick=\"y')",
    "![[" * 3000,
    "[" * 9000,
    "<" * 9000,
    "*a " * 3000,
    "> " * 4500,
    "[a](<" * 1800,
    "\x00 a\x00b `\x00` [x\x00](\x00) <p \x00> &#0;",
]  # fmt: skip


@pytest.mark.parametrize("markdown", HOSTILE, ids=lambda markdown: ascii(markdown[:30]))
def test_hostile_markdown_is_harmless(markdown: str) -> None:
    assert_safe(render(f"Före.\n\n{markdown}\n\nEfter."))
    assert_safe(render(f"- {markdown}"))
    assert_safe(render(f"| å |\n|---|\n| {markdown} |"))
    assert_safe(render(f"[å {markdown} ö](karp.md)"))


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6a;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "&#32;javascript:alert(1)",
        "<\tjavascript:alert(1)>",
        "< javascript:alert(1)>",
        "javascript:alert(1)//https://x.se",
        "javascript://x.se/%0aalert(1)",
        "jAvAsCrIpT:https://x.se",
        "vbscript:msgbox(1)",
        "data:text/html,<script>x</script>",
        "data:text/html;base64,PHNjcmlwdD4=",
        "http://x.se",
        "ftp://x.se",
        "file:///etc/passwd",
        "blob:https://x.se/1",
        "view-source:https://x.se",
        "//x.se",
        "///x.se",
        "\\\\\\\\x.se",
        "/\\\\x.se",
        "\\\\/x.se",
        "/etc/passwd",
        "../../../etc/passwd",
        "saknas.txt",
        "..",
        "https&#58",
    ],
)
def test_unsafe_link_and_picture_lead_nowhere(target: str) -> None:
    html = render(f"[text]({target}) ![text]({target})")
    assert_safe(html)
    assert addresses(html) == [None, None]


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "http://x.se"])
def test_sanitiser_stops_what_our_own_rule_lets_through(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "_link", lambda _dictionary, _path, value: value)
    monkeypatch.setattr(markdown, "_picture", lambda _path, value: value)
    assert addresses(render(f"[text]({target}) ![text]({target})")) == [None, None]


@pytest.mark.parametrize("target", ["/&Tab;/x.se", "< //x.se>", "&#9;//x.se", "/&NewLine;/x.se"])
def test_other_site_in_disguise_is_not_reached(target: str) -> None:
    html = render(f"[text]({target}) ![text]({target})")
    assert_safe(html)
    assert all("x.se" not in (address or "") for address in addresses(html))


@pytest.mark.parametrize(
    ("markdown", "address"),
    [
        ("[k](karp.md)", f"{SHOWN_ROOT}exempel/karp/"),
        ("[k](../methods/a.md#sa-gor-ni)", f"{SHOWN_ROOT}metoder/a/#sa-gor-ni"),
        ("[k](../methods/a.tool.yml)", f"{SHOWN_ROOT}metoder/a/verktyg/"),
        ("[k](#mal)", "#mal"),
        ("[k](https://exempel.se/å?a=b&c#d)", "https://exempel.se/%C3%A5?a=b&c#d"),
        ("[k](mailto:a@b.se)", "mailto:a@b.se"),
        ("[k](tel:+46701234567)", "tel:+46701234567"),
        ("<https://exempel.se>", "https://exempel.se"),
        ("<a@b.se>", "mailto:a@b.se"),
        ("[k][r]\n\n[r]: karp.md", f"{SHOWN_ROOT}exempel/karp/"),
        ("![k](../docs/bilder/a.png)", f"{SHOWN_ROOT}bilder/a.png"),
    ],
)
def test_good_link_leads_where_it_should(markdown: str, address: str) -> None:
    html = render(markdown)
    assert_safe(html)
    assert addresses(html) == [address]


@pytest.mark.parametrize("markdown", ["[k](#%00)", "![k](../docs/%00a.png)", "[k](karp.md#a%00b)"])
def test_root_can_not_be_smuggled_in(markdown: str) -> None:
    assert_safe(render(markdown))


PIECES: Final = [
    "<", ">", "</", "/>", "\"", "'", "`", "[", "](", ")", "![", "\n", "\n\n", " ", "a", "å", "&", "&#", "&colon;", ";",
    "javascript:", "data:", "https://x.se", "//x.se", "karp.md", "../docs/a.png", "#", "script", "style", "svg", "table", "h2",
    "a href=", "img src=", " onerror=", "x=y", "<!--", "-->", "<![CDATA[", "]]>", "|", "|---|\n", "- ", "> ", "## ", "    ", "\\",
    "\x00", "\u2028", "\t", "*", "~~", "<b>", "</p>", "<math>", "<title>", "<template>", "<plaintext>", "<xmp>", "<noscript>",
]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)))
@settings(deadline=None, max_examples=500)
def test_no_text_is_too_much(markdown: str) -> None:
    html = render(markdown)
    assert_safe(html)
    assert html == render(markdown)


def test_markdown_of_the_code_host_is_rendered() -> None:
    html = render(
        "## Rubrik\n\nEtt **fet** *kursiv* ~~struken~~ `kod`.  \nRad.\n\n3. tre\n4. fyra\n\n- punkt\n\n> citat\n\n---\n\n```py\n<b>\n```\n"
    )
    assert [node.tag for node in elements(html)] == [
        "h2", "p", "strong", "em", "del", "code", "br", "ol", "li", "li", "ul", "li", "blockquote", "p", "hr", "pre", "code",
    ]  # fmt: skip
    assert '<ol start="3">' in html
    assert "&lt;b&gt;" in html


def test_table_can_be_scrolled_by_keyboard() -> None:
    html = render("| a | b |\n|:--|--:|\n| 1 | 2 |\n\nMellan.\n\n| c |\n|---|\n| 3 |\n")
    assert_safe(html)
    parsed = LexborHTMLParser(html)
    assert len(parsed.css("table")) == len(parsed.css("div.wide[tabindex='0'] > table")) == 2
    assert [node.text() for node in parsed.css("td")] == ["1", "2", "3"]
    assert [node.text() for node in parsed.css("p")] == ["Mellan."]


def test_word_table_in_code_is_no_table() -> None:
    html = render("`<table>`\n\n```\n<table></table>\n```\n")
    assert "<div" not in html


def test_sections_are_split_at_their_headings() -> None:
    lead, sections = renderers(dictionary())["news"].sections(
        "Inledning.\n\n## Ett *två*\n\nA.\n\n### Under\n\nB.\n\n## Tre\n"
    )
    assert lead == "<p>Inledning.</p>\n"
    assert sections == (
        ("Ett <em>två</em>", "<p>A.</p>\n<h3>Under</h3>\n<p>B.</p>\n"),
        ("Tre", ""),
    )


def anchors(heading: str) -> tuple[str, str]:
    """The anchor of a heading as the page has it, and as the checks know it."""
    markdown = f"## {heading}\n\nText.\n"
    _, ((html, _),) = renderers(dictionary())["news"].sections(markdown)
    return anchor(html), slug(read_body(markdown, 1).sections[0].heading.text)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Så gör ni", "sa-gor-ni"),
        ("*Så* `gör` [ni](karp.md)", "sa-gor-ni"),
        ("Mål – 2007!", "mal-2007"),
        ("Ett \"två\" 'tre'", "ett-tva-tre"),
    ],
)
def test_anchor_is_the_one_that_the_checks_know(heading: str, expected: str) -> None:
    assert anchors(heading) == (expected, expected)


@pytest.mark.parametrize("heading", ["Frågor & svar", "a < b"])
def test_anchor_of_a_heading_with_signs(heading: str) -> None:
    of_page, of_checks = anchors(heading)
    assert of_page == of_checks


def test_heading_of_a_deep_level_is_refused_or_shown() -> None:
    markdown = "## a\n\n### b\n\n#### c\n\n##### d\n\nText.\n"
    refused = "heading-out-of-place" in names(examined_problems(f"---\ntitle: x\n---\n\n{markdown}"))
    assert refused or "<h5>" in render(markdown)


@pytest.mark.parametrize("heading", ["", "🙂", "你好"])
def test_heading_without_an_anchor_is_refused(heading: str) -> None:
    markdown = f"## {heading}\n\nText.\n"
    assert anchors(heading)[0] or "heading-out-of-place" in names(
        examined_problems(f"---\ntitle: x\n---\n\n{markdown}")
    )
