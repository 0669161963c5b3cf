"""Makes of the results what people read: the tables, and the page on the site with its pictures.

python bench/report.py bench/results/full.json > bench/results/full.md
python bench/report.py bench/results/full.json --page docs/for-utvecklare/hastighet.md
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chart import Bar, svg
from results import Result, Results, load, well
from table import growth, markdown, report

TEMPLATE = "page.md.jinja"
OURS = "ours"
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
    "november", "december",
)  # fmt: skip
NO_BREAK = "\N{NO-BREAK SPACE}"


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("results", type=Path, help="the JSON of bench/run.py --results")
    parser.add_argument("--page", type=Path, help="write the site's page there, instead of showing tables")
    options = parser.parse_args()
    results = load(options.results)
    if options.page:
        options.page.write_text(page(results), "utf-8")
    else:
        print(report(results), end="")
    return 0


def page(results: Results) -> str:
    """The page of the site, in Swedish."""
    environment = Environment(  # noqa: S701  # Markdown of our own, not HTML of others
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    _, month, day = results.day.split("-")
    return environment.get_template(TEMPLATE).render(
        results=results,
        day=f"{int(day)} {MONTHS[int(month) - 1]} {results.day[:4]}",
        measured=list(results.measured()),
        chart=lambda scenario, title: chart(results, scenario, title),
        table=lambda scenario: times(results, scenario),
        checks=lambda: checks(results),
        growth=lambda: steps(results),
        loaded=lambda: loaded(results),
    )


def chart(results: Results, scenario: str, title: str) -> str:
    """The times of a scenario with the most records that it was run with, if any run went well."""
    size = max((one.records for one in well(results.of(scenario))), default=None)
    if size is None:
        return ""
    found = well(results.of(scenario, size))
    bars = [Bar(one.name, one.wall, seconds(one.wall), one.competitor == OURS) for one in found]
    said = ", ".join(f"{one.name} {seconds(one.wall)}" for one in found)
    caption = f"{title}, {whole(size)} poster"
    picture = svg(f"bild-{scenario}", caption, f"{said}.", bars)
    return f"<div>\n{picture}\n</div>\n\n{caption}. Kortare är snabbare."


def times(results: Results, scenario: str) -> str:
    """A table of all generators in a scenario."""
    rows = [row for size in results.sizes(scenario) for row in _rows(results.of(scenario, size))]
    return markdown(("Poster", "Program", "Tid", "Mot vår", "Minne"), rows)


def checks(results: Results) -> str:
    """What checking costs."""
    rows = [
        (whole(one.records), what, seconds(one.wall), seconds(one.cpu))
        for scenario, what in (("check", "alla filer"), ("check-one", "en ändrad fil"))
        for one in well(results.of(scenario))
    ]
    return markdown(("Poster", "Kontroll av", "Tid", "Processortid"), rows)


def steps(results: Results) -> str:
    """Our own growth."""
    sizes = [(whole(one.records), seconds(one.wall), memory(one)) for one in well(results.of("growth"))]
    table = markdown(("Poster", "Tid", "Minne"), sizes)
    lines = [
        f"- Från {_spaced(a)} till {_spaced(b)} poster: {_comma(wall)} gånger tiden, {_comma(peak)} gånger minnet."
        for a, b, wall, peak in growth(results)
    ]
    return "\n".join([table, *lines])


def loaded(results: Results) -> str:
    """What a browser loads."""
    rows = [
        (one.site, one.page, str(one.requests), f"{_comma(f'{one.bytes / 1000:.1f}')}{NO_BREAK}kB")
        for one in results.reader
    ]
    return markdown(("Webbplats", "Sida", "Hämtningar", "Storlek"), rows)


def seconds(number: float) -> str:
    """A time with its unit, with as many decimals as mean something."""
    decimals = 2 if number < 10 else 1 if number < 100 else 0  # three digits
    return f"{_comma(f'{number:.{decimals}f}')}{NO_BREAK}s"


def memory(result: Result) -> str:
    """The peak memory with its unit."""
    return f"{whole(round(result.peak / 1e6))}{NO_BREAK}MB" if result.peak else "mäts inte"


def whole(number: int) -> str:
    """A whole number, with spaces between thousands."""
    return _spaced(f"{number:,}")


def _rows(results: list[Result]) -> Iterator[tuple[str, ...]]:
    ours = next((one.wall for one in well(results) if one.competitor == OURS), None)
    for one in results:
        start = (whole(one.records), one.name)
        if one.failure:
            yield (*start, "gick inte", "", "")
        else:
            ratio = _comma(f"{one.wall / ours:.2f}") if ours else ""
            yield (*start, seconds(one.wall), ratio, memory(one))


def _comma(number: str) -> str:
    return number.replace(".", ",")


def _spaced(number: str) -> str:
    return number.replace(",", NO_BREAK)


if __name__ == "__main__":
    sys.exit(main())
