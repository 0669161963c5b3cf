"""Takes the records of a pull request into this checkout, and nothing else of it.

    git fetch origin pull/12/merge && git worktree add ../change FETCH_HEAD
    python -m scripts.take_content ../change

So the content comes from the pull request, and everything that is run comes from here. The record folders
are taken whole: what the pull request deletes is gone here too. Only plain files are taken, with a record's
ending and of a record's size; if anything else lies there, nothing is taken.

Exit: 0 taken, 1 the pull request has what can't be taken, 2 the command was used wrongly.
"""

import argparse
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.problems import formats, report
from kunskapsbank.problems.problem import START, Problem, Rejected
from kunskapsbank.reading.files import FILE_TOO_LARGE, MAX_BYTES, NOT_A_FILE, find, quotable_lines
from scripts.hosted_text import AGAIN, block

TAKEN, NOT_TAKEN, WRONG_USE = 0, 1, 2
ROOT: Final = Path(__file__).resolve().parent.parent
SHOWN: Final = 100
"""At most so many paths are listed."""

Suffixes = Mapping[str, tuple[str, ...]]
"""The endings of a record's file name, by folder."""


class Wrong(Exception):
    """The command can't be carried out; its message is a sentence for a person."""


class Difference(NamedTuple):
    """Paths, in order. `outside` lie in no record folder: they are neither taken nor run."""

    new: Sequence[str]
    changed: Sequence[str]
    deleted: Sequence[str]
    outside: Sequence[str]


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    try:
        suffixes = _suffixes(options.to)
        _refuse_unsaved(options.to, suffixes)
        outside = _outside(options.source, options.to, suffixes)
    except Wrong as wrong:
        print(f"take_content: {wrong}", file=sys.stderr)
        return WRONG_USE
    contents, problems = survey(options.source, suffixes)
    if problems:
        _refuse(problems, options)
        return NOT_TAKEN
    difference = take(contents, options.to, suffixes)._replace(outside=outside)
    words = in_words(difference)
    print(words)
    _append(options.summary, words)
    if options.changed:
        lines = (f"{path}\n" for path in (*difference.new, *difference.changed))
        options.changed.write_text("".join(lines), "utf-8")
    return TAKEN


def survey(source: Path, suffixes: Suffixes) -> tuple[dict[str, bytes], list[Problem]]:
    """The content of every record file of a tree by its path, and why others can't be taken."""
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for folder, endings in suffixes.items():
        paths, faults = find(source, folder, endings)
        problems += faults
        for path in paths:
            if problem := _unfit(source, path):
                problems.append(problem)
            else:
                contents[path] = (source / path).read_bytes()
    return contents, problems


def take(contents: Mapping[str, bytes], target: Path, suffixes: Suffixes) -> Difference:
    """Puts the record folders of a tree in another's place; gives what that changed."""
    before = {path: content for folder in suffixes for path, content in _files(target, folder)}
    for folder in suffixes:
        if (target / folder).is_dir():
            shutil.rmtree(target / folder)
        (target / folder).mkdir()
    for path, content in contents.items():
        (target / path).write_bytes(content)
    return Difference(
        new=sorted(contents.keys() - before.keys()),
        changed=sorted(p for p in contents.keys() & before.keys() if contents[p] != before[p]),
        deleted=sorted(before.keys() - contents.keys()),
        outside=(),
    )


def in_words(difference: Difference) -> str:
    """Markdown for the contributor and the reviewer."""
    kinds = (("ny", difference.new), ("ändrad", difference.changed), ("borttagen", difference.deleted))
    lines = [f"{word + ':':<11} {path}" for word, paths in kinds for path in paths]
    parts = ["## Poster som ändras\n", block(_few(lines)) if lines else "Inga poster ändras.\n"]
    if difference.outside:
        parts += [
            "## Annat som ändras\n",
            "De här filerna är inte poster. De provas inte här och syns inte i förhandsvisningen. En utvecklare "
            "granskar dem. Behöver en post till exempel ett nytt ord i en ordlista, måste ordlistan ändras "
            "först, i en egen ändring.\n",
            block(_few(difference.outside)),
        ]
    return "\n".join(parts)


