"""The Markdown body: sections, headings, links, raw HTML and bare addresses, each at its exact place."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import cut_out, is_inside

from kunskapsbank.problems.problem import Place
from kunskapsbank.reading.body import Body, read_body
from kunskapsbank.reading.lines import Lines, TextLines


def body(markdown: str, first_line: int = 1) -> Body:
    return read_body(markdown, first_line)


def test_sections_split_at_level_two() -> None:
    read = body("Först.\n\n## Ett\n\nText.\n\n### Under\n\nMer.\n\n## Två\n## Tre\n\nSlut.\n")
    assert read.lead == "Först."
    assert [(s.heading.text, s.markdown) for s in read.sections] == [
        ("Ett", "Text.\n\n### Under\n\nMer."),
        ("Två", ""),
        ("Tre", "Slut."),
    ]
    assert [(h.level, h.text, h.nested) for h in read.headings] == [
        (2, "Ett", False),
        (3, "Under", False),
        (2, "Två", False),
        (2, "Tre", False),
    ]


def test_body_without_sections_is_all_lead() -> None:
    read = body("Bara text.\n\nOch mer.\n", first_line=9)
    assert (read.lead, read.sections) == ("Bara text.\n\nOch mer.", ())
    assert read.place == Place(9, 1, 9, 1)


def test_underlined_heading_is_a_section() -> None:
    read = body("Ett\n---\n\nText.\n")
    assert [(s.heading.text, s.markdown) for s in read.sections] == [("Ett", "Text.")]
    assert cut_out(read.markdown, read.sections[0].heading.place) == "Ett\n---"


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_heading_in_a_fence_is_code(fence: str) -> None:
    read = body(f"## Ett\n\n{fence}\n## Inte\n{fence}\n\n    ## Inte heller\n")
    assert [s.heading.text for s in read.sections] == ["Ett"]
    assert [h.text for h in read.headings] == ["Ett"]


@pytest.mark.parametrize(
    "markdown", ["> ## Citat\n", "- ## Punkt\n", "1. ett\n\n   ## Punkt\n", "> - ## Båda\n"]
)
def test_heading_in_a_quotation_or_list_starts_no_section(markdown: str) -> None:
    read = body(f"## Ett\n\n{markdown}\nText.\n")
    assert [s.heading.text for s in read.sections] == ["Ett"]
    assert [h.nested for h in read.headings] == [False, True]


def test_heading_text_is_what_a_reader_sees() -> None:
    read = body("## *Så* kan `vi` [göra](x.md) &amp; mer ##\n")
    assert read.headings[0].text == "Så kan vi göra & mer"
    assert cut_out(read.markdown, read.headings[0].place) == "## *Så* kan `vi` [göra](x.md) &amp; mer ##"


@pytest.mark.parametrize(
    ("written", "target", "text"),
    [
        ("[Karp](../examples/karp.md)", "../examples/karp.md", "Karp"),
        ("[Karp](<../a b.md> 'titel')", "../a b.md", "Karp"),
        ("[**Karp** och `kod`](x.md)", "x.md", "Karp och kod"),
        ("[två\nrader](x.md)", "x.md", "två rader"),
        ("[Karp][k]", "/karp", "Karp"),
        ("[Karp][]", "/karp2", "Karp"),
        ("[Karp]", "/karp2", "Karp"),
        ("<https://exempel.se/å>", "https://exempel.se/å", "https://exempel.se/å"),
        ("<red@exempel.se>", "mailto:red@exempel.se", "red@exempel.se"),
        ("[&auml;](y&auml;.md)", "yä.md", "ä"),
        ("[](x.md)", "x.md", ""),
    ],
)
def test_link(written: str, target: str, text: str) -> None:
    read = body(f"Åh 🙂 se {written} här.\n\n[k]: /karp\n[karp]: /karp2 (Ref)\n", first_line=4)
    assert [(link.target, link.text, link.is_image) for link in read.links] == [(target, text, False)]
    assert cut_out(read.markdown, read.links[0].place, first_line=4) == written.removesuffix("[]")
    assert read.bare_urls == ()


def test_brackets_without_a_definition_are_text() -> None:
    read = body("[ ] och [Karp][k] och [Karp]\n")
    assert read.links == ()
    assert read.prose == ("[ ] och [Karp][k] och [Karp]",)


def test_image() -> None:
    read = body("ö ![Snäckans *sex* steg](../docs/bilder/s.png) ![](b.png)\n")
    assert [(i.target, i.text, i.is_image) for i in read.links] == [
        ("../docs/bilder/s.png", "Snäckans sex steg", True),
        ("b.png", "", True),
    ]
    assert [cut_out(read.markdown, i.place) for i in read.links] == [
        "![Snäckans *sex* steg](../docs/bilder/s.png)",
        "![](b.png)",
    ]


def test_image_in_a_link_leaves_both() -> None:
    read = body("[se ![bild](b.png) här](http://exempel.se)\n")
    assert {(link.target, link.text, link.is_image) for link in read.links} == {
        ("b.png", "bild", True),
        ("http://exempel.se", "se bild här", False),
    }


@pytest.mark.parametrize(
    ("markdown", "tags"),
    [
        ("å 🙂 <b>fet</b>", ["<b>", "</b>"]),
        ("<div class='x'>\ninnehåll\n</div>", ["<div class='x'>", "</div>"]),
        ("före <!-- kommentar --> efter", ["<!-- kommentar -->"]),
        ("<!-- en\ntvå -->", ["<!-- en"]),
        ("<SCRIPT>alert(1)</SCRIPT>", ["<SCRIPT>", "</SCRIPT>"]),
        ("ä <IMG SRC=x ONERROR=y>", ["<IMG SRC=x ONERROR=y>"]),
        ("<?php echo 1 ?>", ["<?php echo 1 ?>"]),
        ("<!DOCTYPE html>", ["<!DOCTYPE html>"]),
        ("> <u>å</u>", ["<u>", "</u>"]),
        ("| <u> |\n|---|\n| ö |", ["<u>"]),
        ("[<b>](x.md)", ["<b>"]),
    ],
)
def test_html_is_found_at_its_place(markdown: str, tags: list[str]) -> None:
    read = body(f"Så här.\n\n{markdown}\n", first_line=3)
    assert [tag for tag, _ in read.html] == tags
    assert [cut_out(read.markdown, place, first_line=3) for _, place in read.html] == tags


@pytest.mark.parametrize(
    "markdown",
    ["`<b>`", "```\n<b>\n```", "    <b>", "a < b och c > d", "\\<b>", "&lt;b&gt;", "5 <6", "<svg/onload=x>"],
)
def test_what_only_looks_like_html_is_not(markdown: str) -> None:
    assert body(f"{markdown}\n").html == ()


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("Se https://exempel.se/å/b.", ["https://exempel.se/å/b"]),
        ("Se http://exempel.se, www.exempel.se!", ["http://exempel.se", "www.exempel.se"]),
        ("(https://exempel.se/a?b=1&c)", ["https://exempel.se/a?b=1&c"]),
        ("å🙂 **https://exempel.se**", ["https://exempel.se"]),
        ("- https://exempel.se/1\n- https://exempel.se/2", ["https://exempel.se/1", "https://exempel.se/2"]),
        ("## Om https://exempel.se", ["https://exempel.se"]),
        ("`https://exempel.se`", []),
        ("```\nhttps://exempel.se\n```", []),
        ("    https://exempel.se", []),
        ("[https://exempel.se](https://exempel.se)", []),
        ("[x]: https://exempel.se", []),
        ("<https://exempel.se>", []),
        ("Om wwwexempel och https:", []),
    ],
)
def test_bare_address(markdown: str, found: list[str]) -> None:
    read = body(f"Ä.\n\n{markdown}\n", first_line=2)
    assert [address for address, _ in read.bare_urls] == found
    assert [cut_out(read.markdown, place, first_line=2) for _, place in read.bare_urls] == found


def test_prose_is_what_a_reader_meets_a_block_at_a_time() -> None:
    read = body(
        "Ett **två**\ntre.\n\n- fyra\n- fem `kod`\n\n> sex\n\n```\nkod\n```\n\n## Rubrik\n\n"
        "| sju | åtta |\n|---|---|\n| nio | tio |\n\n<b>elva</b> [tolv](x.md)\n\n1. tretton\n   - fjorton\n"
    )
    assert read.prose == (
        "Ett två tre.", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva tolv", "tretton", "fjorton",
    )  # fmt: skip


def test_lines_from_bytes_and_characters_agree() -> None:
    text = "åä\n🙂x\n"
    assert TextLines(text, 5).span(3, 5) == Place(6, 1, 6, 3)
    assert Lines(text, 5).from_bytes(5, 10) == Place(6, 1, 6, 3)


@pytest.mark.parametrize("sign", ["a", "å", "€", "🙂"])
def test_lines_agree_far_into_a_long_line(sign: str) -> None:
    text = f"x\n{sign * 3000}y\n{sign * 1024}y"
    by_bytes, by_characters = Lines(text, 1), TextLines(text, 1)
    for start in range(0, len(text), 97):
        offset = len(text[:start].encode())
        end = start + len(text[start : start + 1].encode())
        assert by_bytes.from_bytes(offset, offset) == by_characters.span(start, start)
        assert by_bytes.from_bytes(offset, offset + end - start) == by_characters.span(start, start + 1)


PIECES: Final = [
    "# ", "## ", "å", "🙂", "\n", "\n\n", "- ", "> ", "`", "```\n", "[", "](", ")", "![", "<", ">", "<b>", "</b>", "<!--",
    "-->", "|", "|---|\n", "**", "~~", "\\", "&amp;", "&", "https://a.se", "www.å.se", ": ", "[x]: /y\n", "    ", "\t", "===\n",
    "---\n", "1. ", "_", "<https://å.se>", "<a@b.se>", "\r", "\x00", "\u2028",
]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)))
@settings(deadline=None, max_examples=400)
def test_no_text_is_too_much(markdown: str) -> None:
    read = body(markdown, first_line=6)
    found = (
        read.place,
        *(heading.place for heading in read.headings),
        *(link.place for link in read.links),
        *(place for _, place in (*read.html, *read.bare_urls)),
    )
    assert all(is_inside(markdown, place, first_line=6) for place in found)
    assert [cut_out(markdown, place, 6) for _, place in read.html] == [tag for tag, _ in read.html]
    assert all(section.heading in read.headings for section in read.sections)
    assert all(section.markdown in markdown for section in read.sections)


@pytest.mark.parametrize("sign", ["[", "![", "*a_", "> ", "<", "`" * 3 + "\n", "- ", "|a", "&"])
def test_hostile_repetition_is_read(sign: str) -> None:
    markdown = sign * (9_000 // len(sign))
    read = body(markdown)
    assert all(is_inside(markdown, link.place) for link in read.links)
