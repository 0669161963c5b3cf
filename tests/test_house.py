"""The tools that keep the house find nothing: ruff's rules, ruff's format and mypy's types."""

import subprocess
import sys

import pytest
from support import REPOSITORY


@pytest.mark.parametrize(
    "arguments",
    [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)],
    ids=["rules", "format", "types"],
)
def test_tool_finds_nothing(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
