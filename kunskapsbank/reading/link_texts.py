"""What the text of a link says of where it leads: the domain, e-mail address or telephone number in it."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from kunskapsbank.problems.problem import Code, Severity, Text
from kunskapsbank.reading.addresses import host_of, scheme
from kunskapsbank.reading.characters import without_strange

MISLEADING_LINK_TEXT: Final = Code(
    "misleading-link-text",
    Severity.ERROR,
    Text(
        "Länktexten nämner ”{named}”, men länken leder till ”{actual}”.",
        "The link text names “{named}”, but the link leads to “{actual}”.",
    ),
    Text(
        "Skriv i länktexten vad man hittar där, eller rätta adressen.",
        "Write in the link text what one finds there, or correct the address.",
    ),
    Text(
        "Läsaren litar på att länken leder dit som texten säger.",
        "Readers trust that a link leads where its text says.",
    ),
)

_DOTS: Final = str.maketrans("。．｡․", "....")
"""Characters that browsers take for the dots of a name, or that look like them."""

_BETWEEN: Final = re.compile(r"[\s,;|–—·•]+")
"""What stands between the words of a text."""

_NAMED: Final = re.compile(r"(https?://)?((?:[\w-]+\.)+[\w-]{2,})(?::[0-9]+)?(?:[/?#].*)?", re.IGNORECASE)
_MAIL: Final = re.compile(r"(?:mailto:)?([\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_START: Final = "www."
_SHORTEST_NAME: Final = 2
"""Of the part before the top domain: `t.ex` and `m.fl` are no names."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COUNTRIES: Final = _words(
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf "
    "cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg "
    "gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn "
    "kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc "
    "ne nf ng ni nl no np nu nz om pa pe pf pg ph pk pn pr pt pw qa re ro ru rw sa sb sc sd se sg si sk sl sm sn sr st su "
    "sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
"""The countries' top domains, without those that are better known as ends of file names or as abbreviations:
gb, md, nr, pl, pm, ps, py, rs, sh, so."""

_GENERIC: Final = _words(
    "aero agency app arpa art asia bank biz blog cat center click cloud club com company consulting coop dev digital edu "
    "education email events example expert foundation gov group health help host info int international invalid jobs "
    "legal link live media mil mobi museum name net network news ngo online ong org page post press pro review school "
    "services shop site social software solutions space stockholm store stream support team tech test tips today tools top "
    "travel university video website wiki work works world xyz zone"
)
"""Top domains that belong to no country, as far as people meet them here. There are a thousand more."""

_SECOND: Final = _words(
    "ac co com edu go gob gouv gov govt gv komvux mil ne net nhs nom or org parti police pp press sch tm"
)
"""Parts that stand before a country's top domain and belong to many: co.uk, gov.au, press.se."""

_SHARED: Final = _words(
    "azurewebsites.net blogspot.com cloudfront.net fly.dev github.io gitlab.io herokuapp.com netlify.app onrender.com "
    "pages.dev sharepoint.com vercel.app web.app weebly.com wixsite.com wordpress.com workers.dev"
)
"""Domains under which anybody can have a site."""

_TELEPHONE: Final = re.compile(r"\+?\d(?:[ \u00a0()/.–‑-]{0,3}\d){2,}")
_LONG: Final = 5
"""So many digits are a number of somebody; fewer are a short number, such as 112, or something else."""


class Mismatch(NamedTuple):
    """What the text of a link names, and what the link leads to instead."""

    named: str
    actual: str


def find_mismatch(text: str, target: str) -> Mismatch | None:
    """Return what a link text names that is not where the link leads; None where they agree.

    Only of addresses on the web, e-mail addresses and telephone numbers. The text of a link to a page of the
    own site may name a domain: there are organisations whose name is one. A domain counts where it is a word by
    itself, alone or in a sentence, and not in the middle of code.
    """
    read = unicodedata.normalize("NFKC", without_strange(text)).translate(_DOTS)
    match scheme(target):
        case "https" | "http":
            names: Iterator[Mismatch] = _other_sites(read, host_of(target))
        case "mailto":
            names = _other_recipients(read, target)
        case "tel":
            names = _other_numbers(read, target.partition(":")[2])
        case _:
            return None
    return next(names, None)


