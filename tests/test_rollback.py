"""Releases as objects: listed, verified, gone back to, and safe from builds, people and power cuts."""

import errno
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sites_support import FAULTY_CONTENT, FINE, MACHINE_FAILED, WRONG_USE, build, replace, tree
from support import TODAY, compose

from kunskapsbank import cli
from kunskapsbank.publishing import assembly, daily, disk, ledger, placing, release
from kunskapsbank.publishing.store import ReleaseStore
from kunskapsbank.store import SETTING


class Bank:
    """A small bank with its site and a cache of its own."""

    def __init__(self, place: Path) -> None:
        self.place, self.source, self.site = place, place / "bank", place / "site"
        self.store = ReleaseStore(self.site)
        self.environment = {**TODAY, SETTING: str(place / "cache")}
        self.number = 0

    def build(self, *options: str, expect: int = FINE) -> str:
        build(self.source, self.site, *options, environment=self.environment, expect=expect)
        return self.store.current()

    def edit(self) -> None:
        self.number += 1
        record = self.source / "examples" / "delade-platser.md"
        text = re.sub(r"(?m)^title: .*$", f"title: Delade platser {self.number}", record.read_text("utf-8"))
        record.write_text(text, "utf-8")

    def command(self, *words: str, expect: int = FINE) -> None:
        place = ("--source", str(self.source), "--output", str(self.site))
        assert cli.main([*words, *place], self.environment) == expect


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """With three releases, and a copy of them beside it."""
    bank = Bank(tmp_path_factory.mktemp("built") / "place")
    bank.place.mkdir()
    compose(bank.source)
    for _ in range(3):
        bank.edit()
        bank.build()
    shutil.copytree(bank.place, bank.place.with_name("copy"), symlinks=True)
    return bank


@pytest.fixture
def bank(built: Bank, tmp_path: Path) -> Bank:
    """Return the bank with the same three releases for each test, at the same place, so that the engine's work is in
    the cache. What the test before has left is put aside: a disk that has just deleted many files is slow to make
    new ones."""
    used = tmp_path / "used"
    built.place.rename(used)
    copy = built.place.with_name("copy")
    shutil.copytree(copy, built.place, symlinks=True, ignore=shutil.ignore_patterns("cache"))
    (used / "cache").rename(built.place / "cache")
    built.number = 3
    built.build()  # which learns how the files of the copy lie
    return built


def altered(path: Path, old: bytes, new: bytes) -> None:
    """Changes a file in place; its size and times are set to what they were."""
    before = path.stat()
    content = path.read_bytes()
    assert len(old) == len(new)
    assert old in content
    path.write_bytes(content.replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


# The commands


def test_releases_are_listed_latest_first(bank: Bank, capsys: pytest.CaptureFixture[str]) -> None:
    bank.command("releases")
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said[1:-1]] == bank.store.ids()
    assert [line.endswith("visas nu") for line in said[1:-1]] == [True, False, False]
    assert "rollback" in said[-1]


def test_where_nothing_was_built_there_is_nothing_to_list_verify_or_go_back_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = Bank(tmp_path)
    compose(empty.source)
    empty.command("releases")
    assert "build" in capsys.readouterr().out
    empty.command("verify", expect=WRONG_USE)
    empty.command("rollback", expect=WRONG_USE)
    assert "är inte byggd" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bank"]


