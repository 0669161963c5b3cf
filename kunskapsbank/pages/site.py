"""Every page of the site as a maker: records, lists, hand-written pages, what is withdrawn or missing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from kunskapsbank.checks.record import Record
from kunskapsbank.digests import digest
from kunskapsbank.followup import selection
from kunskapsbank.library.keys import Keys
from kunskapsbank.library.library import Library
from kunskapsbank.library.lists import COUNTIES, RecordList, by_term, by_type, by_year, published_years
from kunskapsbank.output import FIXED, Made, Maker
from kunskapsbank.pages import followups, linked_data, rule_pages, slots, tools
from kunskapsbank.pages.frames import FOLDER, FRAME_SLOTS, OPTIONAL_SLOTS, Frame, Rendered
from kunskapsbank.pages.leads import HERE, Leads
from kunskapsbank.pages.lists import CardGroup, Cards, list_html, list_view, page_address, pages_of
from kunskapsbank.pages.markdown import ROOT
from kunskapsbank.pages.near import Near
from kunskapsbank.pages.policy import Head
from kunskapsbank.pages.pour import pour
from kunskapsbank.pages.slots.asked import Asked, Rules
from kunskapsbank.pages.templates import render
from kunskapsbank.pages.view_types import Value
from kunskapsbank.pages.views import Viewer
from kunskapsbank.pages.ways import Ways
from kunskapsbank.problems.problem import Code, CodeGroup
from kunskapsbank.settings import Settings

INDEX: Final = "index.html"
MISSING: Final = "404.html"
"""The page that a host shows where there is none."""


_BUILDER: Final = "embedding"
"""The slot of the page that makes codes for others' pages."""


def needed_frames(library: Library, docs: str, others: Iterable[str] = ()) -> dict[str, str]:
    """The page path of every frame that the site needs, with the file that it is made from. `others` are those
    that only some sites need."""
    names = (*library.dictionary.types, "term", "page", *others)
    return {f"{FOLDER}/{name}/index.html": f"{docs}/{FOLDER}/{name}.md" for name in names}


