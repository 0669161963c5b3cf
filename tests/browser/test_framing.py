"""Pages of others in a browser: they may show embeds in frames and read data, and nothing else of the site."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from host import hosting
from playwright.sync_api import Browser, Page
from sites_support import serving

PAGES = ("index.html", "embed/index.html", "embed/v1/a/index.html", "exempel/index.html")
READ = """
address => fetch(address).then(answer => answer.text(), () => null)
"""


@pytest.fixture(params=[True, False], ids=["adding", "narrowest"])
def host(request: pytest.FixtureRequest, own_site: Path, tmp_path: Path) -> Iterator[str]:
    """A small site with the header file of the real one, on a host of each kind."""
    site = tmp_path / "site"
    for path in PAGES:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(f"<!doctype html><title>{path}</title><p>{path}", "utf-8")
    for path in ("feed.xml", "lan/skane/kalender.ics", "404.html"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(path, "utf-8")
    shutil.copy(own_site / "_headers", site / "_headers")
    with hosting(site, adding=bool(request.param)) as served:
        yield served


@pytest.fixture
def elsewhere(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of somebody else's: another port is another origin."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "index.html").write_text("<!doctype html><title>Andra</title>", "utf-8")
    with serving(tmp_path / "other") as served:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{served}/index.html")
        yield page
        context.close()


def shown(page: Page, address: str) -> str:
    """What a frame of a page shows of an address; nothing where the browser refuses."""
    page.evaluate(
        """address => new Promise(done => {
            const frame = document.createElement('iframe');
            frame.addEventListener('load', () => done());
            frame.src = address;
            document.body.replaceChildren(frame);
        })""",
        address,
    )
    frame = page.frames[-1]
    return "" if frame.url.startswith("chrome-error:") else frame.locator("body").inner_text().strip()


def test_others_show_embeds_only(host: str, elsewhere: Page) -> None:
    assert shown(elsewhere, f"{host}/embed/v1/a/") == "embed/v1/a/index.html"
    for path in ("/", "/exempel/", "/embed/", "/finns-inte/", "/exempel/embed/v1/a/"):
        assert shown(elsewhere, host + path) == "", path


def test_the_site_shows_its_own_pages(host: str, browser: Browser) -> None:
    """As far as the pages' policies let them: the header of frames does not hinder it."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{host}/exempel/")
    assert shown(page, f"{host}/") == "index.html"
    context.close()


def test_scripts_of_others_read_data_only(host: str, elsewhere: Page) -> None:
    for path in ("feed.xml", "lan/skane/kalender.ics"):
        assert elsewhere.evaluate(READ, f"{host}/{path}") == path
    for path in ("", "exempel/", "finns-inte"):
        assert elsewhere.evaluate(READ, f"{host}/{path}") is None
