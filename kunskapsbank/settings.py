"""The settings of a site, from its mkdocs.yml, checked like content.

Time, paths and everything that a stage needs to know come from here as one frozen value.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kunskapsbank.dictionary import shared as shared_file
from kunskapsbank.dictionary.codes import INVALID_VALUE
from kunskapsbank.dictionary.prose import problems_in
from kunskapsbank.dictionary.shared import Shared
from kunskapsbank.dictionary.validation import convert, problems_of, validator
from kunskapsbank.problems.problem import Problem, Rejected, Text
from kunskapsbank.reading.files import read_text
from kunskapsbank.reading.nodes import Mapping as MappingNode
from kunskapsbank.reading.nodes import Scalar, at, read_mapping, typed
from kunskapsbank.reading.nodes import Sequence as SequenceNode
from kunskapsbank.urls import log as url_log_file
from kunskapsbank.urls.log import NO_LOG, UrlLog

CONFIG: Final = "mkdocs.yml"
FILES: Final = (CONFIG, shared_file.FILE, url_log_file.FILE)
"""All that the settings are read from."""


@dataclass(frozen=True, slots=True)
class CodeHost:
    """Where the files lie and changes are sent. `address` is the repository's, without a slash at the end."""

    kind: Literal["github", "gitlab"]
    address: str
    branch: str

    @property
    def name(self) -> str:
        return {"github": "GitHub", "gitlab": "GitLab"}[self.kind]

    def edit(self, path: str) -> str:
        """Where a file is changed in a browser; whoever may not is led to a copy of their own."""
        return f"{self._inside('edit')}/{path}"

    @property
    def new(self) -> str:
        """Where a new file is written in a browser. Its name and text are given in the query: `filename` and
        `value` on GitHub, `file_name` and `content` on GitLab."""
        return self._inside("new")

    def _inside(self, work: str) -> str:
        return f"{self.address}/{work if self.kind == 'github' else f'-/{work}'}/{self.branch}"


