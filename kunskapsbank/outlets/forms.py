"""What the forms work by, for each type that a page has a form for: its rules as JSON, and a file to fill in.

The rules beside the schema are those of the checks: their words, and the values that they go by.
"""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from kunskapsbank.checks import fields, language, links, markup, names, privacy, sections, substance
from kunskapsbank.checks.targets import slug
from kunskapsbank.dictionary import appearance, codes
from kunskapsbank.dictionary.types import Field, RecordType
from kunskapsbank.drafting.draft import template
from kunskapsbank.followup.selection import FINDING
from kunskapsbank.library.lists import COUNTIES
from kunskapsbank.outlets.schemas import FOLDER as SCHEMAS
from kunskapsbank.output import Made, Maker
from kunskapsbank.pages.followups import SURVEY
from kunskapsbank.pages.forms import DEFINITIONS, SURVEY_LABELS, TEMPLATES, asked, controls, recipients
from kunskapsbank.pages.pour import root_of
from kunskapsbank.pages.site import Site
from kunskapsbank.problems.problem import Code
from kunskapsbank.reading import addresses, characters, hosts

_RULES: Final[tuple[Code, ...]] = (
    codes.EMPTY_VALUE, codes.TOO_SHORT, codes.TOO_LONG, codes.WRONG_FORMAT,
    codes.IMPOSSIBLE_DATE, codes.OUT_OF_RANGE, codes.WRONG_TYPE, codes.REPEATED_VALUE, codes.UNKNOWN_TERM,
    characters.CONTROL_CHARACTER, characters.BIDI_CONTROL, characters.HIDDEN_CHARACTER, characters.INVISIBLE_CHARACTER, privacy.IDENTITY_NUMBER, markup.RAW_HTML,
    links.BARE_URL, links.VAGUE_LINK_TEXT, addresses.REFUSED_LINK, links.LINK_TO_NOWHERE, links.IMAGE_WITHOUT_TEXT,
    addresses.UNCLEAR_ADDRESS, addresses.REFUSED_MAIL_LINK, addresses.REFUSED_PHONE_LINK, appearance.TEXT_WITHOUT_LETTERS,
    links.REFUSED_PICTURE, links.NOT_A_PICTURE, sections.HEADING_OUT_OF_PLACE, sections.REPEATED_SECTION, sections.EMPTY_SECTION, sections.REQUIRED_SECTION,
    substance.RESULT_ON_PLAN, substance.PARTICIPANTS_UNSTATED, substance.EVALUATION_UNSTATED,
    fields.IMPOSSIBLE_PERIOD, names.WRONG_FILE_NAME, names.DUPLICATE_ID, language.HARD_TO_READ,
)  # fmt: skip
"""What the browser can see for itself; the rest is left to `check`: links to records that don't exist, texts of links
that name another site, e-mail addresses of persons, characters that Unicode does not have."""


def makers(site: Site) -> Iterator[Maker]:
    slots = {slot for frame in site.frames.values() for slot in frame.slots}
    for type_ in site.viewer.dictionary.types.values():
        if f"form-{type_.id}" in slots or (type_.id == FINDING and SURVEY in slots):
            path = f"{DEFINITIONS}/{type_.path}.json"
            # For the script of the form, and so of its release.
            yield Maker(path, partial(_definition, type_, path, site), site.keys.facts, is_permanent=False)
            yield Maker(
                f"{TEMPLATES}/{type_.path}{type_.suffix}", partial(_template, type_, site), site.keys.facts
            )


def _template(type_: RecordType, site: Site) -> Made:
    return Made(template(type_, site.settings.today).text.encode())


def _definition(type_: RecordType, path: str, site: Site) -> Made:
    schema = f"{root_of(path)}{SCHEMAS}/{type_.id}.json"
    text = json.dumps({"schema": schema, **definition(type_, site)}, ensure_ascii=False, indent=1)
    return Made(f"{text}\n".encode())


def definition(type_: RecordType, site: Site) -> dict[str, Any]:
    """Everything that the form's script must know beside the schema."""
    dictionary, settings = site.viewer.dictionary, site.settings
    shown = [*_flat(controls(site.viewer, type_))]
    records = site.viewer.library
    taken = [r.id for r in (*records.records[type_.id], *records.withdrawn) if r.type == type_.id]
    host = settings.code_host
    return {
        "folder": type_.folder,
        "suffix": type_.suffix,
        "dated": type_.dated,
        "body": type_.has_body,
        "order": list(type_.fields),
        "kinds": {control.name.replace(".0.", "."): control.kind for control in shown},
        "labels": SURVEY_LABELS | {control.name.replace(".0.", "."): control.label for control in shown},
        "unknowable": [field.key for field in asked(type_) if field.may_be_unknown],
        "sections": [{"key": s.key, "heading": s.heading.sv, "required": s.required} for s in type_.sections],
        "defaults": _set_by_editors(type_),
        "rules": {code.name: _rule(code) for code in _RULES},
        "held": list(substance.HELD),
        "not_begun": {status: words.sv for status, words in substance.NOT_BEGUN.items()},
        "vague": sorted(links.VAGUE),
        "files": {
            t.folder: {"suffix": t.suffix, "dated": t.dated} for t in dictionary.types.values() if t.has_body
        },
        "taken": taken,
        "names": {
            "longest": names.LONGEST_ID,
            "reserved": sorted(names.RESERVED_NAMES),
            "type": slug(type_.label.sv),
        },
        "pictures": list(links.PICTURE_KINDS),
        "faults": {name: fault.sv for name, fault in addresses.FAULTS.items()},
        "nearby": sorted(hosts.NEARBY),
        "signs": {
            "kinds": {name: kind.sv for name, kind in characters.KINDS.items()},
            "widthless": {sign: name.sv for sign, name in characters.NAMES.items()},
            "other": characters.OTHER_NOTHING.sv,
        },
        "lix": settings.lix_limit,
        "host": None if host is None else {"new": host.new, "kind": host.kind},
        "county": next((f.key for f in type_.fields.values() if f.vocabulary == COUNTIES), None),
        "recipients": [r._asdict() for r in recipients(dictionary, settings.contact)],
    }


def _flat(shown: Iterator[Any]) -> Iterator[Any]:
    for control in shown:
        yield control
        yield from _flat(iter(control.parts))


TODAY: Final = {"today": True}
"""Stands for the day of writing among the defaults."""


def _set_by_editors(type_: RecordType) -> dict[str, Any]:
    """What a new record says where only the editors can say better; what they need not say is left out."""
    wanted = (field for field in type_.fields.values() if field.set_by_editors and field.required)
    return {field.key: _default(field) for field in wanted}


def _default(field: Field) -> Any:
    if field.children:
        return {part.key: _default(part) for part in field.children.values() if part.required}
    return TODAY if field.today else field.default


def _rule(code: Code) -> Mapping[str, str]:
    said = {"severity": code.severity.value, "message": code.message.sv, "help": code.help.sv}
    return said | ({"nearest": code.nearest.sv} if code.nearest else {})
