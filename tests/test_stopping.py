"""A build that is stopped, however it is, leaves the site, the ways back and the machine as they were."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from sites_support import MACHINE_FAILED, tree
from support import REPOSITORY, TODAY, compose

from kunskapsbank.locks import LockTaken, is_held, locked
from kunskapsbank.publishing.store import ReleaseStore
from kunskapsbank.store import SETTING
from kunskapsbank.work_dirs import MEMORY, remove_abandoned, work_dir

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="needs Linux's list of processes"
)

STAGES: Final = ("Kontrollerar", "Väntar", "Bygger")
"""What a build says as it begins with each of its stages."""


class Place:
    """A bank with a site, and builds of it in processes of their own that can be told from all others."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.source = folder, folder / "bank"
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.store = ReleaseStore(folder / "site")
        self._edits = 0

    @property
    def environment(self) -> dict[str, str]:
        own = {SETTING: str(self.folder / "cache"), "TMPDIR": str(self.temporary)}
        return {**os.environ, **TODAY, **own}

    def command(self, *options: str) -> list[str]:
        place = ("--source", str(self.source), "--output", str(self.store.output))
        return [sys.executable, str(REPOSITORY / "build_site.py"), "build", *place, *options]

    def start(self, *options: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*options),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def build(self) -> None:
        process = self.start()
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said

    def edit(self) -> None:
        self._edits += 1
        record = self.source / "examples" / "delade-platser.md"
        title = f"title: Delade platser {self._edits}"
        text = re.sub(r"(?m)^title: .*$", title, record.read_text("utf-8"))
        record.write_text(text, "utf-8")

    def processes(self) -> list[int]:
        """All that builds here have begun and that still run."""
        mark = f"TMPDIR={self.temporary}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    if mark in (folder / "environ").read_bytes().split(b"\0"):
                        found.append(int(folder.name))
                except OSError:
                    continue  # it is another user's, or has just ended
        return found

    def left(self) -> list[str]:
        """What lies in the folders for temporary files that was begun by a process which is no more."""
        begun = [path for place in (self.temporary, Path(MEMORY)) for path in place.glob("kunskapsbank-*")]
        return [path.name for path in begun if not Path("/proc", path.name.split("-")[1]).exists()]


