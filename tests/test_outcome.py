"""What ends a command that nobody thought of: one sentence, exit code 3, and no traceback."""

import errno
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from sites_support import FINE, MACHINE_FAILED, script
from support import REPOSITORY, compose, run

from kunskapsbank import checking
from kunskapsbank.background import cause_in
from kunskapsbank.parallel import in_chunks
from kunskapsbank.problems.problem import Problem, Rejected
from kunskapsbank.reading.errors import explain
from kunskapsbank.reading.files import FILE_TOO_LARGE

SENT: Final = re.compile(r"Skicka filen (\S+) till dem som sköter kunskapsbanken(, https://\S+)?\.$")


def failing(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(checking, "check", fail)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("counties"), "(KeyError: 'counties')"),
        (AssertionError(), "(AssertionError)"),
        (ValueError("två\nrader"), "(ValueError: två rader)"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), "(UnicodeDecodeError: "),
        (MemoryError(), "Minnet tog slut."),
        (RecursionError("maximum recursion depth exceeded"), "för djupt"),
        (RuntimeError("can't start new thread"), "fler trådar"),
    ],
)
def test_unforeseen_error_is_a_sentence_and_a_file_to_send(
    error: Exception,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    failing(error, monkeypatch)
    assert run("check", compose(tmp_path / "bank")) == MACHINE_FAILED
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("build_site.py: ")
    assert words in said
    assert "Webbplatsen är orörd." in said
    sent = SENT.search(said)
    assert sent
    report = Path(sent[1]).read_text("utf-8")
    assert "kommando: build_site.py check --source bank" in report
    assert type(error).__name__ in report
    assert "Traceback" in report


def test_address_of_the_maintainers_is_that_of_their_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    failing(KeyError("x"), monkeypatch)
    bank = compose(tmp_path / "bank")
    shutil.copy(REPOSITORY / "mkdocs.yml", bank)
    assert run("check", bank) == MACHINE_FAILED
    assert "https://git.kunskapsbanken.example/kunskapsbanken/kunskapsbanken." in capsys.readouterr().err


def test_without_a_place_for_the_file_the_line_is_to_be_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    failing(KeyError("x"), monkeypatch)
    assert run("check", compose(tmp_path / "bank")) == MACHINE_FAILED
    assert "Skicka raden ”KeyError: 'x'” och kommandot till dem" in capsys.readouterr().err


def test_problems_come_whole_out_of_another_process() -> None:
    problem = Problem(FILE_TOO_LARGE, "a.md")

    def refuse(_: object) -> None:
        raise Rejected([problem])

    with pytest.raises(Rejected) as raised:
        in_chunks(refuse, range(300), 2)
    assert raised.value.problems == (problem,)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.EACCES, "Permission denied", "/a/b"), "Datorn svarade: /a/b: du saknar behörighet."),
        (OSError(errno.EACCES, "Permission denied", b"/a/b"), "Datorn svarade: /a/b: du saknar behörighet."),
        (OSError(errno.EBADF, "Bad file descriptor", 7), "Datorn svarade: den är stängd."),
        (OSError(errno.ENOSPC, "No space left on device"), "Skivan är full."),
        (OSError(errno.ENOSPC, "x", "/a/b"), "Skivan är full. Det finns ingen plats för /a/b."),
        (OSError(9999, "Odd"), "Datorn svarade: Odd."),
        (OSError("bara ord"), "Datorn svarade: bara ord."),
        (
            shutil.Error([("/a/b", "/c/b", "[Errno 13] Permission denied: '/a/b'")]),
            "Datorn svarade: /a/b: du saknar behörighet.",
        ),
        (
            shutil.Error([("/a/b", "/c/b", "[Errno 28] No space left on device"), ("/a/d", "/c/d", "x")]),
            "Skivan är full. Det finns ingen plats för /c/b. Samma sak för 1 till.",
        ),
        (
            shutil.Error([("/a/b", "/c/b", "[Errno 28] No space left on device: '/a/b' -> '/c/b'")]),
            "Skivan är full. Det finns ingen plats för /c/b.",
        ),
        (shutil.Error([("/a/b", "/c/b", "något")]), "Datorn svarade: /a/b: något."),
        (shutil.SameFileError("samma fil"), "Datorn svarade: samma fil."),
        (
            FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/a', '/b']"),
            "Ingen mapp för tillfälliga filer går att skriva i. Ange en med TMPDIR.",
        ),
    ],
)  # fmt: skip
def test_error_of_the_system_is_told_in_words_with_its_path(error: OSError, sentence: str) -> None:
    assert explain(error).sv == sentence
    assert explain(error).en


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        ("", "okänt fel"),
        (
            "thread 'main' panicked at src/main.rs:1:2:\nNo such page\nnote: run with `RUST_BACKTRACE=1`",
            "No such page",
        ),
        ("memory allocation of 1048576 bytes failed\nAborted", "minnet räckte inte"),
        ("thread 'x' panicked at a.rs:1:\nos error 28\nnote: run with `RUST_BACKTRACE=1`", "skivan är full"),
        ("Running\nerror: it is broken\nbye", "error: it is broken"),
        ('Traceback (most recent call last):\n  File "x"\njinja2.TemplateNotFound: a', "jinja2.TemplateNotFound: a"),
        ("RuntimeError: can't start new thread", "datorn kunde inte starta fler trådar"),
    ],
)  # fmt: skip
def test_cause_in_what_a_program_said(output: str, cause: str) -> None:
    assert cause_in(output) == cause


def test_page_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = compose(tmp_path / "bank")
    (bank / "docs" / "ny.md").write_text(
        "# Ny sida\n", "utf-8"
    )  # the engine has not rendered these pages before
    copy = shutil.copy2

    def refusing(source: str, target: str, **options: bool) -> str:
        if str(source).endswith(".md"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(source))
        return copy(source, target, **options)

    monkeypatch.setattr(shutil.copytree, "__defaults__", (False, None, refusing, False, False))
    assert run("build", bank) == MACHINE_FAILED
    said = capsys.readouterr().err.splitlines()[-1]
    assert re.fullmatch(
        r"build_site\.py: Datorn svarade: \S+/docs/\S+\.md: du saknar behörighet\. "
        r"Samma sak för \d+ till\. Webbplatsen är orörd\.",
        said,
    )


def test_script_finds_its_own_modules_where_python_leaves_its_folder_out(tmp_path: Path) -> None:
    assert script("rules", environment={"PYTHONSAFEPATH": "1"}, folder=tmp_path).returncode == FINE


def test_script_without_its_modules_says_so(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "build_site.py", tmp_path)
    answer = subprocess.run(
        [sys.executable, "-P", str(tmp_path / "build_site.py"), "check"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
    )
    assert answer.returncode == MACHINE_FAILED
    assert answer.stderr.splitlines() == [
        "Programmets egen del kunskapsbank saknas. Hämta hem kunskapsbanken på nytt."
    ]


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_outputs_change_no_exit_code(redirection: str) -> None:
    command = f'"{sys.executable}" "{REPOSITORY / "build_site.py"}" rules {redirection}'
    answer = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert answer.returncode == FINE
    assert answer.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no disk that is always full")
def test_answer_that_can_not_be_written_is_told() -> None:
    command = f'"{sys.executable}" "{REPOSITORY / "build_site.py"}" rules raw-html > /dev/full'
    answer = subprocess.run(["/bin/sh", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == MACHINE_FAILED
    assert len(answer.stderr.splitlines()) == 1
    assert "Traceback" not in answer.stderr
