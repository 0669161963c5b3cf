"""A pull request on trial: the commands of the workflow, run as they are written on made-up changes.

Two checkouts as on the code host: the branch that the change is for, and the change. The small site of
tests/sites stands for ours, with our own program.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from support import REPOSITORY, TODAY, compose
from workflows import GITHUB, commands

WORKFLOW: Final = GITHUB / "workflows" / "pull-request.yml"
PROGRAM: Final = ("kunskapsbank", "scripts", "build_site.py", "Makefile", "requirements.lock", ".gitignore")
SHOUT: Final = "Koden ur ändringen körs"
ADDRESS: Final = "https://git.example/hamta/1"

Change = Callable[[Path], object]


class Outcome(NamedTuple):
    """How far the workflow came. `base` is the checkout that it ran in; `failed` the step that ended it."""

    base: Path
    failed: str | None
    log: str
    summary: str

    @property
    def preview(self) -> Path:
        return self.base.parent / "preview"


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Prov", "-c", "user.email=prov@provbanken.example")
    command = ["git", *identity, *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def main_branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the small site and our program in it. Not to be changed."""
    place = compose(tmp_path_factory.mktemp("main") / "bank")
    for name in PROGRAM:
        if (REPOSITORY / name).is_dir():
            shutil.copytree(REPOSITORY / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(REPOSITORY / name, place / name)
    git(place, "init", "--quiet", "--initial-branch=main")
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "--message=main")
    return place


@pytest.fixture
def attempt(main_branch: Path, tmp_path: Path) -> Callable[[Change], Outcome]:
    """Commits a change in a checkout of its own, and runs the workflow on it."""

    def run(make: Change) -> Outcome:
        base, change = tmp_path / "base", tmp_path / "change"
        for checkout in (base, change):
            git(tmp_path, "clone", "--quiet", str(main_branch), str(checkout))
        _installed(base)
        make(change)
        git(change, "add", "--all")
        git(change, "commit", "--quiet", "--allow-empty", "--message=change")
        return _workflow(base)

    return run


def _installed(base: Path) -> None:
    """The environment that `make install` would make: it finds it newer than the lock file."""
    python = base / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    (base / ".venv" / ".site").touch()


