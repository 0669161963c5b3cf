"""The rules that records and pages are held to, each with a link to its page."""

from collections.abc import Iterable

from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.rule_pages import link
from kunskapsbank.pages.slots.asked import Asked
from kunskapsbank.pages.templates import render


def names(_: Asked) -> Iterable[str]:
    return ("",)


def html(asked: Asked, *_: object) -> str:
    address = ROOT + (asked.rules.address or "")
    groups = [(group, [link(code, address) for code in group.codes]) for group in asked.rules.groups]
    return render("rules.html", groups=groups)
