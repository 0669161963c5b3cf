"""Help in editors: the YAML language server with our schemas and settings, and the tasks of VS Code."""

import json
import re
import shutil
from collections.abc import Iterator
from itertools import count, pairwise
from pathlib import Path
from typing import Any, Final

import pytest
import tools
from sites_support import need
from support import CASES, REPOSITORY
from yaml_client import Server, running

from kunskapsbank.checks.run import examine_text
from kunskapsbank.checks.subject import Context
from kunskapsbank.dictionary import load
from kunskapsbank.dictionary.types import Dictionary, RecordType
from kunskapsbank.drafting.draft import draft
from kunskapsbank.drafting.mending import mended
from kunskapsbank.problems.report import SEVERITY_WORDS
from kunskapsbank.settings import today_from

VSCODE: Final = REPOSITORY / ".vscode"
DICTIONARY: Final[Dictionary] = load.load(REPOSITORY)
FOLDERS: Final = sorted({type_.folder for type_ in DICTIONARY.types.values()})


def settings() -> dict[str, Any]:
    """What VS Code hands the server: `yaml.schemas` of settings.json is the part `schemas` of `yaml`."""
    read = json.loads((VSCODE / "settings.json").read_text("utf-8"))
    assert all(name.startswith("yaml.") for name in read)
    yaml: dict[str, Any] = {}
    for name, value in read.items():
        *parts, last = name.split(".")[1:]
        part = yaml
        for step in parts:
            part = part.setdefault(step, {})
        part[last] = value
    return {"yaml": yaml, "http": {}, "[yaml]": {}, "editor": {}, "files": {}}


