"""What can be wrong with YAML: the problem codes, and the parser's messages in our words."""

from typing import Final, NamedTuple

from kunskapsbank.problems.problem import Code, Severity, Text

YAML_SYNTAX: Final = Code(
    "yaml-syntax",
    Severity.ERROR,
    Text("Raden går inte att läsa: {fault}.", "The line can't be read: {fault}."),
    Text("{mend}", "{mend}"),
    Text(
        "Uppgifterna överst i filen skrivs i YAML. Ett skrivfel gör att resten av dem inte kan läsas.",
        "The items at the top of the file are written in YAML. A slip makes the rest of them unreadable.",
    ),
)


class Slip(NamedTuple):
    """What a message of the parser means, in our words. `at_context` where the fault lies at the start
    of what the parser was reading and not where it gave up."""

    parser_says: str
    fault: Text
    mend: Text
    at_context: bool = False


_NO_COLON: Final = Text("det saknas ett kolon", "a colon is missing")
_UNCLOSED_QUOTE: Final = (
    Text("ett citattecken öppnas men stängs aldrig", "a quotation mark opens but never closes"),
    Text(
        "Sätt ett likadant citattecken sist i värdet.", "Put the same quotation mark at the end of the value."
    ),
)
_UNCLOSED_BRACKET: Final = (
    Text("en parentes öppnas men stängs inte rätt", "a bracket opens but isn't closed properly"),
    Text(
        "Avsluta listan med ] eller gruppen med }, och skilj delarna åt med komma.",
        "End the list with ] or the group with }, and part its items with commas.",
    ),
)

SLIPS: Final = (
    Slip(
        "mapping values are not allowed",
        Text(
            "ett kolon mitt i värdet, eller ett indrag för mycket",
            "a colon inside the value, or an indent too many",
        ),
        Text(
            "Sätt citattecken runt hela värdet, eller rätta indraget.",
            "Put quotes around the whole value, or mend the indent.",
        ),
    ),
    Slip(
        "could not find expected ':'",
        _NO_COLON,
        Text(
            "Börjar här ett nytt fält: skriv fältets namn, kolon, mellanslag och värdet. Hör raden till värdet ovanför: börja den med två mellanslag.",
            "If a new field begins here: write the name of the field, a colon, a space and the value. If the line belongs to the value above: start it with two spaces.",
        ),
        at_context=True,
    ),
    Slip("found unexpected end of stream", *_UNCLOSED_QUOTE, at_context=True),
    Slip("found unexpected document indicator", *_UNCLOSED_QUOTE, at_context=True),
    Slip("did not find expected ',' or", *_UNCLOSED_BRACKET, at_context=True),
    Slip("did not find expected node content", *_UNCLOSED_BRACKET, at_context=True),
    Slip(
        "did not find expected key",
        Text("den hör inte ihop med raderna ovanför", "it doesn't belong with the lines above"),
        Text(
            "Låt raden börja lika långt in som de andra fälten. Ett värde med citattecken ska ha dem runt hela värdet.",
            "Start the line as far in as the other fields. A value in quotes must have them around all of it.",
        ),
    ),
    Slip(
        "did not find expected '-' indicator",
        Text("den hör inte ihop med listan ovanför", "it doesn't belong with the list above"),
        Text(
            "Börja raden med ett bindestreck, lika långt in som de andra, eller avsluta listan.",
            "Start the line with a hyphen, as far in as the others, or end the list.",
        ),
    ),
    Slip(
        "block sequence entries are not allowed",
        Text("värdet börjar med ett bindestreck", "the value starts with a hyphen"),
        Text(
            "Är det en lista: skriv värdena inom hakparenteser, så: [ett, två]. Är det en text: sätt citattecken runt hela värdet.",
            "If it is a list: write the values in square brackets, so: [one, two]. If it is a text: put quotes around the whole value.",
        ),
    ),
    Slip(
        "found unknown escape character",
        Text("ett omvänt snedstreck inom citattecken", "a backslash inside quotation marks"),
        Text(
            "Skriv två omvända snedstreck, eller byt till enkla citattecken.",
            "Write two backslashes, or change to single quotation marks.",
        ),
    ),
    Slip(
        "that cannot start any token",
        Text(
            "värdet börjar med ett tecken som betyder något särskilt för datorn",
            "the value starts with a character that means something special to the computer",
        ),
        Text("Sätt citattecken runt hela värdet.", "Put quotes around the whole value."),
    ),
)
"""Where no usual mistake explains what the parser says, its words in ours."""

