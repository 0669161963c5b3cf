"""Problem codes for published URLs that nothing answers for, and for lines of the log that can't be used."""

from typing import Final

from kunskapsbank.problems.problem import Code, Severity, Text

_WHY: Final = Text(
    "Andra länkar till adressen, och program hämtar den. En publicerad adress ska alltid leda till något: sidan, sidans nya adress eller ett besked om varför den är borta.",
    "Others link to the URL, and programs fetch it. A published URL must always lead somewhere: to the page, to its new URL or to a notice that says why it is gone.",
)
_WITHDRAW: Final = Text(
    "lägg tillbaka filen {file} (den finns i git) och skriv raden withdrawn: {{date: {today}, reason: Skriv här varför sidan dras tillbaka.}}",
    "put the file {file} back (git has it) and write the line withdrawn: {{date: {today}, reason: Write here why the page is withdrawn.}}",
)

PUBLISHED_RECORD_GONE: Final = Code(
    "published-record-gone",
    Severity.ERROR,
    Text(
        "Adressen {url} är publicerad, men posten finns inte längre.",
        "The URL {url} has been published, but its record no longer exists.",
    ),
    Text(
        f"Ska sidan bort, {_WITHDRAW.sv} Har posten fått ett nytt id, skriv i den nya filen raden aliases: [{{id}}]",
        f"If the page should go, {_WITHDRAW.en} If the record has a new id, write in its new file the line aliases: [{{id}}]",
    ),
    _WHY,
    nearest=Text(
        f"Har posten fått ett nytt id? Skriv i {{nearest}} raden {{line}} Ska sidan i stället bort, {_WITHDRAW.sv}",
        f"Does the record have a new id? Write in {{nearest}} the line {{line}} If the page should go instead, {_WITHDRAW.en}",
    ),
)
PUBLISHED_URL_GONE: Final = Code(
    "published-url-gone",
    Severity.ERROR,
    Text(
        "Adressen {url} är publicerad, men finns inte längre på webbplatsen{more}.",
        "The URL {url} has been published, but the site no longer has it{more}.",
    ),
    Text(
        "Lägg tillbaka det som låg där. Ska det bort, skriv i {log} raden {url} -> gone {today} Skriv här varför.",
        "Put back what was there. If it should go, write in {log} the line {url} -> gone {today} Write here why.",
    ),
    _WHY,
    nearest=Text(
        "Har det flyttat? Skriv i {log} raden {url} -> {nearest} Ska det i stället bort, skriv raden {url} -> gone {today} Skriv här varför.",
        "Has it moved? Write in {log} the line {url} -> {nearest} If it should go instead, write the line {url} -> gone {today} Write here why.",
    ),
)
PUBLISHED_URL_LINE: Final = Code(
    "published-url-line",
    Severity.ERROR,
    Text("Raden går inte att använda: {fault}", "The line can't be used: {fault}"),
    Text(
        "Skriv en adress på raden, från webbplatsens rot: exempel/karp/. Har den flyttat: exempel/karp/ -> exempel/ny/. Är den borta: exempel/karp/ -> gone 2026-12-01 Skriv varför.",
        "Write a URL on the line, from the site's root: exempel/karp/. If it has moved: exempel/karp/ -> exempel/new/. If it is gone: exempel/karp/ -> gone 2026-12-01 Write why.",
    ),
    Text(
        "Raden säger vart en publicerad adress leder. Den som följer adressen ska komma rätt.",
        "The line says where a published URL leads. Whoever follows it must end up right.",
    ),
)

CODES: Final = (PUBLISHED_RECORD_GONE, PUBLISHED_URL_GONE, PUBLISHED_URL_LINE)
