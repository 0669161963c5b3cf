"""The repository's own content: nothing is wrong with it, nothing is missing from it, and facts are the report's."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from sites_support import main_part, own_day
from support import REPOSITORY

from kunskapsbank import checking, settings
from kunskapsbank.checks.record import Record
from kunskapsbank.library import dates
from kunskapsbank.problems.problem import Severity

REPORT: Final = "delredovisning-2007"

SECTIONS: Final = frozenset({
    "Inledning",
    "1", *(f"1.{n}" for n in range(1, 7)),
    "2", "3", "4", "5", "6", "7",
    "8", *(f"8.{n}" for n in range(1, 10)),
    *(f"8.{n}.{m}" for n, last in enumerate((3, 4, 3, 4, 6, 4, 3, 3, 4), start=1) for m in range(1, last + 1)),
    "9", "9.1", "9.1.1", "9.2", *(f"9.2.{n}" for n in range(1, 4)), "9.3", *(f"9.3.{n}" for n in range(1, 5)),
    "bilaga 1", "bilaga 2", "bilaga 3",
})  # fmt: skip
"""The report's table of contents, with the headings of the third level."""

SYSTEMS: Final = (
    ("method", "snackmodellen", "1.5"),
    ("method", "vervas-uppfoljningsmodell", "8.2.1"),
    ("tool", "vervas-uppfoljningsmodell", "8.2.1"),
    ("method", "cafemodellen", "8.6.4"),
    ("method", "lisebergsmodellen", "8.6.4"),
    ("method", "offentliga-jobb", "8.6.4"),
    ("method", "fair", "8.6.4"),
    ("tool", "fair-termometern", "8.8.3"),
    ("method", "karp", "8.8.2"),
    ("method", "avidentifierade-jobbansokningar", "bilaga 2"),
    ("method", "nulagesanalys", "8.6.3"),
    ("method", "malformulering", "8.9.3"),
    ("method", "verksamhetsintegrerat-mangfaldsarbete", "4"),
    ("method", "train-the-trainer", "8.9.1"),
    ("example", "motesplats-rekrytering", "8.5.3"),
    ("example", "mine", "8.5.3"),
    ("example", "imer", "8.5.3"),
    ("example", "skanes-plattform", "8.5.3"),
    ("example", "mangfaldsradet", "9.2.2"),
    ("example", "stodgrupp-av-myndighetschefer", "9.2.2"),
    ("example", "delade-utbildningsplatser", "8.9.1"),
    ("example", "handlingsplan-lansstyrelsen-dalarna", "8.7.2"),
    ("example", "mangfaldsdag-hogskolan-dalarna", "8.7.2"),
    ("example", "enkat-om-diskriminering-skane", "8.7.2"),
    ("activity", "basutbildningsdag-i-fem-lan", "8.7.2"),
    ("example", "blajusprojektet", "8.8.3"),
    ("example", "preparandutbildning-polisen-vasternorrland", "8.8.3"),
    ("example", "polismyndigheter-over-lansgranser", "9.2.2"),
    ("activity", "konferens-dalarna", "8.8.3"),
    ("activity", "chefsutbildning", "1.6"),
    ("activity", "seminarium-om-oppenhet-vasternorrland", "9.1.1"),
    ("activity", "seminarium-vasternorrland", "9.2.3"),
    ("activity", "natverkstraffar", "9.2.2"),
    ("activity", "projektledarmoten-telefon", "9.2.2"),
    ("activity", "projektledarmoten-stockholm", "9.2.2"),
    ("activity", "kick-off", "4"),
    # Every line of appendix 3.
    ("activity", "verksamhetsintegrering-enligt-snackmodellen", "bilaga 3"),
    ("activity", "projektledarutbildning-arbetsgivarverket", "bilaga 3"),
    ("activity", "basutbildningsdag-med-do", "bilaga 3"),
    ("activity", "studiedag-pa-do", "bilaga 3"),
    ("activity", "heldagsutbildning-do-integrationsverket", "bilaga 3"),
    ("activity", "seminarier-om-interkulturell-kommunikation", "bilaga 3"),
    ("activity", "utbildningsdag-leda-mangfald", "bilaga 3"),
    ("activity", "mangfald-for-arbetsgivarforetradare", "bilaga 3"),
    ("activity", "forelasning-mangfald-och-rekrytering", "bilaga 3"),
    ("activity", "regional-konferens-rekrytering", "bilaga 3"),
    ("activity", "seminarier-om-rekryteringsprocesser", "bilaga 3"),
    ("activity", "utbildning-effektiv-och-rattvis-rekrytering", "bilaga 3"),
    ("activity", "seminarium-for-nyanstallda", "bilaga 3"),
    ("activity", "seminarier-om-fordomar-skatteverket", "bilaga 3"),
    ("activity", "introduktionsutbildningar-jamstalldhet-mangfald", "bilaga 3"),
    ("activity", "utbildningar-for-traineer", "bilaga 3"),
    ("activity", "forelasning-krankande-sarbehandling", "bilaga 3"),
    ("activity", "inventering-av-sprak-och-kulturkompetens", "bilaga 3"),
    ("activity", "enkatfragor-medarbetarundersokning", "bilaga 3"),
)
"""Type, id and one section of every system that the report names (the table in seed/README.md)."""