def _few(lines: Sequence[str]) -> str:
    rest = len(lines) - SHOWN
    shown = [*lines[:SHOWN], *([f"… och {rest} till"] if rest > 0 else [])]
    return "\n".join("".join(c if c.isprintable() else "?" for c in line) for line in shown)


def _refuse(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    text = report.as_text(problems, partial(quotable_lines, options.source), "sv", AGAIN)
    print(formats.annotations(problems) if options.format == "github" else text, end="")
    words = (
        "Något i mapparna för poster är inte en vanlig fil av rätt slag. Därför är inget taget härifrån.\n"
    )
    _append(options.summary, f"## Filer som inte kan tas emot\n\n{words}\n{block(text)}")


def _append(summary: Path | None, words: str) -> None:
    if summary:
        with summary.open("a", encoding="utf-8") as file:
            file.write(words + "\n")


def _unfit(source: Path, path: str) -> Problem | None:
    """Why a file is not even opened; links are known already."""
    about = os.lstat(source / path)
    if not stat.S_ISREG(about.st_mode):
        return Problem(NOT_A_FILE, path, START, {"name": path.rsplit("/", 1)[-1]})
    if about.st_size > MAX_BYTES:
        sizes = {"size": -(-about.st_size // 1024), "limit": MAX_BYTES // 1024}
        return Problem(FILE_TOO_LARGE, path, START, sizes)
    return None


def _files(tree: Path, folder: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted((tree / folder).iterdir()) if (tree / folder).is_dir() else ():
        if path.is_file():
            yield f"{folder}/{path.name}", path.read_bytes()


def _suffixes(tree: Path) -> Suffixes:
    try:
        types = dictionary_files.load(tree).types.values()
    except Rejected:
        raise Wrong(f"Ordlistorna i {tree} har fel. Kör: python build_site.py check") from None
    folders = sorted({type_.folder for type_ in types})
    return {folder: tuple(t.suffix for t in types if t.folder == folder) for folder in folders}


def _refuse_unsaved(target: Path, suffixes: Suffixes) -> None:
    """A person's own work in the record folders is not written over."""
    if _git(target, "status", "--porcelain", "--", *suffixes):
        raise Wrong(f"{target} har ändringar i postmapparna som inte är sparade i git. Spara dem först.")


def _outside(source: Path, target: Path, suffixes: Suffixes) -> list[str]:
    """What differs between the commits of two trees outside the record folders."""
    theirs, ours = _listing(source), _listing(target)
    paths = {path for path, _ in theirs.items() ^ ours.items()}
    return sorted(path for path in paths if path.split("/", 1)[0] not in suffixes)


def _listing(tree: Path) -> dict[str, str]:
    """Every path of a tree's commit, with its kind and the digest of its content."""
    entries = _git(tree, "ls-tree", "-r", "-z", "HEAD").split("\0")
    return {path: about for about, _, path in (entry.partition("\t") for entry in entries if entry)}


def _git(tree: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(tree), *arguments],  # noqa: S607  # git is where the machine has it
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise Wrong(f"{tree} är inte en utcheckning som git kan läsa.")
    return done.stdout.decode(errors="backslashreplace")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="take_content", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("source", type=_folder, metavar="FROM", help="a checkout of the pull request")
    parser.add_argument("to", type=_folder, nargs="?", default=ROOT, metavar="TO", help="this checkout")
    parser.add_argument(
        "--changed", type=Path, metavar="FILE", help="where new and changed paths are written"
    )
    parser.add_argument("--summary", type=Path, metavar="FILE", help="Markdown is added at its end")
    parser.add_argument("--format", choices=("text", "github"), default="text", help="form of a refusal")
    return parser.parse_args(arguments)


def _folder(given: str) -> Path:
    return Path(given).resolve()


if __name__ == "__main__":
    sys.exit(main())
