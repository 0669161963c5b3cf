"""Published URLs: none is lost without a word, whatever is deleted, renamed, withdrawn, moved or left out."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from sites_support import EMBEDS, FAULTY_CONTENT, attribute, build, element, is_redirect, tree
from sites_support import replace as edit
from support import BASE, REPOSITORY, TODAY, compose

from kunskapsbank import checking, cli, pipeline, settings, url_survey
from kunskapsbank.dictionary.load import load
from kunskapsbank.library.library import relate
from kunskapsbank.outlets.embeds.use import SCRIPT, STYLES
from kunskapsbank.output import Maker
from kunskapsbank.pages.frames import Rendered, Rendering
from kunskapsbank.problems.problem import Problem
from kunskapsbank.settings import Settings
from kunskapsbank.urls.forms import path_of, split, url_of
from kunskapsbank.urls.log import FILE, HEAD, NO_LOG, UrlLog, is_url
from kunskapsbank.urls.log import load as load_log
from scripts import unlogged_urls

METHOD: Final = "methods/snackmodellen.md"
TOOL: Final = "methods/snackmodellen.tool.yml"
PLANNER: Final = """\
planner:
  steps:
    - id: start
      title: Verksamhetsplanering
      intro: Börja i det som verksamheten ska klara.
      questions:
        - id: uppdrag
          question: Vad ska verksamheten klara de närmaste åren?
    - id: mal
      title: Mål
      intro: Skriv några få mål som går att följa upp."""
NOTICE: Final = "withdrawn: {date: 2026-11-20, reason: Uppgifterna var <fel> & gamla.}"
GONE: Final = "2026-11-20 Uppgifterna var <fel> & gamla."
RECORDS: Final = sorted(
    path.relative_to(BASE).as_posix()
    for folder in ("activities", "examples", "methods", "news")
    for path in (BASE / folder).iterdir()
)

Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The frames of the base site, with the scripts that make a tool something to work in."""
    with Rendering(compose(tmp_path_factory.mktemp("frames") / "bank"), "mkdocs") as rendering:
        made = rendering.result()
    return Rendered(made.frames, {**made.assets, **dict.fromkeys((SCRIPT, *STYLES), b"")})


@pytest.fixture
def bank(tmp_path: Path, rendered: Rendered) -> Path:
    """The base site with an API, and a log of all that it has."""
    place = compose(tmp_path / "bank")
    edit(place / "mkdocs.yml", "contact: redaktionen", "contact: redaktionen\n    api: true")
    edit(place / TOOL, "tool_kind: checklist", f"tool_kind: planner\n{PLANNER}")
    log(place, UrlLog().extended(permanent(place, rendered)))
    return place


def log(bank: Path, text: str) -> None:
    (bank / FILE).write_text(text, "utf-8")


def add_line(bank: Path, line: str) -> None:
    log(bank, f"{(bank / FILE).read_text('utf-8')}{line}\n")


def settings_of(bank: Path) -> Settings:
    return settings.load(bank, settings.today_from(TODAY))


def makers(bank: Path, rendered: Rendered, site: Settings) -> list[Maker]:
    content = checking.check(site, 1, advice=False)
    pipeline.refuse(content.problems, strict=False)
    library = relate(content.records, content.dictionary)
    return pipeline.makers_of(pipeline.viewer_of(library, site), rendered, site)


def permanent(bank: Path, rendered: Rendered) -> set[str]:
    made = makers(bank, rendered, settings_of(bank))
    return {url_of(maker.path) for maker in made if maker.is_permanent}


def made(bank: Path, rendered: Rendered) -> Files:
    """Every file of the site that a bank makes. Nothing that is published is missing from it."""
    site = settings_of(bank)
    every = makers(bank, rendered, site)
    assert pipeline.missing_urls(site, every) == []
    return {maker.path: maker().content for maker in every}


def missing(bank: Path, rendered: Rendered) -> list[Problem]:
    site = settings_of(bank)
    return pipeline.missing_urls(site, makers(bank, rendered, site))


def checked(bank: Path) -> list[Problem]:
    return [p for p in checking.check(settings_of(bank), 1, advice=False).problems if p.path == FILE]


