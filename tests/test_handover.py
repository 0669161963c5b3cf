"""The handover: what belongs to a county, the file of it, the links out of it, and what bad input gets."""

import errno
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import dictionary, record
from selectolax.lexbor import LexborHTMLParser
from sites_support import (
    FAULTY_CONTENT,
    FINE,
    MACHINE_FAILED,
    WRONG_USE,
    attribute,
    build,
    element,
    hand_over,
    own_day,
    pages,
    replace,
    tree,
    unpacked,
)
from support import REPOSITORY, TODAY, compose, problems

from kunskapsbank import cli
from kunskapsbank.handover import archive
from kunskapsbank.handover.part import part_of
from kunskapsbank.library.library import Key, Library, relate

SHARED: Final = "https://kunskapsbanken.example/"
OWN: Final = "https://lan.example/bank/"
RECORDS: Final = ("examples/", "methods/", "activities/", "news/")
SITE, SOURCE = "webbplats", "kallfiler"


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source of the small site. Not to be changed."""
    return compose(tmp_path_factory.mktemp("small") / "bank")


@pytest.fixture(scope="module")
def small(bank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The part of Dalarna of the small site with an address of its own, unpacked. Not to be changed."""
    place = tmp_path_factory.mktemp("small-part")
    hand_over(bank, "dalarna", place / "del.zip", "--site-url", OWN)
    return unpacked(place / "del.zip")


# Published URLs


def test_a_part_of_a_site_without_a_log_has_none(small: Path) -> None:
    assert not (small / SOURCE / "published-urls.txt").exists()


