"""Fixtures that several modules share: the built sites, a server over the repository's own, a browser.

The sites are built once in a run for all its processes, before any server or browser is up, since builds fork. The server and
the browser live as long as a module does, so that no thread of theirs is left for the tests that fork.
"""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from portal import Hosts, hosting
from sites_support import BROWSER_ARGUMENTS, build, hand_over, need, own_day, serving, unpacked
from sparing import shared, sparing
from support import REPOSITORY, compose
from tools import axe as axe_path
from tools import browser as browser_path

from kunskapsbank.settings import cores


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """More than there are cores: much of a test is waiting, for a browser, an engine or a preview."""
    return cores() + 1


LONGEST: Final = [
    "test_reading",
    "test_html",
    "test_walk",
    "test_searching",
    "test_using",
    "test_incremental",
    "test_same_answers",
    "test_building",
    "test_stopping",
    "test_rollback",
    "test_whole_site",
    "test_sites",
    "test_sending",
    "test_lighthouse",
    "test_embedding",
    "test_pull_request",
    "test_growth",
    "test_cases",
    "test_handover",
    "test_elements",
    "test_bench",
    "test_serving",
    "test_preview",
]
"""The modules that take longest, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take longest, so that no process is left alone with one of them at the end."""
    order = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(LONGEST)))


def pytest_collection_finish() -> None:
    """Leave what lives until the end of the run out of every collection of garbage: thousands of tests."""
    gc.collect()
    gc.freeze()


expect.set_options(timeout=20_000)  # milliseconds, for a busy machine; what is there sooner is not waited for


@pytest.fixture(scope="session", autouse=True)
def nothing_is_done_twice() -> Iterator[None]:
    with sparing():
        yield


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, built with MkDocs. Not to be changed."""

    def make(place: Path) -> None:
        build(REPOSITORY, place / "site", environment=own_day())

    return shared(tmp_path_factory, "own", make) / "site"


@pytest.fixture(scope="session")
def base_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of tests/sites/base, built with MkDocs. Not to be changed."""

    def make(place: Path) -> None:
        build(compose(place / "bank"), place / "site")

    return shared(tmp_path_factory, "base", make) / "site"


@pytest.fixture(scope="session")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The part of Dalarna of the repository's own site, as its file is unpacked. Not to be changed."""

    def make(place: Path) -> None:
        hand_over(REPOSITORY, "dalarna", place / "dalarna.zip", environment=own_day())
        unpacked(place / "dalarna.zip").rename(place / "part")

    return shared(tmp_path_factory, "handed-over", make) / "part"


@pytest.fixture(scope="module")
def address(own_site: Path) -> Iterator[str]:
    """Where the repository's own site is served while a module runs: an address without a slash at the end."""
    with serving(own_site) as served:
        yield served


@pytest.fixture(scope="module")
def hosts(own_site: Path) -> Iterator[Hosts]:
    """The repository's own site on a server, and a portal on another, while a module runs."""
    with hosting(own_site) as both:
        yield both


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return need(axe_path(), "axe-core").read_text("utf-8")


@pytest.fixture(scope="module")
def browser(own_site: Path) -> Iterator[Browser]:
    path = need(browser_path(), "A browser (Chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        yield opened
        opened.close()