FACTS: Final = (
    ("activity", "kick-off", "participants", 50),
    ("activity", "kick-off", "participants_precision", "approximate"),
    ("activity", "introduktionsutbildningar-jamstalldhet-mangfald", "participants", 60),
    ("activity", "utbildningar-for-traineer", "participants", 50),
    ("activity", "utbildningar-for-traineer", "participants_precision", "approximate"),
    ("activity", "avslutande-konferens", "status", "proposed"),
    ("activity", "seminarier-om-interkulturell-kommunikation", "status", "unclear"),
    ("activity", "enkatfragor-medarbetarundersokning", "status", "unclear"),
    ("activity", "konferens-dalarna", "date", "2007-03"),
    ("activity", "konferens-dalarna", "status", "planned"),
    ("activity", "konferens-dalarna", "counties", ["dalarna"]),
    ("activity", "chefsutbildning", "date", "2007-09"),
    ("activity", "chefsutbildning", "status", "planned"),
    ("activity", "seminarium-vasternorrland", "date", "2007-höst"),
    ("activity", "seminarium-vasternorrland", "counties", ["vasternorrland"]),
    ("activity", "seminarier-om-fordomar-skatteverket", "date", "2006-10"),
    ("activity", "basutbildningsdag-i-fem-lan", "date", "2006-höst"),
    ("example", "preparandutbildning-polisen-vasternorrland", "partners", ["Ålsta folkhögskola"]),
    ("example", "preparandutbildning-polisen-vasternorrland", "status", "planned"),
    ("example", "blajusprojektet", "status", "planned"),
    ("news", "regeringen-beslutar-om-projektet", "date", "2005-12-20"),
    ("news", "delredovisning-till-regeringen", "date", "2007-02-14"),
    ("news", "bemotandeprojektet-avslutas", "date", "2007-02-14"),
)
"""Facts of the report, checked against it when this was written."""

ECONOMY: Final = ("5 000 000", "955 000", "236 000", "45 000", "3 750 000", "750 000", "1 189 000")
"""The sums of appendix 1."""


@pytest.fixture(scope="module")
def content() -> checking.Content:
    seconds = int(own_day()["SOURCE_DATE_EPOCH"])
    today = max(datetime.fromtimestamp(seconds, UTC).date(), datetime.now(UTC).date())
    return checking.check(settings.load(REPOSITORY, today), cores=1, advice=True)


@pytest.fixture(scope="module")
def records(content: checking.Content) -> dict[tuple[str, str], Record]:
    return {(record.type, record.id): record for record in content.records}


