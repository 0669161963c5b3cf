"""Pictures as ways to other places, in a browser without JavaScript: by mouse on the map, by keyboard in the list."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

PHONE, DESKTOP = 360, 1280
COUNTIES = 5


@pytest.fixture(params=[PHONE, DESKTOP], ids=lambda width: f"{width} px")
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": request.param, "height": 800}, java_script_enabled=False, locale="sv-SE"
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("number", range(COUNTIES))
def test_a_county_on_the_map_leads_to_its_page(number: int, page: Page, address: str) -> None:
    page.goto(f"{address}/lan/")
    name = page.locator(".map ul a").nth(number).inner_text()
    shown = page.locator(".map svg a text").nth(number)
    shown.scroll_into_view_if_needed()
    box = shown.bounding_box()
    assert box
    page.mouse.click(box["x"] - 3, box["y"] + box["height"] / 2)
    expect(page.locator("h1")).to_have_text(name)


def test_the_keyboard_meets_each_county_once(page: Page, address: str) -> None:
    page.goto(f"{address}/lan/")
    page.locator("main").focus()
    listed = page.locator(".map ul a")
    expect(listed).to_have_count(COUNTIES)
    for number in range(COUNTIES):
        page.keyboard.press("Tab")
        expect(listed.nth(number)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(0)


def test_a_number_in_the_spiral_leads_to_its_step_which_is_marked(page: Page, address: str) -> None:
    page.goto(f"{address}/metoder/snackmodellen/")
    ground = "background-color"
    step = page.locator("#_steg-4")
    before = step.evaluate("(e, name) => getComputedStyle(e)[name]", ground)
    page.get_by_role("link", name="Steg 4: Koppla åtgärder till varje mål.").click()
    expect(page.locator(":target")).to_have_id("_steg-4")
    expect(step).to_be_in_viewport()
    expect(step).not_to_have_css(ground, before)


def test_the_spiral_goes_by_keyboard_too(page: Page, address: str) -> None:
    page.goto(f"{address}/metoder/snackmodellen/")
    page.locator(".spiral a").first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".spiral a:focus text")).to_have_text("2")
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_have_id("_steg-2")