@pytest.fixture(autouse=True)
def signals_are_heard() -> Iterator[None]:
    """Programs inherit which signals are ignored, and a shell that starts tests in the background ignores some."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGHUP, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """One bank for all tests: each leaves its site whole, as it says itself."""
    made = Place(tmp_path_factory.mktemp("stopping"))
    compose(made.source)
    settings = made.source / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("  kunskapsbank:\n", "  kunskapsbank:\n    search: true\n"),
        "utf-8",
    )
    (made.source / "docs" / "sok").mkdir()
    (made.source / "docs" / "sok" / "index.md").write_text("# Sök\n\n<!-- slot:search -->\n", "utf-8")
    made.build()
    return made


def wait_for(stage: str, process: subprocess.Popen[str]) -> None:
    assert process.stderr
    for line in process.stderr:
        if line.startswith(stage):
            return
    pytest.fail(f"the build ended before it said {stage}")


def wait_until_none(place: Place) -> list[int]:
    for _ in range(100):
        if not place.processes():
            break
        time.sleep(0.1)
    return place.processes()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_a_build_as_ctrl_c_does(number: signal.Signals, stage: str, place: Place) -> None:
    before = tree(place.store.output)
    place.edit()
    process = place.start()
    wait_for(stage, process)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == MACHINE_FAILED
    assert said.splitlines()[-1] == "build_site.py: Avbrutet. Webbplatsen är orörd."
    assert "Traceback" not in said
    assert wait_until_none(place) == []
    assert place.left() == []
    assert list(place.temporary.iterdir()) == []
    assert tree(place.store.output) == before
    assert not [
        path.name for path in place.store.folder.iterdir() if path.name.startswith((".new-", ".old-"))
    ]


@pytest.mark.parametrize("stage", STAGES)
def test_a_build_that_is_killed_leaves_no_process_and_the_next_one_sweeps(stage: str, place: Place) -> None:
    before, current = tree(place.store.output), place.store.current()
    place.edit()
    process = place.start()
    wait_for(stage, process)
    process.kill()
    process.communicate(timeout=60)
    assert wait_until_none(place) == []
    assert tree(place.store.output) == before
    place.build()
    assert place.store.back()[0] == current
    assert place.left() == []
    assert list(place.temporary.iterdir()) == []
    assert not [
        path.name for path in place.store.folder.iterdir() if path.name.startswith((".new-", ".old-"))
    ]


def test_a_signal_that_was_ignored_from_the_start_stays_ignored(place: Place) -> None:
    """As `nohup` has it."""
    place.edit()
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = place.start()
    finally:
        signal.signal(signal.SIGHUP, before)
    wait_for("Kontrollerar", process)
    process.send_signal(signal.SIGHUP)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said


@pytest.mark.parametrize("limit", ["-n 20", "-v 80000"])
def test_a_machine_without_room_is_told_of_and_nothing_hangs(limit: str, place: Place) -> None:
    before = tree(place.store.output)
    place.edit()
    script = f'ulimit {limit}; exec "$@"'
    done = subprocess.run(
        ["bash", "-c", script, "bash", *place.command("--fresh")],  # noqa: S607
        env=place.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == MACHINE_FAILED, done.stderr
    assert done.stderr.rstrip().endswith("Webbplatsen är orörd.")
    assert "Traceback" not in done.stderr
    assert wait_until_none(place) == []
    assert tree(place.store.output) == before


# Two at once


def test_builds_at_once_take_turns_and_the_site_is_there_at_every_look(place: Place) -> None:
    """The same edit by each, which used to delete the site for a moment."""
    index = place.store.output / "index.html"
    for turn in range(3):
        place.edit()
        both = [place.start() for _ in range(2 + turn % 2)]
        looks = missing = 0
        while any(process.poll() is None for process in both):
            looks += 1
            missing += not index.exists()
            time.sleep(0.0005)
        said = [process.communicate() for process in both]
        assert [process.returncode for process in both] == [0] * len(both), said
        assert missing == 0, f"of {looks} looks"
        assert sum("Inget hade ändrats." in out for out, _ in said) == len(both) - 1
    assert not [
        path.name for path in place.store.folder.iterdir() if path.name.startswith((".new-", ".old-"))
    ]


def test_a_build_that_may_not_wait_says_so_and_ends(place: Place) -> None:
    with place.store.locked(None):
        process = place.start("--no-wait")
        _, said = process.communicate(timeout=60)
    assert process.returncode == MACHINE_FAILED
    assert said.splitlines()[-1] == (
        "build_site.py: Ett annat bygge av samma webbplats pågår. Webbplatsen är orörd."
    )


def test_a_build_that_waits_says_so(place: Place) -> None:
    with place.store.locked(None):
        process = place.start()
        wait_for("Ett annat bygge av samma webbplats pågår. Väntar på det", process)
        assert process.poll() is None
    process.communicate(timeout=60)
    assert process.returncode == 0


# Locks and folders by themselves

HOLDER: Final = """
import sys, time
from pathlib import Path
from kunskapsbank.locks import locked
from kunskapsbank.work_dirs import work_dir
with locked(Path(sys.argv[1])), work_dir(sys.argv[2]) as folder:
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    """Another process that holds a lock and has a folder."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "lock"), str(tmp_path)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_lock_and_a_folder_last_as_long_as_their_process(
    holder: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert holder.stdout
    folder = Path(holder.stdout.readline().strip())
    assert is_held(tmp_path / "lock")
    with pytest.raises(LockTaken), locked(tmp_path / "lock"):
        pass
    remove_abandoned()
    assert folder.exists()
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert not is_held(tmp_path / "lock")
    remove_abandoned()
    assert not folder.parent.exists()


def test_what_is_not_ours_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name in ("kunskapsbank-mitt", "kunskapsbank-1-x", "min-kunskapsbank-4194305-abcdefgh"):
        (tmp_path / name).mkdir()
    (tmp_path / "kunskapsbank-4194305-abcdefgh").write_text("en fil", "utf-8")
    shutil.copytree(tmp_path / "kunskapsbank-mitt", tmp_path / "kunskapsbank-4194305-hgfedcba")
    with work_dir(str(tmp_path)) as own:
        remove_abandoned()
        assert own.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "kunskapsbank-1-x",
        "kunskapsbank-4194305-abcdefgh",
        "kunskapsbank-mitt",
        "min-kunskapsbank-4194305-abcdefgh",
    ]
