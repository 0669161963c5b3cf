"""A build that takes over what stands gives the same bytes as one from nothing, whatever has changed and how."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sites_support import FAULTY_CONTENT, FINE, own_day, replace, tree
from support import REPOSITORY, TODAY, compose

from kunskapsbank import cli
from kunskapsbank.checks import kept
from kunskapsbank.checks.run import CODES, file_digest
from kunskapsbank.earlier import Earlier, files
from kunskapsbank.output import Maker
from kunskapsbank.pages import kept as kept_frames
from kunskapsbank.parallel import in_parts
from kunskapsbank.problems.problem import Problem
from kunskapsbank.publishing import ledger
from kunskapsbank.publishing.manifest import Entry
from kunskapsbank.reading.files import read_data
from kunskapsbank.store import SETTING, store_of

PAGES: Final = {
    "docs/uppfoljning/index.md": "# Uppföljning\n\n<!-- slot:followup -->\n",
    "docs/ramar/followup.md": '---\ntitle: "@@title@@"\ndescription: "@@description@@"\n---\n<!-- slot:body -->\n',
    "docs/overblick/index.md": "# Överblick\n\n<!-- slot:picture-matrix -->\n\n<!-- slot:picture-timeline -->\n",
}
"""What the base site lacks of what is made from records."""

GOAL: Final = """---
title: Fler lär känna metoderna
summary: Fler myndigheter i länet ska känna till metoderna.
owner: county
date: unknown
counties: [skane]
baseline:
  state: missing
actions: [seminarium-om-snackmodellen, enkat-om-diskriminering]
sources:
  - document: delredovisning-2007
    section: 1.1
reviewed: 2026-11-23
review_every: 24
contact: redaktionen
editorial: [linked]
not_documented: [need, starting_point]
---

## Det som ska nås

Metoderna ska vara kända i länet.

## Varför åtgärderna hör hit

Det är vår tolkning.
"""
FINDINGS: Final = """title: Rekrytering
summary: Vad rapporten säger om rekrytering.
document: delredovisning-2007
findings:
  - id: enkaten-gav-svar
    theme: rekrytering
    kind: result
    text: Enkäten gav svar.
    section: 8.3.3
    counties: [skane]
    led_to: [enkat-om-diskriminering]
