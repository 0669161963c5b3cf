"""The house holds: imports point backwards along the flow, one module knows the engine, few touch the disk."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from support import REPOSITORY

from kunskapsbank import cli
from kunskapsbank.arguments import COMMANDS

PACKAGE: Final = REPOSITORY / "kunskapsbank"
MODULES: Final = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
LONGEST: Final = 330

LEAVES: Final = frozenset(
    {
        "background",
        "contracts",
        "digests",
        "locks",
        "output",
        "packed",
        "parallel",
        "processes",
        "settings",
        "spreadsheet",
        "work_dirs",
    }
)
FLOW: Final = frozenset(
    {
        "problems",
        "reading",
        "dictionary",
        "checks",
        "urls",
        "library",
        "followup",
        "pages",
        "search",
        "outlets",
        "publishing",
    }
)

MAY_IMPORT: Final[dict[str, frozenset[str]]] = {
    "__init__": frozenset(),
    "problems": frozenset(),
    "locks": frozenset(),
    "processes": frozenset(),
    "work_dirs": frozenset({"locks", "processes"}),
    "background": frozenset({"processes", "work_dirs"}),
    "contracts": frozenset(),
    "output": frozenset(),
    "spreadsheet": frozenset(),
    "parallel": frozenset({"processes"}),
    "digests": frozenset(),
    "packed": frozenset(),
    "store": frozenset({"digests"}),
    "reading": frozenset({"problems"}),
    "dictionary": frozenset({"problems", "reading"}),
    "settings": frozenset({"problems", "reading", "dictionary", "urls"}),
    "checks": frozenset({"problems", "reading", "dictionary", "digests", "packed"}),
    "drafting": frozenset({"problems", "reading", "dictionary", "checks"}),
    "urls": frozenset({"problems", "reading", "dictionary", "checks", "digests", "contracts"}),
    "library": frozenset({"problems", "reading", "dictionary", "checks", "digests"}),
    "followup": frozenset({"dictionary", "checks", "library", "spreadsheet"}),
    "pages": FLOW - {"pages", "search", "outlets", "publishing"} | LEAVES,
    "search": FLOW - {"search", "outlets", "publishing"} | LEAVES,
    "outlets": FLOW - {"search", "outlets", "publishing"} | LEAVES | {"drafting"},
    "publishing": FLOW - {"pages", "search", "outlets", "publishing"} | LEAVES,
    "checking": frozenset(
        {"problems", "reading", "dictionary", "checks", "urls", "settings", "parallel", "earlier"}
    ),
    "earlier": FLOW | LEAVES | {"store"},
    "searching": FLOW | LEAVES | {"earlier"},
    "pipeline": FLOW | LEAVES | {"checking", "earlier", "rules", "searching", "store"},
    "rules": FLOW | LEAVES,
    "url_survey": FLOW | LEAVES | {"checking", "earlier", "pipeline"},
    "handover": FLOW | LEAVES | {"checking", "pipeline"},
    "serving": FLOW | LEAVES | {"checking", "pipeline"},
    "reporting": FLOW | LEAVES | {"arguments", "checking", "pipeline"},
    "arguments": frozenset(),
    "answers": frozenset({"problems", "reading"}),
    "commands": FLOW
    | LEAVES
    | {
        "answers",
        "arguments",
        "checking",
        "drafting",
        "earlier",
        "handover",
        "pipeline",
        "reporting",
        "rules",
        "serving",
        "store",
        "url_survey",
    },
    "cli": frozenset({"answers", "arguments", "commands", "pages", "problems", "processes"}),
}
"""What the modules of each stage may import beside those of their own stage and the version."""

TOUCH_THE_WORLD: Final = ("reading/", "publishing/")
"""Stages that read or write files or ask what time it is, and the modules that do so elsewhere."""
TOUCHING_MODULES: Final = frozenset(
    {
        "dictionary/load.py",
        "earlier/files.py",
        "settings.py",
        "background.py",
        "digests.py",
        "locks.py",
        "parallel.py",
        "processes.py",
        "work_dirs.py",
        "commands/releases.py",
        "commands/rollback.py",
        "commands/verify.py",
        "store.py",
        "pages/kept.py",
        "pages/frames.py",
        "pages/pictures/map.py",
        "pages/portable.py",
        "pages/rule_pages.py",
        "pages/templates.py",
        "drafting/files.py",
        "handover/archive.py",
        "handover/readme.py",
        "handover/run.py",
        "handover/source.py",
        "pages/report_document.py",
        "reporting/run.py",
        "outlets/embeds/scripts.py",
        "outlets/notices.py",
        "search/compounds.py",
        "search/local.py",
        "search/pagefind.py",
        "serving/client.py",
        "serving/run.py",
        "serving/server.py",
        "serving/tree.py",
        "answers.py",
        "cli.py",
        "commands/build.py",
        "commands/check.py",
        "commands/common.py",
        "commands/handover.py",
        "commands/new.py",
        "commands/report.py",
        "commands/rules.py",
        "commands/urls.py",
    }
)

ENGINES: Final = ("mkdocs", "zensical")
CONFIG: Final = "mkdocs.yml"
"""Our own settings stand in it; its name is no knowledge of the engine."""

FILE_METHODS: Final = frozenset(
    {
        "exists", "is_file", "is_dir", "is_symlink", "stat", "lstat", "iterdir", "glob", "rglob", "walk", "mkdir", "rmdir", "unlink",
        "touch", "rename", "symlink_to", "hardlink_to", "chmod", "open", "read_text", "read_bytes", "write_text", "write_bytes",
        "now", "utcnow", "today", "getenv", "getcwd", "cwd", "home", "expanduser",
    }
)  # fmt: skip
WORLDLY_MODULES: Final = frozenset(
    {
        "os",
        "io",
        "time",
        "shutil",
        "tempfile",
        "subprocess",
        "socket",
        "glob",
        "urllib.request",
        "random",
        "uuid",
        "secrets",
        "http",
    }
)


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text("utf-8"))


def stage(module: str) -> str:
    return module.split("/", maxsplit=1)[0].removesuffix(".py")


def imports(module: str) -> Iterator[str]:
    """The full names of modules and of what is taken from them."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written from the package on"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(module: str) -> set[str]:
    """The stages of the package that a module imports from."""
    names = (name.split(".")[1:] for name in imports(module) if name.split(".")[0] == "kunskapsbank")
    return {name[0] for name in names if name and name[0] != "__version__"}