def _other_sites(text: str, host: str) -> Iterator[Mismatch]:
    for word in _words_of(text):
        mail = _MAIL.fullmatch(word)
        shown = mail[1] if mail else named_domain(word)
        if shown and not is_same_site(shown.rpartition("@")[2], host):
            yield Mismatch(shown, host)


def _other_recipients(text: str, target: str) -> Iterator[Mismatch]:
    recipient = target.partition(":")[2].partition("?")[0]
    for word in _words_of(text):
        mail, name = _MAIL.fullmatch(word), named_domain(word)
        if mail and mail[1].casefold() != recipient.casefold():
            yield Mismatch(mail[1], recipient)
        elif name and not is_same_site(name, host_of(target)):
            yield Mismatch(name, recipient)


def _words_of(text: str) -> Iterator[str]:
    yield from (_without_ends(word) for word in _BETWEEN.split(text) if "." in word)


def _without_ends(word: str) -> str:
    """Return a word without what stands around it: quotation marks, brackets, full stops, arrows."""
    inner = [place for place, sign in enumerate(word) if sign.isalnum() or sign == "/"]
    return word[inner[0] : inner[-1] + 1] if inner else ""


def named_domain(word: str) -> str | None:
    """Return the domain name that a word is or starts with, as an address does; None where it is another word.

    It has www. or https:// in front, or ends in a known top domain.
    """
    match = _NAMED.fullmatch(word)
    if match is None:
        return None
    lead, name = match.groups()
    before, _, top = name.rpartition(".")
    is_marked = bool(lead) or name.lower().startswith(_START)
    is_name = is_marked or (_is_top_domain(top) and len(before.rpartition(".")[2]) >= _SHORTEST_NAME)
    return name if is_name else None


def _is_top_domain(label: str) -> bool:
    """Return whether a name may end so. One capital first is a new sentence, with no blank before it."""
    folded = label.lower()
    is_known = folded in _COUNTRIES or folded in _GENERIC or folded.startswith("xn--")
    return is_known and label in (folded, label.upper())


def is_same_site(named: str, host: str) -> bool:
    """Return whether two names belong to the same owner, as far as the names tell.

    A name in a text may have å, ä and ö where the site's has a, a and o, but not the other way round.
    """
    wanted, actual = (unicodedata.normalize("NFC", name).lower().rstrip(".") for name in (named, host))
    return _owner(actual) in (_owner(wanted), _owner(_without_marks(wanted)))


def _owner(name: str) -> str:
    """Return the part of a name that somebody has registered."""
    labels = name.split(".")
    is_under_shared = ".".join(labels[-2:]) in _SHARED
    is_under_second = len(labels) > 1 and labels[-2] in _SECOND and labels[-1] in _COUNTRIES
    return ".".join(labels[-3 if is_under_shared or is_under_second else -2 :])


def _without_marks(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def _other_numbers(text: str, number: str) -> Iterator[Mismatch]:
    words = sum(sign.isalnum() for sign in text)
    for match in _TELEPHONE.finditer(text):
        named = match.group()
        count = sum(sign.isdigit() for sign in named)
        if (count == words or count >= _LONG) and not _is_same_number(named, number):
            yield Mismatch(named, number)


def _is_same_number(one: str, other: str) -> bool:
    """Return whether two numbers are the same, but for what only one of them has in front.

    That is the code of a country, for the zero of the other, or of an area, before a number that is long enough.
    """
    short, long = sorted((_significant(one), _significant(other)), key=len)
    return short == long or (len(short) >= _LONG and long.endswith(short))


def _significant(number: str) -> str:
    """Return the digits without what stands for no place: 00 before a country, 0 before an area."""
    return re.sub(r"\D", "", number.replace("(0)", "")).lstrip("0")