def _workflow(base: Path) -> Outcome:
    summary, log, failed = base.parent / "summary.md", "", None
    summary.touch()
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(base.parent),
        "GITHUB_STEP_SUMMARY": str(summary),
        "PREVIEW": ADDRESS,
        **TODAY,
    }
    for command in commands(WORKFLOW):
        done = subprocess.run(
            ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command.line],
            cwd=base,
            env=environment,
            text=True,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=120,
        )
        log += done.stdout
        if done.returncode and not command.may_fail:
            failed = command.where.rpartition("/")[2]
            break
    return Outcome(base, failed, log, summary.read_text("utf-8"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def rename(file: Path, name: str, former: str) -> None:
    """Give a record another file name; its former id leads to it."""
    edit(file, "contact:", f"aliases: [{former}]\ncontact:")
    file.rename(file.with_name(name))


def test_a_good_change_is_previewed_and_nothing_of_its_code_is_run(
    attempt: Callable[[Change], Outcome],
) -> None:
    def change(tree: Path) -> None:
        example = (tree / "examples" / "delade-platser.md").read_text("utf-8")
        new = example.replace("Delade utbildningsplatser mellan myndigheter", "Delade lokaler i länet")
        (tree / "examples" / "delade-lokaler.md").write_text(new, "utf-8")
        edit(tree / "examples" / "enkat-om-diskriminering.md", "frågade sina medarbetare", "frågade alla")
        rename(
            tree / "news" / "2007-02-14-nya-utbildningar.md",
            "2007-02-14-fler-utbildningar.md",
            "nya-utbildningar",
        )
        shout = f"print({SHOUT!r})\n"
        for name in ("build_site.py", "kunskapsbank/cli.py", "scripts/take_content.py", "scripts/review.py"):
            (tree / name).write_text(shout, "utf-8")
        (tree / "Makefile").write_text(f"install site:\n\techo {SHOUT}\n", "utf-8")
        (tree / "sitecustomize.py").write_text(shout, "utf-8")
        edit(tree / "schema" / "example.yml", "title: Exempel", "title: Annat")
        edit(tree / "docs" / "index.md", "#", f"# {SHOUT}")

    outcome = attempt(change)
    assert outcome.failed is None, outcome.log
    assert SHOUT not in outcome.log + outcome.summary
    preview = outcome.preview
    assert not any(path.is_symlink() for path in [preview, *preview.rglob("*")])
    assert "Delade lokaler i länet" in (preview / "exempel/delade-lokaler/index.html").read_text("utf-8")
    assert "frågade alla" in (preview / "exempel/enkat-om-diskriminering/index.html").read_text("utf-8")
    assert "fler-utbildningar" in (preview / "nyheter/nya-utbildningar/index.html").read_text("utf-8")
    assert SHOUT not in (preview / "index.html").read_text("utf-8")
    for line in (
        "    ny:         examples/delade-lokaler.md",
        "    ny:         news/2007-02-14-fler-utbildningar.md",
        "    ändrad:     examples/enkat-om-diskriminering.md",
        "    borttagen:  news/2007-02-14-nya-utbildningar.md",
        "    build_site.py",
        "    schema/example.yml",
        "    sitecustomize.py",
        "    exempel/delade-lokaler/",
        f"1. [Hämta förhandsvisningen]({ADDRESS})",
    ):
        assert line in outcome.summary


def test_a_fault_is_told_at_its_line_and_in_the_summary(attempt: Callable[[Change], Outcome]) -> None:
    def change(tree: Path) -> None:
        edit(tree / "examples" / "delade-platser.md", "focus_areas: [process]", "focus_areas: [proces]")

    outcome = attempt(change)
    assert outcome.failed == "Check"
    line = (outcome.base / "examples/delade-platser.md").read_text("utf-8").split("\n").index(
        "focus_areas: [proces]"
    ) + 1
    place = f"file=examples/delade-platser.md,line={line},endLine={line},col=15,endColumn=21"
    assert f"::error {place},title=unknown-term::" in outcome.log
    assert f"    examples/delade-platser.md:{line}:15: fel [unknown-term]\n" in outcome.summary
    assert not outcome.preview.exists()


def test_what_a_change_breaks_elsewhere_is_told(attempt: Callable[[Change], Outcome]) -> None:
    """A record that others mention goes away; the fault stands in a file that the change doesn't touch."""
    outcome = attempt(lambda tree: (tree / "examples" / "enkat-om-diskriminering.md").unlink())
    assert outcome.failed == "Check"
    assert "::error file=examples/delade-platser.md," in outcome.log
    assert "    borttagen:  examples/enkat-om-diskriminering.md\n" in outcome.summary


def test_a_record_that_was_merged_and_never_logged_cant_be_deleted(
    attempt: Callable[[Change], Outcome],
) -> None:
    """The small site has no log at all: what is on main is published, and that is told from main itself."""
    path = "news/2007-02-14-nya-utbildningar.md"
    outcome = attempt(lambda tree: (tree / path).unlink())
    assert outcome.failed == "Check"
    assert "title=published-record-gone::" in outcome.log
    assert "nyheter/nya-utbildningar/" in outcome.summary
    assert "lägg tillbaka filen news/<datum>-nya-utbildningar.md" in outcome.summary
    assert not outcome.preview.exists()


def test_a_change_may_withdraw_what_is_published(attempt: Callable[[Change], Outcome]) -> None:
    notice = "withdrawn: {date: 2026-11-20, reason: Uppgifterna gällde ett annat län.}"
    path = "news/2007-02-14-nya-utbildningar.md"
    outcome = attempt(lambda tree: edit(tree / path, "contact:", f"{notice}\ncontact:"))
    assert outcome.failed is None, outcome.log
    assert "drogs tillbaka" in (outcome.preview / "nyheter/nya-utbildningar/index.html").read_text("utf-8")


def _link_to_a_file(tree: Path) -> None:
    (tree / "examples" / "las.md").symlink_to("/etc/passwd")


def _link_in_place_of_a_folder(tree: Path) -> None:
    shutil.rmtree(tree / "examples")
    (tree / "examples").symlink_to("/etc")


def _too_large(tree: Path) -> None:
    (tree / "examples" / "stor.md").write_text("x" * (256 * 1024 + 1), "utf-8")


def _of_another_kind(tree: Path) -> None:
    (tree / "examples" / "bild.png").write_bytes(b"\x89PNG")


def _in_a_folder(tree: Path) -> None:
    (tree / "examples" / "mer").mkdir()
    (tree / "examples" / "mer" / "post.md").write_text("---\n", "utf-8")


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        (_link_to_a_file, "symbolic-link", "examples/las.md"),
        (_link_in_place_of_a_folder, "symbolic-link", "examples"),
        (_too_large, "file-too-large", "examples/stor.md"),
        (_of_another_kind, "unexpected-file", "examples/bild.png"),
        (_in_a_folder, "not-a-file", "examples/mer"),
    ],
)
def test_what_is_no_plain_record_is_refused_and_nothing_is_taken(
    attempt: Callable[[Change], Outcome], change: Change, code: str, path: str
) -> None:
    def with_a_good_one(tree: Path) -> None:
        edit(tree / "methods" / "cafemodellen.md", "title: ", "title: Ändrad ")
        change(tree)

    outcome = attempt(with_a_good_one)
    assert outcome.failed == "Take the records"
    assert f" file={path},line=1," in outcome.log
    assert f"title={code}::" in outcome.log
    assert f"    {path}:1:1: " in outcome.summary
    assert "root:" not in outcome.log + outcome.summary
    git(outcome.base, "diff", "--exit-code")


def test_no_line_of_a_record_gets_out_of_the_report(attempt: Callable[[Change], Outcome]) -> None:
    """The summary is Markdown, and it quotes strangers' lines."""

    def change(tree: Path) -> None:
        edit(
            tree / "examples" / "delade-platser.md",
            "## Resultat",
            "## ``` </code> [kaka](https://ond.example)",
        )

    outcome = attempt(change)
    assert outcome.failed == "Check"
    quoted = [line for line in outcome.summary.splitlines() if "ond.example" in line]
    assert quoted
    assert all(line.startswith("    ") for line in quoted)


def test_own_work_is_not_written_over(main_branch: Path, tmp_path: Path) -> None:
    for name in ("mine", "change"):
        git(tmp_path, "clone", "--quiet", str(main_branch), name)
    mine = tmp_path / "mine" / "examples" / "min.md"
    mine.write_text("Mitt utkast\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "scripts.take_content", "../change"],
        cwd=tmp_path / "mine",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "som inte är sparade i git" in done.stderr
    assert mine.read_text("utf-8") == "Mitt utkast\n"
