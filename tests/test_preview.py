"""The live preview's state: what it shows after any saves is what a build of the same files would make."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from hypothesis import Phase, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from sites_support import FAULTY_CONTENT, build, replace, tree
from support import BASE, TODAY, compose, run

from kunskapsbank import checking, pipeline, settings
from kunskapsbank.checks import run as checks
from kunskapsbank.checks.record import Examined
from kunskapsbank.library.library import relate
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.frames import Rendered, Rendering
from kunskapsbank.problems.problem import Rejected
from kunskapsbank.serving.framing import Framing
from kunskapsbank.serving.pages import Late, Pages
from kunskapsbank.serving.preview import Preview
from kunskapsbank.serving.tree import changed, look, saves
from kunskapsbank.settings import Settings

EXAMPLE: Final = "examples/delade-platser.md"
OTHER: Final = "examples/enkat-om-diskriminering.md"
METHOD: Final = "methods/snackmodellen.md"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return compose(tmp_path / "bank")


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    with Rendering(compose(tmp_path_factory.mktemp("frames") / "bank"), "mkdocs") as rendering:
        return rendering.result()


class Still(Framing):
    """Frames that nobody makes anew."""

    def __init__(self, rendered: Rendered) -> None:
        self._rendered = rendered
        self._rendering = self._fault = None

    def begin(self) -> None:
        """They are there."""


def load(source: Path) -> Callable[[], Settings]:
    return partial(settings.load, source, settings.today_from(TODAY))


_moments = count(1)


def written(file: Path, text: str) -> None:
    """A save, at another time than any save before: a test may save twice in one tick of the disk's clock."""
    file.write_text(text, "utf-8")
    moment = 1_800_000_000 + next(_moments)
    os.utime(file, (moment, moment))


class Writer:
    """Somebody who saves files, and the preview that follows: every turn learns what has been saved by
    looking."""

    def __init__(self, bank: Path, framing: Framing) -> None:
        self.bank = bank
        self.preview = Preview(bank, load(bank), framing)
        self.preview.prepare()
        self.seen = look(bank, self.preview.folders())
        self.turn()

    def turn(self) -> None:
        before, self.seen = self.seen, look(self.bank, self.preview.folders())
        self.preview.turn(changed(before, self.seen))

    def page(self, path: str) -> str:
        pages = self.preview.shown.pages
        assert pages is not None
        content = pages.content(path)
        assert content is not None, path
        return content.decode()

    @property
    def report(self) -> str:
        return self.preview.shown.report


@pytest.fixture
def writer(bank: Path, frames: Rendered) -> Writer:
    return Writer(bank, Still(frames))


def cold(bank: Path, frames: Rendered) -> dict[str, bytes] | None:
    """Every file of a site that nothing was kept for; None where it can't be built."""
    site = load(bank)()
    try:
        content = checking.check(site, 1, advice=False)
        pipeline.refuse(content.problems, strict=False)
    except Rejected:
        return None
    viewer = pipeline.viewer_of(relate(content.records, content.dictionary), site)
    return {m.path: m().content for m in pipeline.makers_of(viewer, frames, site)}


# Any saves


def add(bank: Path, number: int) -> None:
    text = (BASE / OTHER).read_text("utf-8")
    written(bank / f"examples/ny-{number}.md", re.sub(r"(?m)^title: .*$", f"title: Ny {number}", text))


def edit(bank: Path, number: int) -> None:
    for file in sorted((bank / "examples").iterdir())[: 1 + number % 2]:
        text = file.read_text("utf-8")
        written(file, re.sub(r"(?m)^title: .*$", f"title: Ändrad {number}", text))


def take_away(bank: Path, number: int) -> None:
    files = [*sorted((bank / "examples").iterdir()), bank / METHOD]
    files[number % len(files)].unlink(missing_ok=True)


def rename(bank: Path, number: int) -> None:
    files = sorted((bank / "examples").iterdir())
    if files:
        files[number % len(files)].rename(bank / f"examples/flyttad-{number}.md")


def exchange(bank: Path, _: int) -> None:
    """Two records take each other's names."""
    files = sorted((bank / "examples").iterdir())
    if len(files) > 1:
        files[0].rename(bank / "tillfällig")
        files[-1].rename(files[0])
        (bank / "tillfällig").rename(files[-1])


def break_one(bank: Path, number: int) -> None:
    written(bank / f"examples/trasig-{number % 2}.md", "---\ntitle: [\n---\n")


def mend(bank: Path, number: int) -> None:
    (bank / f"examples/trasig-{number % 2}.md").unlink(missing_ok=True)


def refer(bank: Path, number: int) -> None:
    if (bank / EXAMPLE).exists():
        text = (bank / EXAMPLE).read_text("utf-8")
        written(bank / EXAMPLE, re.sub(r"(?m)^related: .*$", f"related: [ny-{number}]", text))


