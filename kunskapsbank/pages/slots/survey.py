"""The survey that a follow-up is compiled from: a question of each kind for every theme, from the dictionary."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from markupsafe import Markup

from kunskapsbank.checks.followup import FINDINGS, PLANNED
from kunskapsbank.dictionary.types import Term
from kunskapsbank.followup.selection import FINDING, KINDS, THEMES, possible
from kunskapsbank.pages.forms import (
    DEFINITIONS,
    ITEM,
    RESPONDENT,
    SURVEY_LABELS,
    TEMPLATES,
    Control,
    controls,
    recipients,
)
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.slots.asked import Asked
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.texts import Texts


class ThemeView(NamedTuple):
    label: str
    about: str
    controls: tuple[Control, ...]


_ABOUT: Final = frozenset({"title", "date", "counties", "contact"})
"""What is asked of the answers as a whole, beside who answers."""


def names(asked: Asked) -> Iterable[str]:
    return ("",) if possible(asked.dictionary) else ()


def html(asked: Asked, *_: object) -> str:
    type_ = asked.dictionary.types[FINDING]
    shown = {control.name: control for control in controls(asked.viewer, type_)}
    parts = {part.name.rpartition(".")[2]: part for part in shown[FINDINGS].parts}
    themes = asked.dictionary.vocabularies[THEMES].terms.values()
    return render(
        "survey.html",
        type=type_,
        controls=(_respondent(parts["section"]), *(c for name, c in shown.items() if name in _ABOUT)),
        themes=tuple(
            ThemeView(t.label.sv, _about(t, asked.viewer.texts), tuple(_questions(asked, t, parts)))
            for t in themes
        ),
        recipients=recipients(asked.dictionary, asked.settings.contact),
        host=asked.settings.code_host,
        definition=f"{ROOT}{DEFINITIONS}/{type_.path}.json",
        template=f"{ROOT}{TEMPLATES}/{type_.path}{type_.suffix}",
    )


def _about(theme: Term, texts: Texts) -> str:
    return texts.line(theme.description.sv) if theme.description else ""


def _respondent(section: Control) -> Control:
    """The section that answers come from: the function that gives them."""
    return section._replace(
        name=RESPONDENT,
        label=SURVEY_LABELS[RESPONDENT],
        help=Markup("<p>Funktionen, aldrig en persons namn.</p>"),
        example="Samordnaren i Dalarnas län",
        need="måste fyllas i",
        needed=True,
    )


def _questions(asked: Asked, theme: Term, parts: dict[str, Control]) -> Iterator[Control]:
    """A group of answers for each kind of finding; for what is planned, also when."""
    for kind in asked.dictionary.vocabularies[KINDS].terms.values():
        name = f"answers.{theme.id}.{kind.id}"
        asks = kind.extra.get("ask")
        keys = ("text", "due") if kind.id == PLANNED else ("text",)
        yield Control(
            name=name,
            kind="groups",
            label=kind.label.sv,
            help=Markup("<p>{}</p>").format(asks["sv"]) if asks else Markup(),
            need="",
            needed=False,
            limit=None,
            example="",
            language="",
            default="",
            parts=tuple(_part(parts[key], f"{name}.{ITEM}.{key}") for key in keys),
        )


def _part(part: Control, name: str) -> Control:
    """Not needed, since an empty answer is none; its kind's question stands above it."""
    return part._replace(name=name, need="", needed=False, help=Markup(), example="")
