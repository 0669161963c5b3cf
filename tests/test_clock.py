"""Which day it is: told by the bank's own clock, wherever the machine is."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sites_support import FAULTY_CONTENT, FINE, WRONG_USE, replace
from support import compose

from kunskapsbank import cli
from kunskapsbank.settings import load_at

LATE: dict[str, str] = {"SOURCE_DATE_EPOCH": str(int(datetime(2026, 11, 22, 23, 30, tzinfo=UTC).timestamp()))}
"""Half past midnight in Stockholm, where the records say 2026-11-23."""


def bank(place: Path, zone: str) -> Path:
    source = compose(place / "bank")
    setting = f"    time_zone: {zone}\n" if zone else ""
    replace(source / "mkdocs.yml", "    publisher:", f"{setting}    publisher:")
    return source


@pytest.mark.parametrize(
    ("zone", "answer"),
    [("Europe/Stockholm", FINE), ("Pacific/Auckland", FINE), ("UTC", FAULTY_CONTENT), ("", FAULTY_CONTENT)],
)
def test_today_is_no_day_in_the_future_where_it_has_begun(zone: str, answer: int, tmp_path: Path) -> None:
    assert cli.main(["check", "--source", str(bank(tmp_path, zone))], LATE) == answer


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Europe/Stockholm", 23), ("UTC", 22), ("America/New_York", 22), ("Pacific/Kiritimati", 23)],
)
def test_the_day_is_that_of_the_zone(zone: str, day: int, tmp_path: Path) -> None:
    now = datetime.fromtimestamp(int(LATE["SOURCE_DATE_EPOCH"]), UTC)
    assert load_at(bank(tmp_path, zone), now).today == date(2026, 11, day)


@pytest.mark.parametrize("zone", ["Europe/Sthlm", "../../etc/passwd", "/etc/localtime", "CET+1", "'1'"])
def test_a_zone_that_nobody_knows_is_told_at_its_place(
    zone: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--source", str(bank(tmp_path, zone))], LATE) == FAULTY_CONTENT
    said = capsys.readouterr().out
    assert "[invalid-value]" in said
    assert "Europe/Stockholm" in said


@pytest.mark.parametrize("epoch", ["253402300799", "-62135596800", "1e9", "99999999999999999999"])
def test_a_moment_that_no_clock_can_tell_is_told(
    epoch: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["check", "--source", str(bank(tmp_path, "Europe/Stockholm"))]
    assert cli.main(command, {"SOURCE_DATE_EPOCH": epoch}) == WRONG_USE
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err
