"""Makes a site of N records to measure with: the same bytes for the same N and seed.

    python bench/corpus.py --records 1000 --seed 1 --output DIR

The site is the repository's own (schema, docs, overrides, mkdocs.yml) with made-up records: 60 %
examples, 20 % methods, 10 % activities and 10 % news, each of 400 to 600 words.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import dictionary
from fields import Entry, FieldMaker, Fields, front_matter
from text import Writer

REPOSITORY = Path(__file__).resolve().parent.parent
COPIED = ("schema", "docs", "overrides", "mkdocs.yml")
CHANGES = {
    "  kunskapsbank:\n": "  kunskapsbank:\n    alike: 0\n",
    "search: true\n    api: true\n": "search: false\n    embed: false\n",
}
"""In our settings. No generator is asked for like pages, since Hugo's own took 213 s for 10,000 records, nor
for a search, since Hugo has none."""
ORDINALS = {
    "examples": "omgång",
    "methods": "modell",
    "activities": "tillfälle",
    "news": "nummer",
}
TO_A_RECORD = re.compile(r"\]\(/[^)]+\)")
"""A hand-written link to a record of the repository, which the made-up site does not have."""
FEWEST = 10
"""Fewer records would leave a type without any."""
DATED = {"activities", "news"}
FIRST_DAY, DAYS = date(2006, 1, 1), 730


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    make(options.records, options.seed, options.output)


def make(records: int, seed: int, output: Path) -> None:
    """Write the site into an empty or new folder."""
    if records < FEWEST:
        raise SystemExit(f"at least {FEWEST} records are needed")
    output.mkdir(parents=True, exist_ok=True)
    if any(output.iterdir()):
        raise SystemExit(f"{output} is not empty")
    _copy_site(output)
    for path, text in texts(records, seed, dictionary.load(output / "schema")):
        target = output / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(text.encode("utf-8"))


def _copy_site(output: Path) -> None:
    for name in COPIED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, output / name)
        elif source.exists():
            shutil.copy2(source, output / name)
    config = output / "mkdocs.yml"
    settings = config.read_text("utf-8")
    for old, new in CHANGES.items():
        settings = settings.replace(old, new)
    config.write_text(settings, "utf-8")
    for page in (output / "docs").rglob("*.md"):
        text = page.read_text("utf-8")
        page.write_text(TO_A_RECORD.sub("](/)", text), "utf-8")


def texts(records: int, seed: int, words: dictionary.Dictionary) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every record."""
    rng = Random(seed)
    writer = Writer(rng)
    entries = _plan(records, writer, rng)
    everyone = [entry for folder in entries.values() for entry in folder]
    maker = FieldMaker(words, entries, writer, rng)
    for folder, type_ in words.types.items():
        for entry in entries[folder]:
            fields = maker.fields(entry)
            blocks = _body(_sections(type_, fields), writer, rng)
            _add_links(entry, everyone, blocks, rng)
            yield entry.file, f"---\n{front_matter(fields)}\n---\n\n" + "\n\n".join(blocks) + "\n"


def _plan(records: int, writer: Writer, rng: Random) -> dict[str, list[Entry]]:
    """Settle ids and titles first, so that any record can link to any other."""
    tenth = records // 10
    counts = {"examples": records - 4 * tenth, "methods": 2 * tenth}
    counts |= {"activities": tenth, "news": tenth}
    return {
        folder: [
            Entry(
                folder=folder,
                id=f"{folder[0]}-{number:06}",
                title=f"{writer.title()}, {ORDINALS[folder]} {number}",
                date=str(FIRST_DAY + timedelta(rng.randrange(DAYS))) if folder in DATED else "",
            )
            for number in range(1, count + 1)
        ]
        for folder, count in counts.items()
    }


def _sections(type_: dictionary.RecordType, fields: Fields) -> list[dictionary.Section]:
    """The sections that a record has: all that it does not name as unknown."""
    unknown = fields.get("not_documented")
    missing = unknown if isinstance(unknown, list) else []
    return [section for section in type_.sections if section.key not in missing]


def _body(sections: Sequence[dictionary.Section], writer: Writer, rng: Random) -> list[str]:
    """The Markdown blocks of a record: each section gets its part of the words."""
    words = rng.randint(420, 520)
    if not sections:
        return list(writer.blocks(words))
    blocks: list[str] = []
    for number, section in enumerate(sections, 1):
        blocks.append(f"## {section.heading}")
        written = sum(len(block.split()) for block in blocks)
        left = words * number // len(sections) - written
        blocks += writer.blocks(max(left, 1), numbered=section.key == "steps")
    return blocks


def _add_links(entry: Entry, everyone: Sequence[Entry], blocks: list[str], rng: Random) -> None:
    """Put two to four links to other records at the ends of paragraphs."""
    chosen = rng.sample(everyone, 5)
    others = [other for other in chosen if other != entry]
    paragraphs = [number for number, block in enumerate(blocks) if block[0] not in "#-1"]
    for other in others[: rng.randint(2, 4)]:
        blocks[rng.choice(paragraphs)] += f" Läs mer om [{other.title}](../{other.file})."


if __name__ == "__main__":
    main()
