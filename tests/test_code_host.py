"""What GitHub is told to do: workflows without rights or strangers' code, forms that agree with the dictionary."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest
from making import dictionary
from sites_support import need
from support import REPOSITORY
from workflows import EXPRESSION, GITHUB, WORKFLOWS, commands, jobs, read

from kunskapsbank import answers, cli
from kunskapsbank.arguments import parse
from kunskapsbank.commands import common
from kunskapsbank.problems.formats import FORMATS
from kunskapsbank.settings import load_at
from scripts import one_issue

PULL_REQUEST: Final = GITHUB / "workflows" / "pull-request.yml"
FORMS: Final = [GITHUB / "ISSUE_TEMPLATE" / name for name in ("exempel.yml", "fel.yml")]
PYTHON: Final = (".venv/bin/python", "python3")
BY_NAME: Final = [file.stem for file in WORKFLOWS]
SCRIPTS: Final = sorted(
    file.stem
    for file in (REPOSITORY / "scripts").glob("*.py")
    if "argparse" in file.read_text("utf-8") and file.stem != "__init__"
)
TARGETS: Final = ("install", "check", "archive", "nightly", "urls")
"""What the workflows ask make for."""


def ran(*command: str, folder: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )


def zizmor(place: Path) -> subprocess.CompletedProcess[str]:
    """The auditor of workflows, at its strictest; nothing is asked of the network, nothing may be excused."""
    program = Path(sysconfig.get_path("scripts")) / "zizmor"
    found = need(program if program.is_file() else None, "zizmor (requirements-test.lock)")
    options = ("--offline", "--no-ignores", "--strict-collection", "--persona=auditor", "--no-progress")
    return ran(str(found), *options, str(place))


def test_auditor_finds_nothing() -> None:
    done = zizmor(GITHUB)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(f"completed {place}" in done.stderr.replace(f"{REPOSITORY}/", "") for place in _audited())


def _audited() -> list[str]:
    return [file.relative_to(REPOSITORY).as_posix() for file in (*WORKFLOWS, GITHUB / "dependabot.yml")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  pull_request:\n", "  pull_request_target:\n"),
        ("          persist-credentials: false\n", ""),
        ("    permissions:\n      contents: read\n", "    permissions: write-all\n"),
        ('"$PREVIEW"', "${{ github.event.pull_request.title }}"),
    ],
)
def test_auditor_finds_what_it_should(old: str, new: str, tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = PULL_REQUEST.read_text("utf-8")
    assert old in text
    (folder / "pull-request.yml").write_text(text.replace(old, new), "utf-8")
    assert zizmor(tmp_path).returncode > 10  # below that it failed itself


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", WORKFLOWS),
        ("dependabot", [GITHUB / "dependabot.yml"]),
        ("github-issue-forms", FORMS),
        ("github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
    ],
)
def test_published_schema_is_kept(schema: str, files: list[Path]) -> None:
    need(find_spec("check_jsonschema"), "check-jsonschema (requirements-test.lock)")
    done = ran(
        sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, files)
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", WORKFLOWS, ids=BY_NAME)
def test_every_action_is_pinned_and_says_its_version(file: Path) -> None:
    uses = [line for line in file.read_text("utf-8").splitlines() if re.search(r"\buses:", line)]
    assert uses
    for line in uses:
        ours = re.fullmatch(r"    uses: \$/(\.github/workflows/[a-z-]+\.yml)", line)
        if ours:  # of the same commit
            assert (REPOSITORY / ours[1]).is_file(), line
        else:
            assert re.fullmatch(r"\s+(- )?uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_an_action_has_one_version_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for file in WORKFLOWS:
        for action, pin in re.findall(r"uses: (\S+)@(.+)", file.read_text("utf-8")):
            pins.setdefault(action, set()).add(pin)
    assert {action: len(found) for action, found in pins.items()} == dict.fromkeys(pins, 1)


@pytest.mark.parametrize("file", WORKFLOWS, ids=BY_NAME)
def test_every_job_has_its_own_rights_an_end_and_a_pinned_machine(file: Path) -> None:
    assert read(file)["permissions"] == {}
    assert "secrets." not in file.read_text("utf-8")
    for name, job in jobs(file).items():
        assert isinstance(job["permissions"], dict), name
        if "uses" in job:
            continue  # the end and the machine are those of the jobs that it calls
        assert 0 < job["timeout-minutes"] <= 60, name
        assert job["runs-on"] == "ubuntu-24.04", name


RIGHTS: Final = {
    "pull-request/records": {"contents": "read"},
    "tests/tests": {"contents": "read"},
    "publish/tests": {"contents": "read"},
    "publish/build": {"contents": "read"},
    "publish/pages": {"pages": "write", "id-token": "write"},
    "nightly/look": {"contents": "read"},
    "nightly/tell": {"contents": "read", "issues": "write"},
}


def test_rights_are_these_and_no_others() -> None:
    found = {
        f"{file.stem}/{name}": job["permissions"] for file in WORKFLOWS for name, job in jobs(file).items()
    }
    assert found == RIGHTS


def test_nothing_is_published_before_the_tests_of_the_same_commit_have_passed() -> None:
    """The tests are called by the workflow that publishes, so that both are of one commit. A job that is needed and
    failed, was cancelled or was skipped skips those that need it, unless they say otherwise by a condition."""
    publish, called = GITHUB / "workflows" / "publish.yml", GITHUB / "workflows" / "tests.yml"
    made = jobs(publish)
    assert made["tests"]["uses"] == f"$/{called.relative_to(REPOSITORY).as_posix()}"
    assert "workflow_call" in read(called)[True]
    assert (made["build"]["needs"], made["pages"]["needs"]) == ("tests", "build")
    conditions = [str(job.get("if", "")) for job in made.values()]
    assert not [condition for condition in conditions if re.search(r"always|failure|cancelled", condition)]
    assert not any("continue-on-error" in job for job in (*made.values(), *jobs(called).values()))


def test_a_push_to_main_runs_the_tests_once() -> None:
    tests, publish = (read(GITHUB / "workflows" / f"{name}.yml") for name in ("tests", "publish"))
    branches = publish[True]["push"]["branches"]
    assert set(branches) <= set(tests[True]["push"]["branches-ignore"])
    assert tests["concurrency"]["group"] != publish["concurrency"]["group"]


def test_pull_request_is_read_with_nothing_kept_of_who_reads() -> None:
    events = read(PULL_REQUEST)[True]
    assert set(events) == {"pull_request", "merge_group"}
    base, change = (
        step["with"] for step in jobs(PULL_REQUEST)["records"]["steps"] if "checkout" in step.get("uses", "")
    )
    assert (base["path"], change["path"]) == ("base", "change")
    assert "base_ref" in base["ref"]
    assert change["ref"] == "${{ github.sha }}"
    for checkout in (base, change):
        assert [checkout[key] for key in ("persist-credentials", "submodules", "lfs")] == [False] * 3
    assert read(PULL_REQUEST)["defaults"]["run"]["working-directory"] == "base"


def test_branches_are_the_one_that_the_settings_name() -> None:
    host = load_at(REPOSITORY, common.now({})).code_host
    assert host is not None
    assert read(PULL_REQUEST)[True]["pull_request"]["branches"] == [host.branch]
    assert read(GITHUB / "workflows" / "publish.yml")[True]["push"]["branches"] == [host.branch]


@pytest.mark.parametrize("file", WORKFLOWS, ids=BY_NAME)
def test_every_command_can_be_run_here(file: Path) -> None:
    for command in commands(file):
        assert not EXPRESSION.search(command.line), command
        words = shlex.split(command.line)
        match words[0]:
            case "make":
                assert words[1] in {*TARGETS, "site"}, command
            case "cp" | ".ci/run":
                assert shutil.which(words[0], path=os.defpath) or os.access(REPOSITORY / words[0], os.X_OK)
            case program if program in PYTHON:
                assert_understood(words[1:])
            case _:
                pytest.fail(f"{command}: neither make nor a script of ours")


@pytest.mark.parametrize("target", TARGETS)
def test_every_command_of_make_can_be_run_here(target: str) -> None:
    """make says what it would run; nothing is run."""
    done = ran("make", "--dry-run", "--always-make", target)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if " build_site.py " in line or " scripts." in line]
    for line in lines:
        with_address = re.sub(r"\$\{SITE_URL:\+(.*?)\}", r"\1", line).partition(" > ")[0]
        assert_understood(shlex.split(with_address.replace("$SITE_URL", "https://prov.example/"))[1:])
    assert lines or target == "install"


def assert_understood(words: list[str]) -> None:
    """Python's arguments name a script of ours, and only options that it has."""
    if words[0] == "build_site.py":
        parse(words[1:], cli.RUNS, answers.CHECKOUT, cli.engines, FORMATS)
        return
    module = words[1].removeprefix("scripts.") if words[0] == "-m" else Path(words[0]).stem
    assert module in SCRIPTS
    told = helped(module)
    assert [word for word in words if word.startswith("--") and word not in told] == []


