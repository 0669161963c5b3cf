"""Releases: whatever goes wrong the last good site stays up, and the step from one to the next is taken at once."""

import errno
import hashlib
import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sites_support import (
    FAULTY_CONTENT,
    FINE,
    MACHINE_FAILED,
    WRONG_USE,
    build,
    copy_of,
    fragments,
    framed_pages,
    own_day,
    pages,
    replace,
    tree,
    usable_pages,
)
from support import REPOSITORY, compose

from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.site import Site as Pages
from kunskapsbank.problems.problem import Rejected
from kunskapsbank.publishing import release, writing
from kunskapsbank.publishing.ledger import EMPTY, Basis
from kunskapsbank.publishing.verify import Site
from kunskapsbank.publishing.writing import Wanted

PLACE = Site("https://prov.example/", "/")


class Up:
    """A site that is up beside its bank, and everything that lies beside it."""

    def __init__(self, place: Path, built: Path) -> None:
        """`built` is a site with its bank beside it, which is copied: to build one takes longer than most tests."""
        self.place = place
        self.bank = place / "bank"
        self.site = copy_of(built, place / "ute" / "site")
        shutil.copytree(built.with_name("bank"), self.bank)
        self.before = self.everything()

    def everything(self) -> dict[str, bytes | str]:
        """All files beside the output with their content, and all links with their targets."""
        found: dict[str, bytes | str] = {}
        for path in sorted((self.place / "ute").rglob("*")):
            name = path.relative_to(self.place / "ute").as_posix()
            if path.is_symlink():
                found[name] = f"-> {path.readlink()}"
            else:
                found[name] = path.read_bytes() if path.is_file() else "a folder"
        return found

    def change(self) -> None:
        """Another text, so that a build has something to put in place."""
        replace(
            self.bank / "examples" / "delade-platser.md", "Samarbetet var i gång", "Samarbetet hade upphört"
        )

    def build(self, expect: int) -> None:
        build(self.bank, self.site, expect=expect)

    def is_untouched(self) -> bool:
        return self.everything() == self.before


@pytest.fixture
def up(tmp_path: Path, base_site: Path, capsys: pytest.CaptureFixture[str]) -> Up:
    made = Up(tmp_path, base_site)
    capsys.readouterr()
    return made


# Whatever goes wrong


def test_a_broken_record_leaves_the_site_as_it_was(up: Up, capsys: pytest.CaptureFixture[str]) -> None:
    up.change()
    replace(up.bank / "examples" / "delade-platser.md", "status: running", "status: springer")
    up.build(expect=FAULTY_CONTENT)
    assert "Inget har byggts. Webbplatsen är orörd." in capsys.readouterr().out
    assert up.is_untouched()


def test_a_fault_that_the_verification_finds_leaves_the_site_as_it_was(
    up: Up, capsys: pytest.CaptureFixture[str]
) -> None:
    up.change()
    page = up.bank / "docs" / "bidra" / "index.md"
    page.write_text(page.read_text("utf-8") + '\n<a href="/finns-inte/">Hit</a>\n', "utf-8")
    up.build(expect=FAULTY_CONTENT)
    said = capsys.readouterr().out
    assert "fel [broken-link]" in said
    assert "/finns-inte/" in said
    assert up.is_untouched()


def test_strict_counts_warnings(up: Up, capsys: pytest.CaptureFixture[str]) -> None:
    replace(up.bank / "examples" / "delade-platser.md", "reviewed: 2026-11-23", "reviewed: 2020-11-23")
    build(up.bank, up.site, "--strict", expect=FAULTY_CONTENT)
    assert "[overdue-review]" in capsys.readouterr().out
    assert up.is_untouched()
    up.build(expect=FINE)
    assert not up.is_untouched()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS])
