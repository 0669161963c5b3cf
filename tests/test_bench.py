"""The benchmark's own code: its corpus is valid and repeatable, and a run ends in a table."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest
from support import REPOSITORY

BENCH: Final = REPOSITORY / "bench"
RECORDS: Final = 20


def bench(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BENCH / script), *arguments], capture_output=True, text=True, check=False
    )


def make_corpus(folder: Path, seed: int) -> dict[str, bytes]:
    made = bench("corpus.py", "--records", str(RECORDS), "--seed", str(seed), "--output", str(folder))
    assert made.returncode == 0, made.stderr
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "corpus"
    make_corpus(folder, 1)
    return folder


def test_same_seed_gives_the_same_bytes_and_another_gives_others(corpus: Path, tmp_path: Path) -> None:
    same, other = make_corpus(tmp_path / "same", 1), make_corpus(tmp_path / "other", 2)
    first = {p.relative_to(corpus).as_posix(): p.read_bytes() for p in corpus.rglob("*") if p.is_file()}
    assert same == first
    assert same != other


def test_every_made_up_record_passes_every_check(corpus: Path) -> None:
    checked = subprocess.run(
        [sys.executable, "build_site.py", "check", "--strict", "--source", str(corpus)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795000000"},
    )
    assert checked.returncode == 0, checked.stdout
    assert f"{RECORDS} poster kontrollerade." in checked.stdout


def test_a_command_that_does_not_end_is_ended() -> None:
    code = """
import sys
from pathlib import Path
from measure import measure
done = measure([sys.executable, "-c", "import time; time.sleep(600)"], Path.cwd(), limit=0.3)
print(done.in_time, done.exit_code)
"""
    told = subprocess.run([sys.executable, "-c", code], cwd=BENCH, capture_output=True, text=True, check=True)
    assert told.stdout == "False -9\n"


def run(folder: Path, only: str, scenarios: str) -> subprocess.CompletedProcess[str]:
    """A run of 20 records, once each, with its tables and its results in the folder."""
    outputs = ["--output", str(folder / "report.md"), "--results", str(folder / "results.json")]
    asked = ["--sizes", str(RECORDS), "--runs", "1", "--folder", str(folder)]
    return bench("run.py", "--only", only, "--scenarios", scenarios, *asked, *outputs)


def rows_of(folder: Path) -> list[list[str]]:
    report = (folder / "report.md").read_text("utf-8")
    return [line.split(" | ") for line in report.splitlines() if line.startswith("| 20 ")]


def test_a_run_measures_every_generator_and_ends_in_a_table(tmp_path: Path) -> None:
    done = run(tmp_path, "ours,hugo,material,zensical", "cold")
    assert done.returncode == 0, done.stdout + done.stderr
    rows = rows_of(tmp_path)
    assert [row[1] for row in rows] == ["Kunskapsbanken", "Hugo", "Material for MkDocs", "Zensical"]
    pages = [int(row[6].replace(",", "")) for row in rows]
    assert min(pages) > RECORDS
    assert float(rows[1][3]) == 1.0


def test_every_scenario_can_be_run(tmp_path: Path) -> None:
    scenarios = ["cold-search", "edited", "facet", "unchanged", "serve", "check", "check-one", "growth"]
    done = run(tmp_path, "ours,hugo", ",".join(scenarios))
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert [one["failure"] for one in found["results"] if one["failure"]] == []
    both = {"cold-search", "edited", "facet", "unchanged", "serve"}
    wanted = [(one, who) for one in scenarios for who in ("ours", "hugo") if who == "ours" or one in both]
    assert [(one["scenario"], one["competitor"]) for one in found["results"]] == wanted
    assert all(len(one["seconds"]) == 1 for one in found["results"])


def made_up(folder: Path) -> Path:
    """Results of a run in which one generator failed."""

    def result(who: str, name: str, seconds: list[float], **more: object) -> dict[str, object]:
        known = {"scenario": "cold", "competitor": who, "name": name, "records": 1000, "seconds": seconds}
        return {**known, "cpu_seconds": seconds, "peak_bytes": [50_000_000] * len(seconds), **more}

    data = {
        "machine": {"cores": 2, "processor": "AMD", "memory": 8, "system": "Linux 6"},
        "versions": {"Hugo": "1.2.3"},
        "day": "2026-11-27",
        "scenarios": {"cold": "build with no output yet"},
        "results": [
            result("ours", "Kunskapsbanken", [3.0, 1.0, 2.0]),
            result("hugo", "Hugo", [4.0, 4.0, 9.0]),
            result("eleventy", "<Eleventy>", [], failure="exit code 1"),
        ],
        "left_out": {"Zensical": "pip install zensical"},
        "reader": [{"site": "Hugo", "page": "startsidan", "requests": 3, "bytes": 1234, "hosts": 2}],
    }
    file = folder / "results.json"
    file.write_text(json.dumps(data), "utf-8")
    return file


def test_tables_have_medians_ratios_failures_and_what_is_missing(tmp_path: Path) -> None:
    shown = bench("report.py", str(made_up(tmp_path)))
    assert shown.returncode == 0, shown.stderr
    rows = [line.split(" | ") for line in shown.stdout.splitlines() if line.startswith("| 1,000 ")]
    assert [row[1:4] for row in rows[:2]] == [["Kunskapsbanken", "2.00", "0.50"], ["Hugo", "4.00", "1.00"]]
    assert rows[2][2] == "FAILED"
    assert "exit code 1" in rows[2][-1]
    assert "Left out: Zensical. To have it: pip install zensical." in shown.stdout
    assert "| Hugo | startsidan | 3 | 1.2 | 2 |" in shown.stdout


def test_the_page_has_pictures_that_a_strict_policy_lets_through(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    made = bench("report.py", str(made_up(tmp_path)), "--page", str(page))
    assert made.returncode == 0, made.stderr
    text = page.read_text("utf-8")
    (drawn,) = re.findall(r"<svg.*</svg>", text)
    picture = ElementTree.fromstring(drawn)  # noqa: S314  # made by the bench itself
    assert picture.get("aria-labelledby") == " ".join(one.attrib["id"] for one in picture[:2])
    assert [one.tag for one in picture[:2]] == ["title", "desc"]
    assert [one.text for one in picture.iter("text")] == ["Kunskapsbanken", "2,00\xa0s", "Hugo", "4,00\xa0s"]
    assert [float(one.attrib["width"]) for one in picture.iter("rect")] == [150, 300]
    assert {"style", "class", "script"}.isdisjoint(
        {one.tag for one in picture.iter()} | {name for one in picture.iter() for name in one.attrib}
    )
    assert "| 1\xa0000 | Hugo | 4,00\xa0s | 2,00 | 50\xa0MB |" in text
    assert "Zensical fanns inte på datorn" in text


def test_reader_without_a_site_is_refused_with_advice(tmp_path: Path) -> None:
    done = bench("reader.py", "--site", str(tmp_path))
    assert done.returncode == 1
    assert "Run: make site test" in done.stderr


def test_unknown_generator_is_refused() -> None:
    done = bench("run.py", "--only", "okand")
    assert done.returncode == 2
    assert "no such generator: okand" in done.stderr


def test_unknown_scenario_is_refused() -> None:
    done = bench("run.py", "--scenarios", "cold,okand")
    assert done.returncode == 2
    assert "no such scenario: okand" in done.stderr


def test_scores_without_lighthouse_are_refused_with_advice() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCH / "lighthouse.py")],
        env={"PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Run: python tests/tools.py install" in done.stderr
