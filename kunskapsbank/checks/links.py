"""Rules on links and pictures in the body: they lead somewhere, safely, and say where."""

from collections.abc import Iterator, Sequence
from typing import Final

from kunskapsbank.checks.names import WRONG_FILE_NAME, is_reserved
from kunskapsbank.checks.record import Examined
from kunskapsbank.checks.subject import Subject
from kunskapsbank.checks.targets import PICTURES, relative_path, resolve
from kunskapsbank.dictionary.validation import nearest
from kunskapsbank.problems.problem import Code, Problem, Severity, Text, Value
from kunskapsbank.reading.addresses import REFUSED_LINK, scheme, scheme_problems
from kunskapsbank.reading.body import Link

IMAGE_WITHOUT_TEXT: Final = Code(
    "image-without-text",
    Severity.ERROR,
    Text(
        "Bilden saknar text för den som inte ser den.", "The picture lacks a text for those who don't see it."
    ),
    Text(
        "Skriv vad bilden visar mellan hakparenteserna: ![det som bilden visar]({target})",
        "Write what the picture shows between the brackets: ![what the picture shows]({target})",
    ),
    Text(
        "Skärmläsare läser upp texten i stället för bilden.",
        "Screen readers read the text out instead of the picture.",
    ),
)
VAGUE_LINK_TEXT: Final = Code(
    "vague-link-text",
    Severity.ERROR,
    Text(
        "Länktexten ”{text}” säger inte vart länken leder.",
        "The link text “{text}” doesn't say where the link leads.",
    ),
    Text(
        "Skriv vad man hittar där: [vad sidan heter]({target})",
        "Write what one finds there: [the title of the page]({target})",
    ),
    Text(
        "Den som lyssnar på en sida går ofta från länk till länk och hör bara länktexterna.",
        "Those who listen to a page often go from link to link and hear the link texts only.",
    ),
)
BARE_URL: Final = Code(
    "bare-url",
    Severity.ERROR,
    Text("Här står en adress i löpande text.", "There is a bare address in the text here."),
    Text(
        "Gör en länk med en text som säger vart den leder: [vad sidan heter]({target})",
        "Make a link with a text that says where it leads: [the title of the page]({target})",
    ),
    Text(
        "En adress är svår att läsa, att lyssna på och att förstå.",
        "An address is hard to read, to listen to and to understand.",
    ),
)
REFUSED_PICTURE: Final = Code(
    "refused-picture",
    Severity.ERROR,
    Text("Bilden ”{target}” ligger inte i mappen docs.", "The picture “{target}” is not in the folder docs."),
    Text(
        "Lägg bilden i docs/bilder och skriv ![beskrivning](../docs/bilder/namn.png).",
        "Put the picture in docs/bilder and write ![description](../docs/bilder/name.png).",
    ),
    Text(
        "Bilder från andra webbplatser talar om för dem vem som läser sidan.",
        "Pictures from other sites tell them who reads the page.",
    ),
)
NOT_A_PICTURE: Final = Code(
    "not-a-picture",
    Severity.ERROR,
    Text("”{target}” är inte en bild.", "“{target}” is not a picture."),
    Text(
        "En bild är en fil som slutar på {kinds}. Ska det vara en länk, ta bort utropstecknet.",
        "A picture is a file that ends in {kinds}. If it should be a link, take the exclamation mark away.",
    ),
    Text(
        "Webbläsaren visar bara bilder. På andra filers plats blir det tomt.",
        "Browsers only show pictures. In the place of other files nothing shows.",
    ),
)
LINK_TO_NOWHERE: Final = Code(
    "link-to-nowhere",
    Severity.ERROR,
    Text(
        "Länken leder till ”{target}”, som inte finns.", "The link leads to “{target}”, which doesn't exist."
    ),
    Text(
        "Länka till en postfil, till exempel ../methods/snackmodellen.md.",
        "Link to a record's file, for example ../methods/snackmodellen.md.",
    ),
    Text(
        "En länk som inte leder någonstans slösar bort läsarens tid.",
        "A link that leads nowhere wastes the reader's time.",
    ),
    nearest=Text("Menade du ”{nearest}”?", "Did you mean “{nearest}”?"),
)

CODES: Final = (
    IMAGE_WITHOUT_TEXT,
    VAGUE_LINK_TEXT,
    BARE_URL,
    REFUSED_LINK,
    REFUSED_PICTURE,
    NOT_A_PICTURE,
    LINK_TO_NOWHERE,
)

PICTURE_KINDS: Final = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif", ".avif")
"""Ends of the names of files that every browser shows as pictures. A script in an SVG is not run there."""

VAGUE: Final = frozenset(
    {
        "", "här", "klicka här", "klicka", "läs mer", "läs mer här", "läs här", "mer", "mer här", "länk", "länken", "denna länk",
        "den här länken", "se här", "mer information", "läs vidare", "here", "click here", "read more", "more", "link", "this link",
    }
)  # fmt: skip
"""Link texts that don't say where the link leads, without capitals."""


def check(subject: Subject) -> Iterator[Problem]:
    body = subject.document.body
    if body is None:
        return
    for link in body.links:
        yield from _picture(subject, link) if link.is_image else _link(subject, link)
    for address, place in body.bare_urls:
        yield subject.problem(BARE_URL, place, target=address if "://" in address else f"https://{address}")


def relate(all_examined: Sequence[Examined]) -> Iterator[Problem]:
    """That a link into a record leads to a place which is there."""
    readable = {(e.type, e.id): e.anchors for e in all_examined if e.readable}
    # A link to a place is written with this sign; most files have none, and need not be taken apart.
    for examined in (one for one in all_examined if b"#" in one.packed):
        for reference in examined.references:
            known = readable.get((reference.types[0], reference.id))
            if reference.fragment and known is not None and reference.fragment not in known:
                values: dict[str, Value] = {"target": "#" + reference.fragment}
                if near := nearest(reference.fragment, {anchor: "#" + anchor for anchor in known}):
                    values["nearest"] = near
                yield Problem(LINK_TO_NOWHERE, examined.path, reference.place, values)


def _link(subject: Subject, link: Link) -> Iterator[Problem]:
    words = link.text.strip(" .:…>→»").casefold()
    if words in VAGUE or scheme(words) in ("http", "https") or words.startswith("www."):
        yield subject.problem(VAGUE_LINK_TEXT, link.place, text=link.text, target=link.target)
    if scheme(link.target):
        yield from scheme_problems(link.target, subject.path, link.place)
    elif resolve(subject.context.dictionary, subject.path, link.target) is None:
        yield subject.problem(LINK_TO_NOWHERE, link.place, target=link.target)


def _picture(subject: Subject, link: Link) -> Iterator[Problem]:
    if not link.text:
        yield subject.problem(IMAGE_WITHOUT_TEXT, link.place, target=link.target)
    path = relative_path(subject.path, link.target)
    if scheme(link.target) or not path.startswith(PICTURES + "/"):
        yield subject.problem(REFUSED_PICTURE, link.place, target=link.target)
    elif not path.lower().endswith(PICTURE_KINDS):
        kinds = ", ".join(PICTURE_KINDS)
        yield subject.problem(NOT_A_PICTURE, link.place, target=link.target, kinds=kinds)
    elif is_reserved(name := path.rpartition("/")[2]):
        values = {"name": name, "example": f"bild-{name}", "nearest": f"bild-{name}"}
        yield subject.problem(WRONG_FILE_NAME, link.place, **values)
    elif path not in subject.context.pictures or "/." in path:  # the site engine leaves hidden files out
        yield subject.problem(LINK_TO_NOWHERE, link.place, target=link.target)