def helped(module: str) -> str:
    done = ran(sys.executable, "-m", f"scripts.{module}", "--help")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("module", SCRIPTS)
def test_script_explains_itself(module: str) -> None:
    assert f"usage: {module}" in helped(module)


def test_issue_is_kept_with_nothing_installed() -> None:
    """The job with the right to write runs on the machine's own Python."""
    done = ran(sys.executable, "-I", "-S", "scripts/one_issue.py", "--help")
    assert done.returncode == 0, done.stderr


def fields(file: Path) -> Iterator[dict[str, Any]]:
    return (field for field in read(file)["body"] if field["type"] != "markdown")


@pytest.mark.parametrize(
    ("field", "vocabulary"), [("county", "counties"), ("focus_area", "focus_areas")], ids=str
)
def test_choices_of_the_form_are_the_vocabulary(field: str, vocabulary: str) -> None:
    options = next(f["attributes"]["options"] for f in fields(FORMS[0]) if f["id"] == field)
    terms = dictionary().vocabularies[vocabulary].terms.values()
    assert options == [term.label.sv for term in terms], f"mend {FORMS[0].relative_to(REPOSITORY)}"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_form_warns_before_anything_is_written(form: Path) -> None:
    first = read(form)["body"][0]
    assert first["type"] == "markdown"
    for words in ("blir offentligt", "inga namn på personer", "inga personnummer"):
        assert words in first["attributes"]["value"].replace("Skriv inga", "skriv inga")