reviewed: 2026-11-23
review_every: 24
contact: redaktionen
"""

WALKS: Final = int(os.environ.get("KUNSKAPSBANK_WALKS", "2"))
"""Each takes some ten seconds; ask for more after a change in what keys are made of."""

WORDS: Final = ["samtal", "enkäten", "möten i länet", "ökad service", "<b>", "två & tre"]


def bank(place: Path) -> Path:
    """A small site with every kind of output, but for the search."""
    compose(place)
    for name, text in {**PAGES, "goals/kanda-metoder.md": GOAL, "findings/rekrytering.yml": FINDINGS}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, "utf-8")
    settings_of(place, api=True, embed=True, alike=0)
    return place


def settings_of(source: Path, **changes: object) -> None:
    path = source / "mkdocs.yml"
    config = yaml.safe_load(path.read_text("utf-8"))
    config["extra"]["kunskapsbank"] |= changes
    path.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")


class Twins:
    """A source that is built over and over into one output, and each time from nothing into another."""

    def __init__(self, place: Path, source: Path) -> None:
        self.source, self.output, self.cache = source, place / "site", place / "cache"
        self._place, self._number = place, 0
        self.made = 0
        """How many files the last build made."""
        self.today = dict(TODAY)

    def build(self, output: Path, cache: str, *options: str) -> int:
        command = ["build", "--source", str(self.source), "--output", str(output), *options]
        return cli.main(command, {**self.today, SETTING: cache})

    def agree(self, *options: str) -> int:
        """Builds both and compares them. Gives the exit code."""
        self._number += 1
        before = tree(self.output) if self.output.exists() else {}
        fresh = self._place / f"fresh-{self._number}"
        expected = self.build(fresh, "")
        self.made = 0
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kunskapsbank.publishing.writing.in_parts", self._counted)
            patch.setattr(files, "SETTLED", 0)  # nothing is written while a build reads
            assert self.build(self.output, str(self.cache), *options) == expected
        if expected == FINE:
            assert tree(self.output) == tree(fresh)
            assert self.output.readlink().parts[1] == fresh.readlink().parts[1], "another manifest"
            assert tree(self._place / ".site.releases" / self.output.readlink().parts[1]) == tree(
                self._place / f".{fresh.name}.releases" / fresh.readlink().parts[1]
            )
        else:
            assert tree(self.output) == before
        for path in (fresh, self._place / f".{fresh.name}.releases"):
            path.unlink() if path.is_symlink() else shutil.rmtree(path, ignore_errors=True)
        return expected

    def _counted(self, makers: Sequence[Maker], cores: int) -> list[Sequence[Maker]]:
        self.made = len(makers)
        return in_parts(makers, cores)

    def records(self, *folders: str) -> list[Path]:
        return sorted(path for name in folders for path in (self.source / name).iterdir())


def some(paths: Sequence[Path], number: int) -> Path:
    return paths[number % len(paths)]


def set_field(path: Path, key: str, value: object) -> None:
    """At the end of the front matter, in the place of what was said; a field that is set is no longer unknown."""
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    front = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", front, flags=re.MULTILINE)
    unknown = re.search(r"^not_documented: \[(.*)\]\n", front, re.MULTILINE)
    if unknown:
        others = [name for name in unknown[1].split(", ") if name != key]
        front = front.replace(unknown[0], f"not_documented: [{', '.join(others)}]\n" if others else "")
    path.write_text(f"---\n{front}{key}: {json.dumps(value, ensure_ascii=False)}\n---\n{body}", "utf-8")


class Changes(RuleBasedStateMachine):
    """Some changes, then both builds, and so on."""

    numbers = st.integers(0, 50)
    words = st.sampled_from(WORDS)

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory(prefix="kunskapsbank-prov-")
        place = Path(self.folder.name)
        self.twins = Twins(place, bank(place / "bank"))
        self.made = 0
        assert self.settle() == FINE

    def settle(self) -> int:
        """Builds and compares. What is refused is taken back, so that what comes after is not refused too."""
        good = Path(self.folder.name, "good")
        found = self.twins.agree()
        old, new = (good, self.twins.source) if found == FAULTY_CONTENT else (self.twins.source, good)
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(old, new)
        return found

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def written(self) -> list[Path]:
        return self.twins.records("examples", "activities", "news", "goals")

    @rule(number=numbers, word=words)
    def body(self, number: int, word: str) -> None:
        with some(self.written(), number).open("a", encoding="utf-8") as file:
            file.write(f"\nOch {word}.\n")

    @rule(number=numbers, key=st.sampled_from(["title", "summary"]), word=words)
    def said(self, number: int, key: str, word: str) -> None:
        self.made += 1
        set_field(some(self.written(), number), key, f"Det här handlar om {word}, nummer {self.made}.")

    @rule(number=numbers, counties=st.sets(st.sampled_from(["skane", "dalarna", "ostergotland"]), min_size=1))
    def counties(self, number: int, counties: set[str]) -> None:
        set_field(some(self.twins.records("examples", "activities"), number), "counties", sorted(counties))

    @rule(number=numbers, area=st.sampled_from(["rekrytering", "process", "medborgarperspektiv"]))
    def area(self, number: int, area: str) -> None:
        set_field(some(self.twins.records("examples"), number), "focus_areas", [area])

    @rule(number=numbers)
    def added(self, number: int) -> None:
        self.made += 1
        new = self.twins.source / "examples" / f"nytt-exempel-{self.made}.md"
        shutil.copy(some(self.twins.records("examples"), number), new)
        set_field(new, "title", f"Nytt exempel {self.made}")

    @rule(number=numbers, keeps_its_name=st.booleans())
    def renamed(self, number: int, keeps_its_name: bool) -> None:
        """Where others link to its file, or name it and it has no alias, the content is refused."""
        self.made += 1
        old = some(self.twins.records("examples"), number)
        new = old.with_name(f"omdopt-{self.made}.md")
        old.rename(new)
        if keeps_its_name:
            set_field(new, "aliases", [old.stem])
        self.settle()

    @rule(number=numbers)
    def removed(self, number: int) -> None:
        some(self.written(), number).unlink()
        self.settle()

    @rule(number=numbers)
    def withdrawn(self, number: int) -> None:
        path = some(self.twins.records("examples"), number)
        set_field(path, "withdrawn", {"date": "2026-11-20", "reason": "Den var fel."})
        self.settle()

    @rule(
        what=st.sampled_from(["term", "setting", "docs", "frame", "theme", "day"]), number=st.integers(0, 3)
    )
    def everything(self, what: str, number: int) -> None:
        """What every page is made from. One rule for all, since after it nothing stands."""
        source = self.twins.source
        written = {"docs": "docs/index.md", "frame": "docs/ramar/example.md", "theme": "overrides/main.html"}
        if what == "term":
            path = source / "schema" / "vocabularies" / "focus_areas.yml"
            text = path.read_text("utf-8")
            path.write_text(text.replace("sv: ", f"sv: {WORDS[number]} ", 1), "utf-8")
        elif what == "setting":
            settings_of(source, page_size=number + 1, feed_size=number + 1, alike=number, embed=number != 1)
        elif what == "day":
            self.twins.today["SOURCE_DATE_EPOCH"] = str(
                int(TODAY["SOURCE_DATE_EPOCH"]) + number * 300 * 86_400
            )
        else:
            with (source / written[what]).open("a", encoding="utf-8") as file:
                file.write("\n<!-- skrivet till -->\n")

    @rule(number=st.integers(0, 5000), gone=st.booleans())
    def spoilt(self, number: int, gone: bool) -> None:
        """Somebody has been at the release that is up."""
        path = some(sorted(p for p in self.twins.output.rglob("*") if p.is_file()), number)
        path.unlink()
        if not gone:
            path.write_bytes(b"spoilt")

    @rule(number=numbers, cut=st.booleans())
    def damaged(self, number: int, cut: bool) -> None:
        """The store is damaged, or a write to it was cut off."""
        path = some(sorted(p for p in self.twins.cache.rglob("*") if p.is_file()), number)
        data = path.read_bytes()
        middle = len(data) // 2
        path.write_bytes(data[:middle] if cut else data[:middle] + b"\xff" + data[middle + 1 :])

    @rule()
    def built(self) -> None:
        self.settle()


def test_whatever_changes_the_bytes_are_those_of_a_build_from_nothing() -> None:
    run_state_machine_as_test(
        Changes,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.reuse, Phase.generate],  # to find a shorter walk takes minutes
        ),
    )


# Not a walk but a way: with the search in several parts, on the repository's own site


def test_the_own_site_with_its_search_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kunskapsbank.library.shares.LARGEST", 40)
    for name in (
        "docs",
        "overrides",
        "schema",
        "examples",
        "methods",
        "activities",
        "news",
        "goals",
        "findings",
    ):
        shutil.copytree(REPOSITORY / name, tmp_path / "bank" / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path / "bank")
    twins = Twins(tmp_path, tmp_path / "bank")
    twins.today = dict(own_day())
    assert twins.agree() == FINE
    assert len(list((twins.output / "sok" / "pagefind").glob("del-*"))) > 1
    example, method = some(twins.records("examples"), 5), twins.source / "methods" / "cafemodellen.md"
    with example.open("a", encoding="utf-8") as file:
        file.write("\nOch jämställdhetsarbete.\n")
    assert twins.agree() == FINE
    assert twins.made < 60, "an edit makes few files again"
    set_field(method, "title", "Cafémodellen, med ett nytt namn")
    (tmp_path / "bank" / "findings" / "ekonomi.yml").unlink()
    assert twins.agree() == FINE


# What each promise rests on


@pytest.fixture
def twins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Twins:
    monkeypatch.setattr(files, "SETTLED", 0)  # nothing is written while a build reads
    made = Twins(tmp_path, compose(tmp_path / "bank"))
    assert made.build(made.output, str(made.cache)) == FINE
    return made


def test_nothing_changed_and_nothing_is_written(twins: Twins, capsys: pytest.CaptureFixture[str]) -> None:
    before = marks(twins.output.parent)
    assert twins.build(twins.output, str(twins.cache)) == FINE
    assert marks(twins.output.parent) == before
    told = capsys.readouterr()
    assert "Inget hade ändrats." in told.out
    assert "Kontrollerar" not in told.err


def marks(place: Path) -> dict[str, int]:
    """When each file and folder was written, but for those of the twin that is always fresh."""
    return {str(p): p.lstat().st_mtime_ns for p in place.rglob("*") if "fresh" not in str(p)}


def test_fresh_makes_everything_again(twins: Twins, capsys: pytest.CaptureFixture[str]) -> None:
    assert twins.agree() == FINE
    assert twins.made == 0
    assert twins.agree("--fresh") == FINE
    assert twins.made > 300
    assert "Inget hade ändrats." in capsys.readouterr().out


def test_what_is_warned_of_is_said_every_time(twins: Twins, capsys: pytest.CaptureFixture[str]) -> None:
    replace(twins.source / "examples" / "delade-platser.md", "reviewed: 2026-11-23", "reviewed: 2020-11-23")
    for _ in range(2):
        capsys.readouterr()
        assert twins.build(twins.output, str(twins.cache)) == FINE
        assert "[overdue-review]" in capsys.readouterr().err


def test_a_check_after_a_check_says_the_same(twins: Twins, capsys: pytest.CaptureFixture[str]) -> None:
    replace(twins.source / "examples" / "delade-platser.md", "status: running", "status: runing")
    said = []
    for cache in ("", str(twins.cache), str(twins.cache), str(twins.cache)):
        capsys.readouterr()
        command = ["check", "--source", str(twins.source), "--format", "json"]
        assert cli.main(command, {**TODAY, SETTING: cache}) == FAULTY_CONTENT
        said.append(capsys.readouterr().out)
    assert len(set(said)) == 1
    assert "unknown-term" in said[0]


def test_a_store_that_cant_be_written_hinders_nobody(twins: Twins) -> None:
    shutil.rmtree(twins.cache)
    twins.cache.write_text("a file where the folder should be", "utf-8")
    assert twins.agree() == FINE


def digests_of(earlier: Earlier, paths: Sequence[str]) -> Mapping[str, str]:
    return files.digests_of(earlier, paths, files.left_by(earlier) or {})


def reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of files that are read from now on, to know their digests."""
    read: list[str] = []

    def noted(source: Path, path: str) -> tuple[bytes | None, list[Problem]]:
        read.append(path)
        return read_data(source, path)

    monkeypatch.setattr(files, "read_data", noted)
    return read