def test_rollback_shows_the_release_before_and_pins_it(
    bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    latest, before = bank.store.ids()[:2]
    expected = tree(bank.store.tree(before))
    bank.command("rollback")
    assert f"Version {before} visas nu" in capsys.readouterr().out
    assert bank.store.current() == bank.store.pinned() == before
    assert tree(bank.site) == expected
    bank.edit()
    for options in ((), ("--fresh",)):
        assert bank.build(*options) == before
        assert f"Version {before} ligger fast" in capsys.readouterr().out
    assert tree(bank.site) == expected
    bank.command("releases")
    assert "visas nu, ligger fast" in capsys.readouterr().out
    bank.command("rollback", "--unpin")
    assert bank.store.current() == before, "the site changes with the next build, and not before"
    assert bank.build() not in (before, latest)
    assert latest in bank.store.ids()


def test_a_pinned_release_is_kept_however_many_come_after_it(bank: Bank) -> None:
    """Somebody may pin the oldest one, release it and go on."""
    oldest = bank.store.ids()[-1]
    bank.command("rollback", oldest[:6])
    assert bank.store.pinned() == bank.store.current() == oldest


def test_errors_are_told_of_while_a_release_is_pinned(bank: Bank, capsys: pytest.CaptureFixture[str]) -> None:
    bank.command("rollback")
    replace(bank.source / "examples" / "delade-platser.md", "status: running", "status: springer")
    bank.build(expect=FAULTY_CONTENT)
    assert "unknown-term" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("zzz",), ("",), ("0", "--unpin")])
def test_a_release_that_is_not_named_well_changes_nothing(words: tuple[str, ...], bank: Bank) -> None:
    before = bank.store.current()
    if words == ("",):
        bank.command("rollback", "")  # as good as none: the one before
        assert bank.store.current() == bank.store.pinned() != before
        return
    bank.command("rollback", *words, expect=WRONG_USE)
    assert (bank.store.current(), bank.store.pinned()) == (before, "")


def test_a_release_that_was_altered_is_not_gone_back_to(
    bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    current, before = bank.store.ids()[:2]
    altered(bank.store.tree(before) / "nyheter" / "index.html", b"Nyheter", b"HACKADE")
    bank.command("rollback", expect=WRONG_USE)
    said = capsys.readouterr().err
    assert "nyheter/index.html: innehållet är ändrat" in said
    assert (bank.store.current(), bank.store.pinned()) == (current, "")


def _unreadable(site: Path) -> None:
    (site / "404.html").chmod(0o600)


def _closed(site: Path) -> None:
    (site / "exempel").chmod(0o700)


def _link(site: Path) -> None:
    content = (site / "robots.txt").read_bytes()
    copy = site.resolve().parents[1] / "kopia.txt"  # not in the release, whose time would tell
    (site / "robots.txt").rename(copy)
    (site / "robots.txt").symlink_to(copy)
    assert (site / "robots.txt").read_bytes() == content


def _folder(site: Path) -> None:
    (site / "licenses.txt").unlink()
    (site / "licenses.txt").mkdir()
    (site / "licenses.txt" / "fil").write_text("Här.", "utf-8")


TAMPERING: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (
        lambda s: altered(s / "nyheter" / "index.html", b"Nyheter", b"HACKADE"),
        "innehållet är ändrat",
    ),
    "longer": (lambda s: (s / "sitemap.xml").write_text("Nej.", "utf-8"), "innehållet är ändrat"),
    "missing": (lambda s: (s / "feed.xml").unlink(), "saknas"),
    "folder missing": (lambda s: shutil.rmtree(s / "metoder"), "saknas"),
    "extra": (
        lambda s: (s / "logga-in.html").write_text("<h1>Logga in</h1>", "utf-8"),
        "hör inte till versionen",
    ),
    "extra folder": (lambda s: (s / "nytt" / "djupt").mkdir(parents=True), "hör inte till versionen"),
    "extra link": (lambda s: (s / "ut").symlink_to("/"), "hör inte till versionen"),
    "link": (_link, "är inte en vanlig fil"),
    "folder for a file": (_folder, "är inte en vanlig fil"),
    "unreadable": (_unreadable, "går inte att läsa för alla"),
    "closed folder": (_closed, "går inte att läsa för alla"),
}
"""What others may do to a release, each at a place of its own, and what `verify` says of it."""

MANIFESTS: dict[str, Callable[[Path], object]] = {
    "gone": lambda s: (s.resolve().parent / "manifest.json").unlink(),
    "changed": lambda s: (s.resolve().parent / "manifest.json").write_bytes(b"{}"),
}


def tamper(site: Path) -> None:
    """Do all of it to one release."""
    for alter, _ in TAMPERING.values():
        alter(site)


