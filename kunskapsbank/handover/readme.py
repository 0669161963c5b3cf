"""The text that comes with a part: short and plain, what it is, how it is shown, how one goes on."""

from pathlib import Path
from string import Template
from typing import Final

from kunskapsbank.dictionary.shared import Shared
from kunskapsbank.settings import Settings

_OWN: Final = """Sidorna är byggda för adressen
{}
Den står i sidornas huvud, i flöden och i det som andra bäddar in. Byter ni
adress, ändra site_url i kallfiler/mkdocs.yml och bygg igen (se nedan)."""

_SHARED: Final = """Sidorna anger än så länge den gemensamma webbplatsens adresser som sina
({}), så att sökmotorer vet att det här är en
kopia. Flöden, kalendrar och det som andra bäddar in leder också dit. När ni
har en egen adress, skriv den som site_url i kallfiler/mkdocs.yml och bygg igen
(se nedan). Då blir allt ert eget."""


def readme(settings: Settings, shared: Shared, part: str, records: int) -> str:
    """`settings` are those of the part, whose name is `part`."""
    template = (Path(__file__).parent / "las-mig.txt").read_text("utf-8")
    email = settings.accessibility.contact if settings.accessibility else None
    return Template(template).substitute(
        name=settings.site_name,
        part=part,
        line="=" * len(f"{settings.site_name}: {part}"),
        records=records,
        shared=shared.site_url,
        address=_OWN.format(settings.site_url)
        if settings.has_own_address
        else _SHARED.format(shared.site_url),
        contact=f"{settings.publisher} ({email})" if email else settings.publisher,
        licence=settings.licence_name or "fråga den som ger ut dem",
        day=settings.today.isoformat(),
    )
