"""Rules on file names, ids and aliases: a published address belongs to one record and never dies."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from kunskapsbank.checks.record import Examined
from kunskapsbank.checks.subject import UNDATED, Subject
from kunskapsbank.checks.targets import slug
from kunskapsbank.dictionary.types import RecordType
from kunskapsbank.problems.problem import START, Code, Problem, Severity, Text, Value

WRONG_FILE_NAME: Final = Code(
    "wrong-file-name",
    Severity.ERROR,
    Text(
        "Filnamnet ”{name}” går inte att använda som adress.",
        "The file name “{name}” can't be used as an address.",
    ),
    Text(
        "Använd bara små bokstäver a–z, siffror och bindestreck, till exempel {example}.",
        "Use only lower-case letters a–z, digits and hyphens, for example {example}.",
    ),
    Text("Filnamnet blir sidans adress.", "The file name becomes the address of the page."),
    nearest=Text(
        "Windows använder det namnet till annat, så ingen fil och ingen mapp kan heta så där. Välj ett annat, till exempel {nearest}.",
        "Windows uses that name for something else, so no file or folder can have it there. Choose another, for example {nearest}.",
    ),
)
LONG_NAME: Final = Code(
    "long-name",
    Severity.ERROR,
    Text(
        "Namnet är {now} tecken långt. Gränsen är {limit}.",
        "The name is {now} characters long. The limit is {limit}.",
    ),
    Text("Korta det, till exempel till {example}", "Shorten it, for example to {example}"),
    Text(
        "Namnet står i adresser och i namn på många filer. I Windows får hela sökvägen inte plats om det är längre.",
        "The name stands in addresses and in the names of many files. In Windows the whole path has no room for a longer one.",
    ),
)
DATE_MISSING_IN_NAME: Final = Code(
    "date-missing-in-name",
    Severity.ERROR,
    Text(
        "Filnamnet ”{name}” börjar inte med ett datum.", "The file name “{name}” doesn't start with a date."
    ),
    Text("Byt namn på filen till {expected}", "Rename the file to {expected}"),
    Text(
        "Datumet först i namnet håller filerna i ordning. Utan känt datum skrivs ”odaterad”.",
        "The date first in the name keeps the files in order. Without a known date, write “odaterad”.",
    ),
)
WRONG_DATE_IN_NAME: Final = Code(
    "wrong-date-in-name",
    Severity.ERROR,
    Text(
        "Filnamnet börjar med ”{name}” men datumet i filen är ”{date}”.",
        "The file name starts with “{name}” but the date in the file is “{date}”.",
    ),
    Text(
        "Byt namn på filen så att den börjar med {expected}-, eller rätta datumet.",
        "Rename the file to start with {expected}-, or mend the date.",
    ),
    Text(
        "Datumet i namnet håller filerna i ordning och ska stämma.",
        "The date in the name keeps the files in order and must be right.",
    ),
)
DUPLICATE_ID: Final = Code(
    "duplicate-id",
    Severity.ERROR,
    Text("{first} har samma id, ”{id}”.", "{first} has the same id, “{id}”."),
    Text("Byt namn på den ena filen.", "Rename one of the files."),
    Text("Två poster kan inte ha samma adress.", "Two records can't have the same address."),
)
DUPLICATE_ALIAS: Final = Code(
    "duplicate-alias",
    Severity.ERROR,
    Text(
        "Den tidigare adressen ”{alias}” tillhör redan {owner}.",
        "The former address “{alias}” already belongs to {owner}.",
    ),
    Text("Behåll den på ett ställe.", "Keep it in one place."),
    Text("En gammal adress kan bara leda till en sida.", "An old address can lead to one page only."),
)
ALIAS_SHADOWS_RECORD: Final = Code(
    "alias-shadows-record",
    Severity.ERROR,
    Text(
        "”{alias}” är id för en post som finns: {owner}.",
        "“{alias}” is the id of a record that exists: {owner}.",
    ),
    Text("Ta bort den ur aliases.", "Take it out of aliases."),
    Text("Adressen visar redan den posten.", "The address already shows that record."),
)

CODES: Final = (
    WRONG_FILE_NAME,
    LONG_NAME,
    DATE_MISSING_IN_NAME,
    WRONG_DATE_IN_NAME,
    DUPLICATE_ID,
    DUPLICATE_ALIAS,
    ALIAS_SHADOWS_RECORD,
)

LONGEST_ID: Final = 80
"""In characters, without the date in front: the limit of `aliases`, so that a record can always be renamed. The
longest path made of such an id, in a handover, has 139 characters; a whole path of Windows may have 259."""

RESERVED_NAMES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
"""Names of devices in Windows, whatever the ending of the file (learn.microsoft.com, Naming Files)."""

_DATE: Final = re.compile(r"[0-9]{4}(?:-(?:vår|sommar|höst|vinter|[0-9]{2}(?:-[0-9]{2})?))?")


def check(subject: Subject) -> Iterator[Problem]:
    given = subject.data.get("date")
    prefix = date_in_name(given) if subject.type.dated else ""
    if not subject.id:
        yield _wrong_name(subject, prefix)
    elif prefix and subject.date_in_name != prefix:
        values = {"name": subject.date_in_name, "date": str(given), "expected": prefix}
        yield subject.problem(WRONG_DATE_IN_NAME, subject.node("date").place, **values)
    yield from _unfit_ids(subject)


def _unfit_ids(subject: Subject) -> Iterator[Problem]:
    """Yield what stands in the way of an id or a former id as the name of a file or folder."""
    ids = [(subject.id, START), *((alias.text, alias.place) for alias in subject.scalars("aliases"))]
    for name, place in ids:
        example = make_id(name, subject.type)
        if name in RESERVED_NAMES:
            yield subject.problem(WRONG_FILE_NAME, place, name=name, example=example, nearest=example)
        elif place == START and len(name) > LONGEST_ID:  # the schema has the limit for former ids
            yield subject.problem(LONG_NAME, place, now=len(name), limit=LONGEST_ID, example=example)


def is_reserved(name: str) -> bool:
    """Return whether Windows keeps the name of a file for a device, whatever follows its first full stop."""
    return slug(name.partition(".")[0]) in RESERVED_NAMES


def make_id(title: str, type_: RecordType) -> str:
    """Return an id made of a title, fit to be the name of a file; empty where no letter of it can be in one.

    A long one is cut after a whole word, and a reserved one gets the name of its type behind it.
    """
    name = slug(title)
    if len(name) > LONGEST_ID:
        cut = name[: LONGEST_ID + 1].rpartition("-")[0]
        name = cut or name[:LONGEST_ID]
    return f"{name}-{slug(type_.label.sv)}" if name in RESERVED_NAMES else name


def _wrong_name(subject: Subject, prefix: str) -> Problem:
    name = subject.path.rsplit("/", 1)[-1]
    stem = make_id(name.removesuffix(subject.type.suffix), subject.type) or "exempel"
    if subject.type.dated and name == stem + subject.type.suffix:
        expected = f"{prefix or UNDATED}-{name}"
        return subject.problem(DATE_MISSING_IN_NAME, START, name=name, expected=expected)
    example = f"{prefix or UNDATED}-{stem}" if subject.type.dated else stem
    return subject.problem(WRONG_FILE_NAME, START, name=name, example=example + subject.type.suffix)


def date_in_name(given: object) -> str:
    """A record's date as its file name writes it; empty where it is not a date."""
    if given == "unknown":
        return UNDATED
    return slug(given) if isinstance(given, str) and _DATE.fullmatch(given) else ""


def relate(all_examined: Sequence[Examined]) -> Iterator[Problem]:
    owners: dict[tuple[str, str], Examined] = {}
    for examined in all_examined:
        if not examined.id:
            continue
        first = owners.setdefault((examined.type, examined.id), examined)
        if first is not examined:
            values = {"first": first.path, "id": examined.id}
            yield Problem(DUPLICATE_ID, examined.path, examined.id_place, values)
    yield from _aliases(all_examined, owners)


def _aliases(all_examined: Sequence[Examined], owners: dict[tuple[str, str], Examined]) -> Iterator[Problem]:
    taken: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for examined in all_examined:
        for alias, place in examined.aliases:
            record = owners.get((examined.type, alias))
            owner = taken[examined.type].setdefault(alias, examined.path)
            if record is not None:
                owner_text = (
                    record.path if record is not examined else Text("posten själv", "the record itself")
                )
                values: dict[str, Value] = {"alias": alias, "owner": owner_text}
                yield Problem(ALIAS_SHADOWS_RECORD, examined.path, place, values)
            elif owner != examined.path:
                yield Problem(DUPLICATE_ALIAS, examined.path, place, {"alias": alias, "owner": owner})
