"""Proof of a release before it goes live: links and anchors lead somewhere, no slot is open, no address
is taken twice.

Judges the bytes that readers will get, whatever made them. The HTML is read by lexbor, a real parser,
since a pattern would take words in a text for links.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from kunskapsbank.output import File
from kunskapsbank.problems.problem import START, Code, Problem, Severity, Text

BROKEN_LINK: Final = Code(
    "broken-link",
    Severity.ERROR,
    Text("Sidan länkar till /{target}, som inte finns på webbplatsen.", "The page links to /{target}, which is not on the site."),
    Text("Rätta länken i {source}.", "Mend the link in {source}."),
    Text("En länk som inte leder någonstans slösar bort läsarens tid.", "A link that leads nowhere wastes the reader's time."),
)
BROKEN_ANCHOR: Final = Code(
    "broken-anchor",
    Severity.ERROR,
    Text("Sidan länkar till stället #{anchor} på /{target}, som inte finns.", "The page links to the place #{anchor} on /{target}, which doesn't exist."),
    Text("Rätta länken i {source}, eller ta bort det som står efter #.", "Mend the link in {source}, or take away what follows the #."),
    Text("Läsaren hamnar överst på sidan i stället för vid det som länken lovade.", "Readers land at the top of the page and not at what the link promised."),
)
DUPLICATE_ANCHOR: Final = Code(
    "duplicate-anchor",
    Severity.ERROR,
    Text("Sidan har två ställen med namnet #{anchor}.", "The page has two places named #{anchor}."),
    Text("Ge rubrikerna i {source} olika namn.", "Give the headings in {source} different names."),
    Text("En länk kan bara leda till det första av dem.", "A link can lead to the first of them only."),
)
OPEN_SLOT: Final = Code(
    "open-slot",
    Severity.ERROR,
    Text("Sidan har en öppen lucka: {slot}.", "The page has an open slot: {slot}."),
    Text("Rätta {source} eller sidmallen.", "Mend {source} or the page template."),
    Text("Läsaren skulle se ett hål på sidan.", "Readers would see a hole in the page."),
)
ADDRESS_TAKEN: Final = Code(
    "address-taken",
    Severity.ERROR,
    Text("Två sidor vill ha adressen /{address}: {first} och {second}.", "Two pages want the address /{address}: {first} and {second}."),
    Text("Byt namn på den ena.", "Rename one of them."),
    Text("Den ena sidan skulle skriva över den andra.", "One page would overwrite the other."),
)

CODES: Final = (BROKEN_LINK, BROKEN_ANCHOR, DUPLICATE_ANCHOR, OPEN_SLOT, ADDRESS_TAKEN)

_OPEN: Final = re.compile(rb"<!--\s*(?:slot:[^>]*|/?unpoured)\s*-->|\x00")


class Site(NamedTuple):
    """Where the site lies: its address, and the path of that on its host."""

    url: str
    base_path: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What the verification needs of a set of files: whom each link leads to, with the first page that
    has it. Faults inside one page are found already."""

    links: Mapping[str, str]
    anchors: Mapping[tuple[str, str], str]
    problems: tuple[Problem, ...]


def outline(files: Iterable[File], site: Site) -> Outline:
    links: dict[str, str] = {}
    anchors: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for file in files:
        if file.path.endswith(".html"):
            page = _Page(file, site)
            problems += page.problems()
            for target, anchor in page.links():
                links.setdefault(target, file.path)
                if anchor:
                    anchors.setdefault((target, anchor), file.path)
        elif file.path.endswith(".xml"):
            for target in _absolute(file, site):
                links.setdefault(target, file.path)
    return Outline(links, anchors, tuple(problems))


