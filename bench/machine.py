"""Tells which machine and which versions a measurement was made with."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from peers import for_eleventy
from peers.command import REPOSITORY
from results import Machine

PACKAGES = {
    "Hugo": "hugo",
    "Pagefind": "pagefind",
    "MkDocs": "mkdocs",
    "Material for MkDocs": "mkdocs-material",
    "Zensical": "zensical",
}


def machine() -> Machine:
    """This machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.release()}"
    return Machine(os.cpu_count() or 1, _processor(), round(memory), system)


def versions() -> dict[str, str]:
    """The versions by name; of our own, the commit that is checked out."""
    found = {"Kunskapsbanken": _said("git", "rev-parse", "--short=10", "HEAD")}
    found["Python"] = _python()
    found |= {name: _version(package) for name, package in PACKAGES.items()}
    return {**found, "Eleventy": for_eleventy.version(), "Node.js": _said("node", "--version").lstrip("v")}


def _python() -> str:
    """Python's version, and whose it is where it came with the system: how it was built makes a difference of a
    sixth, and does not show in its version."""
    number = platform.python_version()
    with suppress(OSError):
        if sys.base_prefix == "/usr":
            return f"{number} ({platform.freedesktop_os_release()['NAME']})"
    return number


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _said(program: str, *arguments: str) -> str:
    """What a program says, in one line."""
    path = shutil.which(program)
    if path is None:
        return "missing"
    done = subprocess.run([path, *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
