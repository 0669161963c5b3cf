"""The same content gets the same answer: from a check, a build, a build after a good one, and a build from nothing."""

from itertools import count
from pathlib import Path
from typing import Final

import pytest
from sites_support import FAULTY_CONTENT, FINE, tree
from support import CASES, TODAY, command_of, compose, lay

from kunskapsbank import cli
from kunskapsbank.store import SETTING

NAMES: Final = sorted(path.name for path in CASES.iterdir())


class Place:
    """A bank that was built without a fault, and what commands answer when its files are others."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.source, self.site = folder, folder / "bank", folder / "site"
        self._number = count()

    def lay(self, case: Path | None) -> None:
        """Lay the bank with the files of a case over it. What lay there is put aside, which is faster than deleting
        it."""
        if self.source.exists():
            self.source.rename(self.folder / f"bank-{next(self._number)}")
        compose(self.source, case)

    def answer(self, command: str, *options: str) -> int:
        output = () if command == "check" else ("--output", str(self.site))
        environment = {**TODAY, SETTING: str(self.folder / "cache")}
        return cli.main([command, "--source", str(self.source), *output, *options], environment)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Place(tmp_path_factory.mktemp("answers"))
    made.lay(None)
    assert made.answer("build") == FINE
    return made


@pytest.mark.parametrize("name", NAMES)
def test_check_and_every_kind_of_build_agree(name: str, place: Place) -> None:
    """With warnings as errors, which ends a build before it makes pages. What only a build can find, a check does
    not."""
    place.lay(CASES / name)
    answers = {place.answer("build", "--strict"), place.answer("build", "--strict", "--fresh")}
    if command_of(CASES / name) == "check":
        answers.add(place.answer("check", "--strict"))
    assert len(answers) == 1, answers


def test_what_lies_among_the_records_is_told_of_after_a_good_build_too(place: Place) -> None:
    """These are no records, so no record has changed."""
    place.lay(None)
    assert place.answer("build") == FINE
    before = tree(place.site)
    (place.source / "goals").mkdir(exist_ok=True)
    (place.source / "goals" / "x.txt").write_text("x", "utf-8")
    assert [place.answer("build", *options) for options in ((), ("--strict",))] == [FINE, FAULTY_CONTENT]
    lay(place.source, CASES / "symbolic-link")
    assert [place.answer(*words) for words in (("check",), ("build",), ("build", "--fresh"))] == [
        FAULTY_CONTENT
    ] * 3
    (place.source / "examples" / "losenord.md").unlink()
    (place.source / "examples" / "mapp").mkdir()
    assert [place.answer(*words) for words in (("check",), ("build",), ("build", "--fresh"))] == [
        FAULTY_CONTENT
    ] * 3
    assert tree(place.site) == before
