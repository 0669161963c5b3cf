"""What stays behind when a part is handed over: the shared.yml of the part, which names it.

Of the records every one is named, so that those who go on editing can refer to them. Of other addresses
only those are that some page of the part leads to.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from kunskapsbank.dictionary.shared import Shared
from kunskapsbank.dictionary.types import Term
from kunskapsbank.library.library import Library
from kunskapsbank.library.lists import COUNTIES, by_year
from kunskapsbank.output import Maker
from kunskapsbank.pages.frames import Frame
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.settings import Settings

_INDEX: Final = "index.html"
_ADDRESS: Final = re.compile(rf'{ROOT}([^{ROOT}"#?<>\s]*)')


def shared(library: Library, part: Library, county: Term, settings: Settings) -> Shared:
    """`library` is of all records, `part` of those of the part."""
    left = [record for key, record in library.by_key.items() if key not in part.by_key]
    return Shared(
        site_name=settings.site_name,
        site_url=settings.site_url,
        vocabulary=COUNTIES,
        term=county.id,
        records={record.path: record.title for record in sorted(left, key=lambda r: r.path)},
        terms={name: terms for name, terms in _terms(library, part, county) if terms},
        addresses=(),
    )


def _terms(library: Library, part: Library, county: Term) -> Iterator[tuple[str, list[str]]]:
    """The other counties, and what only records that stay behind are about."""
    for vocabulary in library.dictionary.vocabularies.values():
        if vocabulary.path:
            names = ((vocabulary.id, term) for term in vocabulary.terms)
            if vocabulary.id == COUNTIES:
                yield vocabulary.id, [term for _, term in names if term != county.id]
            else:
                yield vocabulary.id, [n[1] for n in names if n in library.by_term and n not in part.by_term]


def led_to(frames: Mapping[str, Frame]) -> set[str]:
    """The addresses, from the root, that hand-written pages lead to."""
    texts = (text for frame in frames.values() for text in frame.parts[::2])
    return {match[1] for text in texts for match in _ADDRESS.finditer(text)}


def addresses_behind(
    library: Library,
    whole: Iterable[Maker],
    part: Iterable[Maker],
    known: Collection[str],
    linked: Collection[str],
) -> list[str]:
    """What only the whole site has beside what is `known` to be there: years, former addresses, and whatever
    else hand-written pages lead to."""
    here = {maker.path for maker in part}
    there = (maker.path.removesuffix(_INDEX) for maker in whole if maker.path not in here)
    former = {library.dictionary.types[key.type].address(key.id) for key in library.aliases}
    years = {listed.address for listed in by_year(library)}
    wanted = {*linked, *former, *years}
    return sorted(address for address in there if address in wanted and address not in known)


def as_file(behind: Shared, part: str) -> str:
    """The shared.yml of the part of this name. Titles are written as JSON, which is YAML too."""
    lines = [
        f"# Det här är den del av {behind.site_name} som rör {part}. Här står vad som ligger kvar på den",
        "# gemensamma webbplatsen. Länkar dit leder dit, och posterna går att hänvisa till som om de låg här.",
        "# Tas filen bort är webbplatsen ingen del av en annan, och sådana hänvisningar blir fel.",
        f"site_name: {_text(behind.site_name)}",
        f"site_url: {behind.site_url}",
        f"vocabulary: {behind.vocabulary}",
        f"term: {behind.term}",
    ]
    if behind.records:
        lines += ["records:", *(f"  {path}: {_text(title)}" for path, title in behind.records.items())]
    if behind.terms:
        lines += ["terms:", *(f"  {name}: [{', '.join(terms)}]" for name, terms in behind.terms.items())]
    if behind.addresses:
        lines += ["addresses:", *(f"  - {_text(address)}" for address in behind.addresses)]
    return "\n".join(lines) + "\n"


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