def test_a_file_that_lies_as_it_did_is_not_read_again_and_any_other_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "bank" / "a.md"
    place.parent.mkdir()
    place.write_text("Ett ord", "utf-8")
    os.utime(place, (1_000_000_000, 1_000_000_000))
    earlier = Earlier(store_of(tmp_path / "bank", {SETTING: str(tmp_path / "cache")}))
    read = reading(monkeypatch)
    first = digests_of(earlier, ["a.md"])
    assert digests_of(earlier, ["a.md"]) == first
    assert len(read) == 2, "what was written a moment ago is read again"
    monkeypatch.setattr(files, "SETTLED", 0)
    assert [digests_of(earlier, ["a.md"]) for _ in range(3)] == [first] * 3
    assert len(read) == 3
    place.write_text("Ett bud", "utf-8")
    os.utime(place, (1_000_000_000, 1_000_000_000))  # as some programs do; the size is the same too
    assert digests_of(earlier, ["a.md"]) != first
    place.unlink()
    assert digests_of(earlier, ["a.md"]) == {"a.md": ""}


def test_what_the_first_run_has_read_is_read_again_only_if_it_was_changed_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "bank"
    source.mkdir()
    for name in ("a.md", "b.md"):
        (source / name).write_text("Ett ord", "utf-8")
    earlier = Earlier(store_of(source, {SETTING: str(tmp_path / "cache")}))
    monkeypatch.setattr(files, "SETTLED", 0)
    assert files.left_by(earlier) is None
    lies = files.lies_of(earlier, ["a.md", "b.md"])
    digest = file_digest(b"Ett ord")
    (source / "b.md").write_text("Ett bud", "utf-8")
    files.leave_read(earlier, lies, {"a.md": digest, "b.md": digest})
    assert files.left_by(earlier)
    read = reading(monkeypatch)
    assert digests_of(earlier, ["a.md", "b.md"]) == {"a.md": digest, "b.md": file_digest(b"Ett bud")}
    assert read == ["b.md"]


