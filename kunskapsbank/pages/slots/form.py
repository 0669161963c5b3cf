"""The form by which a record of a type is sent in."""

from collections.abc import Iterable

from kunskapsbank.pages.forms import DEFINITIONS, TEMPLATES, form_view, recipients
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.slots.asked import Asked
from kunskapsbank.pages.templates import render


def names(asked: Asked) -> Iterable[str]:
    return (type_.id for type_ in asked.dictionary.types.values() if type_.has_body)


def html(asked: Asked, name: str, *_: object) -> str:
    type_ = asked.dictionary.types[name]
    view = form_view(asked.viewer, type_)
    settings = asked.settings
    return render(
        "form.html",
        type=type_,
        controls=view.controls,
        texts=view.texts,
        recipients=recipients(asked.dictionary, settings.contact),
        host=settings.code_host,
        definition=f"{ROOT}{DEFINITIONS}/{type_.path}.json",
        template=f"{ROOT}{TEMPLATES}/{type_.path}{type_.suffix}",
    )