def relabel(bank: Path, number: int) -> None:
    file = bank / "schema/vocabularies/focus_areas.yml"
    written(file, file.read_text("utf-8").replace("Process", f"Process {number}", 1))


def empty_the_folder(bank: Path, _: int) -> None:
    shutil.rmtree(bank / "activities", ignore_errors=True)


def restore(bank: Path, number: int) -> None:
    """As when another branch is checked out: folders come back, files change and go."""
    shutil.rmtree(bank / "examples")
    shutil.copytree(BASE / "examples", bank / "examples")
    shutil.copytree(BASE / "activities", bank / "activities", dirs_exist_ok=True)


SAVES: Final = (
    add, edit, take_away, rename, exchange, break_one, mend, refer, relabel, empty_the_folder, restore,
)  # fmt: skip


NOT_SHRUNK: Final = (Phase.explicit, Phase.reuse, Phase.generate)
"""A short list of saves is told as it is: to find a shorter one takes minutes."""


@given(st.lists(st.tuples(st.sampled_from(SAVES), st.integers(0, 3), st.booleans()), min_size=3, max_size=9))
@tries(deadline=None, max_examples=8, phases=NOT_SHRUNK)
def test_after_any_saves_the_pages_are_those_of_a_cold_build(
    tmp_path_factory: pytest.TempPathFactory,
    frames: Rendered,
    done: list[tuple[Callable[[Path, int], None], int, bool]],
) -> None:
    """Some saves come alone and some together in a turn. While the files can't be built, the pages are those
    of the last time when they could."""
    bank = compose(tmp_path_factory.mktemp("saves") / "bank")
    writer = Writer(bank, Still(frames))
    last_good = cold(bank, frames)
    for save, number, alone in done:
        save(bank, number)
        if alone:
            writer.turn()
            last_good = cold(bank, frames) or last_good
    writer.turn()
    now = cold(bank, frames)
    assert last_good is not None
    shown = writer.preview.shown
    assert shown.pages is not None
    expected = now or last_good
    assert {path: shown.pages.content(path) for path in expected} == expected
    assert shown.pages.paths == expected.keys()
    assert bool(shown.report) == (now is None)


