"""The usual ways to miswrite a line of YAML, and the line that was meant: data for the diagnosis.

Each is a pattern for one line and a way to write that line right. Whether it is what the parser stumbled
over is proved elsewhere, by reading the text again with the line written right.
"""

import re
from typing import Final, NamedTuple

from kunskapsbank.problems.problem import Text
from kunskapsbank.reading import rights
from kunskapsbank.reading.characters import STRANGE
from kunskapsbank.reading.rights import Rights


class Mistake(NamedTuple):
    """`pattern` has a group `at` where the caret belongs; the words may name its other groups. `mend` is
    followed by the line as it should be."""

    pattern: re.Pattern[str]
    fault: Text
    mend: Text
    rights: Rights


_KEY: Final = r"[^\W\d][\w-]*"
_HEAD: Final = rf"^(?P<head> *(?:- +)*(?:{_KEY} *: +)?)"
_FIELD: Final = rf"^(?P<head> *(?:- +)*{_KEY} *: +)"
CURLY: Final = "”“„‟"


def _mistake(pattern: str, fault: tuple[str, str], mend: tuple[str, str], rights_: Rights) -> Mistake:
    return Mistake(re.compile(pattern), Text(*fault), Text(*mend), rights_)


UNCLOSED_QUOTE: Final = _mistake(
    rf"{_HEAD}(?P<at>(?P<sign>[\"'])(?P<value>(?:(?!(?P=sign)).)*?)[{CURLY}’]?) *$",
    ("ett citattecken öppnas men stängs aldrig", "a quotation mark opens but never closes"),
    ("Sätt ett likadant citattecken sist i värdet.", "Put the same quotation mark at the end of the value."),
    rights.written_as(r"\g<head>\g<sign>\g<value>\g<sign>"),
)  # fmt: skip

MISPLACED: Final = _mistake(
    r"^(?P<at> *)(?=[ -]|\S+ *:(?: |$))",
    (
        "den börjar inte lika långt in som raderna den hör till",
        "it doesn't start as far in as the lines that it belongs with",
    ),
    ("", ""),
    rights.moved,
)

