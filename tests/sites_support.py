"""What the tests of whole sites share: building, reading a built tree, serving it, asking for a tool."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from host import plain, running
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser, LexborNode
from support import REPOSITORY, TODAY

from kunskapsbank import cli
from kunskapsbank.contracts import USE

Tool = TypeVar("Tool")

BROWSER_ARGUMENTS: Final = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

KINDS_OF_PAGE: Final = (
    "",
    "exempel/",
    "metoder/",
    "fokusomraden/",
    "fokusomraden/rekrytering/",
    "lan/ostergotland/",
    "exempel/karp-malmo-stad/",
    "metoder/snackmodellen/",
    "metoder/fair-termometern/verktyg/",
    "aktiviteter/kick-off/",
    "nyheter/projektet-startar/",
    "projektet/",
    "projektet/ekonomi/",
    "bidra/",
    "bidra/falt/exempel/",
    "bidra/exempel/",
    "bidra/regler/",
    "bidra/regler/identity-number/",
    "badda-in/",
    "for-utvecklare/",
    "tillganglighet/",
    "en/",
    "overblick/",
    "uppfoljning/",
    "uppfoljning/dalarna/",
    "uppfoljning/dalarna/poster/",
    "uppfoljning/dalarna/rapport/",
    "uppfoljning/enkat/",
    "mal/stimulera-rekryteringen/",
    "iakttagelser/rekrytering/",
    "lan/",
    "ar/2007/",
    "sok/",
    "sok/?q=rekrytering&lan=skane&typ=exempel",
    "finns-inte/",
)
"""A page of every kind of the repository's own site; the last is answered with the page for a missing one."""

WATCH: Final = """
window.violations = [];
document.addEventListener('securitypolicyviolation', e => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));
"""
"""Put into a page, notes every breach of its policy in `window.violations`."""

FINE, FAULTY_CONTENT, WRONG_USE, MACHINE_FAILED = 0, 1, 2, 3


def need(tool: Tool | None, name: str) -> Tool:
    """The tool; without it the test is skipped on a developer's machine, and fails in CI."""
    if tool is None:
        sentence = f"{name} is missing. Run: python tests/tools.py install"
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    return tool


def copy_of(site: Path, output: Path) -> Path:
    """A built site with all its releases, as if it had been built at `output`."""
    releases = f".{output.name}.releases"
    shutil.copytree(site.with_name(f".{site.name}.releases"), output.parent / releases, symlinks=True)
    output.symlink_to(Path(releases, *site.readlink().parts[1:]))
    return output


def build(
    source: Path, output: Path, *options: str, environment: Mapping[str, str] = TODAY, expect: int = FINE
) -> Path:
    """Builds a site in this process and holds it to its exit code; gives the output."""
    found = cli.main(["build", "--source", str(source), "--output", str(output), *options], environment)
    assert found == expect
    return output


def hand_over(
    source: Path,
    county: str,
    output: Path,
    *options: str,
    environment: Mapping[str, str] = TODAY,
    expect: int = FINE,
) -> None:
    """Hands a county over in this process and holds the command to its exit code."""
    command = ["handover", county, "--source", str(source), "--output", str(output), *options]
    assert cli.main(command, environment) == expect


def unpacked(archive: Path) -> Path:
    """The folder that the files of a handover lie in, unpacked beside the archive."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(archive.parent)
        (folder,) = {name.split("/")[0] for name in opened.namelist()}
    return archive.parent / folder


def script(
    *arguments: str, environment: Mapping[str, str] | None = None, folder: Path = REPOSITORY
) -> subprocess.CompletedProcess[str]:
    """Runs build_site.py as a person does, in a process of its own."""
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "build_site.py"), *arguments],
        cwd=folder,
        env={**os.environ, **TODAY, **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )


def own_day() -> Mapping[str, str]:
    """SOURCE_DATE_EPOCH for the repository's own content: the day when it was last gone through, so that
    its tests don't change with the calendar."""
    pattern = re.compile(r"^\s*(?:reviewed|assessed_on): (\d{4})-(\d\d)-(\d\d)\s*$", re.MULTILINE)
    folders = ("examples", "methods", "news", "activities", "goals", "findings")
    texts = (file.read_text("utf-8") for folder in folders for file in (REPOSITORY / folder).iterdir())
    year, month, day = max(found for text in texts for found in pattern.findall(text))
    return {"SOURCE_DATE_EPOCH": str(_epoch(int(year), int(month), int(day)))}


