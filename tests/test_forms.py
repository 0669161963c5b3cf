"""The contributors' forms: their scripts judge as the checks do, and write files that the checks read back.

The scripts are run by Node, with the definitions of the repository's own site. A browser walks through the
forms in tests/browser/test_sending.py.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import context, dictionary
from sites_support import element, need, own_day
from support import REPOSITORY
from tools import json_schema

from kunskapsbank.checks.language import lix
from kunskapsbank.checks.names import make_id
from kunskapsbank.checks.privacy import find
from kunskapsbank.checks.run import examine_text
from kunskapsbank.checks.targets import slug
from kunskapsbank.dictionary.types import RecordType
from kunskapsbank.problems.problem import START, Problem
from kunskapsbank.reading import characters, scripts
from kunskapsbank.reading.addresses import FAULTS, mail_fault, web_fault
from kunskapsbank.reading.body import read_body
from kunskapsbank.reading.document import read_markdown
from kunskapsbank.reading.hosts import NEARBY
from kunskapsbank.reading.nodes import plain
from kunskapsbank.settings import today_from

SCRIPTS: Final = REPOSITORY / "overrides" / "assets" / "bidra"
TYPES: Final = ("example", "method", "activity", "news")
NOON: Final = "2026-11-23T12:00:00Z"

Ask = Callable[..., Any]

ENTRIES: Final[Mapping[str, Mapping[str, Any]]] = {
    "example": {
        "data": {
            "title": "Språkkafé på kontoret",
            "summary": "Chefer och medarbetare övade på klarspråk tillsammans en gång i månaden.",
            "counties": ["skane", "dalarna"],
            "focus_areas": ["rekrytering"],
            "practice_type": "utbildning",
            "status": "done",
            "period": {"from": "2006-höst", "to": "2007-03"},
            "sources": [{"document": "egen-beskrivning", "section": "HR-avdelningen"}],
            "contact": "samordnare-skane",
        },
        "sections": {"goals": "Alla skulle förstå breven.", "actions": "- Ett kafé i månaden\n- En ordlista"},
        "text": "",
    },
    "method": {
        "data": {
            "title": "Frågelådan",
            "summary": "En låda där alla kan lämna frågor, som besvaras öppet varje vecka.",
            "method_type": "planering",
            "focus_areas": ["process"],
            "sources": [{"document": "egen-beskrivning", "section": "Personalenheten"}],
            "contact": "redaktionen",
        },
        "sections": {"what": "En låda för frågor.", "steps": "1. Ställ fram lådan.\n2. Svara."},
        "text": "",
    },
    "activity": {
        "data": {
            "title": "Seminarium om bemötande",
            "summary": "En halvdag om bemötande för alla som tar emot besökare på kontoret.",
            "date": "2007-03-14",
            "activity_kind": "seminarium",
            "status": "done",
            "participants": "60",
            "evaluated": "no",
            "focus_areas": ["medborgarperspektiv"],
            "sources": [{"document": "egen-beskrivning", "section": "Kundtjänsten"}],
            "contact": "redaktionen",
        },
        "sections": {},
        "text": "Vi talade om hur vi tar emot dem som söker oss.",
    },
    "news": {
        "data": {
            "title": "Nätverket växer",
            "summary": "Tre myndigheter till är med i nätverket från och med i höst.",
            "date": "2007-höst",
            "sources": [{"document": "egen-beskrivning", "section": "Nätverket"}],
            "contact": "redaktionen",
        },
        "sections": {},
        "text": "Tre myndigheter till är med.",
    },
}
"""An entry for each form that nothing is wrong with."""


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Asks the scripts; one Node answers all questions of the module."""
    command = [need(shutil.which("node"), "Node"), "--no-warnings", str(REPOSITORY / "tests" / "forms.mjs")]
    with subprocess.Popen(
        [*command, str(SCRIPTS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as node:

        def asking(task: str, **question: Any) -> Any:
            assert node.stdin is not None
            assert node.stdout is not None
            node.stdin.write(json.dumps({"task": task, **question}) + "\n")
            node.stdin.flush()
            return json.loads(node.stdout.readline())

        yield asking
        assert node.stdin is not None
        node.stdin.close()
        assert node.wait(timeout=20) == 0


class Definitions(dict[str, tuple[dict[str, Any], dict[str, Any]]]):
    """What each form's script fetches, by its type: the definition, and the schema that it names."""

    def __repr__(self) -> str:
        """Short: hypothesis prints it with every failure."""
        return f"Definitions of {', '.join(self)}"


@pytest.fixture(scope="module")
def definitions(own_site: Path) -> Definitions:
    found = Definitions()
    for type_id in TYPES:
        file = own_site / "bidra" / "formular" / f"{dictionary().types[type_id].path}.json"
        definition = json.loads(file.read_text("utf-8"))
        schema = json.loads((file.parent / definition["schema"]).read_text("utf-8"))
        found[type_id] = (definition, schema)
    return found


def entered(ask: Ask, definitions: Definitions, type_id: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The file of an entry, and what the form says of it."""
    definition, schema = definitions[type_id]
    made: dict[str, Any] = ask("entry", entry=entry, definition=definition, schema=schema, now=NOON)
    return made


def checked(type_id: str, made: Mapping[str, Any]) -> list[Problem]:
    type_ = dictionary().types[type_id]
    return list(examine_text(made["text"], made["name"], type_, context()).problems)


SAME: Final = {
    "missing-field": "empty-value",
    "missing-body": "empty-value",
    "unknown-section": "heading-out-of-place",
}
"""What a file lacks, a form has empty; a heading that a file may not have, a text in a form may not."""


def both(
    ask: Ask, definitions: Definitions, type_id: str, entry: Mapping[str, Any]
) -> tuple[set[str], set[str]]:
    """The codes that the form finds, and those that the checks find in its file."""
    made = entered(ask, definitions, type_id, entry)
    found = {SAME.get(problem.code.name, problem.code.name) for problem in checked(type_id, made)}
    return {finding["code"] for finding in made["found"]}, found


@pytest.mark.parametrize("type_id", TYPES)
def test_an_entry_that_is_right_makes_a_file_that_is_right(
    type_id: str, ask: Ask, definitions: Definitions
) -> None:
    made = entered(ask, definitions, type_id, ENTRIES[type_id])
    assert made["found"] == []
    assert checked(type_id, made) == []


def test_what_is_not_filled_in_is_named_as_unknown(ask: Ask, definitions: Definitions) -> None:
    made = entered(ask, definitions, "example", ENTRIES["example"])
    front = made["front"]
    assert front["not_documented"] == [
        "agencies", "grounds", "methods", "target_group",
        "starting_point", "results", "effects", "difficulties", "lessons", "transfer",
    ]  # fmt: skip
    assert front["evidence"] == {
        "level": "described",
        "assessed_by": "redaktionen",
        "assessed_on": "2026-11-23",
    }
    assert made["name"] == "examples/sprakkafe-pa-kontoret.md"


@pytest.mark.parametrize(
    ("date", "name"),
    [("2007-03-14", "2007-03-14"), ("2007-höst", "2007-host"), ("unknown", "odaterad"), ("2007", "2007")],
)
def test_a_dated_file_is_named_by_its_date(date: str, name: str, ask: Ask, definitions: Definitions) -> None:
    entry = changed("news", "date", date)
    made = entered(ask, definitions, "news", entry)
    assert made["name"] == f"news/{name}-natverket-vaxer.md"
    assert checked("news", made) == []


def changed(type_id: str, name: str, value: Any) -> dict[str, Any]:
    """The right entry with one value changed; None takes it away."""
    entry: dict[str, Any] = json.loads(json.dumps(ENTRIES[type_id]))
    place, key = _place(entry, name)
    if value is None:
        place.pop(key, None)
    else:
        place[key] = value
    return entry


def _place(entry: dict[str, Any], name: str) -> tuple[dict[str, Any], str]:
    if name == "text":
        return entry, name
    first, _, rest = name.partition(".")
    if first == "sections":
        return entry["sections"], rest
    return (entry["data"], first) if not rest else (entry["data"].setdefault(first, {}), rest)


WRONG: Final = [
    ("example", "title", None, "title", "empty-value"),
    ("example", "title", "Oj", "title", "too-short"),
    ("example", "title", "Å" * 101, "title", "too-long"),
    ("example", "title", "????", "title", "wrong-file-name"),
    ("example", "title", "Ring 811218-9876 om språk", "title", "identity-number"),
    ("example", "title", "Språk \u200f kafé", "title", "bidi-control"),
    ("example", "title", "Språk \u0007 kafé", "title", "control-character"),
    ("example", "title", "Språk\u3164kafé", "title", "hidden-character"),
    ("example", "title", "Språk\ue000kafé", "title", "hidden-character"),
    ("example", "title", "Språk\u200b kafé", "title", "invisible-character"),
    ("example", "title", "•••••", "title", "text-without-letters"),
    ("example", "partners", ["Ålsta", "–––"], "partners", "text-without-letters"),
    (
        "example",
        "summary",
        "Läs mer om allt vi gjorde på https://www.do.se@evil.example/",
        "summary",
        "unclear-address",
    ),
    ("example", "focus_areas", None, "focus_areas", "empty-value"),
    ("example", "sources", None, "sources", "empty-value"),
    ("example", "sources", [{"document": "egen-beskrivning"}], "sources.0.section", "empty-value"),
    ("example", "partners", ["Ålsta", "Ålsta"], "partners", "repeated-value"),
    ("example", "partners", ["Å"], "partners.0", "too-short"),
    ("example", "status", "planerat", "status", "unknown-term"),
    ("example", "period.from", "i höstas", "period.from", "wrong-format"),
    ("example", "period.from", "2007-02-31", "period.from", "impossible-date"),
    ("example", "period.to", "2005", "period", "impossible-period"),
    ("example", "sections.results", "Det <b>gick</b> bra.", "section.results", "raw-html"),
    ("example", "sections.results", "Se www.exempel.se för mer.", "section.results", "bare-url"),
    ("example", "sections.results", "[här](https://exempel.se)", "section.results", "vague-link-text"),
    ("example", "sections.results", "[gamla sidan](http://exempel.se)", "section.results", "refused-link"),
    ("example", "sections.results", "[kör](javascript:alert(1))", "section.results", "refused-link"),
    ("example", "sections.results", "[en sida](/exempel/)", "section.results", "link-to-nowhere"),
    ("example", "sections.results", "![](../docs/dela.png)", "section.results", "image-without-text"),
    (
        "example",
        "sections.results",
        "[Skatteverket](https://skatteverket.se@x.se/)",
        "section.results",
        "unclear-address",
    ),
    (
        "example",
        "sections.results",
        "[brev](mailto:a@b.se?bcc=c@d.se)",
        "section.results",
        "refused-mail-link",
    ),
    ("example", "sections.results", "[ring](tel:*21#)", "section.results", "refused-phone-link"),
    ("example", "sections.results", "[☞](https://exempel.se)", "section.results", "text-without-letters"),
    ("example", "sections.results", "![en sida](../docs/index.md)", "section.results", "not-a-picture"),
    ("example", "sections.results", "En \ufe0f rad.", "section.results", "hidden-character"),
    ("example", "sections.results", "## Mer\n\nText.", "section.results", "heading-out-of-place"),
    ("example", "sections.results", "Mer\n---\n\nText.", "section.results", "heading-out-of-place"),
    ("example", "sections.results", "#### Mer\n\nText.", "section.results", "heading-out-of-place"),
    ("example", "sections.results", "Ring 19640823-3234.", "section.results", "identity-number"),
    ("method", "sections.what", None, "section.what", "required-section"),
    ("activity", "participants", "ca 60", "participants", "wrong-format"),
    ("activity", "participants", "0", "participants", "out-of-range"),
    ("activity", "participants", None, "participants", "participants-unstated"),
    ("activity", "evaluated", None, "evaluated", "evaluation-unstated"),
    ("activity", "end", "2006", "end", "impossible-period"),
    ("activity", "text", "", "section", "empty-value"),
    ("activity", "text", "# Rubrik\n\nText.", "section", "heading-out-of-place"),
    ("news", "date", "14 mars 2007", "date", "wrong-format"),
]
"""An entry with something wrong: what is changed in which form, where the form says so, and the code."""


@pytest.mark.parametrize(("type_id", "name", "value", "control", "code"), WRONG)
def test_what_is_wrong_is_said_at_its_control_as_the_checks_say_it(
    type_id: str, name: str, value: Any, control: str, code: str, ask: Ask, definitions: Definitions
) -> None:
    entry = changed(type_id, name, value)
    made = entered(ask, definitions, type_id, entry)
    places = {(finding["name"], finding["code"]) for finding in made["found"]}
    assert (control, code) in places
    assert all("{" not in finding["message"] + finding["help"] for finding in made["found"])
    assert not any("undefined" in finding["message"] + finding["help"] for finding in made["found"])
    codes, by_checks = both(ask, definitions, type_id, entry)
    assert code in by_checks
    assert codes - {"wrong-file-name", "image-without-text"} <= by_checks


@pytest.mark.parametrize(
    ("status", "found"),
    [("planned", {"result-on-plan"}), ("proposed", {"result-on-plan"}), ("unclear", set()), ("done", set())],
)
def test_results_of_what_has_not_begun_are_refused(
    status: str, found: set[str], ask: Ask, definitions: Definitions
) -> None:
    entry = changed("example", "sections.results", "Det gick bra.")
    entry["data"] |= {"status": status, "outcome": "unknown"}
    codes, by_checks = both(ask, definitions, "example", entry)
    assert codes == by_checks == found


def test_a_name_that_is_taken_is_said(ask: Ask, definitions: Definitions) -> None:
    made = entered(ask, definitions, "example", changed("example", "title", "Karp Malmö stad"))
    assert [(finding["code"], finding["name"]) for finding in made["found"]] == [("duplicate-id", "title")]


PROSE: Final = (
    "Ett vanligt stycke, med komma (och parentes).",
    "En fråga? Ett svar!",
    "- en punkt\n- en till",
    "1. först\n2. sedan",
    "### En underrubrik\n\nText.",
    "### En\n\n#### Två\n\nText.",
    "##### För djupt\n\nText.",
    "## Samma nivå\n\nText.",
    "# Titel\n\nText.",
    "#utan mellanslag",
    "- # i en lista",
    "> # i ett citat",
    "Understruken\n===\n\nText.",
    "Understruken\n---\n\nText.",
    "Text.\n\n---\n\nText.",
    "- punkt\n---\n\nText.",
    "**fetstil** och *kursiv*",
    "`<b>kod</b>`",
    "```\n<b>kod</b>\n# kod\nhttps://kod.se\n```",
    "## Tom",
    "<b>fet</b>",
    "<!-- dold -->",
    "<script>alert(1)</script>",
    "3 < 5 och 7 > 2",
    "a <- b",
    "<https://exempel.se>",
    "<info@exempel.se>",
    "https://exempel.se/sida",
    "Se www.exempel.se.",
    "[Lagen](https://exempel.se/lagen)",
    "[här](https://exempel.se)",
    "[Läs mer »](https://exempel.se)",
    "[gammalt](http://exempel.se)",
    "[brev](mailto:info@exempel.se)",
    "[ring](tel:+46812345)",
    "[fil](file:///etc/passwd)",
    "[data](data:text/html,x)",
    "[annan](//exempel.se)",
    "[KARP](../methods/karp.md)",
    "[KARP](../methods/karp.md#vad-ar-det)",
    "[fel mapp](../metoder/karp.md)",
    "[fel ändelse](../methods/karp.html)",
    "[sida](karp-malmo-stad.md)",
    "[https://exempel.se](https://exempel.se)",
    "[Skatteverket](https://www.skatteverket.se@evil.example/)",
    "[tomt](https:///evil.example)",
    "[nummer](https://0x7f.1/)",
    "[port](https://exempel.se:8443/)",
    "[kod](https://xn--malm-8qa.se/)",
    "[malmö](https://malmö.se/lag?a=b@c:d#e)",
    "[brev](mailto:info@exempel.se?subject=Fr%C3%A5ga&body=Hej%0D%0Ahopp)",
    "[brev](mailto:info@exempel.se,a@b.se)",
    "[ring](tel:+46-8-123-45)",
    "[ring](tel:08;ext=1)",
    "[★](https://exempel.se)",
    "![en sida](../docs/index.md)",
    "می\u200cخواهم 👩\u200d🚀 ☀\ufe0f",
    "En\u200dkät",
    "Fyll\u3164ning",
    "[inte en länk]",
    "[text] (https://exempel.se)",
    "![bild](https://exempel.se/bild.png)",
    "En \\<b> med snedstreck",
    "Ring 811218-9876.",
    "Organisationsnummer 202100-1777.",
    "| a | b |\n|---|---|\n| 1 | 2 |",
)


@given(st.lists(st.sampled_from(PROSE), min_size=1, max_size=4), st.sampled_from(["example", "news"]))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_texts_are_judged_as_the_checks_judge_them(
    ask: Ask, definitions: Definitions, pieces: list[str], type_id: str
) -> None:
    place = "text" if type_id == "news" else "sections.results"
    codes, by_checks = both(ask, definitions, type_id, changed(type_id, place, "\n\n".join(pieces)))
    # What stands under a heading that may not be there leaves the section above it empty.
    assert codes == by_checks - ({"empty-section"} if type_id == "example" else set())


LINES: Final = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"], exclude_characters="\ufeff"),
    min_size=4,
    max_size=60,
).map(lambda text: " ".join(text.split()))


@given(LINES, LINES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_words_are_read_back_as_they_were_written(
    ask: Ask, definitions: Definitions, title: str, partner: str
) -> None:
    entry = changed("example", "partners", [partner, "Ålsta, folkhögskola"])
    entry["data"]["title"] = title
    entry["data"]["sources"][0]["section"] = title
    made = entered(ask, definitions, "example", entry)
    document, problems = read_markdown(made["text"], "examples/prov.md")
    assert problems == []
    assert document is not None
    expected = made["front"] | {"review_every": str(made["front"]["review_every"])}
    assert plain(document.front) == expected
    assert list(plain(document.front)) == [
        key for key in dictionary().types["example"].fields if key in expected
    ]


@given(st.text())
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_file_names_are_made_as_the_checks_make_them(ask: Ask, text: str) -> None:
    assert ask("slug", text=text.encode("utf-8", "replace").decode()) == slug(
        text.encode("utf-8", "replace").decode()
    )


@given(st.text(max_size=200) | st.sampled_from(["Com1", "con", "AUX!", "com¹", "Ord " * 40, "x" * 99]))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_ids_are_made_as_new_records_get_them(ask: Ask, definitions: Definitions, title: str) -> None:
    written = title.encode("utf-8", "replace").decode()
    definition, _ = definitions["example"]
    assert ask("id", title=written, names=definition["names"]) == make_id(
        written, dictionary().types["example"]
    )


HOSTS: Final = st.text(st.sampled_from("..aab1x0@:%[]_-åЖ\u212a\u0308 "), max_size=14)
EXTRAS: Final = st.lists(
    st.sampled_from([*"?&==#%0dDAa,;@.", "%0A", "%00", "%E2%80", "subject", "body"]), max_size=12
).map("".join)


@given(HOSTS | st.sampled_from(["www.do.se", "127.1", "xn--a.se", "a.local", "a@b.se"]), EXTRAS)
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_addresses_are_judged_as_the_checks_judge_them(ask: Ask, host: str, rest: str) -> None:
    names = {fault: name for name, fault in FAULTS.items()}
    for target, judge in (
        (f"https://{host}{rest}", web_fault),
        (f"mailto:{host}{rest}", mail_fault),
        (f"mailto:a@{host}.se?subject={rest}", mail_fault),
    ):
        fault = judge(target)
        assert ask("address", target=target, nearby=sorted(NEARBY)) == (names[fault] if fault else None)


UNSEEN: Final = st.text(
    st.sampled_from("aå 1#\u00ad\u200b\u200c\u200d\u2060\u2064\u180e\ufe0f\ufe0e\u3164\u2800⠃\ue000\u206a❤😀\u0645葛\u1820\u180b\u034f\u05d0")
    | st.sampled_from("\U000e0100\U000e0041\U0001f3f4"),
    max_size=12,
)  # fmt: skip


@given(UNSEEN)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_does_not_show_is_found_as_the_checks_find_it(
    ask: Ask, definitions: Definitions, text: str
) -> None:
    definition, _ = definitions["example"]
    found = [*characters.hidden_in_value(text, "", START), *characters.strange_in_text(text, "", START)]
    first = {problem.code.name for problem in found}
    assert set(ask("signs", text=text, signs=definition["signs"])) == first
    assert ask("letters", text=text) == scripts.has_letter_or_digit(text)


SIGNS: Final = st.text(st.sampled_from("abcåäö ABC-–.,:!?()”’\"'0123\n"), max_size=40)


@given(st.lists(st.lists(SIGNS, min_size=4, max_size=8).map(" ord ".join), min_size=1, max_size=30))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_readability_is_counted_as_the_checks_count_it(ask: Ask, blocks: list[str]) -> None:
    blocks = [block for block in ("\n".join(block.split()) for block in blocks) if block]
    assert ask("lix", blocks=blocks) == lix(blocks)


@pytest.mark.parametrize("folder", ["examples", "methods", "activities", "news"])
def test_readability_of_real_texts_is_nearly_the_same_from_their_markdown(folder: str, ask: Ask) -> None:
    """The blocks are found without a parser, so a point of difference is allowed."""
    for file in sorted((REPOSITORY / folder).glob("*.md")):
        text = file.read_text("utf-8").split("\n---\n", 1)[1]
        expected, found = lix(read_body(text, 1).prose), ask("blocks", text=text)
        assert (expected is None and found is None) or abs((expected or 100) - (found or 100)) <= 1, file.name


NUMBERS: Final = st.from_regex(r"(19|20)?[0-9]{2}(0[0-9]|1[0-3])[0-9]{2}[ /+–-]{0,2}[0-9]{4}", fullmatch=True)


@given(st.lists(NUMBERS | st.text("0123456789-+ ٣", max_size=9), max_size=4).map(" ".join))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_identity_numbers_are_found_as_the_checks_find_them(ask: Ask, text: str) -> None:
    assert ask("identity", text=text) == any(True for _ in find(text))


@pytest.mark.parametrize(
    ("kind", "new", "name", "text"),
    [
        ("github", "https://host.example/bank/new/main", "filename", "value"),
        ("gitlab", "https://host.example/bank/-/new/main", "file_name", "content"),
    ],
)
def test_the_code_host_is_given_the_name_and_the_text(
    kind: str, new: str, name: str, text: str, ask: Ask
) -> None:
    file = {"name": "examples/å&b.md", "text": "---\ntitle: Å & ö #1\n---\n"}
    address = ask("host", host={"kind": kind, "new": new}, file=file)
    assert address.startswith(f"{new}?")
    assert parse_qs(urlsplit(address).query) == {name: [file["name"]], text: [file["text"]]}


@pytest.mark.parametrize("type_id", TYPES)
def test_the_file_to_fill_in_lacks_nothing_but_its_text(type_id: str, own_site: Path) -> None:
    type_: RecordType = dictionary().types[type_id]
    text = (own_site / "bidra" / "mallar" / f"{type_.path}.md").read_text("utf-8")
    dated = "2007-03-14-" if type_.dated else ""
    on_that_day = replace(context(), today=today_from(own_day()))
    found = examine_text(text, f"{type_.folder}/{dated}mall.md", type_, on_that_day)
    assert {problem.code.name for problem in found.problems} <= {"empty-section", "missing-body"}


@pytest.mark.parametrize("type_id", TYPES)
def test_every_field_that_is_not_the_editors_is_asked_for(type_id: str, own_site: Path) -> None:
    type_ = dictionary().types[type_id]
    page = {"news": "nyhet", "activity": "aktivitet", "method": "metod", "example": "exempel"}[type_id]
    html = (own_site / "bidra" / page / "index.html").read_text("utf-8")
    asked = {found.partition(".")[0] for found in re.findall(r'data-control="([^"]+)"', html)}
    wanted = {f.key for f in type_.fields.values() if not f.set_by_editors} - {"not_documented"}
    assert asked == wanted | {"section"}
    assert "hidden" in element(html, "#_formular").attributes


def test_the_validator_is_the_package_as_it_is() -> None:
    """In overrides/, since a site is built without npm."""
    package = need(json_schema(), "the JSON Schema validator (npm)")
    ours = sorted((SCRIPTS / "json-schema").glob("*.js"))
    assert ours
    for file in ours:
        assert file.read_bytes() == (package / file.name).read_bytes(), file.name
