"""Installs what a peer needs from npm, into a folder in .cache/ that is named by its lock file.

Nothing of it lies among the repository's own packages, and no script of a package is run.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from peers.command import REPOSITORY

INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
FILES = ("package.json", "package-lock.json")


def place(site: Path) -> Path:
    """Where the packages of a peer's site are, or will be."""
    digest = hashlib.sha256((site / "package-lock.json").read_bytes()).hexdigest()[:16]
    return REPOSITORY / ".cache" / "bench" / f"{site.name}-{digest}"


def missing(site: Path, wanted: str) -> str:
    """Install the packages if the file that is wanted of them is not there; how to get them if that fails."""
    folder = place(site)
    file = folder / "node_modules" / wanted
    if file.exists():
        return ""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "install Node.js 20 or later with npm"
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(site / name, folder)
    subprocess.run([npm, *INSTALL], cwd=folder, check=False, stdin=subprocess.DEVNULL)
    return "" if file.exists() else f"npm ci in {folder.relative_to(REPOSITORY)}"