def rename(bank: Path, old: str, new: str) -> None:
    """Rename the method and its tool, with all that refers to them; the method keeps its former id."""
    for path in [
        path for folder in ("activities", "examples", "methods", "news") for path in (bank / folder).iterdir()
    ]:
        text = re.sub(rf"(?<![\w-]){old}(?![\w-])", new, path.read_text("utf-8"))
        path.write_text(text, "utf-8")
    for ending in (".md", ".tool.yml"):
        (bank / "methods" / f"{old}{ending}").rename(bank / "methods" / f"{new}{ending}")
    edit(bank / "methods" / f"{new}.md", "aliases: [snackan]", f"aliases: [snackan, {old}]")


def withdraw(bank: Path, path: str) -> None:
    edit(bank / path, "contact: redaktionen", f"contact: redaktionen\n{NOTICE}")


# A record that is deleted


@pytest.mark.parametrize("path", RECORDS)
def test_no_record_can_be_deleted_without_a_word(path: str, bank: Path) -> None:
    assert checked(bank) == []
    (bank / path).unlink()
    problem = next(p for p in checked(bank) if "snackan" not in str(p.values["url"]))  # a former name of one
    assert problem.code.name == "published-record-gone"
    name = re.sub(r"^([a-z]+)/\d[\d-]*(?:var-)?", r"\1/<datum>-", path)
    assert name in problem.help("sv")
    assert "withdrawn: {date: 2026-11-23, reason: " in problem.help("sv")


def test_the_line_that_the_help_gives_is_right(bank: Path, rendered: Rendered) -> None:
    old = bank / "examples" / "delade-platser.md"
    text = old.read_text("utf-8")
    old.unlink()
    edit(
        bank / "examples" / "enkat-om-diskriminering.md",
        "(delade-platser.md)",
        "(delade-utbildningsplatser.md)",
    )
    new = bank / "examples" / "delade-utbildningsplatser.md"
    new.write_text(text.replace("contact:", "aliases: [dela]\ncontact:"), "utf-8")
    (problem,) = checked(bank)
    (line,) = re.findall(
        r"skriv raden ”(aliases: .*?)” i examples/delade-utbildningsplatser\.md", problem.help("sv")
    )
    edit(new, "aliases: [dela]", line)
    assert line == "aliases: [dela, delade-platser]"
    assert is_redirect(made(bank, rendered)["exempel/delade-platser/index.html"].decode())


def test_the_file_put_back_with_the_line_is_right(bank: Path, rendered: Rendered) -> None:
    file = bank / "news" / "2007-02-14-nya-utbildningar.md"
    text = file.read_text("utf-8")
    file.unlink()
    (problem,) = checked(bank)
    (line,) = re.findall(r"”(withdrawn: .*?)”", problem.help("sv"))
    file.write_text(text.replace("contact:", f"{line}\ncontact:"), "utf-8")
    assert b"Skriv h\xc3\xa4r varf\xc3\xb6r" in made(bank, rendered)["nyheter/nya-utbildningar/index.html"]


def test_a_file_that_cant_be_read_is_told_of_alone(bank: Path) -> None:
    """Its former ids can't be seen, and are not said to be gone."""
    (bank / METHOD).write_text("---\ntitle: [\n---\n", "utf-8")
    assert checked(bank) == []


def test_a_page_in_docs_answers_under_the_path_of_a_type(bank: Path) -> None:
    add_line(bank, "exempel/om-urvalet/")
    assert [p.values["url"] for p in checked(bank)] == ["exempel/om-urvalet/"]
    (bank / "docs" / "exempel" / "om-urvalet.md").write_text("# Om urvalet\n", "utf-8")
    assert checked(bank) == []


def test_what_is_saved_in_the_preview_is_checked_too(bank: Path) -> None:
    before = checking.check(settings_of(bank), 1, advice=True)
    path = "methods/cafemodellen.md"
    (bank / path).unlink()
    after = checking.check_again(before, {path}, settings_of(bank))
    assert "published-record-gone" in [p.code.name for p in after.problems]


# A record that is renamed or withdrawn


def test_every_form_of_a_renamed_record_answers_at_its_former_place(bank: Path, rendered: Rendered) -> None:
    before = made(bank, rendered)
    rename(bank, "snackmodellen", "samtalsmodellen")
    after = made(bank, rendered)
    former = [path for path in before if "metoder/snackmodellen" in path]
    kinds = {split(url_of(path)).root + split(url_of(path)).tail for path in former}
    assert kinds == {"", "api/v1/.json", "embed/v1/", "embed/v1/-h2.html", "embed/v1/oembed/.json"}
    assert "embed/v1/metoder/snackmodellen/verktyg/anvand/index.html" in former
    for path in former:
        new = path.replace("metoder/snackmodellen", "metoder/samtalsmodellen")
        if split(url_of(path)).root:
            assert after[path] == after[new], path
        else:
            assert is_redirect(after[path].decode()), path
            assert attribute(element(after[path].decode(), "a"), "href").endswith(
                new.removesuffix("index.html")
            )
    record = json.loads(after["api/v1/metoder/snackmodellen.json"])
    assert record["api"] == "https://provbanken.example/api/v1/metoder/samtalsmodellen.json"


