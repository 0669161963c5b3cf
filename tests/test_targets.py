"""What links lead to: anchors, schemes, and records by the paths of their files."""

import re
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import dictionary

from kunskapsbank.checks.targets import _PLAIN, _split, relative_path, resolve, scheme, slug, type_of


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Så kan andra göra", "sa-kan-andra-gora"),
        ("Vad är det?", "vad-ar-det"),
        ("  Mål & medel – 2007!  ", "mal-medel-2007"),
        ("ÅÄÖ", "aao"),
        ("A\u030a", "a"),
        ("Café", "cafe"),
        ("a_b.c/d", "a-b-c-d"),
        ("--", ""),
        ("你好", ""),
        ("", ""),
    ],
)
def test_slug(text: str, anchor: str) -> None:
    assert slug(text) == anchor


@given(st.text())
@settings(deadline=None, max_examples=200)
def test_slug_is_an_anchor_and_stays_one(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("https://exempel.se", "https"),
        ("HTTPS://exempel.se", "https"),
        ("http://exempel.se", "http"),
        ("mailto:a@b.se", "mailto"),
        ("tel:+46", "tel"),
        ("javascript:alert(1)", "javascript"),
        ("JavaScript:alert(1)", "javascript"),
        (" javascript:alert(1)", "javascript"),
        ("\tdata:text/html,x", "data"),
        ("\njavascript:x", "javascript"),
        ("vbscript:x", "vbscript"),
        ("view-source:x", "view-source"),
        ("//exempel.se", "//"),
        ("///exempel.se", "//"),
        ("\\\\exempel.se", "//"),
        ("/\\exempel.se", "//"),
        ("\\/exempel.se", "//"),
        ("", ""),
        ("karp.md", ""),
        ("../karp.md", ""),
        ("/karp", ""),
        ("#mal", ""),
        ("?a=b:c", ""),
        ("./a:b", ""),
        ("1a:b", ""),
        (":x", ""),
    ],
)
def test_scheme(target: str, kind: str) -> None:
    assert scheme(target) == kind


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        (" //exempel.se", "//"),
        ("/\t/exempel.se", "//"),
        ("java\tscript:alert(1)", "javascript"),
        ("java\nscript:alert(1)", "javascript"),
        ("\x01javascript:alert(1)", "javascript"),
    ],
)
def test_scheme_as_a_browser_reads_it(target: str, kind: str) -> None:
    assert scheme(target) == kind


def resolved(target: str, from_path: str = "examples/a.md") -> tuple[str, str, str, str] | None:
    """The type, id, fragment and address of the record that a link leads to."""
    found = resolve(dictionary(), from_path, target)
    return found and (found.type.id if found.type else "", found.id, found.fragment, found.address)


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("karp.md", ("example", "karp", "", "exempel/karp/")),
        ("./karp.md", ("example", "karp", "", "exempel/karp/")),
        ("../examples/karp.md", ("example", "karp", "", "exempel/karp/")),
        ("../methods/snackan.md#sa-gor-ni", ("method", "snackan", "sa-gor-ni", "metoder/snackan/")),
        ("../methods/snackan.tool.yml", ("tool", "snackan", "", "metoder/snackan/verktyg/")),
        ("../news/2007-02-14-kurs.md", ("news", "kurs", "", "nyheter/kurs/")),
        ("../activities/odaterad-traff.md", ("activity", "traff", "", "aktiviteter/traff/")),
        ("../activities/2007-host-traff.md", ("activity", "traff", "", "aktiviteter/traff/")),
        ("k%61rp.md#m%C3%A5l", ("example", "karp", "mål", "exempel/karp/")),
        ("#mal", ("", "", "mal", "")),
        ("#", ("", "", "", "")),
        ("karp.md?x=1", None),
        ("?x", None),
        ("/examples/karp.md", None),
        ("/exempel/karp/", None),
        ("karp", None),
        ("Karp.md", None),
        ("karp.MD", None),
        ("../news/kurs.md", None),
        ("../schema/example.yml", None),
        ("../docs/index.md", None),
        ("../../examples/karp.md", None),
        ("../../../etc/passwd", None),
        ("sub/karp.md", None),
        ("..", None),
        (".", None),
        ("%2e%2e/methods/snackan.md", ("method", "snackan", "", "metoder/snackan/")),
        ("https://[x", None),
        ("//[x", None),
    ],
)
def test_resolve(target: str, found: tuple[str, str, str, str] | None) -> None:
    assert resolved(target) == found


@pytest.mark.parametrize(
    "target", ["https://exempel.se#mal", "https://exempel.se", "mailto:karp.md", "//exempel.se"]
)
def test_address_elsewhere_is_no_record(target: str) -> None:
    assert resolved(target) is None


@pytest.mark.parametrize("from_path", ["methods/a.md", "methods/a.tool.yml", "news/2007-01-01-a.md"])
def test_resolve_goes_from_the_folder_of_the_file(from_path: str) -> None:
    assert resolved("../examples/karp.md", from_path) == ("example", "karp", "", "exempel/karp/")
    assert resolved("karp.md", from_path) == (
        ("method", "karp", "", "metoder/karp/") if from_path.startswith("methods") else None
    )


@given(st.text() | st.text("./%2e#?:\\abmd-[]@ \t\n\x00"))
@settings(deadline=None, max_examples=300)
def test_no_target_is_too_much(target: str) -> None:
    scheme(target)
    found = resolve(dictionary(), "examples/a.md", target)
    assert found is None or found.type is None or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found.id)


def test_type_by_folder_and_longest_ending() -> None:
    found = {
        path: type_.id if (type_ := type_of(dictionary(), path)) else None
        for path in (
            "methods/a.md",
            "methods/a.tool.yml",
            "methods/a.yml",
            "methods/b/a.md",
            "a.md",
            "docs/a.md",
        )
    }
    assert found == {
        "methods/a.md": "method",
        "methods/a.tool.yml": "tool",
        "methods/a.yml": None,
        "methods/b/a.md": None,
        "a.md": None,
        "docs/a.md": None,
    }


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("../docs/bilder/a.png", "docs/bilder/a.png"),
        ("../docs/../../a", "../a"),
        ("b%20c.png", "examples/b c.png"),
        ("", "examples"),
    ],
)
def test_relative_path(target: str, path: str) -> None:
    assert relative_path("examples/a.md", target) == path


PLAIN_PATHS: Final = st.from_regex(_PLAIN, fullmatch=True)


@given(st.sampled_from(["examples", "methods"]), PLAIN_PATHS)
@settings(deadline=None)
def test_short_way_and_long_way_agree(folder: str, target: str) -> None:
    plain = _PLAIN.fullmatch(target)
    assert plain
    assert _split(folder, target) == (f"{plain[1] or folder}/{plain[2]}", plain[3] or "")
