"""Makes a corpus into a Zensical site: the pages that Material gets, with the settings that help Zensical.

Zensical wants its output inside its project, so the project is the folder that the sources and the outputs
lie in, and each output has a configuration of its own there, which inherits peers/material's.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from peers import for_material
from peers.command import Command, package_file

prepare = for_material.prepare

EXTENSIONS = ["toc"]
"""Instead of all that Zensical loads by default: no record needs more, and headings get ids from it."""


def missing() -> str:
    """How to get Zensical."""
    return "" if package_file("zensical", "__init__.py") else "pip install zensical"


def command(source: Path, output: Path) -> Command:
    """Build from nothing: `--clean` sets aside what Zensical remembers from the build before."""
    project = source.parent
    settings = {
        "INHERIT": f"{source.name}/mkdocs.yml",
        "docs_dir": f"{source.name}/docs",
        "site_dir": output.relative_to(project).as_posix(),
        "markdown_extensions": EXTENSIONS,
    }
    config = project / f"{output.name}.yml"
    config.write_text(json.dumps(settings), "utf-8")
    arguments = [sys.executable, "-m", "zensical", "build", "--clean", "--config-file", config.name]
    return Command(arguments, project)