def test_a_former_page_goes_on_leading_there_and_goes_with_its_record(bank: Path, rendered: Rendered) -> None:
    """The command logs where it leads, so that it is no record of its own."""
    site, library = (
        settings_of(bank),
        relate(checking.check(settings_of(bank), 1, advice=False).records, load(bank)),
    )
    every = {url_of(maker.path) for maker in makers(bank, rendered, site) if maker.is_permanent}
    lines = list(url_survey.new_lines(every, library, NO_LOG))
    assert "metoder/snackan/ -> metoder/snackmodellen/" in lines
    assert "metoder/snackan/verktyg/ -> metoder/snackmodellen/verktyg/" in lines
    log(bank, NO_LOG.extended(lines))
    edit(bank / METHOD, "aliases: [snackan]\n", "")
    assert is_redirect(made(bank, rendered)["metoder/snackan/index.html"].decode())
    (bank / TOOL).unlink()
    assert [p.values["url"] for p in checked(bank)] == ["metoder/snackmodellen/verktyg/"]


def test_a_record_may_get_its_first_name_back(bank: Path, rendered: Rendered) -> None:
    rename(bank, "snackmodellen", "samtalsmodellen")
    add_line(bank, "metoder/snackmodellen/ -> metoder/samtalsmodellen/")
    add_line(bank, "metoder/samtalsmodellen/ -> metoder/snackmodellen/")
    assert checked(bank) == []
    assert is_redirect(made(bank, rendered)["metoder/snackmodellen/index.html"].decode())


def test_aliases_need_no_log(bank: Path, rendered: Rendered) -> None:
    (bank / FILE).unlink()
    after = made(bank, rendered)
    for path in [path for path in after if "metoder/snackmodellen" in path]:
        assert path.replace("metoder/snackmodellen", "metoder/snackan") in after


@pytest.mark.parametrize(
    "path",
    ["news/2007-02-14-nya-utbildningar.md", "methods/snackmodellen.tool.yml", "examples/delade-platser.md"],
)
def test_every_form_of_a_withdrawn_record_is_still_there(path: str, bank: Path, rendered: Rendered) -> None:
    before = made(bank, rendered)
    withdraw(bank, path)
    after = made(bank, rendered)
    assert {p for p in before if not p.startswith("ar/")} <= after.keys()
    changed = [p for p in after if before.get(p) != after[p] and b"drogs tillbaka" in after[p]]
    assert len(changed) >= 3


def test_a_withdrawn_record_has_nothing_to_embed_anew(bank: Path, rendered: Rendered) -> None:
    withdraw(bank, "news/2007-02-14-nya-utbildningar.md")
    document = json.loads(made(bank, rendered)[f"{EMBEDS}oembed/nyheter/nya-utbildningar.json"])
    assert document["type"] == "link"
    assert document.keys() == {"version", "type", "title", "provider_name", "provider_url", "cache_age"}


def test_a_withdrawn_tool_says_so_where_it_was_used(bank: Path, rendered: Rendered) -> None:
    withdraw(bank, "methods/snackmodellen.tool.yml")
    for name in ("snackmodellen", "snackan"):
        page = made(bank, rendered)[f"{EMBEDS}metoder/{name}/verktyg/anvand/index.html"].decode()
        assert "drogs tillbaka den 20 november 2026" in page
        (style,) = (attribute(n, "href") for n in LexborHTMLParser(page).css('link[rel="stylesheet"]'))
        assert style == "../../../../ram.css"


# What is neither record nor term


def without_page(rendered: Rendered, path: str) -> Rendered:
    return replace(rendered, frames={p: f for p, f in rendered.frames.items() if p != path})


