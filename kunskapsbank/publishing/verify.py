"""Proof of a release before it goes live: links and anchors lead somewhere, no slot is open, no address
is taken twice.

Judges the bytes that readers will get, whatever made them. Patterns find the attributes, at a tenth of
a parser's cost. They can't take words in a text for a link: an attribute is followed by the end of its
tag, and in a text both angle brackets are escaped by everything that writes our pages; nor words in
another attribute's value, since quotation marks are escaped there and what follows the value is a space or
the end of the tag. A test holds them against a real parser.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin

from kunskapsbank.output import File
from kunskapsbank.problems.problem import START, Code, Problem, Severity, Text

BROKEN_LINK: Final = Code(
    "broken-link",
    Severity.ERROR,
    Text(
        "Sidan /{page} länkar till /{target}, som inte finns på webbplatsen.",
        "The page /{page} links to /{target}, which is not on the site.",
    ),
    Text("Rätta länken, i filen eller i sidmallen.", "Mend the link, in the file or in the page template."),
    Text(
        "En länk som inte leder någonstans slösar bort läsarens tid.",
        "A link that leads nowhere wastes the reader's time.",
    ),
)
BROKEN_ANCHOR: Final = Code(
    "broken-anchor",
    Severity.ERROR,
    Text(
        "Sidan /{page} länkar till stället #{anchor} på /{target}, som inte finns.",
        "The page /{page} links to the place #{anchor} on /{target}, which doesn't exist.",
    ),
    Text(
        "Rätta länken, eller ta bort det som står efter #.",
        "Mend the link, or take away what follows the #.",
    ),
    Text(
        "Läsaren hamnar överst på sidan i stället för vid det som länken lovade.",
        "Readers land at the top of the page and not at what the link promised.",
    ),
)
DUPLICATE_ANCHOR: Final = Code(
    "duplicate-anchor",
    Severity.ERROR,
    Text(
        "Sidan /{page} har två ställen med namnet #{anchor}.",
        "The page /{page} has two places named #{anchor}.",
    ),
    Text("Ge rubrikerna olika namn.", "Give the headings different names."),
    Text("En länk kan bara leda till det första av dem.", "A link can lead to the first of them only."),
)
OPEN_SLOT: Final = Code(
    "open-slot",
    Severity.ERROR,
    Text("Sidan /{page} har en öppen lucka: {slot}.", "The page /{page} has an open slot: {slot}."),
    Text("Rätta filen eller sidmallen.", "Mend the file or the page template."),
    Text("Läsaren skulle se ett hål på sidan.", "Readers would see a hole in the page."),
)
ADDRESS_TAKEN: Final = Code(
    "address-taken",
    Severity.ERROR,
    Text(
        "Två sidor vill ha adressen /{address}: {first} och {second}.",
        "Two pages want the address /{address}: {first} and {second}.",
    ),
    Text("Byt namn på den ena.", "Rename one of them."),
    Text("Den ena sidan skulle skriva över den andra.", "One page would overwrite the other."),
)

CODES: Final = (BROKEN_LINK, BROKEN_ANCHOR, DUPLICATE_ANCHOR, OPEN_SLOT, ADDRESS_TAKEN)

_ID, *_ADDRESSES = (
    re.compile(rb'%b="(?<=\s%b=")([^"<>]*)"(?=/?>|\s[^<>]*>)' % (name, name))
    for name in (b"id", b"href", b"src", b"action")
)
"""A pattern for each attribute: one that starts with a fixed word is found many times faster than one for
all of them, or one that starts with the space in front."""

_SAME_FROM_ALL: Final = (b"../", b"./", b"http", b"mailto:", b"tel:")
"""How an address starts that leads to the same place from all pages of a depth."""

_HERE: Final = "http://here.invalid"
"""Stands for the site's host where a relative address is worked out."""

_OPEN: Final = re.compile(rb"<!--\s*(?:slot:[^>]*|/?unpoured)\s*-->|\x00")


class Site(NamedTuple):
    """Where the site lies: its address, and the path of that on its host. `elsewhere` are files that it can lead
    to without having them, since they lie on the site that it is a part of."""

    url: str
    base_path: str
    elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outline:
    """What the verification needs of a set of files: whom each link leads to, with the first page that
    has it. Faults inside one page are found already."""

    links: Mapping[str, str]
    anchors: Mapping[tuple[str, str], str]
    problems: tuple[Problem, ...]


def outline(files: Iterable[File], site: Site) -> Outline:
    outliner = _Outliner(site)
    for file in files:
        if file.path.endswith(".html"):
            outliner.page(file)
        elif file.path.endswith(".xml"):
            outliner.machine_file(file)
    return Outline(outliner.links, outliner.anchors, tuple(outliner.problems))


def attributes(html: bytes) -> tuple[set[bytes], list[bytes]]:
    """Every address that a page leads to or loads, and the ids of its places, as they are written."""
    return {value for pattern in _ADDRESSES for value in pattern.findall(html)}, _ID.findall(html)


def places_of(html: bytes) -> frozenset[str]:
    """The places on a page that a link can lead to."""
    return frozenset(unescape(place.decode()) for place in attributes(html)[1])


