"""The problem codes of values that break the field dictionary, and of the dictionary's own files."""

from typing import Final

from kunskapsbank.problems.problem import Code, Severity, Text

UNKNOWN_KEY: Final = Code(
    "unknown-key",
    Severity.ERROR,
    Text("Fältet ”{key}” finns inte.", "There is no field “{key}”."),
    Text("{belongs}De fält som finns här är: {known}.", "{belongs}The fields here are: {known}."),
    Text(
        "Ett felstavat fält skulle annars försvinna utan att någon märkte det.",
        "A misspelt field would otherwise be lost without anybody noticing.",
    ),
    nearest=Text("Menade du ”{nearest}”?", "Did you mean “{nearest}”?"),
)
MISSING_FIELD: Final = Code(
    "missing-field",
    Severity.ERROR,
    Text("Fältet ”{key}” saknas.", "The field “{key}” is missing."),
    Text("Lägg till det, till exempel: {example}", "Add it, for example: {example}"),
    Text("Sidan kan inte visas rätt utan fältet.", "The page can't be shown properly without the field."),
    nearest=Text(
        "Det hör till gruppen på rad {nearest}, men ett bindestreck börjar en ny grupp. Byt bindestrecket före {key} mot ett mellanslag.",
        "It belongs to the group on line {nearest}, but a hyphen begins a new group. Change the hyphen before {key} for a space.",
    ),
)
EMPTY_VALUE: Final = Code(
    "empty-value",
    Severity.ERROR,
    Text("Fältet ”{key}” är tomt.", "The field “{key}” is empty."),
    Text("Fyll i ett värde, till exempel: {example}", "Fill in a value, for example: {example}"),
    Text(
        "Ett tomt fält säger varken ja, nej eller okänt.", "An empty field says neither yes, no nor unknown."
    ),
)
WRONG_TYPE: Final = Code(
    "wrong-type",
    Severity.ERROR,
    Text("”{key}” ska vara {expected}.", "“{key}” should be {expected}."),
    Text("Skriv till exempel: {example}", "Write for example: {example}"),
    Text(
        "Varje fält har en bestämd form, så att sidor och listor kan byggas av det.",
        "Every field has a set form, so that pages and lists can be made of it.",
    ),
    nearest=Text("Skriv: {nearest}", "Write: {nearest}"),
)
UNKNOWN_TERM: Final = Code(
    "unknown-term",
    Severity.ERROR,
    Text(
        "”{value}” är inte ett värde som ”{key}” kan ha.", "“{value}” is not a value that “{key}” can have."
    ),
    Text("Välj ett av: {known}.", "Choose one of: {known}."),
    Text(
        "Fältet har en sluten lista, så att samma sak alltid heter samma sak och kan hittas.",
        "The field has a closed list, so that the same thing always has the same name and can be found.",
    ),
    nearest=Text("Menade du ”{nearest}”?", "Did you mean “{nearest}”?"),
)
WRONG_FORMAT: Final = Code(
    "wrong-format",
    Severity.ERROR,
    Text(
        "”{value}” är inte skrivet som ”{key}” ska skrivas.", "“{value}” is not written as “{key}” should be."
    ),
    Text("Skriv till exempel: {example}", "Write for example: {example}"),
    Text(
        "Datum och id:n måste ha en bestämd form för att kunna sorteras och länkas.",
        "Dates and ids need a set form to be sorted and linked.",
    ),
    nearest=Text("Menade du ”{nearest}”?", "Did you mean “{nearest}”?"),
)
IMPOSSIBLE_DATE: Final = Code(
    "impossible-date",
    Severity.ERROR,
    Text("Dagen finns inte: {value}.", "There is no such day: {value}."),
    Text(
        "Skriv ett datum som finns i almanackan, som år-månad-dag: 2007-02-28.",
        "Write a date of the calendar, as year-month-day: 2007-02-28.",
    ),
    Text(
        "Datum sorteras och räknas med, så de måste finnas.",
        "Dates are sorted and counted with, so they must exist.",
    ),
)
TOO_SHORT: Final = Code(
    "too-short",
    Severity.ERROR,
    Text(
        "”{key}” är för kort: minst {limit} tecken (nu {now}).",
        "“{key}” is too short: at least {limit} characters (now {now}).",
    ),
    Text("Skriv mer. Om fältet: {help}", "Write more. About the field: {help}"),
    Text(
        "En läsare ska förstå raden även när den står ensam i en lista.",
        "Readers should understand the line even alone in a list.",
    ),
)
TOO_LONG: Final = Code(
    "too-long",
    Severity.ERROR,
    Text(
        "”{key}” är för långt: högst {limit} tecken (nu {now}).",
        "“{key}” is too long: at most {limit} characters (now {now}).",
    ),
    Text("Korta ner texten. Om fältet: {help}", "Shorten the text. About the field: {help}"),
    Text(
        "Texten ska få plats i listor, flöden och sökträffar.",
        "The text must fit in lists, feeds and search results.",
    ),
)
OUT_OF_RANGE: Final = Code(
    "out-of-range",
    Severity.ERROR,
    Text("{value} är utanför gränserna för ”{key}”.", "{value} is outside the limits of “{key}”."),
    Text("Skriv ett tal som är {limits}.", "Write a number that is {limits}."),
    Text("Orimliga tal är nästan alltid skrivfel.", "Unreasonable numbers are nearly always slips."),
)
REPEATED_VALUE: Final = Code(
    "repeated-value",
    Severity.ERROR,
    Text("”{value}” står två gånger i ”{key}”.", "“{value}” stands twice in “{key}”."),
    Text("Ta bort det ena.", "Take one of them away."),
    Text("Samma värde två gånger räknas två gånger.", "The same value twice is counted twice."),
)
INVALID_VALUE: Final = Code(
    "invalid-value",
    Severity.ERROR,
    Text(
        "Värdet i ”{key}” följer inte fältförteckningen.",
        "The value of “{key}” doesn't follow the field dictionary.",
    ),
    Text("{help}", "{help}"),
    Text(
        "Fältförteckningen i mappen schema säger vad varje fält får innehålla.",
        "The field dictionary in the folder schema says what each field may hold.",
    ),
)
DICTIONARY_MISSING: Final = Code(
    "dictionary-missing",
    Severity.ERROR,
    Text("Mappen {folder} saknas eller är tom.", "The folder {folder} is missing or empty."),
    Text(
        "Ange en mapp med en webbplats i: python build_site.py build --source MAPP",
        "Name a folder that holds a site: python build_site.py build --source DIR",
    ),
    Text(
        "Fältförteckningen säger vilka poster som finns och vad de innehåller.",
        "The field dictionary says which records there are and what they hold.",
    ),
)
DICTIONARY_FAULT: Final = Code(
    "dictionary-fault",
    Severity.ERROR,
    Text("Fel i fältförteckningen: {fault}", "Fault in the field dictionary: {fault}"),
    Text(
        "Rätta filen. Reglerna för den står i CONTRIBUTING.md.",
        "Mend the file. Its rules stand in CONTRIBUTING.md.",
    ),
    Text(
        "Inget kan kontrolleras mot en felaktig fältförteckning.",
        "Nothing can be checked against a faulty field dictionary.",
    ),
)
UNSAFE_TEXT: Final = Code(
    "unsafe-text",
    Severity.ERROR,
    Text("Texten går inte att visa: {fault}.", "The text can't be shown: {fault}."),
    Text(
        "Skriv i Markdown, till exempel **fetstil**, utan HTML. Länkar börjar med https://, mailto: eller tel:, eller med / för en sida här: [metoder](/metoder/).",
        "Write Markdown, for example **bold**, without HTML. Links begin with https://, mailto: or tel:, or with / for a page here: [methods](/metoder/).",
    ),
    Text(
        "Texterna visas på webbplatsens sidor. HTML och andra slags länkar kan ändra sidan eller skicka läsaren någon annanstans.",
        "The texts are shown on the pages of the site. HTML and other kinds of link can change the page or send its reader elsewhere.",
    ),
)
DUPLICATE_TERM: Final = Code(
    "duplicate-term",
    Severity.ERROR,
    Text(
        "Termen eller namnet ”{term}” finns två gånger i ordlistan.",
        "The term or name “{term}” stands twice in the vocabulary.",
    ),
    Text("Ta bort eller byt namn på det ena.", "Take one away or rename it."),
    Text("Ett ord kan bara betyda en sak i en ordlista.", "A word can mean one thing only in a vocabulary."),
)

CODES: Final = (
    UNKNOWN_KEY,
    MISSING_FIELD,
    EMPTY_VALUE,
    WRONG_TYPE,
    UNKNOWN_TERM,
    WRONG_FORMAT,
    IMPOSSIBLE_DATE,
    TOO_SHORT,
    TOO_LONG,
    OUT_OF_RANGE,
    REPEATED_VALUE,
    INVALID_VALUE,
    DICTIONARY_MISSING,
    DICTIONARY_FAULT,
    UNSAFE_TEXT,
    DUPLICATE_TERM,
)
