"""Addresses as a browser reads them, and what in them hides where they lead.

Browsers read more than the standard for addresses allows: backslashes, tabs, numbers that are hosts. What is
judged here is what they would do (https://url.spec.whatwg.org), not what Python's own parser says.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from kunskapsbank.problems.problem import Code, Place, Problem, Severity, Text
from kunskapsbank.reading import characters, hosts, scripts
from kunskapsbank.reading.hosts import LETTERS, host_fault

REFUSED_LINK: Final = Code(
    "refused-link",
    Severity.ERROR,
    Text("Länkar till ”{target}” är inte tillåtna.", "Links to “{target}” are not allowed."),
    Text(
        "Länka till en annan post eller till en adress som börjar med https:, mailto: eller tel:.",
        "Link to another record, or to an address that starts with https:, mailto: or tel:.",
    ),
    Text(
        "Andra slags länkar kan köra kod eller gå över en osäker förbindelse.",
        "Other kinds of link can run code or go over an insecure connection.",
    ),
    nearest=Text("Prova {nearest}", "Try {nearest}"),
)
UNCLEAR_ADDRESS: Final = Code(
    "unclear-address",
    Severity.ERROR,
    Text(
        "Adressen ”{target}” visar inte öppet vart den leder: {fault}.",
        "The address “{target}” doesn't show openly where it leads: {fault}.",
    ),
    Text(
        "Skriv https:// och sedan bara webbplatsens namn och sidan, till exempel https://www.regeringen.se/sida. Kopiera adressen ur webbläsaren när du har öppnat sidan.",
        "Write https:// and then only the name of the site and the page, for example https://www.regeringen.se/page. Copy the address from the browser when you have opened the page.",
    ),
    Text(
        "Läsaren ska kunna se på adressen vems sida hen kommer till.",
        "Readers should be able to see from the address whose page they will come to.",
    ),
)
REFUSED_MAIL_LINK: Final = Code(
    "refused-mail-link",
    Severity.ERROR,
    Text(
        "E-postlänken ”{target}” går inte att använda: {fault}.",
        "The e-mail link “{target}” can't be used: {fault}.",
    ),
    Text(
        "Skriv en enda adress, om du vill med ett ämne: mailto:registrator@exempel.se?subject=Fråga",
        "Write one address only, with a subject if you like: mailto:registrator@exempel.se?subject=Question",
    ),
    Text(
        "En e-postlänk kan annars skicka brevet till fler, eller bifoga filer, utan att läsaren märker det.",
        "An e-mail link could otherwise send the letter to others, or attach files, without the reader noticing.",
    ),
)
REFUSED_PHONE_LINK: Final = Code(
    "refused-phone-link",
    Severity.ERROR,
    Text(
        "Telefonlänken ”{target}” har annat i sig än ett telefonnummer.",
        "The telephone link “{target}” has more in it than a telephone number.",
    ),
    Text(
        "Skriv bara siffror och bindestreck, och ett plustecken först om det är ett utländskt nummer: tel:+46-8-123-45",
        "Write only digits and hyphens, and a plus sign first for an international number: tel:+46-8-123-45",
    ),
    Text(
        "Andra tecken kan ge telefonen koder, till exempel för att koppla om samtal.",
        "Other signs can give the telephone codes, for example to divert calls.",
    ),
)

SCHEMES: Final = ("https", "mailto", "tel")
"""What a link may lead to outside the site."""

_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_DROPPED: Final = re.compile(r"[\t\n\r]")
_IN_FRONT: Final = "".join(map(chr, range(33)))
_ODD_FIRST: Final = frozenset(_IN_FRONT + "/\\")
"""What an address starts with that may have something like a scheme without a colon."""

_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]")
_WRITTEN: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"”“’'()]*[^\s<>\"”“’'().,;:!?]", re.IGNORECASE)
"""An address in running text, without the punctuation behind it."""

_FEWEST_DIGITS: Final = 3
_MOST_DIGITS: Final = 15
"""Of a telephone number (E.164)."""

_TELEPHONE: Final = re.compile(r"\+?[0-9](?:[ -]?[0-9])*")
_LOCAL: Final = re.compile(rf"[{LETTERS}0-9_+'=~-]+(?:\.[{LETTERS}0-9_+'=~-]+)*", re.IGNORECASE)

_NO_HOST: Final = Text(
    "namnet på webbplatsen står inte direkt efter https://",
    "the name of the site doesn't stand right after https://",
)
_CONTROL: Final = Text(
    "den har ett osynligt tecken, som webbläsaren tar bort",
    "it has an invisible character, which browsers drop",
)
_BACKSLASH: Final = Text(
    "den har ett omvänt snedstreck, som webbläsaren byter mot /",
    "it has a backslash, which browsers change for /",
)
_USER: Final = Text(
    "det som står före @ är inte webbplatsens namn utan ett användarnamn",
    "what stands before the @ is not the name of the site but a user name",
)
_PORT: Final = Text(
    "det står ett kolon och ett portnummer efter namnet", "a colon and a port number stand after the name"
)
_NO_RECIPIENT: Final = Text("den har ingen mottagare", "it has no recipient")
_RECIPIENTS: Final = Text("den har mer än en mottagare", "it has more than one recipient")
_ENCODED_MAIL: Final = Text(
    "adressen är skriven med procenttecken", "the address is written with per cent signs"
)
_UNFIT_MAIL: Final = Text(
    "adressen är inte en vanlig e-postadress", "the address is not an ordinary e-mail address"
)
_HIDDEN_PART: Final = Text(
    "den har osynliga tecken i ämnet eller texten", "it has invisible characters in the subject or text"
)
_EXTRAS: Final = Text(
    "den har något mer än mottagare, ämne och text", "it has more than a recipient, a subject and a text"
)

FAULTS: Final = hosts.FAULTS | {
    "no_host": _NO_HOST,
    "control": _CONTROL,
    "backslash": _BACKSLASH,
    "user": _USER,
    "port": _PORT,
    "no_recipient": _NO_RECIPIENT,
    "recipients": _RECIPIENTS,
    "encoded_mail": _ENCODED_MAIL,
    "unfit_mail": _UNFIT_MAIL,
    "hidden_part": _HIDDEN_PART,
    "extras": _EXTRAS,
}
"""By names that the script of the forms knows them by."""


def scheme(target: str) -> str:
    """Return the scheme of an address as a browser reads it, in lower case.

    It is empty for a relative address and "//" for a protocol-relative one. Browsers drop tabs and line ends
    everywhere, and blanks and controls in front.
    """
    if ":" not in target and target[:1] not in _ODD_FIRST:
        return ""
    read = _DROPPED.sub("", target).lstrip(_IN_FRONT)
    if read[:2] in ("//", "\\\\", "/\\", "\\/"):
        return "//"
    match = _SCHEME.match(read)
    return match[1].lower() if match else ""


def scheme_problems(target: str, path: str, place: Place) -> Iterator[Problem]:
    """Yield what is wrong with the scheme of an address that has one."""
    kind = scheme(target)
    if kind == "http":
        yield Problem(REFUSED_LINK, path, place, {"target": target, "nearest": "https" + target[4:]})
    elif kind not in SCHEMES or (kind == "https" and not target.lower().startswith("https://")):
        yield Problem(REFUSED_LINK, path, place, {"target": target})


def address_problems(target: str, path: str, place: Place) -> Iterator[Problem]:
    """Yield what is wrong with the rest of an address, of a scheme that a link may have."""
    match scheme(target):
        case "https":
            fault = web_fault(target)
            code = UNCLEAR_ADDRESS
        case "mailto":
            fault = mail_fault(target)
            code = REFUSED_MAIL_LINK
        case "tel":
            fault = None if is_telephone(target) else Text("", "")
            code = REFUSED_PHONE_LINK
        case _:
            return
    if fault is not None:
        yield Problem(code, path, place, {"target": target, "fault": fault})


def written_addresses(text: str) -> Iterator[str]:
    """Yield the web addresses that stand in running text."""
    if "://" in text or "www." in text.lower():
        for match in _WRITTEN.finditer(text):
            address = match.group()
            yield address if "://" in address else f"https://{address}"


def authority(target: str) -> str:
    """Return what a browser takes for user, host and port of a web address."""
    rest = _DROPPED.sub("", target).strip(_IN_FRONT).partition(":")[2]
    return re.split(r"[/\\?#]", rest.lstrip("/\\"), maxsplit=1)[0]


def host_of(target: str) -> str:
    """Return the host of a web address without a port, or the domain of a `mailto:` one, in lower case."""
    if scheme(target) == "mailto":
        recipient = target.partition(":")[2].partition("?")[0]
        return recipient.rpartition("@")[2].lower()
    return authority(target).rpartition("@")[2].partition(":")[0].lower()


def web_fault(target: str) -> Text | None:
    """Return what hides where a web address leads; None for one that says it openly."""
    if _CONTROLS.search(target):
        return _CONTROL
    if "\\" in re.split(r"[?#]", target, maxsplit=1)[0]:
        return _BACKSLASH
    rest = target.partition(":")[2]
    name = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    if rest[:2] != "//" or not name:
        return _NO_HOST
    if "@" in name:
        return _USER
    if name.startswith("["):
        return hosts.FAULTS["machine"]
    return _PORT if ":" in name else host_fault(name)


def mail_fault(target: str) -> Text | None:
    """Return what is wrong with a `mailto:` address; None for one recipient with at most a subject and a text."""
    recipient, _, extras = target.partition(":")[2].partition("?")
    if _CONTROLS.search(target):
        return _CONTROL
    return recipient_fault(recipient) or (_extras_fault(extras) if extras else None)


def recipient_fault(recipient: str) -> Text | None:
    """Return what is wrong with an e-mail address; None for one plain address."""
    if not recipient:
        return _NO_RECIPIENT
    if "%" in recipient:
        return _ENCODED_MAIL
    if recipient.count("@") > 1 or "," in recipient or ";" in recipient:
        return _RECIPIENTS
    local, _, host = recipient.partition("@")
    return host_fault(host) if _LOCAL.fullmatch(local) and host else _UNFIT_MAIL


def _extras_fault(extras: str) -> Text | None:
    seen = set()
    for part in extras.split("&"):
        name, _, value = part.partition("=")
        folded = unquote(name).lower()
        if folded not in ("subject", "body") or folded in seen or "#" in value:
            return _EXTRAS
        seen.add(folded)
        read = unquote(value)
        lines = re.sub(r"\r\n|\n", " ", read) if folded == "body" else read
        if _CONTROLS.search(lines) or characters.has_any(lines) or [*scripts.find_hidden(lines)]:
            return _HIDDEN_PART
    return None


def is_telephone(target: str) -> bool:
    """Return whether a `tel:` address is one number and nothing else."""
    number = target.partition(":")[2]
    digits = sum(sign in "0123456789" for sign in number)
    return _TELEPHONE.fullmatch(number) is not None and _FEWEST_DIGITS <= digits <= _MOST_DIGITS
