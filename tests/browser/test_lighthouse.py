"""How light the pages are, and what Lighthouse says of them: nothing here depends on how fast the machine is."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from host import headers_for_all, hosting
from playwright.sync_api import Browser, Page
from scores import CATEGORIES, CLOCKLESS, Judged, judge
from sites_support import KINDS_OF_PAGE, need, replace, until
from tools import browser as browser_path
from tools import lighthouse

JUDGED: Final = ("", "exempel/", "exempel/karp-malmo-stad/", "metoder/karp/")

REQUESTS: Final = 4
"""The page, its style sheet, its icon, and room for one more."""
BYTES: Final = 30_000
"""Over the net, compressed, everything together: less than one second on a slow mobile network."""

STYLE_SHEET: Final = "assets/kunskapsbank.css"
BESIDE: Final = ("assets/bidra/bidra.css", "assets/uppfoljning/uppfoljning.css")
"""Rules and the follow-up have a sheet beside it, and so has the page for a missing one, which is poured in the
frame of the rules."""


@pytest.fixture(scope="module")
def host(own_site: Path) -> Iterator[str]:
    with hosting(own_site) as served:
        yield served


def judged(*addresses: str) -> Sequence[Judged]:
    node = need(lighthouse(), "Lighthouse (with Node)")
    return judge(node, need(browser_path(), "A browser (Chromium)"), CLOCKLESS, addresses)


def test_lighthouse_gives_full_marks_and_counts_few_bytes(host: str) -> None:
    found = judged(*(f"{host}/{path}" for path in JUDGED))
    assert [one.address for one in found] == [f"{host}/{path}" for path in JUDGED]
    for one in found:
        assert one.faults == [], one.address
        assert one.scores == dict.fromkeys(CATEGORIES, 100), one.address
        assert {urlsplit(asked.address).netloc for asked in one.asked} == {urlsplit(host).netloc}
        assert 2 <= len(one.asked) <= REQUESTS, one.asked
        assert 4_000 < sum(asked.size for asked in one.asked) <= BYTES, one.asked
        assert one.shift == 0, one.address


def test_lighthouse_sees_faults(own_site: Path, tmp_path: Path) -> None:
    """The test above can fail, in each of its parts."""
    site = tmp_path / "site"
    shutil.copytree(own_site, site, ignore=shutil.ignore_patterns("api", "metoder", "lan"))
    page = site / "om" / "index.html"
    replace(page, '<meta name="description"', '<meta name="no-description"')
    replace(page, "</main>", '<img src="../x.png"></main>')
    with hosting(site) as host:
        (found,) = judged(f"{host}/om/")
    assert {"meta-description", "image-alt", "errors-in-console"} <= set(found.faults)
    assert [found.scores[name] < 100 for name in CATEGORIES] == [True, True, True]
    assert f"{host}/x.png" in [asked.address for asked in found.asked]


WATCH: Final = """
window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shifted += entry.value }))
    .observe({type: 'layout-shift', buffered: true});
"""

WEIGH: Final = """() => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    return [
        entries.length,
        entries.reduce((sum, entry) => sum + entry.transferSize, 0),
        entries.filter(entry => entry.renderBlockingStatus === 'blocking' && entry.entryType === 'resource')
            .map(entry => entry.name),
        window.shifted,
    ];
}"""


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="sv-SE")
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def weigh(page: Page, address: str) -> tuple[int, int, list[str], float]:
    """Requests, bytes over the net, what kept the page from being shown, and how far things moved about."""
    page.goto(address, wait_until="load")
    requests, size, blocking, shifted = page.evaluate(WEIGH)
    return requests, size, blocking, shifted


WORKED_IN: Final = (
    "sok/",
    "bidra/exempel/",
    "badda-in/",
    "metoder/fair-termometern/verktyg/",
    "uppfoljning/enkat/",
)


def test_every_kind_of_page_is_light(phone: Page, host: str) -> None:
    for path in KINDS_OF_PAGE:
        if path.startswith(WORKED_IN):
            continue  # pages to work in, with scripts; their own tests hold what they cost
        requests, size, blocking, shifted = weigh(phone, f"{host}/{path}")
        assert requests <= REQUESTS, path
        assert size <= BYTES, path
        assert blocking[0] == f"{host}/{STYLE_SHEET}", path
        assert set(blocking[1:]) <= {f"{host}/{sheet}" for sheet in BESIDE}, path
        assert shifted == 0, path


def test_the_scales_see_what_is_heavy(phone: Page, own_site: Path, tmp_path: Path) -> None:
    """The test above can fail, in each of its parts."""
    site = tmp_path / "site"
    shutil.copytree(own_site, site, ignore=shutil.ignore_patterns("api", "metoder", "lan"))
    page = site / "om" / "index.html"
    scripts = "".join(f'<script src="../{number}.js"></script>' for number in range(REQUESTS))
    replace(page, "</head>", f"{scripts}</head>")
    move = "setInterval(() => { document.querySelector('main').prepend(new Image(300, 300)) }, 50)"
    for number in range(REQUESTS):
        (site / f"{number}.js").write_text(move, "utf-8")
    (site / f"{REQUESTS - 1}.js").write_text(
        f"{move}; // {own_site.joinpath('assets', 'dela.png').read_bytes().hex()}"
    )
    with hosting(site) as host:
        requests, size, blocking, _ = weigh(phone, f"{host}/om/")
        until(phone, "window.shifted > 0")
    assert requests > REQUESTS
    assert size > BYTES
    assert f"{host}/0.js" in blocking


def test_the_host_sends_what_a_host_would(host: str, own_site: Path, browser: Browser) -> None:
    """What is measured here comes compressed and with the headers that the site asks for."""
    context = browser.new_context()
    answer = context.request.get(f"{host}/exempel/", headers={"Accept-Encoding": "gzip"})
    missing = context.request.get(f"{host}/finns-inte/")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text() == (own_site / "exempel" / "index.html").read_text("utf-8")
    for name, value in headers_for_all(own_site).items():
        assert answer.headers[name.lower()] == value
    assert missing.status == 404
    context.close()