def test_the_release_before_is_still_a_way_back(twins: Twins) -> None:
    """It shares no file with the one after it."""
    first = tree(twins.output)
    old = twins.output.resolve()
    replace(twins.source / "examples" / "delade-platser.md", "erbjöd de andra", "gav de andra")
    assert twins.agree() == FINE
    assert tree(twins.output) != first
    assert tree(old) == first


def test_a_release_that_is_refused_leaves_those_before_it_as_they_were(twins: Twins) -> None:
    replace(twins.source / "examples" / "delade-platser.md", "erbjöd de andra", "gav de andra")
    assert twins.agree() == FINE
    before = tree(twins.output.with_name(".site.releases"))
    address = yaml.safe_load((twins.source / "mkdocs.yml").read_text("utf-8"))["site_url"]
    with (twins.source / "docs" / "ramar" / "example.md").open("a", encoding="utf-8") as file:
        file.write(f'\n<a href="{address}borta/">Borta</a>\n')
    assert twins.agree() == FAULTY_CONTENT
    assert tree(twins.output.with_name(".site.releases")) == before


def test_what_is_made_again_and_comes_out_the_same_is_not_written_again(twins: Twins) -> None:
    times = {path: (twins.output / path).stat().st_mtime_ns for path in tree(twins.output)}
    settings_of(twins.source, feed_size=1)
    assert twins.agree() == FINE
    assert twins.made > 300
    written = {p for p in tree(twins.output) if (twins.output / p).stat().st_mtime_ns != times.get(p)}
    assert {path for path in written if path.endswith(".xml")}
    assert not {path for path in written if path.startswith("exempel/delade")}


