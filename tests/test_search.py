"""What the search is made of: the tails of compounds, the choices, the small pages, the index."""

import gzip
import importlib.util
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import TODAY, dictionary, record
from selectolax.lexbor import LexborHTMLParser
from sites_support import MACHINE_FAILED, build, need, pages, tree
from sites_support import replace as replace_text
from support import REPOSITORY, compose
from tools import dictionary as swedish_dictionary

from kunskapsbank.checks.record import Record
from kunskapsbank.library.choices import Choice, choices
from kunskapsbank.library.dates import years_of
from kunskapsbank.library.library import relate
from kunskapsbank.pages.markdown import renderers
from kunskapsbank.pages.policy import HEADER, POLICY, with_compiled
from kunskapsbank.pages.texts import Texts
from kunskapsbank.pages.views import Viewer
from kunskapsbank.search import compounds, pagefind
from kunskapsbank.search.compounds import Compounds
from kunskapsbank.search.entries import entries, words_of
from kunskapsbank.search.index import choices_data, part, words_data

GOLD: Final = Path(__file__).parent / "search" / "compounds.txt"
PRECISION, RECALL = 0.98, 0.94


def gold() -> dict[str, tuple[set[str], set[str]]]:
    """The tails that a word must have, and those that it may have."""
    lines = (line for line in GOLD.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    found = {}
    for line in lines:
        word, _, tails = line.partition(":")
        must, _, may = tails.partition("|")
        found[word] = (set(must.split()), set(may.split()))
    return found


def test_the_tails_of_compounds_are_those_that_people_see() -> None:
    wanted = gold()
    assert len(wanted) > 300
    known = Compounds(wanted)
    right = wrong = missed = 0
    for word, (must, may) in wanted.items():
        found = set(known.tails(word))
        right += len(found & must)
        wrong += len(found - must - may)
        missed += len(must - found)
    assert right / (right + wrong) >= PRECISION
    assert right / (right + missed) >= RECALL


@pytest.mark.parametrize(
    ("word", "tails"),
    [
        ("jämställdhetsarbete", ("arbete",)),
        ("handlingsplan", ("plan",)),
        ("handlingsplanerna", ("planerna",)),
        ("utbildning", ()),
        ("arbete", ()),
        ("mål", ()),
        ("", ()),
    ],
)
def test_tails(word: str, tails: tuple[str, ...]) -> None:
    assert Compounds([word]).tails(word) == tails


def test_the_part_before_the_tail_counts_where_it_is_a_word() -> None:
    known = Compounds(["rekryteringsprocessen", "arbetsplats", "enkätfrågor"])
    assert known.parts("rekryteringsprocessen") == ("rekryterings", "processen")
    assert known.parts("arbetsplats") == ("plats",)
    assert known.parts("enkätfrågor") == ("enkät", "frågor")


@settings(deadline=None, max_examples=20)  # each reads the word lists
@given(st.lists(st.text(alphabet="abdeghiklnorstuåäö", max_size=24), max_size=4))
def test_a_tail_ends_its_word_and_leaves_a_head(words: list[str]) -> None:
    known = Compounds(words)
    for word in words:
        for tail in known.tails(word):
            assert word.endswith(tail)
            assert len(word) - len(tail) >= compounds.SHORTEST_HEAD


def test_the_word_lists_are_those_of_the_dictionary() -> None:
    heads, tails = _tool().derive(need(swedish_dictionary(), "The Swedish dictionary (npm)"))
    assert compounds.listed("heads") == heads
    assert compounds.listed("tails") == tails


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("derive", REPOSITORY / "scripts" / "compounds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def viewer_of(records: Sequence[Record]) -> Viewer:
    return Viewer(relate(records, dictionary()), TODAY, renderers(dictionary()), Texts([]))


def by_key(records: Sequence[Record]) -> dict[str, Choice]:
    return {choice.key: choice for choice in choices(relate(records, dictionary()), years=True)}


def shown(choice: Choice) -> dict[str, list[str]]:
    return {value.key: [r.id for r in value.records] for value in choice.values}


def test_records_are_chosen_by_type_term_method_and_year() -> None:
    found = by_key(
        [
            record("method", "karp", "KARP"),
            record("tool", "karp", "Mall"),
            record(
                "example",
                "a",
                "A",
                counties=["skane"],
                methods=["karp"],
                period={"from": "2005", "to": "2007-03"},
            ),
            record("activity", "b", "B", date="2006-höst", counties=["dalarna", "skane"]),
        ]
    )
    assert shown(found["typ"]) == {"exempel": ["a"], "metoder": ["karp", "karp"], "aktiviteter": ["b"]}
    assert shown(found["lan"]) == {"dalarna": ["b"], "skane": ["a", "b"]}
    assert shown(found["metoder"]) == {"karp": ["a"]}
    assert shown(found["ar"]) == {"2007": ["a"], "2006": ["a", "b"], "2005": ["a"]}


def test_a_choice_without_records_is_not_offered() -> None:
    assert list(by_key([record("method", "karp", "KARP")])) == ["typ"]


@pytest.mark.parametrize(
    ("fields", "years"),
    [
        ({"date": "unknown"}, []),
        ({"date": "2007-03-14"}, [2007]),
        ({"date": "2006-12", "end": "2007-01"}, [2006, 2007]),
        ({"period": {"from": "2005-höst"}}, [2005]),
        ({"period": {"to": "2005"}}, [2005]),
        ({"date": "0207", "end": "2007"}, [2007]),
        ({}, []),
    ],
)
def test_years(fields: dict[str, Any], years: list[int]) -> None:
    assert list(years_of(fields)) == years


def test_every_value_shows_what_its_page_shows(own_site: Path) -> None:
    data = json.loads((own_site / "sok/val.json").read_text("utf-8"))
    fragments = {stem: address for address, stem in _fragments(own_site).items()}
    values = [(choice["key"], key) for choice in data["choices"] for key, _ in choice["values"]]
    assert len(values) > 50
    has = {
        value: {fragments[f] for f, numbers in data["records"].items() if n in numbers}
        for n, value in enumerate(values)
    }
    html = pages(own_site)
    assert len(has["lan", "skane"]) > 10
    for key in ("lan", "fokusomraden", "underlag", "ar"):
        for value in (v for k, v in values if k == key):
            listed = LexborHTMLParser(html[f"{key}/{value}/index.html"]).css(".cards h3 a")
            addresses = {re.sub(r"^(\.\./)+", "", a.attributes["href"] or "") for a in listed}
            assert addresses == has[key, value], value


def _fragments(site: Path) -> dict[str, str]:
    folder = site / "sok" / "pagefind" / "fragment"
    return dict(pagefind.fragment(path) for path in folder.iterdir())


def test_every_record_has_one_fragment(own_site: Path) -> None:
    data = json.loads((own_site / "sok/val.json").read_text("utf-8"))
    assert sorted(_fragments(own_site).values()) == sorted(data["records"])
    assert len(data["records"]) > 80


def test_a_record_is_indexed_with_its_text_terms_and_tails_and_no_markup_of_its_own() -> None:
    method = record("method", "karp", "KARP <b>")
    one = record(
        "example",
        "a",
        "<script>x</script>",
        counties=["skane"],
        methods=["karp"],
        reviewed="2026-11-01",
    )
    one = replace(one, markdown="Jämställdhetsarbete <!-- parts --> & mer.\n")
    viewer = viewer_of([method, one])
    made = entries([one], viewer)[0]
    parsed = LexborHTMLParser(made.html)
    said = {node.attributes["data-pagefind-meta"]: node.text() for node in parsed.css("[data-pagefind-meta]")}
    assert said["title"] == "<script>x</script>"
    assert said["parts"] == "arbete jämställdhets"
    assert said["terms"].startswith("Skåne")
    assert said["terms"].endswith("KARP <b>")
    assert parsed.css("script") == []
    assert made.address == "exempel/a/"
    assert "jämställdhetsarbete" in made.words


@given(st.text() | st.text(alphabet=[chr(n) for n in range(0xA0, 0x180)] + list(" aÅ–”’")))
def test_words_of_ordinary_and_other_text_are_found_alike(text: str) -> None:
    """Ordinary text is taken apart as octets, which must find what the pattern finds in any text."""
    assert words_of(escape(text)) == set(re.findall(r"[^\W\d_]{2,}", text.lower()))


def reviewed(record_id: str, title: str) -> Record:
    return record("example", record_id, title, reviewed="2026-11-01")


def test_words_are_suggested_in_the_order_of_how_common_they_are() -> None:
    viewer = viewer_of([reviewed("a", "Mentor mentor klok"), reviewed("b", "Mentor")])
    _, found = part(0, entries(viewer.library.all_records(), viewer))
    words = words_data(found.words)
    assert words.index("mentor") < words.index("klok")
    assert all(len(word) > 3 for word in words)


def test_the_index_has_only_what_a_browser_loads(own_site: Path) -> None:
    found = {
        path.relative_to(own_site / "sok").as_posix() for path in (own_site / "sok/pagefind").rglob("*.*")
    }
    single = {path for path in found if path.count("/") == 1}
    assert {re.sub(r"sv_[0-9a-f]+", "sv_x", path) for path in single} == {
        "pagefind/pagefind.js",
        "pagefind/pagefind-entry.json",
        "pagefind/pagefind.sv_x.pf_meta",
        "pagefind/wasm.sv.pagefind",
    }


def test_a_site_that_asks_for_no_search_has_none(base_site: Path) -> None:
    assert not [path for path in tree(base_site) if path.startswith(("sok/", "ar/"))]


def test_without_the_engine_nothing_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(pagefind, "ENGINE", "no_such_engine")
    output = tmp_path / "site"
    build(searched(tmp_path), output, expect=MACHINE_FAILED)
    assert "Sökmotorn pagefind är inte installerad. Kör: make site" in capsys.readouterr().err
    assert not output.exists()


def test_an_engine_that_fails_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(pagefind, "OPTIONS", ["--site", "nowhere"])
    build(searched(tmp_path), tmp_path / "site", expect=MACHINE_FAILED)
    assert "Sökmotorn pagefind kunde inte göra sökregistret" in capsys.readouterr().err


def searched(place: Path) -> Path:
    """The base site with a search."""
    source = compose(place / "bank")
    replace_text(source / "mkdocs.yml", "  kunskapsbank:\n", "  kunskapsbank:\n    search: true\n")
    page = source / "docs" / "sok" / "index.md"
    page.parent.mkdir()
    page.write_text(
        "---\ntitle: Sök\ndescription: Sök i banken.\n---\n\n# Sök\n\n<!-- slot:search -->\n", "utf-8"
    )
    return source


def test_a_search_without_its_page_is_told(tmp_path: Path, capsys: Any) -> None:
    source = searched(tmp_path)
    (source / "docs" / "sok" / "index.md").unlink()
    build(source, tmp_path / "site", expect=1)
    assert "broken-link" in capsys.readouterr().out


def test_two_builds_with_a_search_are_the_same(tmp_path: Path) -> None:
    source = searched(tmp_path)
    first, second = (tree(build(source, tmp_path / name)) for name in ("a", "b"))
    assert first == second
    assert "sok/val.json" in first


def _page(word: str) -> str:
    title = f"<title>Om {word}</title>"
    return f'<html lang="sv"><head>{title}</head><body data-pagefind-body><h1>Om {word}</h1><p>Det var {word}.</p></body></html>'


PAGES: Final = {f"exempel/{word}/": _page(word) for word in ("möte", "samtal", "enkät")}


def _names_and_contents(index: pagefind.Index) -> dict[str, bytes]:
    return {name: index.files[pagefind.fragment_path(name)] for name in index.fragments.values()}


def test_a_fragment_that_is_kept_is_not_packed_again() -> None:
    first = pagefind.index_of(PAGES.items())
    kept = {
        name: gzip.compress(gzip.decompress(content), 1, mtime=1)
        for name, content in _names_and_contents(first).items()
    }
    again = pagefind.index_of(PAGES.items(), 0, kept)
    assert _names_and_contents(again) == kept
    assert {path: x for path, x in again.files.items() if path.endswith(".pf_index")} == {
        path: x for path, x in first.files.items() if path.endswith(".pf_index")
    }


def test_a_fragment_whose_name_another_page_has_taken_is_not_kept() -> None:
    whole = pagefind.index_of(PAGES.items())
    fragments = _names_and_contents(whole)
    one, other, _ = fragments
    assert pagefind.index_of(PAGES.items(), 0, {one: fragments[other]}) == whole
    longer = f"{one}f"  # as it was called while another page shared its first letters
    assert pagefind.index_of(PAGES.items(), 0, {longer: fragments[one]}) == whole


def test_only_the_search_page_may_run_compiled_code(own_site: Path) -> None:
    allowed = [path for path, html in pages(own_site).items() if "wasm-unsafe-eval" in html]
    assert allowed == ["sok/index.html"]
    assert with_compiled(POLICY) in HEADER
    assert "unsafe-eval'" in HEADER.replace("wasm-unsafe-eval", "unsafe-eval")
    assert " 'unsafe" not in HEADER


def test_the_choices_data_numbers_values_through_all_choices() -> None:
    library = relate([record("example", "a", "A", counties=["skane"])], dictionary())
    data = choices_data(library, {"exempel/a/": "sv_1"})
    flat = [(c["key"], key) for c in data["choices"] for key, _ in c["values"]]
    assert [flat[n] for n in data["records"]["sv_1"]][:2] == [("typ", "exempel"), ("lan", "skane")]


def test_no_two_pages_have_one_name_however_the_index_is_divided(tmp_path: Path, monkeypatch: Any) -> None:
    """The engine's names are short, and tell pages apart in one part only."""
    monkeypatch.setattr("kunskapsbank.library.shares.LARGEST", 1)
    site = build(searched(tmp_path), tmp_path / "site")
    parts = sorted((site / "sok" / "pagefind").rglob("fragment"))
    starts = {path.name.partition("_")[0] for part in parts for path in part.iterdir()}
    assert len(parts) == len(starts) > 1
    data = json.loads((site / "sok" / "val.json").read_text("utf-8"))
    assert len(data["records"]) == sum(len(list(part.iterdir())) for part in parts)
