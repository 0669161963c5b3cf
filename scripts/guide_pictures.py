"""Takes the pictures of the guides in docs/bidra/ from the built site: run it after a change of what they show.

    make site && python -m scripts.guide_pictures

Needs the browser and the packages of the tests.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import FloatRect, Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURES: Final = ROOT / "docs" / "bilder"
WIDTH: Final = 720

sys.path.insert(0, str(ROOT / "tests"))


class Picture(NamedTuple):
    """What is shown of a page: from the top of an element, so many pixels down."""

    name: str
    path: str
    prepare: Callable[[Page], None]
    element: str
    height: int


def _faulty(page: Page) -> None:
    _opened(page)
    page.locator("#_formular button[type=submit]").click()
    page.locator("#_rapport a").first.blur()


def _filled_in(page: Page) -> None:
    _opened(page)
    for name, text in {
        "title": "Språkkafé på kontoret",
        "summary": "Chefer och medarbetare övade på klarspråk tillsammans en gång i månaden.",
        "sources.0.section": "HR-avdelningen",
        "section.goals": "Alla skulle förstå breven.",
        "section.actions": "Vi höll ett språkkafé i månaden.",
    }.items():
        page.locator(f'[name="{name}"]').fill(text)
    for name, value in {
        "counties": "dalarna",
        "focus_areas": "arbetsforhallanden",
        "practice_type": "utbildning",
        "status": "running",
        "sources.0.document": "egen-beskrivning",
    }.items():
        page.locator(f'[name="{name}"][value="{value}"]').check()
    page.locator("#_formular button[type=submit]").click()


def _opened(page: Page) -> None:
    page.wait_for_selector("#_formular:not([hidden])")


def _as_it_is(page: Page) -> None:
    page.wait_for_load_state()


SHOWN: Final = (
    Picture("formular-fel", "bidra/exempel/", _faulty, "#_rapport", 420),
    Picture("formular-klart", "bidra/exempel/", _filled_in, "#_skicka", 760),
    Picture("foresla-andring", "exempel/karp-malmo-stad/", _as_it_is, ".edit", 120),
)


def main() -> int:
    from host import hosting
    from tools import browser

    PICTURES.mkdir(exist_ok=True)
    with hosting(ROOT / "site") as address, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        page = opened.new_page(viewport={"width": WIDTH, "height": 900}, locale="sv-SE")
        for picture in SHOWN:
            _take(page, address, picture)
        opened.close()
    return 0


def _take(page: Page, address: str, picture: Picture) -> None:
    page.goto(f"{address}/{picture.path}")
    picture.prepare(page)
    top = page.locator(picture.element).evaluate("e => e.getBoundingClientRect().top + scrollY - 16")
    clip = FloatRect(x=0, y=top, width=WIDTH, height=picture.height)
    file = PICTURES / f"{picture.name}.png"
    page.screenshot(path=file, clip=clip, full_page=True)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    sys.exit(main())