def sections_of(text: str) -> Iterator[str]:
    """The sections that a source names: one, several or a range, as they are written in a record."""
    for part in re.split(r",\s*|\s+och\s+", text):
        yield from (end.strip() for end in re.split(r"\s*[–-]\s*", part))


def test_no_errors_and_no_warnings(content: checking.Content) -> None:
    """What is overdue is the calendar's doing, and stands on the page."""
    found = [
        p for p in content.problems if p.severity is not Severity.ADVICE and p.code.name != "overdue-review"
    ]
    assert [(p.path, p.place.line, p.code.name) for p in found] == []


def test_every_file_became_a_record(content: checking.Content) -> None:
    assert [examined.path for examined in content.examined if examined.record is None] == []
    files = [f"{folder}/{file.name}" for folder in ("activities", "examples", "methods", "news", "goals", "findings")
             for file in (REPOSITORY / folder).iterdir() if not file.name.startswith(".")]  # fmt: skip
    assert sorted(record.path for record in content.records) == sorted(files)


@pytest.mark.parametrize(
    ("type_id", "least"), [("method", 13), ("example", 16), ("activity", 20), ("news", 8)]
)
def test_there_is_enough_of_each_type(
    type_id: str, least: int, records: dict[tuple[str, str], Record]
) -> None:
    assert sum(1 for kind, _ in records if kind == type_id) >= least


def test_the_five_counties_and_the_four_focus_areas(content: checking.Content) -> None:
    vocabularies = content.dictionary.vocabularies
    assert list(vocabularies["counties"].terms) == [
        "dalarna", "skane", "vasternorrland", "vastra-gotaland", "ostergotland"
    ]  # fmt: skip
    assert list(vocabularies["focus_areas"].terms) == [
        "process", "arbetsforhallanden", "rekrytering", "medborgarperspektiv"
    ]  # fmt: skip


@pytest.mark.parametrize(("type_id", "record_id", "section"), SYSTEMS, ids=str)
def test_every_system_of_the_report_has_its_record(
    type_id: str, record_id: str, section: str, records: dict[tuple[str, str], Record]
) -> None:
    record = records[type_id, record_id]
    assert section in {s for source in record.fields["sources"] for s in sections_of(source["section"])}


def test_no_system_is_listed_twice() -> None:
    keys = [(type_id, record_id) for type_id, record_id, _ in SYSTEMS]
    assert len(keys) == len(set(keys))


def _sources_of_findings(record: Record) -> list[dict[str, str]]:
    document = record.fields["document"]
    return [{"document": document, "section": said["section"]} for said in record.fields["findings"]]


def test_every_record_names_the_report_and_a_section_of_it(records: dict[tuple[str, str], Record]) -> None:
    for record in records.values():
        sources = record.fields.get("sources") or _sources_of_findings(record)
        named = [source["section"] for source in sources if source["document"] == REPORT]
        assert named, record.path
        assert {s for text in named for s in sections_of(text)} <= SECTIONS, record.path


def test_the_table_of_contents_is_the_reports() -> None:
    assert len(SECTIONS) == 73
    assert list(sections_of("8.1–8.3, 9.1 och bilaga 2")) == ["8.1", "8.3", "9.1", "bilaga 2"]
    assert "8.1.4" not in SECTIONS


@pytest.mark.parametrize(("type_id", "record_id", "field", "value"), FACTS)
def test_facts_are_the_reports(
    type_id: str, record_id: str, field: str, value: object, records: dict[tuple[str, str], Record]
) -> None:
    assert records[type_id, record_id].fields[field] == value


