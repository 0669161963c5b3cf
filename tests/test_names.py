"""Names of files: none that Windows can't have, none too long for a path, and those that are proposed are fit."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import dictionary, examined_problems
from sites_support import tree
from support import compose, run
from test_addresses import news

from kunskapsbank.checks.names import LONGEST_ID, RESERVED_NAMES, make_id
from kunskapsbank.checks.subject import name_parts
from kunskapsbank.drafting.new import record
from kunskapsbank.drafting.questions import Refused
from kunskapsbank.settings import today_from

TODAY: Final = today_from({"SOURCE_DATE_EPOCH": "1795392000"})
LONGEST_PART: Final = 255
"""What a file system takes as the name of one file, in bytes."""

LONGEST_PATH: Final = 150
"""In a zip: Windows takes 259 characters, with the folder that it is unpacked in."""


def codes_of(name: str, line: str = "", body: str = "Text.") -> set[str]:
    text = news(body).replace("contact:", f"{line}\ncontact:", 1)
    return {p.code.name for p in examined_problems(text, f"news/2007-02-14-{name}.md")}


@pytest.mark.parametrize("name", sorted(RESERVED_NAMES))
def test_a_name_of_a_device_is_refused(name: str) -> None:
    found = examined_problems(news("Text."), f"news/2007-02-14-{name}.md")
    told = [problem.help("sv") for problem in found if problem.code.name == "wrong-file-name"]
    assert [f"{name}-nyhet" in words for words in told] == [True]
    assert "wrong-file-name" in codes_of("x", f"aliases: [{name}, {name}-2]")
    assert "wrong-file-name" in codes_of("x", body=f"![En bild](../docs/bilder/{name.upper()}.liten.png)")


@pytest.mark.parametrize(
    "name",
    ["console", "con-2", "2-con", "auxiliar", "nula", "com", "com10", "com-1", "lpt", "prn1", "printer"],
)
def test_names_that_are_like_them_pass(name: str) -> None:
    assert "wrong-file-name" not in codes_of(name)


@pytest.mark.parametrize("name", ["COM1", "com¹", "Con", "con.con", "aux ", "lpt².x"])
def test_what_would_become_one_is_proposed_as_another(name: str) -> None:
    found = examined_problems(news("Text."), f"news/2007-02-14-{name}.md")
    examples = [str(p.values["example"]) for p in found if p.code.name == "wrong-file-name"]
    assert examples
    assert not any(name_parts(dictionary().types["news"], e)[0] in RESERVED_NAMES for e in examples)  # type: ignore[index]


def test_a_name_of_the_longest_length_passes_and_one_more_does_not() -> None:
    assert "long-name" not in codes_of("a" * LONGEST_ID)
    assert "long-name" in codes_of("a" * (LONGEST_ID + 1))
    assert "long-name" in codes_of("-".join(["ord"] * 60))


def test_the_limit_is_that_of_former_addresses() -> None:
    """So that a record can always be renamed."""
    for type_ in dictionary().types.values():
        if "aliases" in type_.schema["properties"]:
            assert type_.schema["properties"]["aliases"]["items"]["maxLength"] == LONGEST_ID


@given(st.text(max_size=300) | st.sampled_from([*RESERVED_NAMES, "Com¹", "AUX!", "﷽ " * 20]))
def test_an_id_that_is_made_of_a_title_is_fit(title: str) -> None:
    type_ = dictionary().types["example"]
    made = make_id(title, type_)
    if made:
        assert name_parts(type_, f"examples/{made}.md") == (made, "")
        assert len(made) <= LONGEST_ID
        assert made not in RESERVED_NAMES
        assert make_id(made, type_) == made


def test_a_long_title_is_cut_after_a_word() -> None:
    type_ = dictionary().types["example"]
    assert make_id("Ord " * 40, type_) == "-".join(["ord"] * 20)
    assert make_id("x" * 100, type_) == "x" * LONGEST_ID


ANSWERS: Final = (
    "summary=Arbetsgivarverket skulle bygga upp en utbildning om mångfald.",
    "date=2007-02-14",
    "sources.document=delredovisning-2007",
    "sources.section=1.4",
    "reviewed=2026-11-23",
    "review_every=24",
    "contact=redaktionen",
)


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Com1", "news/2007-02-14-com1-nyhet.md"),
        ("Nätverket " * 9, f"news/2007-02-14-{'-'.join(['natverket'] * 8)}.md"),
    ],
)
def test_a_new_record_gets_a_name_that_is_fit(title: str, path: str) -> None:
    made = record("news", [f"title={title.strip()}", *ANSWERS], "", dictionary(), TODAY, None, print)
    assert made.path == path


@pytest.mark.parametrize("record_id", ["con", "lpt9", "a" * 81, "Con"])
def test_a_new_record_is_refused_a_name_that_is_not(record_id: str) -> None:
    with pytest.raises(Refused, match="går inte som filnamn"):
        record("news", ["title=Nyheten", *ANSWERS], record_id, dictionary(), TODAY, None, print)


def test_every_path_of_the_longest_name_has_room(tmp_path: Path) -> None:
    """Of a method with a tool, which has the longest addresses, in the site and beside its source in a handover."""
    site = compose(tmp_path / "bank")
    name = "a" * LONGEST_ID
    for ending in (".md", ".tool.yml"):
        text = (site / "methods" / f"snackmodellen{ending}").read_text("utf-8")
        text = text.replace("aliases: [snackan]\n", "")
        (site / "methods" / f"{name}{ending}").write_text(text, "utf-8")
    assert run("build", site) == 0
    paths = [path for path in tree(site / "site") if name in path]
    assert len(paths) > 5
    assert max(len(part.encode()) for path in paths for part in path.split("/")) <= LONGEST_PART
    assert max(len(f"vastra-gotaland/webbplats/{path}") for path in paths) <= LONGEST_PATH