@pytest.mark.parametrize("kind", TAMPERING)
def test_verify_finds_what_others_have_altered(
    kind: str, bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    bank.command("verify")
    assert "är hel" in capsys.readouterr().out
    alter, words = TAMPERING[kind]
    alter(bank.site)
    bank.command("verify", expect=FAULTY_CONTENT)
    assert words in capsys.readouterr().out


def test_verify_finds_everything_that_others_have_altered(
    bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(bank.site)
    bank.command("verify", expect=FAULTY_CONTENT)
    said = capsys.readouterr().out
    assert [words for _, words in TAMPERING.values() if words not in said] == []
    assert said.count("\n") > len(TAMPERING)


def test_a_build_puts_right_what_others_have_altered(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a day, which has passed here: the content is the same, so the release that is up is put right."""
    expected, current = tree(bank.site), bank.store.current()
    tamper(bank.site)
    monkeypatch.setattr(daily, "DAY_NS", 0)
    assert bank.build() == current
    assert tree(bank.site) == expected
    bank.command("verify")


@pytest.mark.parametrize("kind", MANIFESTS)
def test_a_manifest_that_others_have_altered_is_found_and_put_right(
    kind: str, bank: Bank, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, current = tree(bank.site), bank.store.current()
    MANIFESTS[kind](bank.site)
    bank.command("verify", expect=FAULTY_CONTENT)
    assert "Manifestet" in capsys.readouterr().out
    monkeypatch.setattr(daily, "DAY_NS", 0)
    assert bank.build() == current
    assert tree(bank.site) == expected
    bank.command("verify")


def test_a_build_from_nothing_puts_right_what_others_have_altered(bank: Bank) -> None:
    expected = tree(bank.site)
    tamper(bank.site)
    bank.build("--fresh")
    assert tree(bank.site) == expected
    bank.command("verify")


@pytest.mark.parametrize("which", ["all", *TAMPERING])
def test_what_others_have_altered_gets_into_no_new_release(which: str, bank: Bank) -> None:
    """Alter the release that is up and the tree that the next one begins with, on the same day. Each change is made by
    itself too, since one may give another away."""
    bank.edit()
    bank.build()
    (spare,) = bank.store.spares()
    for site in (bank.site, bank.store.tree(spare)):
        if which == "all":
            tamper(site)
        else:
            TAMPERING[which][0](site)
    bank.edit()
    current = bank.build()
    assert not bank.store.release(spare).exists(), "it was what the new one began with"
    bank.command("verify", current)


def test_a_disk_that_forgets_is_seen_within_a_day(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of how a file lies tells of it, in the release that is up or in the one that the next begins with."""
    bank.edit()
    bank.build()
    (spare,) = bank.store.spares()
    for site in (bank.site, bank.store.tree(spare)):
        altered(site / "nyheter" / "index.html", b"Nyheter", b"HACKADE")
    as_written = ledger.is_as_written

    def unchanged(about: os.stat_result, line: Any, _: int) -> bool:
        return bool(as_written(about, line, about.st_ctime_ns))

    monkeypatch.setattr("kunskapsbank.publishing.ledger.is_as_written", unchanged)
    monkeypatch.setattr("kunskapsbank.publishing.assembly.is_as_written", unchanged)
    monkeypatch.setattr(daily, "DAY_NS", 0)
    bank.edit()
    bank.build()
    bank.command("verify")


# What keeps them safe


def test_no_two_releases_share_a_file(bank: Bank) -> None:
    for _ in range(3):
        bank.edit()
        bank.build()
    found = [path.stat() for path in bank.store.folder.rglob("*") if path.is_file()]
    assert len(found) > 500
    assert {about.st_nlink for about in found} == {1}


def test_builds_that_fail_leave_the_ways_back_alone(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        bank.edit()
        bank.build()
    back = {one: tree(bank.store.tree(one)) for one in bank.store.back()}
    assert len(back) == 2
    move = assembly.move_all

    def failing(*arguments: Any) -> NoReturn:
        move(*arguments)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(release, "move_all", failing)
    for _ in range(3):
        bank.edit()
        bank.build(expect=MACHINE_FAILED)
    assert {one: tree(bank.store.tree(one)) for one in bank.store.back()} == back
    for one in (bank.store.current(), *back):
        bank.command("verify", one)


def test_what_was_written_is_flushed_before_readers_see_it(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole draft, then the names of the releases, then the link, then the name of that."""
    steps: list[tuple[str, str]] = []
    replace_: Callable[..., None] = os.replace

    def switched(old: Any, new: Any) -> None:
        replace_(old, new)
        steps.extend([("switched", Path(new).name)] if Path(new) == bank.site else ())

    monkeypatch.setattr(release, "flush", lambda folder: steps.append(("flushed", folder.name)))
    for module in (release, placing):
        monkeypatch.setattr(module, "flush_folder", lambda folder: steps.append(("names", folder.name)))
    monkeypatch.setattr("os.replace", switched)
    bank.edit()
    bank.build()
    draft = f".new-{os.getpid()}"
    assert steps == [
        ("flushed", draft),
        ("names", ".site.releases"),
        ("switched", "site"),
        ("names", bank.place.name),
    ]


@pytest.mark.parametrize("system", ["with syncfs", "without"])
def test_flushing_takes_any_folder(system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_SYNCFS", disk._syncfs() if system == "with syncfs" else None)
    (tmp_path / "mapp").mkdir()
    (tmp_path / "mapp" / "fil").write_text("Text.", "utf-8")
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    disk.flush(tmp_path)
    assert len(flushed) == (0 if system == "with syncfs" else 3), "two folders and a file"
    assert tree(tmp_path) == {"mapp/fil": b"Text."}


def test_a_disk_that_fails_while_it_is_flushed_leaves_the_site_as_it_was(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_SYNCFS", lambda _: -1)
    before, link = tree(bank.site), bank.site.readlink()
    bank.edit()
    bank.build(expect=MACHINE_FAILED)
    assert (tree(bank.site), bank.site.readlink()) == (before, link)


@pytest.fixture
def closed_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("closed_umask")
def test_everybody_can_read_the_site_whatever_the_umask(bank: Bank) -> None:
    def modes() -> set[str]:
        found = [bank.store.folder, *bank.site.resolve().rglob("*"), *bank.site.resolve().parents[:2]]
        return {
            f"{'folder' if path.is_dir() else 'file'} {stat.S_IMODE(path.stat().st_mode):o}" for path in found
        }

    for options in ((), (), ("--fresh",)):
        bank.edit()
        bank.build(*options)
        assert modes() == {"folder 755", "file 644"}
    shutil.rmtree(bank.store.folder)
    bank.site.unlink()
    bank.build()
    assert modes() == {"folder 755", "file 644"}


def test_a_copy_has_its_own_time_and_content_on_disks_with_and_without_clones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100_000)

    def refused(*_: Any) -> NoReturn:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    for name in ("b", "c"):
        disk.copy_file(str(tmp_path / "a"), str(tmp_path / name), 1_000_000_000_000_000_000)
        assert (tmp_path / name).read_bytes() == b"x" * 100_000
        assert (tmp_path / name).stat().st_mtime == 1_000_000_000
        monkeypatch.setattr(os, "copy_file_range", refused, raising=False)


# An output that can't be


@pytest.mark.parametrize("place", ["examples/site", "docs/site", "schema/site", "overrides/site", "news"])
def test_an_output_in_a_folder_that_the_site_is_made_from_is_refused(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = compose(tmp_path / "bank")
    if place == "news":
        shutil.rmtree(source / "news", ignore_errors=True)
    before = tree(source)
    build(source, source / place, expect=WRONG_USE)
    assert "byggs av" in capsys.readouterr().err
    assert tree(source) == before


def test_a_missing_folder_of_the_output_is_told_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(compose(tmp_path / "bank"), tmp_path / "ingen" / "site", expect=WRONG_USE)
    said = capsys.readouterr().err
    assert "finns inte. Skapa den" in said
    assert "Kontrollerar" not in said