@pytest.mark.parametrize(
    ("type_id", "record_id", "words"),
    [
        ("example", "preparandutbildning-polisen-vasternorrland", "tio platser under sex månader"),
        ("activity", "natverkstraffar", "var fjärde vecka"),
        ("activity", "projektledarmoten-telefon", "varannan vecka"),
        ("activity", "projektledarmoten-stockholm", "Varannan månad"),
        ("news", "forslag-om-forlangning", "sex månader"),
        ("news", "regeringen-beslutar-om-projektet", "Sammanlagt blev de 51."),
    ],
)
def test_facts_in_the_text_are_the_reports(
    type_id: str, record_id: str, words: str, records: dict[tuple[str, str], Record]
) -> None:
    assert words in records[type_id, record_id].markdown


@pytest.mark.parametrize(
    "record_id", ["introduktionsutbildningar-jamstalldhet-mangfald", "utbildningar-for-traineer", "kick-off"]
)
def test_a_number_of_participants_that_needs_it_has_a_note(
    record_id: str, records: dict[tuple[str, str], Record]
) -> None:
    assert records["activity", record_id].fields["participants_note"]


def test_participants_are_only_stated_where_the_report_states_them(
    records: dict[tuple[str, str], Record],
) -> None:
    stated = {i for (_, i), r in records.items() if isinstance(r.fields.get("participants"), int)}
    assert stated == {record_id for _, record_id, field, _ in FACTS if field == "participants"}


@pytest.mark.parametrize("amount", ECONOMY)
def test_the_economy_is_that_of_appendix_1(amount: str, own_site: Path) -> None:
    source = (REPOSITORY / "docs" / "projektet" / "ekonomi.md").read_text("utf-8")
    page = main_part((own_site / "projektet" / "ekonomi" / "index.html").read_text("utf-8"))
    spaced = amount.replace(" ", "[ \u00a0]")
    whole = re.compile(rf"(?<!\d)(?<!\d[ \u00a0]){spaced}(?![ \u00a0]?\d)")
    assert whole.search(source)
    assert page is not None
    assert whole.search(page)


def test_the_sums_of_the_economy_add_up() -> None:
    amounts = [int(amount.replace(" ", "")) for amount in ECONOMY]
    assert amounts[4] == 5 * amounts[5]
    assert 5_000_000 - sum(amounts[1:5]) == 14_000


def test_no_news_is_dated_after_its_sources(
    content: checking.Content, records: dict[tuple[str, str], Record]
) -> None:
    """A source can tell of a plan for a later day, but of nothing that happened then."""
    documents = content.dictionary.vocabularies["documents"].terms
    for record in records.values():
        if record.type == "news" and record.fields["date"] != "unknown":
            days = [str(documents[source["document"]].extra["date"]) for source in record.fields["sources"]]
            span = dates.months(record.fields["date"])
            last = dates.months(max(days))
            assert span is not None
            assert last is not None
            assert span[0] < last[1], record.path


def test_a_number_that_the_note_calls_approximate_is_marked_so(
    records: dict[tuple[str, str], Record],
) -> None:
    """Sums are made of the marks, and never of the words of a note."""
    for record in records.values():
        note = record.fields.get("participants_note", "")
        is_rough = bool(re.search(r"\b(ungefär|cirka|ca|omkring|ett \w+tal)\b", note))
        is_marked = record.fields.get("participants_precision") == "approximate"
        assert is_rough is is_marked, record.path


AIMS_OF_A_PROPOSED_SUPPORT: Final = ("process", "arbetsforhallanden", "rekrytering", "medborgarperspektiv")


@pytest.mark.parametrize("record_id", AIMS_OF_A_PROPOSED_SUPPORT)
def test_aims_of_the_support_that_verva_proposed_are_told_as_such(
    record_id: str, records: dict[tuple[str, str], Record]
) -> None:
    """8.9.3: ”Verva har … föreslagit fokusering på fyra kompetensstödsområden”; it says nothing of what agencies shall."""
    goal = records["goal", record_id]
    assert "Stödet som Verva föreslog" in goal.summary
    assert "Verva föreslog" in goal.markdown
    assert "yndigheterna ska" not in goal.summary + goal.markdown