def test_the_part_keeps_the_published_urls_that_it_has_itself(bank: Path, tmp_path: Path) -> None:
    whole = compose(tmp_path / "bank")
    lines = [
        "exempel/enkat-om-diskriminering/",
        "fanns-har/ -> exempel/",
        "exempel/delade-platser/",
        "metoder/snackmodellen/",
    ]
    (whole / "published-urls.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    hand_over(whole, "dalarna", tmp_path / "del.zip", "--site-url", OWN)
    part = unpacked(tmp_path / "del.zip")
    log = (part / SOURCE / "published-urls.txt").read_text("utf-8").splitlines()
    kept = [line for line in log if not line.startswith("#")]
    here = {line for line in lines if (part / SITE / line.partition(" ")[0] / "index.html").is_file()}
    assert set(kept) == here
    assert {"fanns-har/ -> exempel/"} < here < set(lines)
    assert (part / SITE / "fanns-har" / "index.html").is_file()
    assert [p for p in problems(part / SOURCE) if p.path == "published-urls.txt"] == []


# What belongs to a county


def _references(library: Library) -> Mapping[Key, list[Key]]:
    found: dict[Key, list[Key]] = {}
    for key, one in library.by_key.items():
        named = [*one.fields.get("related", ()), *one.fields.get("methods", ())]
        found[key] = [other for other in library.by_key if other.id in named]
    return found


IDS: Final = ("a", "b", "c", "d", "e")
POOLS: Final = st.lists(
    st.tuples(
        st.sampled_from(("example", "method", "news")),
        st.sampled_from(IDS),
        st.lists(st.sampled_from(("dalarna", "skane")), max_size=2, unique=True),
        st.lists(st.sampled_from(IDS), max_size=3, unique=True),
        st.booleans(),
    ),
    unique_by=lambda made: made[:2],
    max_size=9,
)


def _library(pool: list[tuple[str, str, list[str], list[str], bool]]) -> Library:
    records = []
    for type_id, record_id, counties, related, has_tool in pool:
        fields: dict[str, Any] = {"date": "2007"} if type_id == "news" else {}
        if type_id != "method":
            fields["counties"] = counties
        records.append(record(type_id, record_id, **fields, related=related))
        if type_id == "method" and has_tool:
            records.append(record("tool", record_id))
    return relate(records, dictionary())


@given(POOLS)
@settings(deadline=None, max_examples=150)
def test_part_is_the_countys_own_and_what_that_needs(pool: Any) -> None:
    library = _library(pool)
    refers = _references(library)
    part = part_of(library, refers, "dalarna")

    def counties(key: Key) -> list[str]:
        return list(library.by_key[key].fields.get("counties", ()))

    own = {key for key in library.by_key if "dalarna" in counties(key)}
    assert own <= part
    assert all(counties(key) == [] for key in part - own)

    def needs(key: Key) -> set[Key]:
        family = {k for k in library.by_key if k.id == key.id and {k.type, key.type} == {"method", "tool"}}
        return family | {other for other in refers[key] if not counties(other)}

    for key in part:
        assert needs(key) <= part
    reached = own
    while more := {other for key in reached for other in needs(key)} - reached:
        reached = reached | more
    assert part == reached


# The files


def test_records_and_settings_are_the_files_as_they_are(handed_over: Path) -> None:
    given_on = tree(handed_over / SOURCE)
    records = [path for path in given_on if path.startswith(RECORDS)]
    assert len(records) > 40
    for path in (*records, "mkdocs.yml", "LICENSE", "Makefile", "schema/vocabularies/agencies.yml"):
        assert given_on[path] == (REPOSITORY / path).read_bytes()
    own = {
        f"{folder}{file.name}"
        for folder in RECORDS
        for file in (REPOSITORY / folder).iterdir()
        if re.search(r"^counties: .*\bdalarna\b", file.read_text("utf-8"), re.MULTILINE)
    }
    assert own <= set(records)
    assert "examples/karp-malmo-stad.md" not in given_on
    assert not [path for path in given_on if "__pycache__" in path or path.startswith((".venv", "tests/"))]


def test_nothing_names_this_machine(handed_over: Path) -> None:
    for path, content in tree(handed_over).items():
        for place in (REPOSITORY, handed_over.parent):
            assert str(place).encode() not in content, path


def test_part_is_built_again_by_itself_and_is_the_same(handed_over: Path, tmp_path: Path) -> None:
    """By the generator that comes with it, as those who get it do."""
    command = [sys.executable, "-B", "build_site.py", "--output", str(tmp_path / "site"), "--strict"]
    run = subprocess.run(
        command, cwd=handed_over / SOURCE, env={**own_day()}, capture_output=True, text=True, check=False
    )
    assert run.returncode == FINE, run.stderr
    assert tree(tmp_path / "site") == tree(handed_over / SITE)


def test_equal_content_gives_equal_bytes(bank: Path, small: Path, tmp_path: Path) -> None:
    output = tmp_path / "igen.zip"
    hand_over(bank, "Dalarnas län", output, "--site-url", OWN.rstrip("/"))
    assert output.read_bytes() == (small.parent / "del.zip").read_bytes()
    with zipfile.ZipFile(output) as opened:
        rights = {entry.filename: entry.external_attr >> 16 for entry in opened.infolist()}
        assert {entry.date_time for entry in opened.infolist()} == {(2026, 11, 23, 0, 0, 0)}
    assert rights["dalarna/kallfiler/build_site.py"] == 0o100755
    assert rights["dalarna/LAS-MIG.txt"] == 0o100644


def test_text_that_comes_with_it_says_what_to_do(handed_over: Path, small: Path) -> None:
    text = (handed_over / "LAS-MIG.txt").read_text("utf-8")
    assert text.startswith("Kunskapsbanken: Dalarna\n=======================\n")
    for said in (
        SHARED,
        "webbplats/index.html",
        "make site",
        "site_url",
        "redaktionen@",
        "CC BY 4.0",
        "kopia",
    ):
        assert said in text
    assert "$" not in text
    assert max(map(len, text.splitlines())) <= 80
    own = (small / "LAS-MIG.txt").read_text("utf-8")
    assert OWN in own
    assert "kopia" not in own


# Where links lead


def _links(html: str) -> Iterator[str]:
    for node in LexborHTMLParser(html).css("[href], [src], [action]"):
        for name in ("href", "src", "action"):
            if value := node.attributes.get(name):
                yield value


def _file(site: Mapping[str, bytes], page: str, address: str) -> str:
    """The file that a relative address leads to as from a disk, where no host finds the page of a folder."""
    path = unquote(urlsplit(address).path)
    steps = page.split("/")[:-1] if path else page.split("/")
    for step in path.split("/") if path else ():
        if step == "..":
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _check_links(
    site: Mapping[str, bytes], html: Mapping[str, str], shared: str, there: set[str]
) -> set[str]:
    """Holds every link to lead somewhere, and gives those that lead to the shared site."""
    ids = {
        path: {attribute(node, "id") for node in LexborHTMLParser(text).css("[id]")}
        for path, text in html.items()
    }
    out = set()
    for page, text in html.items():
        for address in _links(text):
            if address.startswith(shared):
                inside = unquote(urlsplit(address.removeprefix(shared)).path)
                out.add(inside)
                assert (f"{inside}index.html" if inside[-1:] in ("", "/") else inside) in there, (
                    page,
                    address,
                )
            elif not re.match(r"https://|mailto:|tel:", address):
                target = _file(site, page, address)
                assert target in site, (page, address)
                fragment = unquote(urlsplit(address).fragment)
                assert not fragment or fragment in ids[target], (page, address)
    return out


def test_every_link_leads_to_a_file_here_or_to_a_page_of_the_shared_site(
    handed_over: Path, own_site: Path
) -> None:
    site = tree(handed_over / SITE)
    out = _check_links(site, pages(handed_over / SITE), SHARED, set(tree(own_site)))
    assert {"", "lan/skane/", "metoder/fair-termometern/"} <= out  # of all pages, of lists, of docs/
    assert "exempel/preparandutbildning-polisen-vasternorrland/" in out  # of a record's text
    assert "404.html" not in site  # without an address of its own there is no way to the root from anywhere


def test_pages_give_the_shared_sites_addresses_as_their_own(handed_over: Path, own_site: Path) -> None:
    there = tree(own_site)
    for path, html in pages(handed_over / SITE).items():
        canonical = attribute(element(html, 'link[rel="canonical"]'), "href")
        assert canonical == SHARED + path.removesuffix("index.html")
        assert path in there


def test_other_counties_pages_are_on_the_shared_site(handed_over: Path) -> None:
    site = tree(handed_over / SITE)
    assert [path for path in site if re.search(r"lan/(skane|ostergotland)\b", path)] == []
    counties = LexborHTMLParser(site["lan/index.html"]).css(".map li")
    said = [" ".join(node.text().split()) for node in counties]
    assert said[0].startswith("Dalarna 20 sidor")
    assert all("På den gemensamma webbplatsen" in words for words in said[1:])
    header = element(site["om/index.html"].decode(), "header .part")
    assert "som rör Dalarna" in header.text()


def test_part_with_an_address_of_its_own_gives_it_everywhere(small: Path, base_site: Path) -> None:
    site = tree(small / SITE)
    shared = "https://provbanken.example/"
    there = set(tree(base_site))
    _check_links(site, {p: h for p, h in pages(small / SITE).items() if p != "404.html"}, shared, there)
    for path, content in site.items():
        for found in re.findall(rb'https://provbanken\.example/[^"\\<>\s]*', content):
            inside = found.decode().removeprefix(shared)
            assert (
                inside in ("", "lan/skane/") or not inside.endswith("/") or f"{inside}index.html" in there
            ), path
        for found in re.findall(rb'https://lan\.example/bank/([^"\\<>\s#;]*)', content):
            inside = unquote(found.decode())
            assert inside in site or f"{inside}index.html" in site, path
    assert f"<id>{OWN}feed.xml</id>".encode() in site["feed.xml"]
    assert f'href="{OWN}"'.encode() in site["index.html"]
    assert b'href="/bank/exempel/index.html"' in site["404.html"]


# Going on with it


@pytest.fixture
def further(small: Path, tmp_path: Path) -> Path:
    """The source of the small part, to be changed."""
    for path, content in tree(small / SOURCE).items():
        if not path.startswith("kunskapsbank/"):
            (tmp_path / "bank" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "bank" / path).write_bytes(content)
    return tmp_path / "bank"


NEWS: Final = "news/2007-02-14-nytt.md"


def _write_news(bank: Path, body: str, related: str = "enkat-om-diskriminering") -> None:
    original = (
        REPOSITORY / "tests" / "sites" / "base" / "news" / "2007-02-14-nya-utbildningar.md"
    ).read_text("utf-8")
    front = original.split("---\n")[1]
    text = f"---\n{front}related: [{related}]\n---\n\n{body}\n"
    (bank / "news").mkdir(exist_ok=True)
    (bank / NEWS).write_text(text, "utf-8")


def test_new_records_refer_to_what_stayed_behind(further: Path, tmp_path: Path) -> None:
    _write_news(further, "Läs om [Cafémodellen](../methods/cafemodellen.md).")
    site = tree(build(further, tmp_path / "site"))
    page = LexborHTMLParser(site["nyheter/nytt/index.html"])
    links = {node.text(): attribute(node, "href") for node in page.css("main a")}
    assert links["Cafémodellen"] == "https://provbanken.example/metoder/cafemodellen/"
    (there,) = page.css("section[aria-labelledby=_pa-annan-plats] a")
    assert attribute(there, "href") == "https://provbanken.example/exempel/enkat-om-diskriminering/"
    assert (
        links["Arbetsgivarverket"] == "../../myndigheter/arbetsgivarverket/index.html"
    )  # it has a page here now


def test_mistakes_in_references_are_still_told(further: Path) -> None:
    _write_news(further, "Läs om [kaféer](../methods/cafe.md).", "enkat-om-diskrimineringen")
    assert [problem.code.name for problem in problems(further)] == ["dangling-reference", "link-to-nowhere"]


def test_record_written_here_takes_the_place_of_the_one_that_stayed(
    bank: Path, further: Path, tmp_path: Path
) -> None:
    path = "methods/cafemodellen.md"
    (further / path).write_bytes((bank / path).read_bytes())
    _write_news(further, "Läs om [Cafémodellen](../methods/cafemodellen.md).")
    site = tree(build(further, tmp_path / "site"))
    assert b'<a href="../../metoder/cafemodellen/index.html">' in site["nyheter/nytt/index.html"]


def test_without_the_list_of_what_stayed_it_is_a_site_of_its_own(further: Path, tmp_path: Path) -> None:
    (further / "shared.yml").unlink()
    assert [problem.code.name for problem in problems(further)] == ["dangling-reference"]
    replace(further / "methods" / "snackmodellen.md", "examples: [enkat-om-diskriminering]\n", "")
    site = tree(build(further, tmp_path / "site"))
    assert b"provbanken.example" not in site["index.html"]
    assert b'href="./exempel/"' in site["index.html"]
    assert "assets/fil/start.js" not in site


def test_faults_in_the_list_of_what_stayed_are_told(further: Path) -> None:
    replace(further / "shared.yml", "site_url: https://provbanken.example/", "site_url: provbanken")
    (found,) = problems(further)
    assert (found.path, found.place.line) == ("shared.yml", 5)


# Bad input


@pytest.mark.parametrize(
    ("county", "said"),
    [
        ("dalrna", "Länet dalrna finns inte. Menade du dalarna?"),
        ("SKÅNNE", "Länet SKÅNNE finns inte. Menade du skane?"),
        (
            "xyz",
            "Länet xyz finns inte. Det finns: dalarna, skane, vasternorrland, vastra-gotaland, ostergotland.",
        ),
        ("östergötland", "Ingen post hör till Östergötland, så det finns inget att lämna över."),
    ],
)
def test_county_that_cannot_be_handed_over(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], county: str, said: str
) -> None:
    hand_over(bank, county, tmp_path / "ut.zip", expect=WRONG_USE)
    assert capsys.readouterr().err.splitlines()[-1] == f"build_site.py: {said}"
    assert list(tmp_path.iterdir()) == []