def test_a_page_of_docs_that_goes_is_told_and_can_lead_on(bank: Path, rendered: Rendered) -> None:
    less = without_page(rendered, "bidra/index.html")
    (problem,) = missing(bank, less)
    assert (problem.code.name, problem.values["url"]) == ("published-url-gone", "bidra/")
    add_line(bank, "bidra/ -> exempel/")
    page = made(bank, less)["bidra/index.html"].decode()
    assert is_redirect(page)
    assert attribute(element(page, "a"), "href") == "../exempel/"


def test_a_picture_of_docs_that_goes_is_told(bank: Path, rendered: Rendered) -> None:
    less = replace(rendered, assets={p: c for p, c in rendered.assets.items() if p != "bilder/snackan.svg"})
    (problem,) = missing(bank, less)
    assert problem.values["url"] == "bilder/snackan.svg"


def test_files_of_the_theme_are_nobodys_promise(bank: Path, rendered: Rendered) -> None:
    more = replace(rendered, assets={**rendered.assets, "assets/tema.css": b""})
    assert "assets/tema.css" not in permanent(bank, more)
    assert "bilder/snackan.svg" in permanent(bank, more)


def rename_term(bank: Path) -> None:
    edit(bank / "schema/vocabularies/focus_areas.yml", "- id: process\n", "- id: processer\n")
    for path in RECORDS:
        text = (bank / path).read_text("utf-8")
        changed = re.sub(r"(?m)^(focus_areas: .*)\bprocess\b", r"\1processer", text)
        (bank / path).write_text(changed, "utf-8")


def test_a_term_that_is_renamed_is_told_with_the_line_to_write(bank: Path, rendered: Rendered) -> None:
    before = made(bank, rendered)
    rename_term(bank)
    (problem,) = checked(bank)
    (line,) = re.findall(r"Har det flyttat: skriv raden ”(.*?)”", problem.help("sv"))
    assert line == "fokusomraden/process/ -> fokusomraden/processer/"
    add_line(bank, line)
    assert checked(bank) == []
    after = made(bank, rendered)
    assert is_redirect(after["fokusomraden/process/index.html"].decode())
    for path in [
        path for path in before if "fokusomraden/process" in path and not path.endswith("index.html")
    ]:
        assert after[path] == after[path.replace("fokusomraden/process", "fokusomraden/processer")]


def test_a_whole_vocabulary_can_move_by_one_line(bank: Path, rendered: Rendered) -> None:
    edit(bank / "schema/vocabularies/focus_areas.yml", "path: fokusomraden", "path: omraden")
    told = missing(bank, rendered)
    assert {p.code.name for p in told} == {"published-url-gone"}
    assert all(p.values["nearest"] == str(p.values["url"]).replace("fokusomraden", "omraden") for p in told)
    add_line(bank, "fokusomraden/ -> omraden/")
    after = made(bank, rendered)
    assert after["api/v1/fokusomraden/process.json"] == after["api/v1/omraden/process.json"]
    assert after["fokusomraden/process/feed.xml"] == after["omraden/process/feed.xml"]
    assert is_redirect(after["fokusomraden/process/index.html"].decode())


def test_an_outlet_that_is_turned_off_is_one_problem(bank: Path, rendered: Rendered) -> None:
    edit(bank / "mkdocs.yml", "    api: true", "    embed: false")
    told = {str(p.values["url"]): p for p in missing(bank, rendered)}
    assert {"api/v1/", "embed/v1/", "embed/v1/oembed/"} <= told.keys()
    assert all(url.endswith(("/", "feed.json")) for url in told)
    assert re.search(r"och \d\d+ till", told["api/v1/"].message("sv"))
    for url in told:
        add_line(bank, f"{url} -> gone {GONE}")
    assert missing(bank, rendered) == []


def test_a_year_that_has_been_published_keeps_its_list(bank: Path, rendered: Rendered) -> None:
    edit(bank / "mkdocs.yml", "    api: true", "    api: true\n    search: true")
    add_line(bank, "ar/1999/")
    after = made(bank, rendered)
    assert b"1999" in after["ar/1999/index.html"]
    assert json.loads(after["api/v1/ar/1999.json"])["count"] == 0
    assert b"/ar/1999/" in after["sitemap.xml"]


# What is gone


