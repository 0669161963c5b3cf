"""What doesn't show: characters that no language needs where they stand, and texts without anything to read."""

import re
import unicodedata
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import cut_out, examined_problems, names
from test_addresses import found_in, news

from kunskapsbank.reading import characters, scripts

NEEDED: Final = (
    "Åsa Öberg, Zoë, Łukasz, Đorđe, Nguyễn, I\u0307stanbul, Sámi čđŋšŧž, ǧuovdaǧeai\u0301nnu",
    "Päivi Räsänen och Matti Äijälä",
    "محمد بن سلمان ﷽",
    "می\u200cخواهم و خانه\u200cها",  # Persian, with its half blank
    "ه\u200d",  # the abbreviation of the Islamic year
    "שָׁלוֹם עֲלֵיכֶם",
    "יאַ\u034fָ",
    "क्\u200dष और क्\u200cष, श्री",
    "ශ්\u200dරී ලංකාව",
    "മലയാളം ന്\u200d",
    "ភាសា\u200bខ្មែរ",
    "ภาษา\u200bไทย",
    "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ\u180bᠨ ᠠ\u180eᠠ",
    "葛\U000e0100城市の辻\U000e0101さん",
    "한국어 이름 김하늘",
    "ትግርኛ, አማርኛ, ქართული, Հայերեն, Ελλάδα, Україна",
    "⠃⠗⠁⠊⠇⠇⠑⠀⠞⠑⠭⠞",
    "😀 👍🏽 ❤️ ☀️ ©️ 1️⃣ #️⃣ ☎︎",
    "👩\u200d🚀 👨\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 🏴\u200d☠️ 🧑🏽\u200d🤝\u200d🧑🏿 👁️\u200d🗨️ ❤️\u200d🔥 🙋🏼\u200d♀️",
    "🇸🇪 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "\U0001fae8 \U0001fac8 \U0001fa8e",  # emoji of Unicode 15 to 17
    "\U00031350 \U0002ebf0",  # ideographs of names, of Unicode 15
    "lång\u00adsamt samhälls\u200bplanering 2006\u20602007",
    "500\u00a0000 kr, 5\u202f%, ”citat” – streck… ½ № § €",
    "ሀ፡ለ",
    "؀١٢",
)
UNSEEN: Final = {
    "filler": "\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5\ufffc\U0001d159\U00016fe4\u034f",
    "selector": "\ufe00\ufe0e\ufe0f\U000e0100\U000e01ef\u180b\u180f",
    "tag": "\U000e0001\U000e0020\U000e0041\U000e007f\U000e0fff",
    "private": "\ue000\uf8ff\U000f0000\U0010fffd",
    "unassigned": "\u0378\ufdd0\U0001fffe\U0010ffff\U00050000\u2065",
    "other": "\u206a\u206f\ufff9\ufffb\U0001d173\U0001bca0",
}


@pytest.mark.parametrize("text", NEEDED)
def test_what_languages_need_passes(text: str) -> None:
    assert list(scripts.find_hidden(text)) == []
    assert list(scripts.find_needless(text)) == []
    assert found_in(text, title=f'"Om {text}"') <= {"hard-to-read"}


@pytest.mark.parametrize(
    ("kind", "sign"), [(kind, sign) for kind, signs in UNSEEN.items() for sign in signs], ids=ascii
)
def test_what_nobody_sees_is_told_at_its_place(kind: str, sign: str) -> None:
    text = f"rad\nEn{sign}kät"
    problems = list(characters.hidden_in_text(text, "a.md"))
    assert names(problems) == ["hidden-character"]
    assert cut_out(text, problems[0].place) == sign
    assert problems[0].values["name"] == characters.KINDS[kind]


