"""Keeps one issue on GitHub with what the nightly round found: written anew, reopened, or closed.

    python3 scripts/one_issue.py nightly/overdue.md nightly/dead-links.md

Needs nothing but Python and GitHub's own command, `gh`, signed in. The issue is the one that has our label
and our mark in its text; others are left alone. Exit: 0 done, 3 GitHub said no.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

LABEL: Final = "nattlig-genomgang"
TITLE: Final = "Att se över: granskningar och länkar"
MARK: Final = "<!-- kunskapsbanken: nightly round -->"
INTRO: Final = "Den här listan skrivs om varje natt av `.github/workflows/nightly.yml`. När inget är kvar stängs ärendet."
NOTHING_LEFT: Final = "Inget är kvar att se över."
LIMIT: Final = 60_000
"""GitHub takes texts of at most 65,536 characters."""


class Refused(Exception):
    """GitHub's own words."""


class Issue(NamedTuple):
    number: str
    is_open: bool
    body: str


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="one_issue", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("parts", type=Path, nargs="+", metavar="FILE", help="Markdown; may be empty")
    options = parser.parse_args(arguments)
    try:
        print(keep([path.read_text("utf-8").strip() for path in options.parts]))
    except Refused as refused:
        print(f"one_issue: {refused}", file=sys.stderr)
        return 3
    return 0


def keep(parts: Sequence[str]) -> str:
    """Makes the issue say these parts, and gives a sentence on what was done."""
    said = [part for part in parts if part]
    body = _body(said) if said else ""
    issue = _find()
    if issue is None:
        return _create(body) if body else "Nothing to tell, and no issue."
    if not body:
        if issue.is_open:
            _gh("issue", "close", issue.number, "--comment", NOTHING_LEFT)
        return f"Issue {issue.number} is closed: nothing is left."
    if issue.body.replace("\r\n", "\n").strip() != body.strip():
        _gh("issue", "edit", issue.number, "--body-file", "-", text=body)
    if not issue.is_open:
        _gh("issue", "reopen", issue.number)
    return f"Issue {issue.number} says what is left."


def _body(parts: Sequence[str]) -> str:
    text = "\n\n".join([MARK, INTRO, *parts]) + "\n"
    if len(text) <= LIMIT:
        return text
    return (
        text[: text.rfind("\n", 0, LIMIT)] + "\n\nListan är avkortad. Resten kommer när det här är gjort.\n"
    )


def _find() -> Issue | None:
    """The newest of ours, whether it is open or closed."""
    found = _gh("issue", "list", "--label", LABEL, "--state", "all", "--json", "number,state,body")
    ours = [issue for issue in json.loads(found) if MARK in issue["body"]]
    newest = max(ours, key=lambda issue: issue["number"], default=None)
    return Issue(str(newest["number"]), newest["state"] == "OPEN", newest["body"]) if newest else None


def _create(body: str) -> str:
    _gh("label", "create", LABEL, "--force", "--description", "Det som nattens genomgång fann")
    return "New issue: " + _gh(
        "issue", "create", "--title", TITLE, "--label", LABEL, "--body-file", "-", text=body
    )


def _gh(*arguments: str, text: str = "") -> str:
    done = subprocess.run(
        ["gh", *arguments],  # noqa: S607  # gh is where the machine has it
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise Refused(done.stderr.strip() or f"gh {arguments[0]} {arguments[1]} failed")
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