def test_what_is_gone_leaves_a_notice_in_every_form_that_has_words(bank: Path, rendered: Rendered) -> None:
    (bank / "news" / "2007-02-14-nya-utbildningar.md").unlink()
    add_line(bank, f"nyheter/nya-utbildningar/ -> gone {GONE}")
    assert checked(bank) == []
    after = made(bank, rendered)
    page = after["nyheter/nya-utbildningar/index.html"].decode()
    assert "Uppgifterna var &lt;fel&gt; &amp; gamla." in page
    assert '<meta name="robots" content="noindex">' in page
    data = json.loads(after["api/v1/nyheter/nya-utbildningar.json"])
    assert data["withdrawn"] == {"date": "2026-11-20", "reason": "Uppgifterna var <fel> & gamla."}
    assert b"<h2>Sidan &#228;r borttagen</h2>" in after[f"{EMBEDS}nyheter/nya-utbildningar-h2.html"]
    framed = after[f"{EMBEDS}nyheter/nya-utbildningar/index.html"].decode()
    assert "Sidan togs bort den 20 november 2026." in framed


def test_a_folder_that_is_gone_hides_nothing_while_its_page_is_there(bank: Path) -> None:
    add_line(bank, f"exempel/ -> gone {GONE}")
    assert checked(bank) == []
    (bank / "examples" / "delade-platser.md").unlink()
    assert [p.code.name for p in checked(bank)] == ["published-record-gone"]


@pytest.mark.parametrize(
    "line",
    [
        "bidra/ -> bidra/bort/",
        "bidra/ -> bidra/bidra/",
        "bidra/ -> gammal/\ngammal/ -> finns-inte/",
        "bidra/ -> gammal/\ngammal/ -> bidra/",
    ],
)
def test_a_move_to_nowhere_is_told(line: str, bank: Path, rendered: Rendered) -> None:
    add_line(bank, line)
    assert checked(bank) == []
    told = missing(bank, without_page(rendered, "bidra/index.html"))
    assert {p.code.name for p in told} == {"published-url-line"}


def test_moves_are_followed_to_the_end(bank: Path, rendered: Rendered) -> None:
    add_line(bank, "gammal/ -> aldre/\naldre/ -> exempel/")
    after = made(bank, rendered)
    for path in ("gammal/index.html", "aldre/index.html"):
        assert attribute(element(after[path].decode(), "a"), "href") == "../exempel/"


def test_a_line_for_what_is_still_there_waits(bank: Path, rendered: Rendered) -> None:
    """So that it can be written before the change that it is for."""
    before = made(bank, rendered)
    add_line(bank, "bidra/ -> kommer-sedan/")
    assert made(bank, rendered) == before


# The log


@pytest.mark.parametrize(
    "line",
    ["/rot/", "a//b/", "../x/", "a/../b/", "a/./b", "a/..", "..", "a/./", "a b/", "å/", "%2e%2e/", "a%2Fb", "a%00", "a%0A", "a%5Cb", "a%zz", "<a>", "a?b", "a#b", "javascript:x"],
)  # fmt: skip
def test_what_is_no_url_is_refused(line: str) -> None:
    assert not is_url(line)
    (problem,) = UrlLog(f"{line}\n").problems
    assert problem.code.name == "published-url-line"


@given(
    st.lists(
        st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1), min_size=1, max_size=4
    )
)
def test_every_path_has_a_url_and_the_url_leads_to_it(steps: list[str]) -> None:
    names = [re.sub(r"[/\\]", "", step) for step in steps]
    path = "/".join(name if name.strip(".") else "x" for name in names)
    assert path_of(url_of(path)) == path
    assert is_url(url_of(path)) == path.isprintable()


@pytest.mark.parametrize(
    "url",
    ["exempel/karp/", "api/v1/exempel/karp.json", "api/v1/exempel.csv", "embed/v1/lan/skane/exempel-h3.html",
     "embed/v1/exempel/karp/", "embed/v1/oembed/exempel/karp.json", "lan/skane/feed.xml", "feed.xml", "index.html"],
)  # fmt: skip
def test_a_url_is_its_parts(url: str) -> None:
    assert split(url).url == url


URLS: Final = st.lists(st.from_regex(r"[a-c]{1,3}(/[a-c]{1,2}){0,2}/?", fullmatch=True), max_size=12)
LINES: Final = st.lists(
    st.one_of(URLS.map("\n".join), st.just("# en kommentar"), st.just("a/ -> b/"), st.just("")),
    max_size=6,
)