def test_a_disk_that_fails_in_the_middle_leaves_the_site_as_it_was(
    code: int, up: Up, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write: Callable[[str, bytes], int] = writing._write_file

    def failing(target: str, content: bytes) -> int:
        if target.endswith("/exempel/index.html"):
            raise OSError(code, os.strerror(code), target)
        return write(target, content)

    up.change()
    monkeypatch.setattr(writing, "_write_file", failing)
    up.build(expect=MACHINE_FAILED)
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith("build_site.py: ")
    assert said.endswith("Webbplatsen är orörd.")
    assert ("Skivan är full." in said) == (code == errno.ENOSPC)
    assert up.is_untouched()


def test_a_file_that_is_written_in_part_is_a_full_disk(
    up: Up, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A write may take less than it was given without an error."""

    class Short:
        def __init__(self, path: str, *_: Any, **__: Any) -> None:
            self.path = path

        def __enter__(self) -> "Short":
            return self

        def __exit__(self, *_: object) -> None: ...

        def write(self, content: bytes) -> int:
            return len(content) - (1 if self.path.endswith("robots.txt") else 0)

        def fileno(self) -> int:
            return 0

    up.change()
    monkeypatch.setattr(writing, "open", Short, raising=False)
    up.build(expect=MACHINE_FAILED)
    assert "Skivan är full." in capsys.readouterr().err
    assert up.is_untouched()


def test_the_manifest_that_cant_be_written_leaves_the_site_as_it_was(
    up: Up, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    up.change()
    monkeypatch.setattr(release, "write_manifest", full)
    up.build(expect=MACHINE_FAILED)
    assert up.is_untouched()


def test_the_last_step_that_fails_leaves_the_site_as_it_was(up: Up, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_: Callable[..., None] = os.replace

    def refused(old: Any, new: Any) -> None:
        if Path(new) == up.site:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(new))
        replace_(old, new)

    up.change()
    link = up.site.readlink()
    monkeypatch.setattr("os.replace", refused)
    up.build(expect=MACHINE_FAILED)
    assert up.site.readlink() == link
    assert {path: up.before[path] for path in up.before} == {
        path: content for path, content in up.everything().items() if path in up.before
    }


def test_the_last_step_that_fails_leaves_nothing_behind(up: Up, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_: Callable[..., None] = os.replace

    def refused(old: Any, new: Any) -> None:
        if Path(new) == up.site:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(new))
        replace_(old, new)

    up.change()
    monkeypatch.setattr("os.replace", refused)
    up.build(expect=MACHINE_FAILED)
    assert [path for path in up.everything() if ".new-" in path] == []


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="to the superuser every folder is writable"
)
def test_a_folder_that_cant_be_written_leaves_the_site_as_it_was(up: Up) -> None:
    up.change()
    folders = [up.site.parent, up.site.parent / ".site.releases"]
    for folder in folders:
        folder.chmod(0o555)
    try:
        up.build(expect=MACHINE_FAILED)
        assert up.is_untouched()
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_a_place_that_cant_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mkdir = Path.mkdir

    def refused(self: Path, *arguments: Any, **options: Any) -> None:
        if ".site.releases" in str(self):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        mkdir(self, *arguments, **options)

    bank = compose(tmp_path / "bank")
    monkeypatch.setattr(Path, "mkdir", refused)
    build(bank, tmp_path / "site", expect=MACHINE_FAILED)
    said = capsys.readouterr().err.splitlines()[-1]
    assert ".site.releases" in said
    assert said.endswith("Webbplatsen är orörd.")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bank"]


@pytest.mark.parametrize("moment", ["record_page", "term_page", "missing_page"])
def test_an_interruption_leaves_the_site_as_it_was(
    moment: str, up: Up, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: Any) -> NoReturn:
        raise KeyboardInterrupt

    up.change()
    monkeypatch.setattr(Pages, moment, interrupted)
    up.build(expect=MACHINE_FAILED)
    assert capsys.readouterr().err.endswith("build_site.py: Avbrutet. Webbplatsen är orörd.\n")
    assert up.is_untouched()


def test_an_interruption_while_the_engine_works_leaves_nothing_behind(
    up: Up, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> NoReturn:
        raise KeyboardInterrupt

    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr("kunskapsbank.pipeline.carry_out", interrupted)
    up.build(expect=MACHINE_FAILED)
    assert up.is_untouched()
    assert list((tmp_path / "tmp").iterdir()) == []


def many(names: Sequence[str]) -> list[Maker]:
    """Makers of small pages, so many that they are shared between processes."""
    return [Maker(f"{name}/index.html", partial(_small_page, name)) for name in names]


def _small_page(name: str) -> Made:
    return Made(f"<p>{name}</p>".encode(), (name,))


NAMES = [f"sida-{number}" for number in range(250)]


def publish(makers: Sequence[Maker], output: Path, cores: int = 2) -> release.Release:
    wanted = Wanted(makers, (), Basis(b"", b""), {"generator": "prov"})
    return release.publish(wanted, EMPTY, output, PLACE, cores).release


def crash() -> NoReturn:
    raise RuntimeError("a bug of ours")


def die() -> NoReturn:
    os._exit(7)


@pytest.mark.parametrize("end", [crash, die])
def test_a_crash_in_a_worker_leaves_the_site_as_it_was(end: Callable[[], NoReturn], tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(many(NAMES), output)
    before, link = tree(tmp_path), output.readlink()
    makers = [*many(NAMES[:200]), Maker("sist.html", end), *many(NAMES[200:])]
    with pytest.raises(Exception, match=r"a bug of ours|terminated abruptly"):
        publish(makers, output)
    assert (tree(tmp_path), output.readlink()) == (before, link)


def test_a_crash_before_anything_was_ever_published_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="a bug of ours"):
        publish([*many(NAMES), Maker("sist.html", crash)], tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "process",
    [
        pytest.param(os.getpid() + 1, id="another process"),
        pytest.param(
            os.getpid(),
            id="a process of the same number",
        ),
    ],
)
def test_a_draft_of_a_run_that_was_killed_is_no_hindrance(process: int, up: Up) -> None:
    """In a container every run may have the same process number."""
    left = up.site.parent / ".site.releases" / f".new-{process}"
    (left / "tree").mkdir(parents=True)
    (left / "tree" / "halv.html").write_text("halv", "utf-8")
    up.change()
    up.build(expect=FINE)
    assert not (up.site / "halv.html").exists()


def test_a_draft_of_a_run_that_was_killed_is_cleared_away(up: Up) -> None:
    left = up.site.parent / ".site.releases" / ".new-4194305"  # more than a process number can be
    (left / "tree").mkdir(parents=True)
    os.utime(left, (1_000_000_000, 1_000_000_000))
    up.change()
    up.build(expect=FINE)
    assert not left.exists()


def test_a_link_of_a_run_that_was_killed_is_no_hindrance(up: Up) -> None:
    (up.site.parent / ".site.releases" / f".new-{os.getpid()}").symlink_to("ingenstans")
    up.change()
    up.build(expect=FINE)
    assert up.site.is_symlink()
    assert sorted(path.name for path in up.site.parent.iterdir()) == [".site.releases", "site"]
    assert not [name for name in releases(up.site) if name.startswith(".new-")]


def test_two_pages_at_one_address_are_refused(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(many(NAMES[:3]), output)
    before = tree(tmp_path)
    with pytest.raises(Rejected) as caught:
        publish(many([*NAMES[:3], "sida-1", "SIDA-2"]), output)
    assert [problem.code.name for problem in caught.value.problems] == ["address-taken", "address-taken"]
    assert tree(tmp_path) == before


# One step


def test_readers_never_miss_a_page_while_the_site_changes(tmp_path: Path) -> None:
    """A reader asks for the same page over and over while two versions take turns. Every answer is whole."""
    output = tmp_path / "site"
    versions = [f"<p>{word * 2000}</p>".encode() for word in ("ett ", "två ")]
    pages = many(NAMES[:20])

    def page_of(version: int) -> Maker:
        return Maker("index.html", partial(Made, versions[version]))

    publish([page_of(0), *pages], output)
    faults: list[str] = []
    seen: set[bytes] = set()
    reads = 0
    over = threading.Event()

    def read() -> None:
        nonlocal reads
        while not over.is_set():
            try:
                content = (output / "index.html").read_bytes()
            except OSError as error:
                faults.append(repr(error))
                return
            if content not in versions:
                faults.append("a page in pieces")
                return
            seen.add(content)
            reads += 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for turn in range(1, 21):
            assert publish([page_of(turn % 2), *pages], output, cores=1).changed
    finally:
        over.set()
        reader.join()
    assert faults == []
    assert reads > 20
    assert seen == set(versions)


# An output that is somebody else's


@pytest.mark.parametrize("name", ["index.html", ".htaccess", "mapp/fil"])
def test_a_folder_that_is_not_ours_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = compose(tmp_path / "bank")
    (tmp_path / "site" / name).parent.mkdir(parents=True)
    (tmp_path / "site" / name).write_text("Mitt.", "utf-8")
    build(bank, tmp_path / "site", expect=WRONG_USE)
    said = capsys.readouterr().err
    assert f"{tmp_path / 'site'} finns redan och är inte gjord av build_site.py." in said
    assert tree(tmp_path / "site") == {name: b"Mitt."}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bank", "site"]


def test_a_file_in_the_way_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site").write_text("Mitt.", "utf-8")
    build(compose(tmp_path / "bank"), tmp_path / "site", expect=WRONG_USE)
    assert "är en fil" in capsys.readouterr().err
    assert (tmp_path / "site").read_text("utf-8") == "Mitt."


def test_an_output_in_a_folder_that_is_missing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(compose(tmp_path / "bank"), tmp_path / "ingen" / "site", expect=WRONG_USE)
    assert f"Mappen {tmp_path / 'ingen'} finns inte." in capsys.readouterr().err
    assert not (tmp_path / "ingen").exists()


def test_a_link_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "annans").mkdir()
    (tmp_path / "annans" / "fil").write_text("Mitt.", "utf-8")
    (tmp_path / "site").symlink_to("annans")
    build(compose(tmp_path / "bank"), tmp_path / "site", expect=WRONG_USE)
    assert (tmp_path / "site").readlink() == Path("annans")


def test_a_folder_in_the_place_of_our_link_is_refused(up: Up) -> None:
    """Somebody took the link away and laid a folder there: it was moved aside, and later thrown away."""
    up.site.unlink()
    up.site.mkdir()
    (up.site / "fil").write_text("Mitt.", "utf-8")
    up.build(expect=WRONG_USE)
    assert tree(up.site) == {"fil": b"Mitt."}


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    site = build(compose(tmp_path / "bank"), tmp_path / "site")
    assert (site / "index.html").is_file()


# The same again, and what is kept


def test_the_same_input_changes_nothing(up: Up, capsys: pytest.CaptureFixture[str]) -> None:
    up.build(expect=FINE)
    assert "Inget hade ändrats." in capsys.readouterr().out
    assert up.is_untouched()
    up.change()
    up.build(expect=FINE)
    assert "Inget hade ändrats." not in capsys.readouterr().out


def test_the_same_input_gives_the_same_id(tmp_path: Path) -> None:
    ids = {publish(many(NAMES), tmp_path / name, cores).id for name, cores in (("a", 1), ("b", 2))}
    ids.add(publish(many(NAMES[:2]), tmp_path / "a").id)
    assert len(ids) == 2
    assert publish(many(NAMES), tmp_path / "a").id in ids


def releases(output: Path) -> list[str]:
    return sorted(path.name for path in (output.parent / f".{output.name}.releases").iterdir())


def test_two_releases_to_go_back_to_are_kept_and_one_to_begin_with(tmp_path: Path) -> None:
    output = tmp_path / "site"
    ids = []
    for number in range(1, 8):
        ids.append(publish(many(NAMES[:number]), output).id)
        moment = 1_000_000_000 + number * 60
        os.utime(tmp_path / ".site.releases" / ids[-1], (moment, moment))
        assert releases(output) == sorted(ids[-4:])
        assert output.readlink() == Path(".site.releases") / ids[-1] / "tree"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.releases", "site"]


def test_a_release_that_was_up_before_can_come_back(tmp_path: Path) -> None:
    output = tmp_path / "site"
    first, second = many(NAMES[:1]), many(NAMES[:2])
    one, two = publish(first, output).id, publish(second, output).id
    again = publish(first, output)
    assert (again.id, again.changed) == (one, True)
    assert sorted(tree(output)) == ["sida-0/index.html"]
    assert releases(output) == sorted([one, two])


def test_a_release_whose_files_are_gone_is_made_again(tmp_path: Path) -> None:
    output = tmp_path / "site"
    made = publish(many(NAMES[:2]), output)
    shutil.rmtree(tmp_path / ".site.releases" / made.id / "tree")
    assert publish(many(NAMES[:2]), output).changed
    assert sorted(tree(output)) == ["sida-0/index.html", "sida-1/index.html"]


# Systems without symbolic links


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> NoReturn:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr("os.symlink", refused)


@pytest.mark.usefixtures("no_links")
def test_without_links_the_folders_change_names(tmp_path: Path) -> None:
    output = tmp_path / "site"
    for number in (1, 2, 3, 2):
        publish(many(NAMES[:number]), output)
        assert not output.is_symlink()
        assert sorted(tree(output)) == [f"sida-{n}/index.html" for n in range(number)]
        assert len(releases(output)) <= 4
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.releases", "site"]


@pytest.mark.usefixtures("no_links")
def test_without_links_a_failure_leaves_the_site_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "site"
    publish(many(NAMES[:1]), output)
    before = tree(output)
    replace_: Callable[..., None] = os.replace

    def refused(old: Any, new: Any) -> None:
        if Path(old).name == "tree":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(new))
        replace_(old, new)

    monkeypatch.setattr("os.replace", refused)
    with pytest.raises(PermissionError):
        publish(many(NAMES[:2]), output)
    assert tree(output) == before


@pytest.mark.usefixtures("no_links")
def test_without_links_the_same_input_changes_nothing(tmp_path: Path) -> None:
    publish(many(NAMES[:1]), tmp_path / "site")
    assert not publish(many(NAMES[:1]), tmp_path / "site").changed


@pytest.mark.usefixtures("no_links")
def test_without_links_the_releases_before_are_kept(tmp_path: Path) -> None:
    ids = [publish(many(NAMES[:number]), tmp_path / "site").id for number in (1, 2, 3)]
    kept = {path for path in tree(tmp_path / ".site.releases") if path.endswith("index.html")}
    assert kept == {
        f"{ids[0]}/tree/sida-0/index.html",
        f"{ids[1]}/tree/sida-0/index.html",
        f"{ids[1]}/tree/sida-1/index.html",
    }


def test_a_folder_of_ours_gives_way_to_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "site"
    with pytest.MonkeyPatch.context() as patch:

        def refused(*_: Any, **__: Any) -> NoReturn:
            raise OSError(errno.EPERM, "no links here")

        patch.setattr("os.symlink", refused)
        publish(many(NAMES[:1]), output)
    publish(many(NAMES[:2]), output)
    assert output.is_symlink()
    assert sorted(tree(output)) == ["sida-0/index.html", "sida-1/index.html"]


# The manifest


def manifest_of(site: Path) -> Any:
    return json.loads((site.resolve().parent / "manifest.json").read_text("utf-8"))


def test_the_manifest_lists_every_file_with_its_digest(own_site: Path) -> None:
    listed = manifest_of(own_site)["files"]
    found = {
        path: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for path, content in tree(own_site).items()
    }
    assert {path: {"sha256": f["sha256"], "size": f["size"]} for path, f in listed.items()} == found


def test_the_manifest_lists_the_sources_of_every_file(own_site: Path) -> None:
    files = manifest_of(own_site)["files"]
    for path, file in files.items():
        assert [source for source in file["from"] if not (REPOSITORY / source).is_file()] == [], path
    assert sorted(files["exempel/karp-malmo-stad/index.html"]["from"]) == [
        "docs/ramar/example.md",
        "examples/karp-malmo-stad.md",
    ]
    assert files["om/urval/index.html"]["from"] == ["docs/om/urval.md"]
    listed = files["exempel/index.html"]["from"]
    every = {f"examples/{path.name}" for path in (REPOSITORY / "examples").iterdir()}
    assert set(listed) == {"docs/exempel/index.md", *every}


def test_every_record_is_the_source_of_a_page(own_site: Path) -> None:
    made_from = {s for file in manifest_of(own_site)["files"].values() for s in file["from"]}
    folders = ("activities", "examples", "methods", "news", "goals", "findings")
    every = {f"{folder}/{path.name}" for folder in folders for path in (REPOSITORY / folder).iterdir()}
    assert every <= made_from


def test_the_manifest_says_what_every_file_depends_on(own_site: Path) -> None:
    inputs = manifest_of(own_site)["inputs"]
    assert set(inputs) >= {"generator", "site_url", "today", "frames"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", inputs["today"])
    assert inputs["site_url"].startswith("https://")


def test_the_id_of_the_release_is_the_digest_of_the_manifest(own_site: Path) -> None:
    folder = own_site.resolve().parent
    assert folder.name == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()[:16]


def test_another_day_is_another_release(own_site: Path, tmp_path: Path) -> None:
    """What is overdue depends on the day, and the manifest says which it was."""
    day = {"SOURCE_DATE_EPOCH": str(int(own_day()["SOURCE_DATE_EPOCH"]) + 86_400)}
    other = build(REPOSITORY, tmp_path / "site", environment=day)
    assert other.resolve().parent.name != own_site.resolve().parent.name
    assert manifest_of(other)["inputs"]["today"] != manifest_of(own_site)["inputs"]["today"]


def test_the_pages_are_those_of_the_manifest(own_site: Path) -> None:
    built = {*pages(own_site), *fragments(own_site), *framed_pages(own_site), *usable_pages(own_site)}
    assert built == {p for p in manifest_of(own_site)["files"] if p.endswith(".html")}
