"""A writer at the terminal, by processes: a new record, its check, its text, its page in the preview."""

import os
import re
from pathlib import Path
from typing import Final

import pytest
from previewing import previewing
from sites_support import FAULTY_CONTENT, FINE, element, get, replace, script
from support import compose

ANSWERS: Final = (
    "title=Öppna dörrar för praktikanter",
    "summary=Verket tog emot praktikanter som sällan får en chans.",
    "focus_areas=rekrytering",
    "status=ended",
    "practice_type=natverk",
    "evidence.level=described",
    "evidence.assessed_by=redaktionen",
    "sources.document=delredovisning-2007",
    "sources.section=8.9.1",
    "review_every=24",
    "contact=redaktionen",
)
PATH: Final = "examples/oppna-dorrar-for-praktikanter.md"
ADDRESS: Final = "/exempel/oppna-dorrar-for-praktikanter/"

TEXTS: Final = {
    "Utgångsläge": "Av verkets 40 praktikanter året innan var två födda utanför Europa.",
    "Mål": "Var fjärde praktikant skulle komma från en grupp som sällan söker till verket.",
    "Åtgärder": "Verket ringde upp skolor i hela länet och bjöd in deras elever.",
    "Resultat": "Tio elever gjorde sin praktik på verket under våren.",
    "Effekter": "Effekterna är inte mätta än.",
    "Svårigheter": "Det tog tid att få handledare till alla.",
    "Lärdomar": "Börja leta handledare på hösten.",
    "Så kan andra göra": "Ring en skola och fråga vad deras elever behöver.",
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_from_a_new_record_to_its_page(tmp_path: Path) -> None:
    bank = compose(tmp_path / "bank")
    source = ("--source", str(bank))

    new = script("new", "exempel", *source, *(word for answer in ANSWERS for word in ("--set", answer)))
    assert new.returncode == FINE
    command = re.search(r"python build_site\.py (check \S+)", new.stdout)
    assert command is not None
    assert command[1] == f"check {PATH}"

    left = script(*command[1].split(), *source)
    assert left.returncode == FAULTY_CONTENT
    told = [f"Det står ingen text under rubriken ”{heading}”." for heading in TEXTS]
    assert [line.strip() for line in left.stdout.splitlines() if "rubriken ”" in line] == told

    for heading, text in TEXTS.items():
        replace(bank / PATH, f"\n## {heading}\n", f"\n## {heading}\n\n{text}\n")
    clean = script(*command[1].split(), *source)
    assert (clean.returncode, clean.stdout.splitlines()[0]) == (FINE, "1 post kontrollerad.")
    assert "Inga fel och inga varningar." in clean.stdout

    with previewing(bank, tmp_path / "said.txt") as preview:
        status, page = get(preview.address + ADDRESS)
        assert status == 200
        assert element(page.decode(), "h1").text() == "Öppna dörrar för praktikanter"
        assert all(text in page.decode() for text in TEXTS.values())

        replace(bank / PATH, "Tio elever", "Elva elever")
        preview.until(rf"{PATH} \(\d+,\d\d s\): Inga fel och inga varningar\.")
        assert "Elva elever" in get(preview.address + ADDRESS)[1].decode()

        replace(bank / PATH, "status: ended", "status: slut")
        preview.until(rf"{PATH} \(\d+,\d\d s\): 1 fel i 1 fil\.")
        assert "Elva elever" in get(preview.address + ADDRESS)[1].decode()

        assert preview.interrupt() == FINE
        assert preview.said.endswith("Avslutat.\n")
        assert "Traceback" not in preview.said
    assert not (bank / "site").exists()
    with pytest.raises(OSError, match="refused"):
        get(preview.address + ADDRESS)