@given(LINES, URLS)
def test_lines_are_added_and_never_taken_away(lines: list[str], new: list[str]) -> None:
    text = "\n".join([HEAD, *lines]) + "\n"
    before = UrlLog(text)
    after = UrlLog(before.extended(new))
    assert after.urls == before.urls | set(new)
    assert after.answers == before.answers
    written = before.extended(new).split("\n")
    left = iter(written)
    assert all(line in left for line in text.rstrip("\n").split("\n"))  # in the same order
    assert after.extended(new) == before.extended(new)


def test_a_new_log_is_in_order() -> None:
    text = NO_LOG.extended(["b/", "a/c", "a/"])
    assert text == f"{HEAD}a/\na/c\nb/\n"


def test_a_log_may_be_larger_than_a_record(bank: Path) -> None:
    add_line(bank, "\n".join(f"bidra/{n:06}/ -> bidra/" for n in range(20_000)))
    assert (bank / FILE).stat().st_size > 1 << 18
    assert checked(bank) == []


# The commands


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Gives a bank whose log a command has written, as often as it is asked for one."""
    numbers: Iterator[int] = iter(range(100))
    place = tmp_path_factory.mktemp("logged")

    def bank() -> Path:
        copy = compose(place / str(next(numbers)))
        assert cli.main(["urls", "--write", "--source", str(copy)], TODAY) == 0
        return copy

    return bank


def test_what_a_command_writes_is_all_that_the_site_has(
    logged: Callable[[], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = logged()
    capsys.readouterr()
    assert cli.main(["urls", "--source", str(bank)], TODAY) == 0
    assert capsys.readouterr().out == f"{FILE} har alla adresser.\n"
    add = (bank / "examples" / "delade-platser.md").read_text("utf-8")
    (bank / "examples" / "nytt.md").write_text(add, "utf-8")
    assert cli.main(["urls", "--source", str(bank)], TODAY) == 0
    assert "exempel/nytt/\n" in capsys.readouterr().out
    assert "exempel/nytt/\n" not in (bank / FILE).read_text("utf-8")
    assert cli.main(["urls", "--write", "--source", str(bank)], TODAY) == 0
    assert "exempel/nytt/\n" in (bank / FILE).read_text("utf-8")
    assert cli.main(["check", "--source", str(bank)], TODAY) == 0


def test_a_build_with_a_url_gone_is_refused_and_the_site_stays(
    logged: Callable[[], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the last build left that there is nothing to do."""
    bank, kept = logged(), {**TODAY, "KUNSKAPSBANK_CACHE": str(tmp_path / "cache")}
    site = build(bank, tmp_path / "site", environment=kept)
    before = tree(site)
    add_line(bank, "fanns/en/gang/")
    capsys.readouterr()
    build(bank, tmp_path / "site", environment=kept, expect=FAULTY_CONTENT)
    assert "fel [published-url-gone]\n  Adressen ”fanns/en/gang/” är publicerad" in capsys.readouterr().out
    assert tree(site) == before


def test_a_build_from_nothing_gives_the_same_bytes(logged: Callable[[], Path], tmp_path: Path) -> None:
    bank = logged()
    (bank / "examples" / "delade-platser.md").read_text("utf-8")
    add_line(bank, f"gammal/ -> exempel/\nbort/ -> gone {GONE}\nbort/feed.xml")
    one = tree(
        build(bank, tmp_path / "one", environment={**TODAY, "KUNSKAPSBANK_CACHE": str(tmp_path / "c")})
    )
    two = tree(build(bank, tmp_path / "two"))
    assert one == two
    assert {"gammal/index.html", "bort/index.html"} <= one.keys()


def test_the_nightly_round_lists_what_nobody_has_committed(
    logged: Callable[[], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = logged()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY["SOURCE_DATE_EPOCH"])
    monkeypatch.setenv("KUNSKAPSBANK_CACHE", "")
    capsys.readouterr()
    assert unlogged_urls.main(["--source", str(bank)]) == 0
    assert capsys.readouterr().out == ""
    text = (bank / FILE).read_text("utf-8")
    log(bank, text.replace("\nexempel/delade-platser/\n", "\n"))
    assert unlogged_urls.main(["--source", str(bank)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("## Adresser som saknas i loggen (1)\n\nKör `make urls`")
    assert told.endswith("\n\n    exempel/delade-platser/\n")


# The repository's own log


def test_own_log_holds_nothing_that_the_site_lacks(own_site: Path) -> None:
    own = load_log(REPOSITORY)
    assert own.problems == []
    assert len(own.urls) > 1000
    assert [url for url in sorted(own.urls) if not (own_site / path_of(url)).is_file()] == []
