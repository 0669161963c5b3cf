"""Problem codes for published URLs that nothing answers for, and for lines of the log that can't be used."""

from typing import Final

from kunskapsbank.problems.problem import Code, Severity, Text

_WHY: Final = Text(
    "Andra länkar till adressen, och program hämtar den. En publicerad adress ska alltid leda till något: sidan, sidans nya adress eller ett besked om varför den är borta.",
    "Others link to the URL, and programs fetch it. A published URL must always lead somewhere: to the page, to its new URL or to a notice that says why it is gone.",
)
_WITHDRAW: Final = Text(
    "lägg tillbaka filen {file} (den finns i git) och skriv där raden ”{withdrawal}”",
    "put the file {file} back (git has it) and write in it the line “{withdrawal}”",
)

PUBLISHED_RECORD_GONE: Final = Code(
    "published-record-gone",
    Severity.ERROR,
    Text(
        "Adressen ”{url}” är publicerad, men posten finns inte längre.",
        "The URL “{url}” has been published, but its record no longer exists.",
    ),
    Text(
        f"Ska sidan bort: {_WITHDRAW.sv}. {{renamed}}",
        f"If the page should go: {_WITHDRAW.en}. {{renamed}}",
    ),
    _WHY,
    nearest=Text(
        f"Har posten fått ett nytt id: skriv raden ”{{line}}” i {{nearest}}. Ska sidan i stället bort: {_WITHDRAW.sv}.",
        f"If the record has a new id: write the line “{{line}}” in {{nearest}}. If the page should go instead: {_WITHDRAW.en}.",
    ),
)
RENAMED: Final = Text(
    "Har posten fått ett nytt id: skriv raden ”aliases: [{id}]” i den nya filen.",
    "If the record has a new id: write the line “aliases: [{id}]” in the new file.",
)
"""What is added where records of the type can have former ids."""
WITHDRAWAL: Final = Text(
    "withdrawn: {{date: {today}, reason: Skriv här varför sidan dras tillbaka.}}",
    "withdrawn: {{date: {today}, reason: Write here why the page is withdrawn.}}",
)
"""The line that takes a record's page away and keeps its URL."""

PUBLISHED_URL_GONE: Final = Code(
    "published-url-gone",
    Severity.ERROR,
    Text(
        "Adressen ”{url}” är publicerad, men finns inte längre på webbplatsen{more}.",
        "The URL “{url}” has been published, but the site no longer has it{more}.",
    ),
    Text(
        "Lägg tillbaka det som låg där. Ska det bort: skriv raden ”{url} -> gone {today} Skriv här varför.” i {log}.",
        "Put back what was there. If it should go: write the line “{url} -> gone {today} Write here why.” in {log}.",
    ),
    _WHY,
    nearest=Text(
        "Har det flyttat: skriv raden ”{url} -> {nearest}” i {log}. Ska det i stället bort: skriv raden ”{url} -> gone {today} Skriv här varför.”",
        "If it has moved: write the line “{url} -> {nearest}” in {log}. If it should go instead: write the line “{url} -> gone {today} Write here why.”",
    ),
)
PUBLISHED_URL_LINE: Final = Code(
    "published-url-line",
    Severity.ERROR,
    Text("Raden går inte att använda: {fault}", "The line can't be used: {fault}"),
    Text(
        "Skriv adressen från webbplatsens rot: ”exempel/karp/”. Har den flyttat: ”exempel/karp/ -> exempel/ny/”. Är den borta: ”exempel/karp/ -> gone 2026-12-01 Skriv varför.”",
        "Write the URL from the site's root: “exempel/karp/”. If it has moved: “exempel/karp/ -> exempel/new/”. If it is gone: “exempel/karp/ -> gone 2026-12-01 Write why.”",
    ),
    Text(
        "Raden säger vart en publicerad adress leder. Den som följer adressen ska komma rätt.",
        "The line says where a published URL leads. Whoever follows it must end up right.",
    ),
)

CODES: Final = (PUBLISHED_RECORD_GONE, PUBLISHED_URL_GONE, PUBLISHED_URL_LINE)