@pytest.mark.parametrize(
    "text",
    [
        "\u200bEnkät", "Enkät\u200b", "En \u200b kät", "En\u200b\u200bkät", "En\u200ckät", "En\u200dkät", "En\u2061kät", "En\u2064kät",
        "En\u180ekät", "😀\u200d text", "En\u00ad kät", "\u2060Enkät", "En\u200b\u200c\u200bkät", "a\u200d😀",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_sign_without_width_where_no_language_needs_it_is_told(text: str) -> None:
    assert "invisible-character" in found_in(text)
    assert "invisible-character" in found_in("Text.", title=f"Om {text} nu")
    first = next(p for p in examined_problems(news(text)) if p.code.name == "invisible-character")
    assert unicodedata.category(cut_out(news(text), first.place)) == "Cf"


@pytest.mark.parametrize(
    "sequence",
    [
        "\ufe0fx", "x\ufe0f", "😀\ufe0f\ufe0f", "x\U000e0100", "葛\U000e0100\U000e0101", "🏴\U000e0061\U000e007f",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e0041\U000e007f", "⠃\u2800x", "\u2800⠃", "x\u180b", "x\u034fy",
        "🏳\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
    ids=ascii,
)  # fmt: skip
def test_what_has_a_use_elsewhere_has_none_here(sequence: str) -> None:
    assert "hidden-character" in found_in(f"En {sequence} till")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("&#x3164;", "hidden-character"),
        ("&#xE0041;", "hidden-character"),
        ("&#8238;", "bidi-control"),
        ("&rlm;", "bidi-control"),
        ("&zwj;", "invisible-character"),
        ("&NoBreak; x", "invisible-character"),
        ("&InvisibleTimes;", "invisible-character"),
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        "Text med {} i.",
        "### Rubrik {}x\n\nText.",
        "[länken{} hit](https://www.do.se/)",
        "| a{} |\n|---|\n| b |",
    ],
)
def test_codes_for_what_nobody_sees_are_told(body: str, written: str, code: str) -> None:
    assert code in found_in(body.format(written))


@pytest.mark.parametrize("written", ["\\u3164", "\\U000E0041", "\\uE000", "\\u0378", "\\u200d"])
def test_escapes_for_what_nobody_sees_are_told(written: str) -> None:
    code = "invisible-character" if written == "\\u200d" else "hidden-character"
    assert code in found_in("Text.", title=f'"Ny{written} utbildning"')


def test_codes_in_code_are_shown_as_they_are() -> None:
    assert found_in("`&zwj;` och `&#x3164;`") == set()


# Texts with nothing to read

NOTHING: Final = (
    "!!!!!", "?????", "— — —", "•••••", "\U0001f389\U0001f389\U0001f389\U0001f389", "\u00a0\u2003\u00a0\u3000.", "… … …", "«»«»«»",
    "\u0301\u0301\u0301\u0301\u0301", "+-*/=", "☞ ☞ ☞", "※※※※",
)  # fmt: skip
SOMETHING: Final = (
    "1.4 5",
    "åäöå",
    "محمد",
    "漢字漢字",
    "½½½½",
    "ⅣⅣⅣⅣ",
    "e\u0301e\u0301e\u0301e",
    "😀 ok!",
    "ᏣᎳᎩᏣ",
)


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_without_letters_is_refused_wherever_it_is_shown(text: str) -> None:
    quoted = f'"{text}"'
    assert "text-without-letters" in found_in("Text.", title=quoted)
    assert "text-without-letters" in found_in("Text.", summary=f'"{text * 10}"')
    assert "text-without-letters" in found_in(f"![{text.strip()}](../docs/bilder/x.png)") or not text.strip()
    told = found_in(f"[{text.strip()}](https://www.do.se/)")
    assert told & {"text-without-letters", "vague-link-text"}
    assert "heading-out-of-place" in found_in(f"## {text}\n\nText.")


@pytest.mark.parametrize("text", SOMETHING)
def test_a_text_with_a_letter_or_digit_of_any_script_passes(text: str) -> None:
    assert "text-without-letters" not in found_in(f"[{text}](https://www.do.se/)", title=f'"{text}"')


def test_items_of_lists_and_groups_are_texts_too() -> None:
    sources = "[{document: delredovisning-2007, section: '–'}]"
    assert "text-without-letters" in found_in("Text.", sources=sources)


def test_a_heading_of_a_sign_that_has_letters_in_it_only_when_taken_apart_is_refused() -> None:
    assert "text-without-letters" in found_in("### ™\n\nText.") | found_in("## ™\n\nText.")


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=300)
def test_what_is_found_is_what_is_refused_by_each_sign_alone(text: str) -> None:
    """A context may excuse a sign; nothing is refused that is fine by itself."""
    for position in scripts.find_hidden(text):
        assert list(scripts.find_hidden(text[position])) == [0]
    for position in scripts.find_needless(text):
        assert re.match("[\u00ad\u180e\u200b-\u200d\u2060-\u2064]", text[position])