def _epoch(year: int, month: int, day: int) -> int:
    from datetime import UTC, datetime

    return int(datetime(year, month, day, 12, tzinfo=UTC).timestamp())


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its path inside; the folder itself may be a link."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


EMBEDS: Final = "embed/v1/"
"""Where the site has what others show in their own pages."""


def pages(folder: Path) -> dict[str, str]:
    """Every page of a site by its path: every HTML file but those that are shown inside others' pages."""
    return {path: html for path, html in _html(folder).items() if not path.startswith(EMBEDS)}


def fragments(folder: Path) -> dict[str, str]:
    """What others take into their own pages, by its path: HTML, but no whole documents."""
    return {p: html for p, html in _embeds(folder).items() if not p.endswith("/index.html")}


def framed_pages(folder: Path) -> dict[str, str]:
    """What others show in frames, by its path."""
    return {p: h for p, h in _embeds(folder).items() if p.endswith("/index.html") and f"/{USE}/" not in p}


def usable_pages(folder: Path) -> dict[str, str]:
    """The tools that others show in frames to be used there, by their paths."""
    return {p: html for p, html in _embeds(folder).items() if p.endswith(f"/{USE}/index.html")}


def _embeds(folder: Path) -> dict[str, str]:
    return {path: html for path, html in _html(folder).items() if path.startswith(EMBEDS)}


def _html(folder: Path) -> dict[str, str]:
    return {path: content.decode() for path, content in tree(folder).items() if path.endswith(".html")}


def around(fragment: str, level: int = 2) -> str:
    """A page of somebody else's with a fragment in it, whose first heading is of a level."""
    head = '<meta charset="utf-8"><title>Länets portal</title>'
    above = "<h2>Från andra</h2>" if level > 2 else ""
    main = f"<main><h1>Jämställt i länet</h1>{above}{fragment}</main>"
    return f'<!doctype html><html lang="sv"><head>{head}</head><body>{main}</body></html>'


def is_redirect(html: str) -> bool:
    return LexborHTMLParser(html).css_first('meta[http-equiv="refresh"]') is not None


def element(html: str | LexborHTMLParser, selector: str) -> LexborNode:
    """The first element of a page that a selector finds; there must be one."""
    parsed = LexborHTMLParser(html) if isinstance(html, str) else html
    found = parsed.css_first(selector)
    assert found is not None, selector
    return found


def attribute(node: LexborNode, name: str) -> str:
    """An attribute's value; the attribute must be there."""
    value = node.attributes[name]
    return value or ""


def main_part(html: str) -> str | None:
    """What stands inside <main>, as it is written; None where a page has none."""
    found = re.search(r"<main\b[^>]*>(.*)</main>", html, re.DOTALL)
    return found[1] if found else None


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address, without a slash at the end, of a loopback server over a folder while the context lasts."""
    with running(plain(folder)) as served:
        yield served


def arrived(page: Page, address: str) -> None:
    """Goes to a page and, where it is a search, waits for its hits; where it has a form, for the form."""
    page.goto(address)
    if page.locator("#_formular").count():
        page.wait_for_selector("#_formular:not([hidden])")
    if page.locator("#_byggare").count():
        page.wait_for_selector("#_byggare:not([hidden])")
    if page.locator("#_traffar").count():
        page.wait_for_selector('#_traffar[aria-busy="false"]')


def opened(page: Page, address: str) -> None:
    """Goes to a page, with every part of it open."""
    arrived(page, address)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


_AXE_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ASK_AXE: Final = """
tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found => [
    found.passes.length,
    found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.html])),
])
"""


def found_by_axe(page: Page, axe: str) -> list[tuple[str, str]]:
    """What axe finds on a page as it stands: the rule and the element."""
    page.evaluate(axe)
    passed, found = page.evaluate(_ASK_AXE, _AXE_TAGS)
    assert passed > 10
    return [(rule, html) for rule, html in found]


def get(address: str) -> tuple[int, bytes]:
    """The status and the content at an address of our own server."""
    try:
        with urlopen(address, timeout=20) as answer:  # noqa: S310  # an address of our own server
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def until(page: Page, expression: str) -> None:
    """Waits until an expression is true on a page. Playwright's own `wait_for_function` evaluates text more
    than once, and the site's policy forbids it all but the first."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def replace(file: Path, old: str, new: str) -> None:
    """Changes a text in a file of a site; the text must be there."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