def docstrings(module: str) -> set[int]:
    """The string nodes, by identity, that only explain: they stand as statements of their own."""
    statements = (node for node in ast.walk(tree(module)) if isinstance(node, ast.Expr))
    return {id(node.value) for node in statements if isinstance(node.value, ast.Constant)}


def strings(module: str) -> Iterator[str]:
    told = docstrings(module)
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def dotted(node: ast.expr) -> str:
    """`a.b.c` as it is written, or the last name of what is called on something else."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def worldly(module: str) -> Iterator[str]:
    """Everything in a module that asks the disk, the clock or the machine for something."""
    for name in imports(module):
        parts = name.split(".")
        if parts[0] in WORLDLY_MODULES or ".".join(parts[:2]) in WORLDLY_MODULES:
            yield f"import {name}"
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            if name in ("open", "input", "print") or ("." in name and name.rsplit(".", 1)[1] in FILE_METHODS):
                yield name


def test_every_module_has_a_place_in_the_flow() -> None:
    assert {stage(module) for module in MODULES} == set(MAY_IMPORT)


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_backwards(module: str) -> None:
    own = stage(module)
    assert own_imports(module) <= MAY_IMPORT[own] | ({own} if "/" in module else set())


def test_flow_has_no_circle() -> None:
    """What a stage may import may not import the stage, however far one follows it."""

    def follow(name: str, above: frozenset[str]) -> None:
        assert name not in above
        for other in MAY_IMPORT[name]:
            follow(other, above | {name})

    for name in MAY_IMPORT:
        follow(name, frozenset())


def test_only_the_frames_know_the_engine() -> None:
    knowing = {
        module
        for module in MODULES
        for words in (*strings(module), *imports(module))
        if any(engine in words.replace(CONFIG, "").lower() for engine in ENGINES)
    }
    assert knowing == {"pages/frames.py"}


@pytest.mark.parametrize(
    "module",
    [m for m in MODULES if not m.startswith(TOUCH_THE_WORLD) and m not in TOUCHING_MODULES],
)
def test_stage_asks_nothing_of_the_world(module: str) -> None:
    assert list(worldly(module)) == []


def test_only_one_module_of_reading_touches_the_disk() -> None:
    assert {m for m in MODULES if m.startswith("reading/") and list(worldly(m))} == {"reading/files.py"}


def test_the_clock_is_read_in_one_place() -> None:
    clock = {"now", "today", "utcnow", "time"}
    reading_it = {m for m in MODULES for name in worldly(m) if name.rsplit(".", 1)[-1] in clock}
    assert reading_it == {"settings.py"}


MAKES_PAGES: Final = frozenset(
    {"icalendar", "jinja2", "markdown", "nh3", "pagefind_bin", "watchfiles", "weasyprint"}
    | {f"kunskapsbank.{name}" for name in ("followup", "outlets", "pages", "pipeline", "search", "serving")}
)
"""What a check and a page of help have no use for, and would wait for."""


def taken_in(*arguments: str) -> set[str]:
    """The modules that a run of the program has imported when it ends."""
    told = "\n".join(
        (
            "import sys",
            "from kunskapsbank.cli import main",
            "try: main(sys.argv[1:])",
            "except SystemExit: pass",
            "print(*sys.modules, file=sys.stderr)",
        )
    )
    run = [sys.executable, "-c", told, *arguments]
    done = subprocess.run(run, cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=60)
    return set(done.stderr.split())


def test_a_check_takes_in_nothing_that_makes_pages() -> None:
    taken = taken_in("check")
    assert taken & MAKES_PAGES == set()
    assert {"yaml", "kunskapsbank.checking"} <= taken


@pytest.mark.parametrize("arguments", [("--help",), ("check", "--help"), ("new", "--help")])
def test_help_takes_in_next_to_nothing(arguments: tuple[str, ...]) -> None:
    taken = taken_in(*arguments)
    assert taken & (MAKES_PAGES | {"yaml", "jsonschema_rs", "pyromark", "multiprocessing"}) == set()
    assert "kunskapsbank.arguments" in taken


def test_every_command_is_a_module_of_its_name() -> None:
    alike = {"commands/__init__.py", "commands/common.py", "commands/outcome.py"}
    named = {f"commands/{name}.py" for name in COMMANDS}
    assert {module for module in MODULES if module.startswith("commands/")} - alike == named
    assert list(cli.RUNS) == list(COMMANDS)


@pytest.mark.parametrize("module", MODULES)
def test_module_says_its_job_in_its_first_line(module: str) -> None:
    words = ast.get_docstring(tree(module))
    assert words
    first = words.splitlines()[0]
    assert 10 < len(first) <= 110


@pytest.mark.parametrize("module", MODULES)
def test_module_is_not_too_long(module: str) -> None:
    lines = (PACKAGE / module).read_text("utf-8").count("\n")
    assert lines <= LONGEST


@pytest.mark.parametrize("module", sorted(path.name for path in Path(__file__).parent.glob("*.py")))
def test_test_module_says_its_job_in_its_first_line(module: str) -> None:
    assert ast.get_docstring(ast.parse((Path(__file__).parent / module).read_text("utf-8")))


def test_rules_here_catch_what_they_should() -> None:
    """The finders above find: each is tried on the module that it allows."""
    assert {"open", "os.lstat", "import os"} <= set(worldly("reading/files.py"))
    assert any(name.endswith("datetime.now") or name == "datetime.now" for name in worldly("settings.py"))
    assert {"problems", "reading"} <= own_imports("dictionary/load.py")
    assert "outlets" in own_imports("pipeline.py")
