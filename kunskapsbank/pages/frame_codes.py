"""The problem codes of frames: a frame or a slot that is missing, doubled or unknown, and unsafe markup."""

from typing import Final

from kunskapsbank.problems.problem import Code, Severity, Text

FRAME_MISSING: Final = Code(
    "frame-missing",
    Severity.ERROR,
    Text("Ramen {frame} saknas.", "The frame {frame} is missing."),
    Text(
        "Kopiera en annan ram i samma mapp till {path}.",
        "Copy another frame in the same folder to {path}.",
    ),
    Text(
        "Sidorna hälls i ramar som byggs av filerna i docs/ramar.",
        "Pages are poured into frames made from the files in docs/ramar.",
    ),
)
SLOT_MISSING: Final = Code(
    "slot-missing",
    Severity.ERROR,
    Text("Ramen {frame} saknar luckan ”{slot}”.", "The frame {frame} lacks the slot “{slot}”."),
    Text(
        "Skriv {written} där innehållet ska stå, i filen eller i sidmallen.",
        "Write {written} where the content belongs, in the file or the page template.",
    ),
    Text("Utan lucka finns ingen plats för innehållet.", "Without a slot there is no place for the content."),
)
SLOT_DOUBLED: Final = Code(
    "slot-doubled",
    Severity.ERROR,
    Text(
        "Ramen {frame} har luckan ”{slot}” {times} gånger.",
        "The frame {frame} has the slot “{slot}” {times} times.",
    ),
    Text("Behåll {written} på ett ställe.", "Keep {written} in one place."),
    Text(
        "Samma innehåll två gånger på en sida ger dubbla rubriker och länkmål.",
        "The same content twice on a page doubles headings and link targets.",
    ),
)
SLOT_UNKNOWN: Final = Code(
    "slot-unknown",
    Severity.ERROR,
    Text(
        "Ramen {frame} har en lucka som ingen fyller: ”{slot}”.",
        "The frame {frame} has a slot that nobody fills: “{slot}”.",
    ),
    Text("Luckorna som finns här är: {known}.", "The slots here are: {known}."),
    Text(
        "En lucka som ingen fyller skulle synas som ett hål på sidan.",
        "A slot that nobody fills would show as a hole in the page.",
    ),
    nearest=Text("Menade du ”{nearest}”?", "Did you mean “{nearest}”?"),
)
UNSAFE_PAGE: Final = Code(
    "unsafe-page",
    Severity.ERROR,
    Text(
        "På sidan står HTML som inte får finnas där: {tag}.",
        "There is HTML on the page that may not be there: {tag}.",
    ),
    Text(
        "Skriv i Markdown. Länka till sidor hos andra med https://, och lägg bilder och skript bland webbplatsens "
        "egna filer.",
        "Write in Markdown. Link to others’ pages with https://, and put pictures and scripts among the site’s "
        "own files.",
    ),
    Text(
        "Sådan HTML kan föra läsaren till en annan webbplats eller hämta något därifrån. Webbplatsen lovar att inte göra det.",
        "Such HTML can take the reader to another site or fetch something from it. The site promises not to.",
    ),
)

CODES: Final = (FRAME_MISSING, SLOT_MISSING, SLOT_DOUBLED, SLOT_UNKNOWN, UNSAFE_PAGE)