def test_chooser_leads_to_the_page_on_contributing() -> None:
    links = read(GITHUB / "ISSUE_TEMPLATE" / "config.yml")["contact_links"]
    assert [link["url"] for link in links] == [load_at(REPOSITORY, common.now({})).site_url + "bidra/"]
    assert (REPOSITORY / "docs" / "bidra" / "index.md").is_file()


def test_owners_are_teams_of_paths_that_exist() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    assert rules[0][0] == "*"
    for path, *owners in rules:
        assert path == "*" or (REPOSITORY / path.lstrip("/")).exists(), path
        assert owners
        assert all(re.fullmatch(r"@[a-z-]+/[a-z-]+", owner) for owner in owners)
    owned = {path.strip("/") for path, *_ in rules}
    assert {type_.folder for type_ in dictionary().types.values()} <= owned


def test_guide_names_everything_that_is_to_be_set_up() -> None:
    guide = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    texts = [file.read_text("utf-8") for file in WORKFLOWS]
    variables = {name for text in texts for name in re.findall(r"\bvars\.([A-Z_]+)", text)}
    labels = {label for form in FORMS for label in read(form)["labels"]}
    names = {*variables, *labels, one_issue.LABEL, *(file.name for file in WORKFLOWS)}
    assert variables
    assert {name for name in names if f"`{name}`" not in guide} == set()


def test_every_lock_file_of_npm_gets_new_versions() -> None:
    """The peers of the benchmark too, which is by their newest versions."""
    updates = read(GITHUB / "dependabot.yml")["updates"]
    (npm,) = (update for update in updates if update["package-ecosystem"] == "npm")
    listed = ran("git", "ls-files", "package-lock.json", "*/package-lock.json").stdout.split()
    assert listed
    assert {f"/{Path(path).parent.as_posix()}".rstrip(".") for path in listed} == set(npm["directories"])


def test_a_hole_can_be_told_in_private() -> None:
    """The address leads to the code host of the settings, so that it is right after a move."""
    host = load_at(REPOSITORY, common.now({})).code_host
    assert host is not None
    assert host.address in (REPOSITORY / "SECURITY.md").read_text("utf-8")


@pytest.mark.parametrize("group", ["links", "lock"])
def test_program_is_pinned_by_hash(group: str) -> None:
    wanted = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["dependency-groups"][group]
    locked = (REPOSITORY / f"requirements-{group}.lock").read_text("utf-8")
    assert re.findall(r"^\S+==\S+", locked, re.MULTILINE) == wanted
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", locked)) > 1


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://kunskapsbanken.example/exempel/", False),
        ("https://git.kunskapsbanken.example/x/y/-/edit/main/examples/karp.md", False),
        ("https://github.com/x/y/edit/main/examples/karp.md", False),
        ("https://gitlab.com/x/y/-/edit/main/examples/karp.md", False),
        ("https://www.example.com", False),
        ("https://www.digg.se/tdosanmalan", True),
        ("https://creativecommons.org/licenses/by/4.0/deed.sv", True),
        ("https://myexample.com/", True),
        ("https://exempel.se/example/", True),
    ],
)
def test_links_that_are_asked_for(address: str, asked: bool) -> None:
    left_out = tomllib.loads((GITHUB / "lychee.toml").read_text("utf-8"))["exclude"]
    assert asked is not any(re.search(pattern, address) for pattern in left_out)