class Defect(NamedTuple):
    """Something that is not accessible, and the reason."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What the accessibility statement says. `status` is how the site agrees with the law, by its words:
    wholly, partly or not. `supervisor` is a name and an address. Texts are Markdown."""

    actor: str
    status: Literal["full", "partial", "none"]
    assessed: date
    updated: date
    method: str
    contact: str
    supervisor: tuple[str, str]
    defects: tuple[Defect, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """What the data catalogue says of its owner. `publisher_type` is one of ADMS's words, `themes` are the EU's
    codes, `issued` is the day when the catalogue was first published."""

    publisher: str
    publisher_type: str | None
    organisation_number: str | None
    contact: str
    email: str
    themes: tuple[str, ...]
    issued: date | None


@dataclass(frozen=True, slots=True)
class Settings:
    """`site_url` ends with a slash. `today` decides which reviews are overdue; it is the day in `time_zone`. `alike` is how many like
    pages a record's page shows at most. With `search` there is an index of the records, with `api` there are files for other programs, with
    `embed` pieces for other sites to show, with `report_pdf` reports as PDF, which WeasyPrint makes. `shared` is the site that this one is a part of, if any.
    `url_log` is no part of what every file is made from, so it doesn't show in a repr."""

    source: Path
    today: date
    time_zone: ZoneInfo
    site_name: str
    site_url: str
    description: str
    docs_dir: str
    publisher: str
    tagline: str
    contact: str | None
    licence_name: str | None
    licence_address: str | None
    code_host: CodeHost | None
    accessibility: Accessibility | None
    catalog: Catalog | None
    markdown_extensions: Sequence[str | Mapping[str, Mapping[str, Any] | str | None]]
    alike: int
    search: bool
    api: bool
    embed: bool
    report_pdf: bool
    page_size: int
    feed_size: int
    lix_limit: int
    shared: Shared | None
    url_log: UrlLog = field(default=NO_LOG, repr=False)

    @property
    def base_path(self) -> str:
        """The path of the site on its host: "/" or "/some/folder/"."""
        return "/" + self.site_url.split("/", 3)[3]

    @property
    def has_own_address(self) -> bool:
        """Not so for a part of another site that still gives that site's address as its own."""
        return self.shared is None or self.shared.site_url != self.site_url


def load(source: Path, today: date, site_url: str | None = None) -> Settings:
    """Raises `Rejected` where mkdocs.yml is missing or wrong. A `site_url` given here wins over the file's."""
    text, problems = read_text(source, CONFIG)
    if text is None:
        raise Rejected(problems)
    node, problems = read_mapping(text, CONFIG, tags_allowed=True)
    rules = _rules()
    data = convert(node, rules)
    problems = [*problems, *problems_of(validator(rules), rules, node, data, CONFIG)]
    problems += problems_in(_texts(node), text, CONFIG)
    problems = problems or [*_zone_problems(node)]
    if problems:
        raise Rejected(problems)
    extensions = node.get("markdown_extensions")  # their options have JSON's types, as the engine reads them
    return _settings(
        source, today, data | {"markdown_extensions": typed(extensions) if extensions else ()}, site_url
    )


_ZONE: Final = ["extra", "kunskapsbank", "time_zone"]


def _zone_problems(node: MappingNode) -> Iterator[Problem]:
    """Yield a problem where the time zone is none that this machine's list of them has."""
    value = at(node, list(_ZONE))
    if not isinstance(value, Scalar):
        return
    try:
        ZoneInfo(value.text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        help_ = Text(
            "Skriv namnet i IANA:s lista, till exempel Europe/Stockholm eller UTC.",
            "Write a name of IANA's list, for example Europe/Stockholm or UTC.",
        )
        yield Problem(INVALID_VALUE, CONFIG, value.place, {"key": _ZONE[-1], "help": help_})


def _texts(node: MappingNode) -> Iterator[Scalar]:
    """The texts of the settings that are shown as Markdown."""
    said = at(node, ["extra", "kunskapsbank", "accessibility"])
    found = [at(said, ["method"])]
    defects = at(said, ["defects"])
    for defect in defects.items if isinstance(defects, SequenceNode) else ():
        found += [at(defect, ["what"]), at(defect, ["why"])]
    return (one for one in found if isinstance(one, Scalar))


def is_site_url(text: str) -> bool:
    """Whether a text can be the address of a site, with or without its last slash."""
    pattern = _rules()["properties"]["site_url"]["pattern"]
    return re.fullmatch(pattern, text if text.endswith("/") else text + "/") is not None


_A_DAY: Final = timedelta(days=1)


def now_from(environment: Mapping[str, str]) -> datetime:
    """Return the moment of SOURCE_DATE_EPOCH (seconds, UTC) where it is set, so that a build can be repeated. Raise
    `ValueError`, `OverflowError` or `OSError` where that is no number of seconds."""
    epoch = environment.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    _ = moment - _A_DAY, moment + _A_DAY  # every clock of the world must be able to tell it
    return moment


def today_from(environment: Mapping[str, str]) -> date:
    """Return the day by the same rule, in UTC."""
    return now_from(environment).date()


def load_at(source: Path, now: datetime, site_url: str | None = None) -> Settings:
    """Load the settings as of a moment, whose day is told by the site's own clock. Raise as `load` does."""
    settings = load(source, now.date(), site_url)
    return replace(settings, today=now.astimezone(settings.time_zone).date())


def cores() -> int:
    """How many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _settings(source: Path, today: date, data: Mapping[str, Any], site_url: str | None) -> Settings:
    own = data["extra"]["kunskapsbank"]
    licence = own.get("licence", {})
    address = site_url or data["site_url"]
    return Settings(
        source=source,
        today=today,
        time_zone=ZoneInfo(own.get("time_zone", "UTC")),
        site_name=data["site_name"],
        site_url=address if address.endswith("/") else address + "/",
        description=data.get("site_description", ""),
        docs_dir=data.get("docs_dir", "docs"),
        publisher=own["publisher"],
        tagline=own.get("tagline", ""),
        contact=own.get("contact"),
        licence_name=licence.get("name"),
        licence_address=licence.get("address"),
        accessibility=_accessibility(own["accessibility"]) if "accessibility" in own else None,
        catalog=_catalog(own["catalog"]) if "catalog" in own else None,
        code_host=CodeHost(**own["code_host"]) if "code_host" in own else None,
        markdown_extensions=data["markdown_extensions"],
        alike=own.get("alike", 5),
        search=own.get("search", False),
        api=own.get("api", False),
        embed=own.get("embed", True),
        report_pdf=own.get("report_pdf", False),
        page_size=own.get("page_size", 50),
        feed_size=own.get("feed_size", 50),
        lix_limit=own.get("lix_limit", 50),
        shared=shared_file.load(source) if (source / shared_file.FILE).exists() else None,
        url_log=url_log_file.load(source) if os.path.lexists(source / url_log_file.FILE) else NO_LOG,
    )


def _accessibility(data: Mapping[str, Any]) -> Accessibility:
    supervisor = data["supervisor"]
    return Accessibility(
        actor=data["actor"],
        status=data["status"],
        assessed=date.fromisoformat(data["assessed"]),
        updated=date.fromisoformat(data["updated"]),
        method=data["method"],
        contact=data["contact"],
        supervisor=(supervisor["name"], supervisor["address"]),
        defects=tuple(Defect(**defect) for defect in data.get("defects", ())),
    )


def _catalog(data: Mapping[str, Any]) -> Catalog:
    publisher, contact = data["publisher"], data["contact"]
    return Catalog(
        publisher=publisher["name"],
        publisher_type=publisher.get("type"),
        organisation_number=publisher.get("organisation_number"),
        contact=contact["name"],
        email=contact["email"],
        themes=tuple(data["themes"]),
        issued=date.fromisoformat(data["issued"]) if "issued" in data else None,
    )


def _rules() -> dict[str, Any]:
    node, problems = read_mapping((Path(__file__).parent / "settings_schema.yml").read_text("utf-8"), CONFIG)
    if problems:
        raise AssertionError(problems)
    rules: dict[str, Any] = typed(node)
    return rules