OTHER_SLIP: Final = Slip(
    "",
    Text("något är felskrivet", "something is miswritten"),
    Text(
        "Skriv varje uppgift som ”fält: värde”. Sätt citattecken runt värden med andra tecken än bokstäver och siffror.",
        "Write each item as “field: value”. Put quotes around values with other characters than letters and digits.",
    ),
)

YAML_TOO_DEEP: Final = Code(
    "yaml-too-deep",
    Severity.ERROR,
    Text(
        "Uppgifterna är nästlade i fler än {limit} nivåer.",
        "The items are nested more than {limit} levels deep.",
    ),
    Text(
        "Ta bort överflödiga klamrar, hakparenteser och indrag.",
        "Take away superfluous brackets and indents.",
    ),
    Text(
        "Inget fält behöver mer än några få nivåer, och djupt nästlade filer kan få läsaren att krascha.",
        "No field needs more than a few levels, and deeply nested files can crash a reader.",
    ),
)
YAML_ANCHOR: Final = Code(
    "yaml-anchor",
    Severity.ERROR,
    Text(
        "Värdet börjar med ”{word}”, som läses som en hänvisning till ett annat ställe. Sådana får inte användas.",
        "The value starts with “{word}”, which is read as a pointer to another place. Such may not be used.",
    ),
    Text(
        "Ska tecknet vara med: sätt citattecken runt hela värdet. {write}",
        "If the sign belongs there: put quotes around the whole value. {write}",
    ),
    Text(
        "Ankare gör att några få rader kan växa till en fil som fyller minnet.",
        "With anchors a few lines can grow into a file that fills the memory.",
    ),
)
YAML_TAG: Final = Code(
    "yaml-tag",
    Severity.ERROR,
    Text(
        "Värdet börjar med ”{word}”, som läses som en uppmaning till datorn. Sådana får inte användas.",
        "The value starts with “{word}”, which is read as an instruction to the computer. Such may not be used.",
    ),
    Text(
        "Ska utropstecknet vara med: sätt citattecken runt hela värdet. {write}",
        "If the exclamation mark belongs there: put quotes around the whole value. {write}",
    ),
    Text("Taggar kan be läsaren att köra kod.", "Tags can ask a reader to run code."),
)
YAML_MERGE: Final = Code(
    "yaml-merge-key",
    Severity.ERROR,
    Text("Nyckeln ”<<” får inte användas.", "The key “<<” may not be used."),
    Text("Skriv ut fälten.", "Write the fields out."),
    Text("Varje post ska kunna läsas för sig.", "Each record should be readable by itself."),
)
DUPLICATE_KEY: Final = Code(
    "duplicate-key",
    Severity.ERROR,
    Text(
        "Fältet ”{key}” står två gånger, första gången på rad {first}.",
        "The field “{key}” stands twice, first on line {first}.",
    ),
    Text("Behåll ett av dem.", "Keep one of them."),
    Text(
        "Av två likadana fält skulle det ena försvinna utan att någon märkte det.",
        "Of two equal fields one would be lost without anybody noticing.",
    ),
)
YAML_MANY_DOCUMENTS: Final = Code(
    "yaml-many-documents",
    Severity.ERROR,
    Text("Filen innehåller mer än ett YAML-dokument.", "The file holds more than one YAML document."),
    Text("Ha en post i varje fil.", "Keep one record in each file."),
    Text("En post är en fil.", "One record is one file."),
)
NOT_A_MAPPING: Final = Code(
    "not-a-mapping",
    Severity.ERROR,
    Text("Här ska det stå fält med värden.", "Fields with values are expected here."),
    Text(
        "Skriv varje uppgift på en egen rad: ”fält: värde”, utan något framför.",
        "Write each item on a line of its own: “field: value”, with nothing before it.",
    ),
    Text("Posten beskrivs av sina fält.", "A record is described by its fields."),
)

CODES: Final = (
    YAML_SYNTAX, YAML_TOO_DEEP, YAML_ANCHOR, YAML_TAG, YAML_MERGE,
    DUPLICATE_KEY, YAML_MANY_DOCUMENTS, NOT_A_MAPPING,
)  # fmt: skip