MISTAKES: Final = (
    _mistake(
        r"^ *(?P<at>\t\s*)",
        ("den börjar med en tabb", "it starts with a tab"),
        ("Byt tabben mot mellanslag.", "Change the tab for spaces."),
        rights.moved,
    ),
    _mistake(
        rf"(?P<at>{STRANGE.pattern})",
        ("det står ett osynligt tecken i den", "there is an invisible character in it"),
        (
            "Ta bort tecknet som visas som ett frågetecken, eller skriv om raden för hand.",
            "Take away the character that is shown as a question mark, or type the line again.",
        ),
        rights.visible,
    ),
    _mistake(
        r"^ *(?P<at>[-–—_=*+]{1,2}|[-–—_=*+]{4,}|[–—_=*+]{3}) *$",
        (
            "en rad som skiljer uppgifterna från texten ska ha precis tre bindestreck",
            "a line that parts the items from the text has exactly three hyphens",
        ),
        ("", ""),
        rights.written_as("---"),
    ),
    _mistake(
        r"^(?P<indent> *)(?P<at>(?P<sign>[–—•·●▪◦‣])) *(?P<value>\S.*)$",
        (
            "”{sign}” är inte det bindestreck som en lista behöver",
            "“{sign}” is not the hyphen that a list needs",
        ),
        ("Byt tecknet mot ett vanligt bindestreck.", "Change the sign for an ordinary hyphen."),
        rights.with_list_mark,
    ),
    _mistake(
        r"^(?P<indent> *)(?P<at>\*) +(?P<value>\S.*)$",
        ("”*” är inte det bindestreck som en lista behöver", "“*” is not the hyphen that a list needs"),
        ("Byt tecknet mot ett vanligt bindestreck.", "Change the sign for an ordinary hyphen."),
        rights.with_list_mark,
    ),
    _mistake(
        r"^(?P<indent> *)(?P<at>-)(?P<value>[^\s-].*)$",
        ("det saknas ett mellanslag efter bindestrecket", "a space is missing after the hyphen"),
        ("", ""),
        rights.with_list_mark,
    ),
    _mistake(
        rf"^ *(?P<at>\*\*|__)(?P<key>{_KEY})(?:\*\*:|:\*\*|__:|:__) *(?P<value>.*)$",
        (
            "fältets namn är skrivet i fetstil, med stjärnor",
            "the name of the field is written in bold, with asterisks",
        ),
        ("Ta bort stjärnorna.", "Take the asterisks away."),
        rights.written_as(r"\g<key>: \g<value>"),
    ),
    _mistake(
        r"^(?P<indent> *)(?P<at><!--)\s*(?P<value>.*?)\s*(?:-->)?\s*$",
        ("<!-- --> är inte en anmärkning här", "<!-- --> is no remark here"),
        ("En anmärkning börjar med #.", "A remark starts with #."),
        rights.written_as(r"\g<indent># \g<value>"),
    ),
    _mistake(
        rf"^(?P<head> *(?:- +)*{_KEY}) *(?P<at>(?P<sign>=>?|;|：|∶|﹕|→)) *(?P<value>\S.*)$",
        ("det står ”{sign}” där det ska vara kolon", "“{sign}” stands where a colon should be"),
        ("Byt tecknet mot kolon och mellanslag.", "Change the sign for a colon and a space."),
        rights.written_as(r"\g<head>: \g<value>"),
    ),
    _mistake(
        rf"^(?P<head> *(?:- +)*{_KEY})(?P<at>:)(?P<value>[^\s/:].*)$",
        ("det saknas ett mellanslag efter kolonet", "a space is missing after the colon"),
        ("", ""),
        rights.written_as(r"\g<head>: \g<value>"),
    ),
    _mistake(
        rf"^(?P<at>- +)(?P<value>{_KEY}:(?: .*)?)$",
        ("ett fält ska inte ha bindestreck framför sig", "a field has no hyphen before it"),
        ("Ta bort bindestrecket.", "Take the hyphen away."),
        rights.written_as(r"\g<value>"),
    ),
    _mistake(
        rf"{_FIELD}(?P<at>-) +(?P<value>\S.*\s-\s.*)$",
        (
            "en lista på samma rad som sitt fält ska stå inom hakparenteser",
            "a list on the same line as its field stands in square brackets",
        ),
        ("", ""),
        rights.as_list,
    ),
    _mistake(
        rf"{_HEAD}(?P<at>[{CURLY}])(?P<value>[^{CURLY}]*)[{CURLY}\"] *$",
        (
            "citattecknen är böjda, som i Word, och räknas då som vanliga bokstäver",
            "the quotation marks are curly, as in Word, and count as ordinary letters then",
        ),
        ("Byt dem mot raka.", "Change them for straight ones."),
        lambda match, _: iter((match["head"] + rights.quoted(match["value"]),)),
    ),
    _mistake(
        rf"{_HEAD}(?P<value>(?P<at>(?P<sign>&#?\w+;)).*) *$",
        ("”{sign}” är HTML-kod för ett tecken", "“{sign}” is HTML code for a character"),
        ("Skriv tecknet i stället.", "Write the character instead."),
        rights.as_signs,
    ),
    _mistake(
        rf"{_HEAD}(?P<value>(?P<at>(?P<sign>[@`%&*!|>?,\]}}])).*\S) *$",
        (
            "värdet börjar med ”{sign}”, som betyder något särskilt för datorn",
            "the value starts with “{sign}”, which means something special to the computer",
        ),
        ("Sätt citattecken runt hela värdet.", "Put quotes around the whole value."),
        rights.in_quotes,
    ),
    UNCLOSED_QUOTE,
    _mistake(
        rf"{_HEAD}\"(?P<value>[^\"]*?(?P<at>\\)[^\"]*)\" *$",
        ("ett omvänt snedstreck inom dubbla citattecken", "a backslash inside double quotation marks"),
        ("Byt till enkla citattecken.", "Change to single quotation marks."),
        rights.backslashes,
    ),
    _mistake(
        rf"{_HEAD}'(?P<value>[^'\"]*(?P<at>')[^'\"].*)' *$",
        (
            "en apostrof inom enkla citattecken avslutar värdet",
            "an apostrophe inside single quotation marks ends the value",
        ),
        ("Byt till dubbla citattecken.", "Change to double quotation marks."),
        rights.in_quotes,
    ),
    _mistake(
        rf"{_HEAD}(?P<value>(?P<at>[\"']).*\S) *$",
        (
            "citattecken som öppnar ett värde ska stå runt hela värdet",
            "quotation marks that open a value must stand around all of it",
        ),
        ("Sätt andra citattecken runt hela värdet.", "Put other quotation marks around the whole value."),
        rights.in_quotes,
    ),
    _mistake(
        rf"{_HEAD}(?P<value>\[[^\[\]]*\](?P<at>,).*\[[^\[\]]*\]) *$",
        ("här står två listor där det ska vara en", "here are two lists where there should be one"),
        ("Ha alla värden i en lista.", "Keep all values in one list."),
        rights.one_list,
    ),
    _mistake(
        rf"{_HEAD}(?P<value>(?P<at>[\[{{])[^\[\]{{}}]*[\]}}][^\]}}]*\S) *$",
        (
            "värdet börjar med en parentes som hör till listor och grupper",
            "the value starts with a bracket that belongs to lists and groups",
        ),
        ("Sätt citattecken runt hela värdet.", "Put quotes around the whole value."),
        rights.in_quotes,
    ),
    _mistake(
        rf"{_HEAD}(?P<value>(?P<at>\[)[^\[\]]*?),? *$",
        ("en lista öppnas med [ men stängs aldrig", "a list opens with [ but never closes"),
        ("Avsluta listan med ].", "End the list with ]."),
        rights.written_as(r"\g<head>\g<value>]"),
    ),
    _mistake(
        rf"{_HEAD}(?P<value>(?P<at>{{)[^{{}}]*?),? *$",
        ("en grupp öppnas med {{ men stängs aldrig", "a group opens with {{ but never closes"),
        ("Avsluta gruppen med }.", "End the group with }."),
        rights.written_as(r"\g<head>\g<value>}"),
    ),
    _mistake(
        rf"{_FIELD}(?P<value>[^\s,;]+)(?P<at>[,;]) *(?P<next>{_KEY}: .*)$",
        ("här står två fält på samma rad", "here are two fields on the same line"),
        ("Skriv varje fält på en egen rad.", "Write each field on a line of its own."),
        rights.written_as("\\g<head>\\g<value>\n\\g<next>"),
    ),
    _mistake(
        rf"{_FIELD}(?P<value>[^\s\"'#].*?(?P<at>:)(?: .*\S)?) *$",
        (
            "kolonet i värdet läses som slutet på namnet på ett fält",
            "the colon in the value is read as the end of the name of a field",
        ),
        ("Sätt citattecken runt hela värdet.", "Put quotes around the whole value."),
        rights.in_quotes,
    ),
    _mistake(
        r"^(?P<at>[^\s#-])(?!.*: )\S* +\S+ +\S+ .*[^:]$",
        (
            "en rad som fortsätter värdet ovanför ska börja med mellanslag",
            "a line that goes on with the value above starts with spaces",
        ),
        ("", ""),
        rights.continued,
    ),
    MISPLACED,
)
"""The surest first: each is tried before those that could explain more."""