@pytest.fixture(scope="module")
def checkout(own_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with records and a built site in it, as a contributor has."""
    place = tmp_path_factory.mktemp("checkout")
    shutil.copytree(own_site / "schema", place / "site" / "schema")
    for folder in FOLDERS:
        shutil.copytree(REPOSITORY / folder, place / folder)
    return place


@pytest.fixture(scope="module")
def server(checkout: Path) -> Iterator[Server]:
    script = need(tools.yaml_server(), "the YAML language server")
    with running([need(shutil.which("node"), "Node"), str(script), "--stdio"], checkout, settings()) as found:
        yield found


def opened(server: Server, checkout: Path, folder: str, text: str, suffix: str = ".md") -> str:
    """The address of a new document in a folder, open in the server."""
    uri = (checkout / folder / f"prov-{next(_NUMBERS)}{suffix}").as_uri()
    server.open(uri, "yaml", text)
    return uri


_NUMBERS: Final = count()


def front_of(text: str, type_: RecordType) -> str:
    """The part of a record that is YAML, with its fences."""
    if not type_.has_body:
        return text
    return text[: text.index("\n---\n", 4)] + "\n"


def marked(text: str) -> tuple[str, int, int]:
    """A text without the mark ¦ in it, and the line and the character that it stood at."""
    before, after = text.split("¦")
    return before + after, before.count("\n"), len(before.rsplit("\n", 1)[-1])


# With the settings of the repository


def test_the_settings_name_a_schema_for_every_type() -> None:
    named = settings()["yaml"]["schemas"]
    assert named == {
        f"site/schema/v1/{type_.id}.json": f"{type_.folder}/*{type_.suffix}"
        for type_ in DICTIONARY.types.values()
    }


@pytest.mark.parametrize("type_", DICTIONARY.types.values(), ids=list(DICTIONARY.types))
def test_nothing_is_wrong_with_the_records_there_are(
    server: Server, checkout: Path, type_: RecordType
) -> None:
    files = [file for file in (checkout / type_.folder).iterdir() if file.name.endswith(type_.suffix)]
    for file in files:
        server.open(file.as_uri(), "yaml", front_of(file.read_text("utf-8"), type_))
    found = {file.name: server.diagnoses(file.as_uri()) for file in files}
    assert found == {file.name: [] for file in files}
    assert files
    spoilt = opened(server, checkout, type_.folder, "title: Ett prov\nokänt: 1\n", type_.suffix)
    assert server.diagnoses(spoilt)


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: Ett prov\ncounties: [sk¦]\n", "---\ntitle: Ett prov\ncounties:\n  - sk¦\n"],
    ids=["on the line", "in a list"],
)
def test_a_county_is_completed_with_its_name(server: Server, checkout: Path, text: str) -> None:
    whole, line, character = marked(text)
    uri = opened(server, checkout, "examples", whole)
    found = {item["label"]: item["documentation"] for item in server.completions(uri, line, character)}
    assert found["skane"] == "Skåne"
    assert len(found) == len(DICTIONARY.vocabularies["counties"].terms)


def test_a_section_that_is_not_documented_is_completed_with_its_heading(
    server: Server, checkout: Path
) -> None:
    whole, line, character = marked("---\nnot_documented: [¦]\n")
    uri = opened(server, checkout, "methods", whole)
    found = {item["label"]: item["documentation"] for item in server.completions(uri, line, character)}
    assert found["when"] == "När passar den?"
    assert found["agencies"] == DICTIONARY.types["method"].fields["agencies"].label.sv


def test_a_key_is_completed_with_its_help(server: Server, checkout: Path) -> None:
    whole, line, character = marked("---\ntitle: Ett prov\nfocus¦\n")
    uri = opened(server, checkout, "examples", whole)
    found = {item["label"]: item for item in server.completions(uri, line, character)}
    help_ = DICTIONARY.types["example"].fields["focus_areas"].help.sv
    assert found["focus_areas"]["documentation"] == " ".join(help_.split())


def test_what_is_pointed_at_is_explained_in_swedish(server: Server, checkout: Path) -> None:
    whole, line, character = marked("---\ntitle: Ett prov\ncoun¦ties: [skane]\n")
    uri = opened(server, checkout, "examples", whole)
    said = server.hover(uri, line, character)
    field = DICTIONARY.types["example"].fields["counties"]
    assert field.label.sv in said
    assert field.help.sv in said


def test_a_wrong_key_and_a_wrong_value_are_marked(server: Server, checkout: Path) -> None:
    text = (
        front_of(
            (checkout / "examples" / "karp-malmo-stad.md").read_text("utf-8"), DICTIONARY.types["example"]
        )
        .replace("\nfocus_areas:", "\nfokus: ja\nfocus_areas:", 1)
        .replace("\nstatus: ", "\nstatus: x", 1)
    )
    text = re.sub(r"\nreviewed: \S+", "\nreviewed: 23/11", text)
    found = server.diagnoses(opened(server, checkout, "examples", text))
    lines = text.split("\n")
    said = {lines[p["range"]["start"]["line"]].partition(":")[0]: p["message"] for p in found}
    assert set(said) == {"fokus", "status", "reviewed"}
    assert "fokus" in said["fokus"]
    assert said["status"] == "Välj ett av: proposed, planned, running, done, ended, unclear."
    assert said["reviewed"].startswith("Skriv till exempel: ")


def test_a_whole_record_gets_help_at_the_top_and_false_marks_below(server: Server, checkout: Path) -> None:
    """The server takes Markdown for YAML. So VS Code is not told that records are YAML, and docs/bidra/editor.md
    says what happens to those who tell it so themselves."""
    type_ = DICTIONARY.types["example"]
    text = (checkout / "examples" / "karp-malmo-stad.md").read_text("utf-8")
    end = front_of(text, type_).count("\n")
    uri = opened(server, checkout, "examples", text)
    found = server.diagnoses(uri)
    assert found
    assert all(problem["range"]["start"]["line"] >= end for problem in found)
    line = text[: text.index("\ncounties:")].count("\n") + 1
    assert "Län" in server.hover(uri, line, 2)


# The comment in new files


@pytest.mark.parametrize("type_", DICTIONARY.types.values(), ids=list(DICTIONARY.types))
def test_the_comment_of_a_new_file_is_understood(server: Server, checkout: Path, type_: RecordType) -> None:
    """In a folder that no setting names; the address is one on the disk, so that nothing is fetched."""
    made = draft(type_, {"title": "Ett prov"}, "prov", f"{(checkout / 'site/schema/v1').as_uri()}/")
    text = front_of(made.text, type_)
    whole, line, character = marked(text + "¦\n")
    uri = opened(server, checkout, "annat", whole, type_.suffix)
    assert server.diagnoses(uri)  # what is missing
    labels = {item["label"] for item in server.completions(uri, line, character)}
    assert "contact" in labels
    assert not labels & {"title"}


@pytest.mark.parametrize("type_", DICTIONARY.types.values(), ids=list(DICTIONARY.types))
def test_the_comment_is_no_problem_and_stays(type_: RecordType) -> None:
    """It changes what the checks say in no way, and `check --fix` keeps it."""
    context = Context(DICTIONARY, today_from({}), 50, advice=True)
    address = "https://kunskapsbanken.example/schema/v1/"
    plain, told = (draft(type_, {"title": "Ett prov"}, "prov", schemas) for schemas in ("", address))
    comment = f"# yaml-language-server: $schema={address}{type_.id}.json\n"
    first = "---\n" if type_.has_body else ""
    assert told.text == plain.text.replace(first, first + comment, 1)
    codes = [
        [problem.code.name for problem in examine_text(made.text, made.path, type_, context).problems]
        for made in (plain, told)
    ]
    assert codes[0] == codes[1]
    spoilt = told.text.replace("\ntitle: Ett prov\n", "\ntitle: Ett prov  \n")
    assert spoilt != told.text
    assert mended(spoilt, told.path, type_, DICTIONARY) == told.text


# VS Code's own files


def matchers() -> list[dict[str, Any]]:
    (task,) = json.loads((VSCODE / "tasks.json").read_text("utf-8"))["tasks"]
    assert task["args"] == ["build_site.py", "check"]
    return list(task["problemMatcher"])


def test_the_task_takes_every_report_apart() -> None:
    """Each line that starts a problem, by the one matcher for its severity, and the message under it."""
    words = [f": {word.sv} [" for word in SEVERITY_WORDS.values()]
    seen: dict[str, int] = {}
    for file in CASES.glob("*/expected.sv.txt"):
        lines = file.read_text("utf-8").split("\n")
        for head, message in pairwise(lines):
            starts = not head.startswith(" ") and head.endswith("]") and any(word in head for word in words)
            found = [one for one in matchers() if re.search(one["pattern"][0]["regexp"], head)]
            assert len(found) == starts, head
            for matcher in found:
                place, said = matcher["pattern"]
                parts = re.search(place["regexp"], head)
                assert parts
                assert parts[place["code"]] in head
                assert parts[place["file"]] + f":{parts[place['line']]}:{parts[place['column']]}:" in head
                text = re.search(said["regexp"], message)
                assert text
                assert text[said["message"]] == message.strip()
                seen[matcher["severity"]] = seen.get(matcher["severity"], 0) + 1
    assert set(seen) == {"error", "warning", "info"}
    assert len({matcher["owner"] for matcher in matchers()}) == len(matchers())


def test_the_extension_that_is_recommended_is_the_one_on_the_page() -> None:
    recommended = json.loads((VSCODE / "extensions.json").read_text("utf-8"))["recommendations"]
    page = (REPOSITORY / "docs" / "bidra" / "editor.md").read_text("utf-8")
    assert recommended == ["redhat.vscode-yaml"]
    assert "`redhat.vscode-yaml`" in page
    assert "Kontrollera posterna" in page