class _Outliner:
    """Gathers the outline of many files.

    Pages at the same depth share most of their links, and a link that goes by way of the root leads to
    the same place from all of them: it is followed once.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.links: dict[str, str] = {}
        self.anchors: dict[tuple[str, str], str] = {}
        self.problems: list[Problem] = []
        self._followed: defaultdict[int, set[bytes]] = defaultdict(set)

    def page(self, file: File) -> None:
        addresses, ids = attributes(file.content)
        followed = self._followed[file.path.count("/")]
        addresses.discard((self.site.url + _page(file.path)).encode())  # its own, in its head
        for address in addresses - followed:
            if address.startswith(b"#"):
                continue
            if address.startswith(_SAME_FROM_ALL):
                followed.add(address)
            self._follow(unescape(address.decode()), file.path)
        places = set(ids)
        self._check_places(file, places, ids, {a[1:] for a in addresses if a.startswith(b"#")})
        if b"<!--" in file.content or b"\x00" in file.content:
            self._check_slots(file)

    def machine_file(self, file: File) -> None:
        """A feed or a map of the site, which names pages by their whole address."""
        for address in set(re.findall(re.escape(self.site.url).encode() + rb'[^"<\s]*', file.content)):
            self._follow(unescape(address.decode()), file.path)

    def _follow(self, address: str, path: str) -> None:
        target = resolve(address, path, self.site)
        if target is not None:
            self.links.setdefault(target[0], path)
            if target[1]:
                self.anchors.setdefault(target, path)

    def _check_places(self, file: File, places: set[bytes], ids: list[bytes], wanted: set[bytes]) -> None:
        for anchor in sorted(wanted - places):
            if unquote(anchor.decode()).encode() not in places:
                self._problem(BROKEN_ANCHOR, file, anchor=anchor.decode(), target=_page(file.path))
        if len(places) < len(ids):
            for anchor in sorted(i for i in places if ids.count(i) > 1):
                self._problem(DUPLICATE_ANCHOR, file, anchor=anchor.decode())

    def _check_slots(self, file: File) -> None:
        for match in _OPEN.finditer(file.content):
            self._problem(OPEN_SLOT, file, slot=match.group().decode().replace("\x00", "U+0000"))

    def _problem(self, code: Code, file: File, **values: str) -> None:
        source = file.made_from[0] if file.made_from else file.path
        self.problems.append(Problem(code, source, START, {"page": _page(file.path), **values}))


def _page(path: str) -> str:
    """The address of a page, without the leading slash, as a reader sees it."""
    return path.removesuffix("index.html")


def file_of(address: str) -> str:
    """The file that a host gives for an address from the root of the site."""
    return address + "index.html" if not address or address.endswith("/") else address


def resolve(address: str, path: str, site: Site) -> tuple[str, str] | None:
    """The file of the site and the anchor in it that an address on a page leads to; None if elsewhere."""
    way_up = "../" * path.count("/")
    if address.startswith(way_up + "../"):
        return address, ""  # above the root, where nothing is
    if way_up and address.startswith(way_up) and "/." not in address[len(way_up) - 1 :]:
        inside = address.removeprefix(way_up)
    elif address.startswith(site.url):
        inside = address.removeprefix(site.url)
    elif address.startswith(("https://", "http://")):
        return None
    else:
        try:
            whole = urljoin(_HERE + site.base_path + path, address)
        except ValueError:  # such as a host with an unclosed bracket
            return None
        if not whole.startswith(_HERE + site.base_path):
            return None
        inside = whole.removeprefix(_HERE + site.base_path)
    inside, _, anchor = inside.partition("#")
    file = unquote(inside.partition("?")[0])
    return file_of(file), unquote(anchor)


def judge(
    outlines: Iterable[Outline],
    made: Iterable[tuple[str, tuple[str, ...]]],
    read: Callable[[str], bytes],
    elsewhere: frozenset[str] = frozenset(),
) -> Iterator[Problem]:
    """Everything wrong with a release. `made` is each file's path and sources; `read` gives its bytes;
    `elsewhere` is that of the `Site`."""
    sources = _Sources()
    yield from sources.add(made)
    targets: dict[str, frozenset[str]] = {}
    for part in outlines:
        yield from part.problems
        for target, page in part.links.items():
            if target not in sources.by_path and target not in elsewhere:
                values = {"target": _page(target), "page": _page(page)}
                yield Problem(BROKEN_LINK, sources.of(page), START, values)
        for (target, anchor), page in part.anchors.items():
            if target not in sources.by_path or not target.endswith(".html"):
                continue
            if target not in targets:
                targets[target] = places_of(read(target))
            if anchor not in targets[target]:
                values = {"anchor": anchor, "target": _page(target), "page": _page(page)}
                yield Problem(BROKEN_ANCHOR, sources.of(page), START, values)


class _Sources:
    """What each file was made from, and the files that would take each other's place."""

    def __init__(self) -> None:
        self.by_path: dict[str, tuple[str, ...]] = {}

    def of(self, path: str) -> str:
        made_from = self.by_path.get(path, ())
        return made_from[0] if made_from else path

    def add(self, made: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Problem]:
        claims: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        folders: dict[str, tuple[str, str]] = {}
        for path, made_from in made:
            self.by_path[path] = made_from
            claim = (path, made_from[0] if made_from else path)
            folded = path.casefold()
            claims[folded].append(claim)
            folders.setdefault(folded.rpartition("/")[0], claim)
        for folded, claimants in claims.items():
            if folded in folders:
                claimants.append(folders[folded])  # a file where a folder must be
            if len(claimants) > 1:
                (path, first), (_, second) = claimants[:2]
                values = {"address": _page(path), "first": first, "second": second}
                yield Problem(ADDRESS_TAKEN, first, START, values)
