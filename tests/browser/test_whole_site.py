"""The whole site in a browser: it asks nobody else, stores nothing, breaks no policy; and it prints."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from sites_support import WATCH, arrived, is_redirect, pages, until

RULES_APART = 8
"""Pages of rules are of one template and have no script: one in so many is visited."""
A4 = (595, 842)
"""Points."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="sv-SE")
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def test_no_page_asks_anybody_else_stores_anything_or_breaks_the_policy(
    page: Page, own_site: Path, address: str
) -> None:
    asked: set[str] = set()
    complaints: list[str] = []
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    found = [
        path.removesuffix("index.html") for path, html in pages(own_site).items() if not is_redirect(html)
    ]
    rules = [path for path in found if path.startswith("bidra/regler/")]
    found = [path for path in found if path not in rules] + rules[::RULES_APART]
    assert len(found) > 150
    found += ["sok/?q=rekrytering", "sok/?lan=skane"]
    for path in found:
        arrived(page, f"{address}/{path}")
        stored = page.evaluate(
            "[document.cookie, localStorage.length, sessionStorage.length, window.violations]"
        )
        assert stored == ["", 0, 0, []], path
    assert asked == {urlsplit(address).netloc}
    assert complaints == []
    assert page.context.cookies() == []


def test_the_watch_for_violations_sees_one(page: Page, address: str) -> None:
    """The test above can fail."""
    page.goto(f"{address}/om/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=https://x.invalid/a.png>')")
    until(page, "window.violations.length > 0")
    assert page.evaluate("window.violations")[0].startswith("img-src https://x.invalid")


@pytest.mark.parametrize(
    "path",
    [
        "exempel/karp-malmo-stad/",
        "metoder/snackmodellen/",
        "aktiviteter/kick-off/",
        "nyheter/projektet-startar/",
    ],
)
def test_a_record_prints_on_a4_with_facts_text_and_address(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    title = page.locator("h1").inner_text()
    facts = page.locator(".glance dt").all_inner_texts()
    sheet = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sizes = {(round(one.mediabox.width), round(one.mediabox.height)) for one in sheet.pages}
    assert sizes == {A4}
    assert len(sheet.pages) <= 3
    text = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in sheet.pages))
    assert re.sub(r"\s+", " ", title) in text
    assert facts
    for fact in facts:
        assert fact in text
    assert f"https://kunskapsbanken.example/{path}" in text
    for left_out in ("Huvudmeny", "Till innehållet", "Föreslå en ändring", "Liknande sidor", "In English"):
        assert left_out not in text