def test_only_what_was_saved_is_examined(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    examined: list[str] = []

    def noting(source: Path, path: str, *rest: object) -> Examined:
        examined.append(path)
        return checks.examine(source, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "examine", noting)
    written(writer.bank / EXAMPLE, (writer.bank / EXAMPLE).read_text("utf-8") + "\n")
    add(writer.bank, 1)
    writer.turn()
    assert examined == [EXAMPLE, "examples/ny-1.md"]


def test_a_picture_that_comes_mends_the_record_that_shows_it(writer: Writer) -> None:
    """What a record may show lies in docs/, and the record itself is not saved again."""
    text = (writer.bank / EXAMPLE).read_text("utf-8")
    written(writer.bank / EXAMPLE, f"{text}\n![En bild av ett träd](../docs/bilder/trad.png)\n")
    writer.turn()
    assert "trad.png" in writer.report
    (writer.bank / "docs/bilder/trad.png").write_bytes(b"")
    writer.turn()
    assert writer.report == ""


# Faults


def test_the_report_is_that_of_check_and_the_last_good_page_stays(
    writer: Writer, capsys: pytest.CaptureFixture[str]
) -> None:
    good = writer.page("exempel/delade-platser/index.html")
    version = writer.preview.shown.page_version
    replace(writer.bank / EXAMPLE, "focus_areas: [process]", "focus_areas: [proces]")
    replace(writer.bank / OTHER, "title: ", "title: Bättre ")
    writer.turn()
    assert run("check", writer.bank) == FAULTY_CONTENT
    found, counted, _ = capsys.readouterr().out.partition("7 poster kontrollerade.\n")
    told, summed, _ = writer.report.partition("1 fel i 1 fil.")
    assert counted
    assert summed
    assert told == found
    assert "^^^^^^" in writer.report
    assert writer.page("exempel/delade-platser/index.html") == good
    assert writer.preview.shown.page_version == version
    replace(writer.bank / EXAMPLE, "focus_areas: [proces]", "focus_areas: [process]")
    writer.turn()
    assert writer.report == ""
    assert writer.preview.shown.page_version != version
    assert "Bättre" in writer.page("exempel/enkat-om-diskriminering/index.html")


def test_a_fault_in_one_file_because_of_another_is_told(writer: Writer) -> None:
    (writer.bank / OTHER).unlink()
    writer.turn()
    assert f"{EXAMPLE}:17:11: fel [dangling-reference]" in writer.report


def test_warnings_and_advice_are_counted_and_do_not_hinder(writer: Writer) -> None:
    replace(writer.bank / EXAMPLE, "reviewed: 2026-11-23", "reviewed: 2020-11-23")
    writer.turn()
    assert writer.report == ""
    assert writer.preview.shown.summary.startswith("1 varning i 1 fil.")
    replace(writer.bank / OTHER, "focus_areas: [", "focus_areas: [x, ")
    writer.turn()
    assert "varning" not in writer.report
    assert writer.preview.shown.summary.startswith("1 fel, 1 varning i 2 filer.")


@pytest.mark.parametrize(
    ("file", "broken", "code"),
    [
        (EXAMPLE, "---\ntitle: [\n---\n", "yaml"),
        ("schema/example.yml", "a: [", "schema/example.yml"),
        ("mkdocs.yml", "site_name: [", "mkdocs.yml"),
    ],
)
def test_a_faulty_start_shows_the_report_until_it_is_mended(
    file: str, broken: str, code: str, bank: Path, frames: Rendered
) -> None:
    whole = (bank / file).read_text("utf-8")
    written(bank / file, broken)
    writer = Writer(bank, Still(frames))
    assert writer.preview.shown.pages is None
    assert code in writer.report
    first = writer.preview.shown.page_version
    written(bank / "news/2007-03-01-till.md", "")
    writer.turn()  # another fault, or another page to show it on
    assert writer.preview.shown.page_version != first
    (bank / "news/2007-03-01-till.md").unlink()
    written(bank / file, whole)
    writer.turn()
    assert (writer.report, writer.preview.shown.overlay) == ("", "")
    assert "Delade" in writer.page("exempel/delade-platser/index.html")


@pytest.mark.parametrize(("file", "broken"), [("schema/example.yml", "a: ["), ("mkdocs.yml", "site_name: [")])
def test_what_is_saved_while_the_ground_is_broken_is_not_lost(file: str, broken: str, writer: Writer) -> None:
    whole = (writer.bank / file).read_text("utf-8")
    written(writer.bank / file, broken)
    writer.turn()
    assert file in writer.report
    replace(writer.bank / EXAMPLE, "title: ", "title: Nya ")
    writer.turn()
    assert file in writer.report
    written(writer.bank / file, whole)
    writer.turn()
    assert writer.report == ""
    assert "Nya Delade" in writer.page("exempel/delade-platser/index.html")


# The engine


def engine_is_done(writer: Writer) -> None:
    """Waits for the site engine, as long as a test may take."""
    process = writer.preview.framing._rendering
    assert process is not None
    process._process.wait(timeout=60)


def test_a_page_of_docs_is_made_anew_in_the_background(bank: Path) -> None:
    """Records that are saved meanwhile are shown at once; the fault of the engine is told and mended."""
    writer = Writer(bank, Framing(bank, "mkdocs"))
    shown = writer.preview.shown
    replace(bank / "docs/index.md", "---\n\n", "---\n\nEn helt ny mening. ")
    writer.turn()
    assert writer.preview.framing.busy
    assert writer.preview.shown is shown
    replace(bank / EXAMPLE, "title: ", "title: Nya ")
    writer.turn()
    assert "Nya Delade" in writer.page("exempel/delade-platser/index.html")
    assert "En helt ny mening" not in writer.page("index.html")
    engine_is_done(writer)
    writer.turn()
    assert "En helt ny mening" in writer.page("index.html")

    replace(bank / "mkdocs.yml", "  - attr_list", "  - finnsinte")
    writer.turn()
    replace(bank / EXAMPLE, "title: Nya ", "title: Nyare ")
    writer.turn()  # while it is not known whether the new settings are good
    engine_is_done(writer)
    for _ in range(2):  # it stays told
        writer.turn()
        assert "finnsinte" in writer.report
    assert "En helt ny mening" in writer.page("index.html")
    replace(bank / "mkdocs.yml", "  - finnsinte", "  - attr_list")
    writer.turn()
    engine_is_done(writer)
    writer.turn()
    assert writer.report == ""
    assert "Nyare Delade" in writer.page("exempel/delade-platser/index.html")


def test_of_several_wishes_the_last_counts(bank: Path) -> None:
    framing = Framing(bank, "mkdocs")
    framing.begin()
    first = framing._rendering
    assert first is not None
    replace(bank / "docs/index.md", "---\n\n", "---\n\nEn helt ny mening. ")
    framing.begin()
    assert not first.place.exists()
    assert "En helt ny mening" in "".join(framing.frames().frames["index.html"].parts)
    assert not framing.busy


def test_the_whole_preview_is_the_whole_release(bank: Path, tmp_path: Path) -> None:
    """With the search, whose index is made when somebody searches; and nothing is written to the source."""
    replace(bank / "mkdocs.yml", "    contact: redaktionen", "    contact: redaktionen\n    search: true")
    (bank / "docs/sok").mkdir()
    written(bank / "docs/sok/index.md", "---\ntitle: Sök\ndescription: Sök.\n---\n\n<!-- slot:search -->\n")
    before = tree(bank)
    writer = Writer(bank, Framing(bank, "mkdocs"))
    edit(bank, 1)
    writer.turn()
    pages = writer.preview.shown.pages
    assert pages is not None
    assert tree(bank).keys() == before.keys()
    released = tree(build(bank, tmp_path / "site"))
    assert "sok/val.json" in released
    assert {path: pages.content(path) for path in released} == released
    assert pages.content("sok/pagefind/finns-inte") is None


# The files that lie there


@pytest.mark.parametrize(
    "name",
    [
        ".karp.md.swp",
        "karp.md~",
        "#karp.md#",
        ".#karp.md",
        "4913",
        "karp.md.tmp",
        "~$karp.md",
        "k.md___jb_tmp___",
    ],
)
def test_what_editors_leave_for_a_moment_is_no_save(name: str, bank: Path) -> None:
    before = look(bank, {"examples"})
    (bank / "examples" / name).write_text("x", "utf-8")
    assert changed(before, look(bank, {"examples"})) == set()


def test_what_lies_beside_the_site_is_not_looked_at(bank: Path) -> None:
    before = look(bank, {"examples"})
    for name in ("site", ".git", "node_modules"):
        (bank / name).mkdir()
        (bank / name / "x.md").write_text("x", "utf-8")
    (bank / "docs/index.md").unlink()
    after = look(bank, {"examples"})
    assert changed(before, after) == set()
    assert after.folders == {"", "examples"}


def test_a_link_is_not_followed(bank: Path, tmp_path: Path) -> None:
    (tmp_path / "borta").mkdir()
    (bank / "docs/lank").symlink_to(tmp_path / "borta")
    before = look(bank, {"docs"})
    assert "docs/lank" not in before.folders
    (tmp_path / "borta" / "x.md").write_text("x", "utf-8")
    assert changed(before, look(bank, {"docs"})) == set()


@pytest.fixture
def told(bank: Path) -> Iterator[Callable[[], frozenset[str]]]:
    """What is saved in the bank, by the real watcher: the next that is anything, or nothing after a while."""
    following = saves(bank, lambda: {"examples", "docs", "goals"})
    assert next(following) == set()

    def next_told() -> frozenset[str]:
        return next((saved for _, saved in zip(range(50), following, strict=False) if saved), frozenset())

    yield next_told
    following.close()


def test_saves_are_told(bank: Path, told: Callable[[], frozenset[str]]) -> None:
    written(bank / EXAMPLE, "x")  # before the watch has begun
    assert told() == {EXAMPLE}
    written(bank / EXAMPLE, "y")
    (bank / OTHER).rename(bank / "examples/annan.md")
    assert told() == {EXAMPLE, OTHER, "examples/annan.md"}
    written(bank / "mkdocs.yml", "x")
    assert told() == {"mkdocs.yml"}
    (bank / "docs/ny").mkdir()
    assert told() == {"docs/ny"}
    written(bank / "docs/ny/index.md", "x")
    assert told() == {"docs/ny/index.md"}
    (bank / "goals").mkdir()
    assert told() == {"goals"}
    written(bank / "goals/x.md", "x")
    assert told() == {"goals/x.md"}
    shutil.rmtree(bank / "goals")
    assert told() == {"goals", "goals/x.md"}
    (bank / "goals").mkdir()
    written(bank / "goals/x.md", "x")
    assert "goals" in told()
    written(bank / "goals/y.md", "y")
    assert "goals/y.md" in told()


def test_a_source_that_goes_ends_it(bank: Path, told: Callable[[], frozenset[str]]) -> None:
    shutil.rmtree(bank)
    with pytest.raises(FileNotFoundError):
        [told() for _ in range(3)]


# One version of the site


def test_files_that_are_made_together_are_made_once_and_again_after_a_failure() -> None:
    made: list[str] = []

    def together() -> Iterator[Maker]:
        made.append("x")
        if len(made) == 1:
            raise OSError
        yield Maker("sok/a", partial(Made, b"a"))

    pages = Pages([], Late("sok", together), "/")
    with pytest.raises(OSError):  # noqa: PT011  # the one raised above
        pages.content("sok/a")
    assert (pages.content("sok/a"), pages.content("sok/b"), pages.content("so")) == (b"a", None, None)
    assert made == ["x", "x"]


def test_the_day_of_the_preview_is_that_of_a_build() -> None:
    assert settings.today_from(TODAY) == date(2026, 11, 23)