class _Page:
    """One page under a real HTML parser."""

    def __init__(self, file: File, site: Site) -> None:
        self.file, self.site = file, site
        tree = LexborHTMLParser(file.content)
        self._addresses: set[str] = set()
        self._ids: list[str] = []
        for node in tree.css("[href],[src],[action],[id]"):
            attributes = node.attributes
            for name, value in attributes.items():
                if name == "id":
                    self._ids.append(value or "")
                elif name in ("href", "src", "action"):
                    self._addresses.add(value or "")

    def links(self) -> Iterator[tuple[str, str]]:
        """The (path, anchor) of every link inside the site but not to the page itself."""
        for address in self._addresses:
            target = resolve(address, self.file.path, self.site)
            if target is not None and target[0] != self.file.path:
                yield target

    def problems(self) -> Iterator[Problem]:
        source = self.file.made_from[0] if self.file.made_from else self.file.path
        for match in _OPEN.finditer(self.file.content):
            slot = match.group().decode().replace("\x00", "U+0000")
            yield Problem(OPEN_SLOT, self.file.path, START, {"slot": slot, "source": source})
        known = set(self._ids)
        if len(known) < len(self._ids):
            for anchor in sorted({i for i in known if self._ids.count(i) > 1}):
                yield Problem(DUPLICATE_ANCHOR, self.file.path, START, {"anchor": anchor, "source": source})
        for address in sorted(self._addresses):
            if address.startswith("#") and unquote(address[1:]) not in known:
                values = {"anchor": address[1:], "target": self.file.path.removesuffix("index.html"), "source": source}
                yield Problem(BROKEN_ANCHOR, self.file.path, START, values)


def resolve(address: str, path: str, site: Site) -> tuple[str, str] | None:
    """The file of the site and the anchor in it that an address on a page leads to; None if elsewhere."""
    way_up = "../" * path.count("/")
    if way_up and address.startswith(way_up):
        return _resolve(address[len(way_up) :], "", site)
    return _resolve(address, path, site)


@lru_cache(maxsize=1 << 16)
def _resolve(address: str, path: str, site: Site) -> tuple[str, str] | None:
    """Most links go by way of the root, so that the same few are asked for on every page."""
    if not path and address.startswith("../"):
        return address, ""  # above the root, where nothing is
    if address.startswith(site.url):
        inside, _, anchor = address.removeprefix(site.url).partition("#")
    else:
        parts = urlsplit(urljoin(f"x:{site.base_path}{path}", address) if not address.startswith("//") else address)
        if parts.scheme not in ("x", "") or parts.netloc or not parts.path.startswith(site.base_path):
            return None
        inside, anchor = parts.path.removeprefix(site.base_path), parts.fragment
    inside = unquote(inside.partition("?")[0])
    return inside + "index.html" if not inside or inside.endswith("/") else inside, unquote(anchor)


def _absolute(file: File, site: Site) -> Iterator[str]:
    """The files that a feed or a map of the site leads to."""
    for found in set(re.findall(re.escape(site.url).encode() + rb'[^"<\s]*', file.content)):
        target = resolve(found.decode(), file.path, site)
        if target is not None:
            yield target[0]


def judge(
    outlines: Iterable[Outline], made: Iterable[tuple[str, tuple[str, ...]]], read: Callable[[str], bytes]
) -> Iterator[Problem]:
    """Everything wrong with a release. `made` is each file's path and sources; `read` gives its bytes."""
    sources = _Sources()
    yield from sources.add(made)
    targets: dict[str, frozenset[str]] = {}
    for part in outlines:
        yield from part.problems
        for target, page in part.links.items():
            if target not in sources.by_path:
                values = {"target": target.removesuffix("index.html"), "source": sources.of(page)}
                yield Problem(BROKEN_LINK, page, START, values)
        for (target, anchor), page in part.anchors.items():
            if target not in sources.by_path or not target.endswith(".html"):
                continue
            if target not in targets:
                nodes = LexborHTMLParser(read(target)).css("[id]")
                targets[target] = frozenset(node.attributes["id"] or "" for node in nodes)
            if anchor not in targets[target]:
                values = {"anchor": anchor, "target": target.removesuffix("index.html"), "source": sources.of(page)}
                yield Problem(BROKEN_ANCHOR, page, START, values)


class _Sources:
    """What each file was made from, and the files that would take each other's place."""

    def __init__(self) -> None:
        self.by_path: dict[str, tuple[str, ...]] = {}

    def of(self, path: str) -> str:
        made_from = self.by_path.get(path, ())
        return made_from[0] if made_from else path

    def add(self, made: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Problem]:
        folded: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for path, made_from in made:
            self.by_path[path] = made_from
            folded[path.casefold()].append((path, made_from))
        for claims in folded.values():
            if len(claims) > 1:
                first, second = (", ".join(claim[1][:1]) or claim[0] for claim in claims[:2])
                values = {"address": claims[0][0].removesuffix("index.html"), "first": first, "second": second}
                yield Problem(ADDRESS_TAKEN, claims[0][0], START, values)
