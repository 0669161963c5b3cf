"""The built pages before outside judges: the nu HTML checker, and axe on accessibility in a browser."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext
from sites_support import (
    KINDS_OF_PAGE,
    around,
    found_by_axe,
    fragments,
    framed_pages,
    need,
    opened,
    serving,
    tree,
    usable_pages,
)
from tools import html_checker, java

NO_FIRST_LEVEL: Final = (
    "This document has heading elements but none of them has a computed heading level of 1."
)
"""What the checker must say of a page for frames, whose headings come under those of the page around it."""

ALLOW_LOOPBACK: Final = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
"""The checker asks no server on this machine unless it is told that it may."""


def judged(*addresses: str) -> list[dict[str, Any]]:
    """What the nu HTML checker says of some files on a server of ours: from a file it can't tell what
    'self' is in a policy of security."""
    program = need(java(), "Java")
    checker = need(html_checker(), "The nu HTML checker")
    options = ("--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg")
    done = subprocess.run(
        [program, ALLOW_LOOPBACK, "-jar", str(checker), *options, *addresses],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=180,
    )
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


def test_every_page_style_sheet_and_picture_is_valid(own_site: Path, address: str) -> None:
    """What others take into their pages is judged below, since it is no whole document."""
    paths = tree(own_site).keys() - fragments(own_site).keys()
    files = [f"{address}/{path}" for path in sorted(paths) if path.endswith((".html", ".css"))]
    files += [
        str(own_site / path) for path in sorted(paths) if path.endswith(".svg")
    ]  # told by its name only
    assert len(files) > 150
    found = [
        (str(m.get("url", "")).removeprefix(f"{address}/"), m.get("lastLine"), m["message"], m.get("extract"))
        for m in judged(*files)
    ]
    framed = {*framed_pages(own_site), *usable_pages(own_site)}
    assert {path for path, _, message, _ in found if message == NO_FIRST_LEVEL} == framed
    assert [one for one in found if one[0] not in framed or one[2] != NO_FIRST_LEVEL] == []


def test_every_fragment_is_valid_inside_a_page(own_site: Path, tmp_path: Path) -> None:
    found = fragments(own_site)
    names = {f"{number}.html": path for number, path in enumerate(found)}
    for name, path in names.items():
        level = int(path.removesuffix(".html")[-1])
        (tmp_path / name).write_text(around(found[path], level), "utf-8")
    assert len(names) > 100
    with serving(tmp_path) as served:
        said = judged(*(f"{served}/{name}" for name in names))
    assert [(names[str(m["url"]).rpartition("/")[2]], m["message"], m.get("extract")) for m in said] == []


def test_the_checker_sees_faults(own_site: Path, tmp_path: Path) -> None:
    """The test above can fail."""
    html = (own_site / "index.html").read_text("utf-8")
    for name, old, new in (
        ("a", "</main>", "</div></main>"),
        ("b", "<main ", '<main role="main" '),
        ("c", "", ""),
    ):
        (tmp_path / f"{name}.html").write_text(html.replace(old, new), "utf-8")
    (tmp_path / "assets").symlink_to(own_site / "assets")
    with serving(tmp_path) as served:
        found = judged(*(f"{served}/{name}.html" for name in "abc"))
    assert {str(m["url"])[-6:] for m in found} == {"a.html", "b.html"}


@pytest.fixture(
    scope="module",
    params=[(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")],
    ids=lambda param: f"{param[0]} px, {param[1]}",
)
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    width: int = request.param[0]
    scheme: Literal["light", "dark"] = request.param[1]
    opened = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, locale="sv-SE"
    )
    yield opened
    opened.close()


def violations(context: BrowserContext, address: str, axe: str) -> list[tuple[str, str]]:
    """What axe finds on a page, with every part of it open: the rule and the element."""
    page = context.pages[0] if context.pages else context.new_page()
    opened(page, address)
    return found_by_axe(page, axe)


@pytest.mark.parametrize("path", KINDS_OF_PAGE)
def test_axe_finds_nothing(path: str, context: BrowserContext, address: str, axe: str) -> None:
    assert violations(context, f"{address}/{path}", axe) == []


def test_axe_sees_faults(context: BrowserContext, own_site: Path, axe: str, tmp_path: Path) -> None:
    """The test above can fail."""
    html = (own_site / "om" / "index.html").read_text("utf-8")
    bad = '<p style="color: #888; background: #999">svagt</p><img src="x.png"></main>'
    without_policy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    (tmp_path / "index.html").write_text(without_policy.replace("</main>", bad), "utf-8")
    found = {rule for rule, _ in violations(context, (tmp_path / "index.html").as_uri(), axe)}
    assert found >= {"color-contrast", "image-alt"}


def test_a_missing_tool_skips_here_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert need("/usr/bin/java", "Java") == "/usr/bin/java"
    with pytest.raises(pytest.skip.Exception, match="Java is missing"):
        need(None, "Java")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="Java is missing"):
        need(None, "Java")
