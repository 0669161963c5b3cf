"""The tools that tests need beside Python packages: a browser, Java, and the judges from npm.

    python tests/tools.py install

installs what is missing and can be had: Chromium by apt where that is possible, else Playwright's own
build, and the npm packages of package.json. A tool that can't be had is said; its tests are then skipped
on a developer's machine and fail in CI.
"""

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str | None:
    """The path of a Chromium on this machine, Playwright's own included."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or _playwright_browser()


def java() -> str | None:
    return shutil.which("java")


def npm_file(path: str) -> Path | None:
    """A file of an npm package of ours, if it is installed."""
    found = ROOT / "node_modules" / path
    return found if found.is_file() else None


def pango() -> str | None:
    """The library that sets the text of PDF files."""
    return find_library("pangoft2-1.0")


def html_checker() -> Path | None:
    """The nu HTML checker's jar."""
    return npm_file("vnu-jar/build/dist/vnu.jar")


def axe() -> Path | None:
    return npm_file("axe-core/axe.min.js")


def dictionary() -> Path | None:
    """The folder of the Swedish spelling dictionary."""
    found = npm_file("dictionary-sv/index.dic")
    return found.parent if found else None


def lighthouse() -> str | None:
    """The path of a Node, where Lighthouse is there to be run by it. The `overrides` of package.json pin two
    packages that a part of Lighthouse wants in their latest version: with them the lock file stays whole."""
    return shutil.which("node") if npm_file("lighthouse/package.json") else None


def sarif_checker() -> Path | None:
    """Microsoft's checker of SARIF files; its package makes it a program in a script that we don't run."""
    found = npm_file("@microsoft/sarif-multitool-linux/Sarif.Multitool")
    if found:
        found.chmod(0o755)
    return found


def yaml_server() -> Path | None:
    """The script of the YAML language server, to be run by Node."""
    return npm_file("yaml-language-server/bin/yaml-language-server")


def json_schema() -> Path | None:
    """The folder of the JSON Schema validator that the contributors' forms bring with them."""
    found = npm_file("@cfworker/json-schema/dist/esm/validator.js")
    return found.parent if found else None


def install() -> None:
    if browser() is None:
        _install_browser()
    if pango() is None:
        _apt("libpango-1.0-0", "libpangoft2-1.0-0")
    judges = {
        "the HTML checker (npm)": html_checker,
        "axe (npm)": axe,
        "Swedish dictionary (npm)": dictionary,
        "Lighthouse (npm)": lighthouse,
        "the SARIF checker (npm)": sarif_checker,
        "the YAML language server (npm)": yaml_server,
        "the JSON Schema validator (npm)": json_schema,
    }
    if (npm := shutil.which("npm")) and any(judge() is None for judge in judges.values()):
        _try([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"])
    wanted = {"a browser": browser(), "Java": java(), "Pango": pango()} | {
        name: judge() for name, judge in judges.items()
    }
    missing = [name for name, found in wanted.items() if found is None]
    if missing:
        print(
            f"Not found, and not installed: {', '.join(missing)}. Their tests are skipped here.",
            file=sys.stderr,
        )


def _playwright_browser() -> str | None:
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    return next((str(path) for path in sorted(folder.glob("chromium-*/chrome-linux*/chrome"))), None)


def _install_browser() -> None:
    """Debian's package where apt may be used, else the one that Playwright brings."""
    _apt("chromium")
    if browser() is None:
        _try([sys.executable, "-m", "playwright", "install", "chromium"])


def _apt(*packages: str) -> None:
    """Nothing where apt may not be used."""
    apt = shutil.which("apt-get")
    sudo = [] if not hasattr(os, "geteuid") or os.geteuid() == 0 else ["sudo", "-n"]
    if apt and (not sudo or shutil.which("sudo")):
        _try([*sudo, apt, "update", "-qq"])
        _try([*sudo, apt, "install", "-y", "-qq", "--no-install-recommends", *packages])


def _try(command: list[str]) -> None:
    """What fails is seen by its absence afterwards."""
    subprocess.run(command, cwd=ROOT, check=False, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    if sys.argv[1:] != ["install"]:
        sys.exit(__doc__)
    install()
