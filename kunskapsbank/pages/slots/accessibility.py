"""The accessibility statement, from the settings; nothing where they say nothing of it."""

from collections.abc import Iterable

from kunskapsbank.library.dates import day_in_words
from kunskapsbank.pages.slots.asked import Asked
from kunskapsbank.pages.templates import render


def names(_: Asked) -> Iterable[str]:
    return ("",)


def html(asked: Asked, *_: object) -> str:
    said, texts = asked.settings.accessibility, asked.viewer.texts
    if said is None:
        return ""
    return render(
        "accessibility.html",
        site_name=asked.settings.site_name,
        actor=said.actor,
        status=said.status,
        contact=said.contact,
        supervisor=said.supervisor,
        defects=[(texts.line(defect.what), texts.line(defect.why)) for defect in said.defects],
        method=texts.html(said.method),
        assessed=day_in_words(said.assessed),
        updated=day_in_words(said.updated),
    )