def _last_words(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.splitlines()[-1]


def test_output_that_cannot_be_written(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_over(bank, "dalarna", tmp_path / "finns" / "inte.zip", expect=MACHINE_FAILED)
    said = _last_words(capsys)
    assert said == f"build_site.py: Datorn svarade: {tmp_path / 'finns'}: den finns inte. Inget är skrivet."


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda output: output.mkdir(), "är en mapp"),
        (lambda output: output.write_text("viktigt"), "finns redan och är ingen zip-fil"),
    ],
)
def test_output_that_is_something_else_is_left_alone(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], make: Any, said: str
) -> None:
    output = tmp_path / "ut.zip"
    make(output)
    hand_over(bank, "dalarna", output, expect=WRONG_USE)
    assert said in _last_words(capsys)
    assert list(tmp_path.iterdir()) == [output]
    assert output.is_dir() or output.read_text() == "viktigt"


@pytest.mark.parametrize("address", ["lan.example", "ftp://lan.example/", "https://lan.example/?q"])
def test_address_that_cannot_be(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    hand_over(bank, "dalarna", tmp_path / "ut.zip", "--site-url", address, expect=WRONG_USE)
    assert "--site-url ska vara en adress" in _last_words(capsys)


def test_part_is_not_handed_over_again(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_over(small / SOURCE, "dalarna", tmp_path / "ut.zip", expect=WRONG_USE)
    assert "är själv en del av https://provbanken.example/" in _last_words(capsys)


def test_content_with_errors_is_not_handed_over(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = compose(tmp_path / "bank")
    replace(source / "examples" / "enkat-om-diskriminering.md", "[skane]", "[skåne]")
    output = tmp_path / "ut.zip"
    output.write_bytes(before := (small.parent / "del.zip").read_bytes())
    hand_over(source, "dalarna", output, expect=FAULTY_CONTENT)
    said = capsys.readouterr().out
    assert "fel [unknown-term]" in said
    assert "Inget är skrivet." in said
    assert output.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [source, output]


def test_file_that_was_there_stays_when_the_disk_is_full(
    bank: Path,
    small: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def half(stream: Any, files: Any, _: Any) -> None:
        stream.write(next(iter(files))[1])
        raise OSError(errno.ENOSPC, "No space left on device")

    output = tmp_path / "ut.zip"
    output.write_bytes(before := (small.parent / "del.zip").read_bytes())
    monkeypatch.setattr(archive, "write", half)
    hand_over(bank, "dalarna", output, expect=MACHINE_FAILED)
    assert _last_words(capsys) == "build_site.py: Skivan är full. Inget är skrivet."
    assert output.read_bytes() == before
    assert list(tmp_path.iterdir()) == [output]


def test_file_that_was_there_is_replaced_and_named_after_the_county(
    bank: Path,
    small: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dalarna.zip").write_bytes((small.parent / "del.zip").read_bytes())
    command = ["handover", "DALARNA", "--source", str(bank)]
    assert cli.main(command, TODAY) == FINE
    said = capsys.readouterr().out
    assert said.startswith(f"Klart: Dalarna i {tmp_path / 'dalarna.zip'}, 3 poster, ")
    assert (tmp_path / "dalarna.zip").read_bytes() != (small.parent / "del.zip").read_bytes()
    assert list(tmp_path.iterdir()) == [tmp_path / "dalarna.zip"]