def test_nothing_of_ours_lies_in_the_source(twins: Twins) -> None:
    """What somebody sends in can't pass for what we have checked."""
    assert sorted(path.name for path in twins.source.iterdir()) == sorted(
        path.name for path in compose(twins.source.parent / "again").iterdir()
    )


def test_content_of_a_release_is_what_was_written_or_none(tmp_path: Path) -> None:
    entry = Entry("a.txt", hashlib.sha256(b"som det var").hexdigest(), 11, ())
    left = ledger.Ledger("1", b"", 0, {"a.txt": ledger.Line(entry, b"", 0)}, frozenset(), {}, 0)
    assert left.content("a.txt", tmp_path) is None
    (tmp_path / "a.txt").write_bytes(b"som det var")
    (tmp_path / "b.txt").write_bytes(b"som det var")
    assert left.content("a.txt", tmp_path) == b"som det var"
    assert left.content("b.txt", tmp_path) is None, "no file of the release"
    (tmp_path / "a.txt").write_bytes(b"som det bli")
    assert left.content("a.txt", tmp_path) is None


@given(data=st.binary(max_size=300))
def test_no_data_is_taken_for_what_it_is_not(data: bytes) -> None:
    """Whatever lies in the store is decoded or refused, and runs nothing."""
    for decode in (partial(kept.decoded, code_of=CODES.get), ledger.decoded, kept_frames.decoded):
        with suppress(ValueError):
            decode(data)
