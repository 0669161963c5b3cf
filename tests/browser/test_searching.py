"""The search page in a browser: what is found, how it is chosen among, and what bad input gets."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from playwright.sync_api import Browser, Page

from kunskapsbank.search import pagefind

GOLDEN: Final[list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent.parent / "search" / "golden.yml").read_text("utf-8")
)
FOLDERS: Final = ("examples/", "methods/", "activities/", "news/")
PATHS: Final = ("exempel/", "metoder/", "aktiviteter/", "nyheter/")
FIRST: Final = 3

FIND = """async ([address, queries]) => {
  const { Engine } = await import(address + "/assets/sok/engine.js");
  const engine = new Engine(new URL(address + "/"));
  const found = {};
  for (const query of queries) found[query] = await engine.find(query);
  return found;
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test for any error that it meets."""
    context = browser.new_context(locale="sv-SE")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
    yield opened
    context.close()
    assert errors == []


def search(page: Page, address: str, asked: str) -> str:
    """Opens the search page with what is asked of it and gives what is said of the hits."""
    page.goto(f"{address}/sok/?{asked}")
    return settled(page)


def settled(page: Page) -> str:
    page.wait_for_selector('#_traffar[aria-busy="false"]')
    return page.locator("#_antal").inner_text()


def titles(page: Page) -> list[str]:
    return page.locator("#_svar h3").all_inner_texts()


@pytest.fixture(scope="module")
def found(browser: Browser, own_site: Path, address: str) -> dict[str, dict[str, Any]]:
    """What the engine finds for each query of the golden set: addresses, the best first."""
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(f"{address}/sok/")
    answers = opened.evaluate(FIND, [address, [case["query"] for case in GOLDEN]])
    context.close()
    addresses = {stem: place for place, stem in _fragments(own_site)}
    return {
        query: answer | {"pages": [addresses[found_id] for found_id in answer["ids"]]}
        for query, answer in answers.items()
    }


def _fragments(site: Path) -> Iterator[tuple[str, str]]:
    return (pagefind.fragment(path) for path in (site / "sok" / "pagefind" / "fragment").iterdir())


@pytest.fixture(scope="module")
def page_of(own_site: Path) -> dict[str, str]:
    """Where a record is on the site, by its file without an ending."""
    manifest = json.loads((own_site.resolve().parent / "manifest.json").read_text("utf-8"))
    made = ((path, file["from"][0]) for path, file in manifest["files"].items() if file["from"])
    return {
        source.partition(".")[0] + (".tool" if source.endswith(".tool.yml") else ""): path.removesuffix(
            "index.html"
        )
        for path, source in made
        if source.startswith(FOLDERS) and path.startswith(PATHS) and path.endswith("/index.html")
    }


def test_the_golden_set_is_large_enough() -> None:
    assert len(GOLDEN) >= 60
    assert len({case["query"] for case in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize("case", GOLDEN, ids=[case["query"] for case in GOLDEN])
def test_golden(case: dict[str, Any], found: dict[str, dict[str, Any]], page_of: dict[str, str]) -> None:
    answer = found[case["query"]]
    pages = answer["pages"]
    assert {page_of[name] for name in case.get("must", [])} <= set(pages)
    assert not {page_of[name] for name in case.get("must_not", [])} & set(pages)
    if "first" in case:
        assert page_of[case["first"]] in pages[:FIRST]
    if case.get("must_nothing") or "suggest" in case:
        assert pages == []
    assert answer["suggested"] == case.get("suggest")