class Site:
    """The pages of one library in one set of frames. Making a page changes nothing."""

    def __init__(
        self, viewer: Viewer, rendered: Rendered, settings: Settings, rules: Sequence[CodeGroup]
    ) -> None:
        self.viewer, self.settings = viewer, settings
        self.frames, self.assets = rendered.frames, frozenset(rendered.assets)
        self.keys = Keys(viewer.library)
        self.lists = by_type(viewer.library)
        published = published_years(settings.url_log.urls) if settings.search else ()
        years = by_year(viewer.library, published) if settings.search else ()
        self.sorted_lists = (*by_term(viewer.library), *years)
        self.cards = Cards(viewer)
        self.leads, self.part = self._leads(), self._part()
        self.near = Near(viewer, settings.alike)
        listing_rules = self._page_with(rule_pages.SLOT)
        self.rules = Rules(rules, listing_rules.address if listing_rules else None)
        builder = self._page_with(_BUILDER) if settings.embed else None
        self.ways = Ways(viewer.dictionary, settings, builder.address if builder else None)
        self.followups = self._followups()
        self.asked = Asked(viewer, self.cards, self.lists, settings, self.rules, self.ways, self.followups)

    def makers(self) -> Iterator[Maker]:
        library = self.viewer.library
        for record in library.all_records():
            yield self._record_maker(record, self.record_page)
        for record in library.withdrawn:
            yield self._record_maker(record, self.withdrawn_page)
        for listed in self.sorted_lists:
            for page in range(1, pages_of(listed, self.settings.page_size) + 1):
                path = f"{page_address(listed.address, page)}{INDEX}"
                key = self._key_of_list(listed, page)
                yield Maker(path, partial(self.term_page, listed, page, path), key, page == 1)
        for frame in self.frames.values():
            if not frame.path.startswith(f"{FOLDER}/"):
                yield from self._hand_written(frame)
        for followup in self.followups.pages():
            path = f"{followup.address}{INDEX}"
            key = self.followups.key(followup.county, self.keys, in_whole=followup.in_whole)
            yield Maker(path, partial(self.followup_page, followup, path), key)
        for code in self.codes_with_pages():
            path = f"{self.rule_address(code)}{INDEX}"
            yield Maker(path, partial(self.rule_page, code, path), FIXED)
        if self.settings.has_own_address:
            yield Maker(MISSING, self.missing_page, FIXED, is_permanent=False)

    def _record_maker(self, record: Record, make: Callable[[Record, str], Made]) -> Maker:
        path = f"{self.viewer.library.address(record)}{INDEX}"
        return Maker(path, partial(make, record, path), self.key_of(record))

    def key_of(self, record: Record) -> bytes:
        """What the pages of a record are made from. What stands in it of others is part of that as it is."""
        own = self.keys.of_record(record)
        alike = self.keys.facts if self.settings.alike else b""
        inset = self._inset(record)
        return digest(own, alike, inset) if alike or inset else own

    def _inset(self, record: Record) -> str:
        """A tool, the chain of a goal or findings: what is made of more than the record and its neighbours."""
        return tools.html(record, self.viewer) or followups.inset(record, self.viewer)

    def _key_of_list(self, listed: RecordList, page: int) -> bytes:
        size = self.settings.page_size
        return self.keys.of_list(listed, (page - 1) * size, size)

    def record_page(self, record: Record, path: str) -> Made:
        groups = list(self.viewer.groups(record))
        cards = [CardGroup(g.heading, g.anchor, self.cards.of(g.records)) for g in groups]
        view = self.viewer.record(record)
        url, address = self._url(path), path.removesuffix(INDEX)
        body = render(
            "record.html",
            view=view,
            groups=cards,
            tool=self._inset(record),
            alike=self.near.alike(record, [r for g in groups for r in g.records]),
            neighbours=tuple(self.near.neighbours(record)),
            url=url,
            embed=self.ways.from_record(address),
            edit=self.settings.code_host.edit(record.path) if self.settings.code_host else None,
        )
        data = linked_data.record_page(record, view.crumbs, url, self.viewer, self.settings)
        head = data.after(self.ways.head_of_record(address, record.title))
        return self._record_file(record, path, body, head)

    def withdrawn_page(self, record: Record, path: str) -> Made:
        body = render("withdrawn.html", view=self.viewer.withdrawn(record))
        return self._record_file(record, path, body, Head(_NOT_TO_BE_FOUND))

    def term_page(self, listed: RecordList, page: int, path: str) -> Made:
        ways = (*self.ways.from_list(listed), *self._followed_up(listed))
        view = list_view(listed, page, self.settings.page_size, self.cards, ways)
        title = _paged(f"{listed.title} – {listed.kind.lower()}", page)
        about = self.viewer.texts.plain(listed.description)
        words = {"title": title, "description": about or f"{listed.kind}: {listed.title}."}
        data = self._data("CollectionPage", title, words["description"], path)
        head = data.after(self.ways.head_of_list(listed))
        return self._page(self._frame("term"), path, words, list_html(view), head, view.made_from)

    def _followed_up(self, listed: RecordList) -> Iterator[Value]:
        counties = self.viewer.dictionary.vocabularies.get(COUNTIES)
        above, _, county = listed.address.removesuffix("/").rpartition("/")
        return self.followups.of_county(county) if counties and above == counties.path else iter(())

    def followup_page(self, page: followups.Page, path: str) -> Made:
        trail = (Value("Start", ROOT), *page.trail)
        body = render("followup-page.html", trail=trail, title=page.title, lead=page.lead, body=page.html())
        words = {"title": page.title, "description": page.lead}
        head = self._data("WebPage", page.title, page.lead, path)
        return self._page(
            self._frame(followups.FRAME), path, words, body, head, self.followups.made_from(page.county)
        )

    def codes_with_pages(self) -> Iterator[Code]:
        """All of them, where a page lists them."""
        if self.rules.address is not None:
            yield from (code for group in self.rules.groups for code in group.codes)

    def rule_page(self, code: Code, path: str) -> Made:
        title = f"{rule_pages.title_of(code)} – {code.name}"
        words = {"title": title, "description": code.why.sv}
        body = rule_pages.page_html(code, tuple(self._trail(path)))
        head = self._data("WebPage", title, code.why.sv, path)
        return self._page(self._frame("page"), path, words, body, head, ())

    def rule_address(self, code: Code) -> str:
        return f"{self.rules.address}{code.name}/"

    def _trail(self, path: str) -> Iterator[Value]:
        """The hand-written pages above a page, from the start page."""
        yield Value("Start", ROOT)
        steps = path.split("/")[:-2]
        for number in range(1, len(steps) + 1):
            above = "/".join(steps[:number]) + "/"
            frame = self.frames.get(f"{above}{INDEX}")
            if frame:
                name = frame.title.replace("@@page@@", "").removesuffix(f" – {self.settings.site_name}")
                yield Value(name, ROOT + above)

    def missing_page(self) -> Made:
        """Shown by a host at any address, so its links start from the site's root."""
        links = [
            Value("Till startsidan", ROOT),
            *(Value(lst.title, ROOT + lst.address) for lst in self.lists.values()),
        ]
        words = {
            "title": "Sidan finns inte",
            "description": "Sidan finns inte.",
            **self._addresses(MISSING),
        }
        fragments = {
            "body": render("missing.html", links=links),
            "head": _NOT_TO_BE_FOUND,
        }
        return Made(self._poured(self._frame("page"), MISSING, words, fragments, self.settings.base_path))

    def _hand_written(self, frame: Frame) -> Iterator[Maker]:
        """A page of docs/, and the further pages of the list on it, if any."""
        listed = self._listed(frame)
        for page in range(1, (pages_of(listed, self.settings.page_size) if listed else 1) + 1):
            path = f"{page_address(frame.path.removesuffix(INDEX), page)}{INDEX}"
            key = self._key_of_docs(frame, listed, page)
            yield Maker(path, partial(self.docs_page, frame, page, path), key, page == 1)

    def _key_of_docs(self, frame: Frame, listed: RecordList | None, page: int) -> bytes:
        """No slot shows the words of a record's body."""
        if listed and page > 1:
            return self._key_of_list(listed, page)
        return FIXED if set(frame.slots) <= FRAME_SLOTS | OPTIONAL_SLOTS else self.keys.facts

    def docs_page(self, frame: Frame, page: int, path: str) -> Made:
        """`page` counts from 1; the further pages of a list show the list and the heading only."""
        asked = [slot for slot in frame.slots if slot not in FRAME_SLOTS | OPTIONAL_SLOTS]
        fragments = {
            slot: slots.fill(self.asked, slot, page)
            for slot in asked
            if page == 1 or slot.startswith("list-")
        }
        listed = self._listed(frame)
        words = {**self._addresses(path), "page": _paged("", page)}
        title = frame.title.replace("@@page@@", words["page"])
        kind = "CollectionPage" if listed else "WebPage"
        data = self._data(kind, title, frame.description, path, frame.language)
        head = data.after(self.ways.head_of_list(listed)) if listed else data
        filled = {**dict.fromkeys(asked, ""), **fragments, "head": head.html}
        shown = {source for slot in asked for source in slots.made_from(self.asked, slot, page)}
        made_from = (frame.source, *sorted(shown))
        words["policy"] = slots.policy(asked, head.policy)
        return Made(self._poured(frame, path, words, filled), made_from)

    def _record_file(self, record: Record, path: str, body: str, head: Head) -> Made:
        type_ = self.viewer.library.type_of(record)
        # A record with a parent often has its title too, and each page a title of its own.
        title = f"{record.title} – {type_.label.sv}" if type_.parent else record.title
        words = {"title": title, "description": record.summary}
        return self._page(self._frame(record.type), path, words, body, head, (record.path,))

    def _page(
        self,
        frame: Frame,
        path: str,
        words: Mapping[str, str],
        body: str,
        head: Head,
        made_from: tuple[str, ...],
    ) -> Made:
        every_word = {**words, **self._addresses(path), "policy": head.policy}
        content = self._poured(frame, path, every_word, {"body": body, "head": head.html})
        return Made(content, (*made_from, frame.source))

    def _poured(
        self,
        frame: Frame,
        path: str,
        words: Mapping[str, str],
        fragments: Mapping[str, str],
        root: str | None = None,
    ) -> bytes:
        return pour(frame, path, words, {**fragments, "part": self.part}, root, self.leads)

    def _followups(self) -> followups.FollowUps:
        page, survey = (self._page_with(slot) for slot in (followups.SLOT, followups.SURVEY))
        is_possible = page and selection.possible(self.viewer.dictionary)
        base = page.address if page and is_possible else None
        return followups.FollowUps(self.viewer, self.settings, base, survey.address if survey else None)

    def _leads(self) -> Leads:
        """What the site has come to have itself is here, whatever lies elsewhere under the same address."""
        if self.settings.shared is None:
            return HERE
        made = {listed.address for listed in (*self.lists.values(), *self.sorted_lists)}
        made |= {frame.address for frame in self.frames.values()}
        there = self.viewer.library.elsewhere.leads.items()
        return Leads({address: whole for address, whole in there if address not in made}, INDEX)

    def _part(self) -> str:
        """What each page of a part of another site says of that."""
        shared = self.settings.shared
        if shared is None:
            return ""
        vocabulary = self.viewer.dictionary.vocabularies.get(shared.vocabulary)
        term = vocabulary.terms.get(shared.term) if vocabulary else None
        part, host = term.label.sv if term else shared.term, urlsplit(shared.site_url).netloc
        return render("part.html", site=shared.site_name, part=part, address=shared.site_url, host=host)

    def _addresses(self, path: str) -> dict[str, str]:
        """The words of every page that say where it and the site are."""
        return {"canonical": self._url(path), "site": self.settings.site_url}

    def _url(self, path: str) -> str:
        """The whole address of a page, as readers and other sites know it."""
        return self.settings.site_url + path.removesuffix(INDEX)

    def _data(self, kind: str, name: str, description: str, path: str, language: str = "sv") -> Head:
        return linked_data.element(
            linked_data.web_page(kind, name, description, self._url(path), self.settings, language)
        )

    def _frame(self, name: str) -> Frame:
        return self.frames[f"{FOLDER}/{name}/index.html"]

    def _page_with(self, slot: str) -> Frame | None:
        """The hand-written page that asks for a slot."""
        return next((frame for frame in self.frames.values() if slot in frame.slots), None)

    def _listed(self, frame: Frame) -> RecordList | None:
        """The list that a hand-written page shows."""
        name = next((slot.removeprefix("list-") for slot in frame.slots if slot.startswith("list-")), None)
        return self.lists[name] if name else None


_NOT_TO_BE_FOUND: Final = '<meta name="robots" content="noindex">'
"""Keeps a page out of search engines."""


def _paged(title: str, page: int) -> str:
    return title if page == 1 else f"{title}, sida {page}"
