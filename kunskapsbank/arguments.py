"""The words of the command line: commands, options, and what is said of a command that can't be understood.

argparse speaks English; here it is taught the Swedish that the rest of the program speaks.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

Run = Callable[[argparse.Namespace, Mapping[str, str]], int]
"""Carries a command out: its options and the environment in, the exit code out."""

COMMANDS: Final[Mapping[str, str]] = {
    "build": "Kontrollera allt och bygg webbplatsen (det som sker utan kommando).",
    "check": "Kontrollera posterna utan att bygga något.",
    "serve": "Visa webbplatsen på den här datorn medan du skriver: det du sparar syns genast, och fel visas på sidan. site/ rörs inte.",
    "rules": "Visa reglerna som posterna kontrolleras mot.",
    "new": "Börja på en ny post: frågar efter det som behövs och skriver filen.",
    "handover": "Lämna över ett läns del: sidorna, källfilerna och programmet i en zip-fil som länet kan visa och skriva vidare på.",
    "releases": "Visa vilka versioner av webbplatsen som finns: den som visas och de som det går att gå tillbaka till.",
    "rollback": "Gå tillbaka till en tidigare version av webbplatsen. Den ligger sedan fast tills du skriver rollback --unpin.",
    "verify": "Kontrollera att en version av webbplatsen är precis som den byggdes, fil för fil.",
    "report": "Sammanställ en rapport ur posterna: mål, insatser, resultat, svårigheter och det som saknas.",
    "urls": "Jämför webbplatsens adresser med loggen över dem som är publicerade, published-urls.txt.",
}
"""The commands, and what is said of each."""

Engines = Callable[[], Sequence[str]]
"""Gives the names of the site engines. Asked for where a command has a use for them, since it takes in the engine."""

REPORT_FORMATS: Final = ("html", "pdf", "json", "csv")

WRONG_USE: Final = 2
"""The exit code for a command that can't be understood."""

_SAID: Final = (
    (r"unrecognized arguments: (.+)", "okänt: {0}"),
    (
        r"argument KOMMANDO: invalid choice: '(.*)' \(choose from (.+)\)",
        "kommandot {0} finns inte. Det finns: {1}",
    ),
    (
        r"argument (\S+): invalid choice: '(.*)' \(choose from (.+)\)",
        "{0} kan inte vara {1}. Välj bland: {2}",
    ),
    (r"argument (\S+): expected one argument", "{0} ska följas av ett värde"),
    (r"argument (\S+): ignored explicit argument '(.*)'", "{0} tar inget värde, men fick {1}"),
    (r"ambiguous option: (\S+) could match (.+)", "{0} kan betyda flera saker: {1}"),
    (r"the following arguments are required: (.+)", "det här fattas: {0}"),
    (r"argument (\S+): (.+)", "{0}: {1}"),
)
"""What argparse says, and how we say it."""


def in_swedish(message: str) -> str:
    for pattern, words in _SAID:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return words.format(*(part.replace("'", "") for part in match.groups()))
    return message


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = "Så skrivs det: "
    ) -> None:
        super().add_usage(usage, actions, groups, prefix)


class _Parser(argparse.ArgumentParser):
    """Says in Swedish what is wrong with a command."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Formatter)
        self._optionals.title = "val"  # argparse has no public way to name its groups
        self._positionals.title = "filer"
        self.add_argument("-h", "--help", action="help", help="visa den här hjälpen")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(
            WRONG_USE,
            f"{self.prog}: kommandot gick inte att förstå ({in_swedish(message)}). Hjälp: {self.prog} --help\n",
        )


def parse(
    arguments: Sequence[str],
    runs: Mapping[str, Run],
    checkout: Path,
    engines: Engines,
    formats: Iterable[str],
) -> argparse.Namespace:
    """The options of one command, its name as `command` and what carries it out as `run`.

    `checkout` is the source where none is named; the first of the `engines` is the one used where none is
    named; `formats` are those of a report beside text. Ends the process where the command can't be understood, or help is asked for.
    """
    words = _with_command(list(arguments))
    parser = _Parser(prog="build_site.py", description="Kontrollerar och publicerar en kunskapsbank.")
    parser.set_defaults(source=checkout, lang="sv", format="text", strict=False, fresh=False)
    parser.set_defaults(untouched="Webbplatsen är orörd.")
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", dest="command")
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        if name == words[0]:
            _add_options(name, command, engines, formats)
    options = parser.parse_args(words)
    options.run = runs[options.command]
    return options


def _add_options(
    name: str, command: argparse.ArgumentParser, engines: Engines, formats: Iterable[str]
) -> None:
    """Of the one command that was given; the others are only told of."""
    command.add_argument("--lang", choices=("sv", "en"), default=argparse.SUPPRESS, help="språk i rapporten")
    match name:
        case "check":
            _add_check(command, formats)
        case "build" | "serve" | "handover" | "urls":
            _OF_SITES[name](command, engines)
        case _:
            _OTHERS[name](command)


def _add_source(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--source",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="MAPP",
        help="webbplatsens källmapp (annars den som build_site.py ligger i)",
    )


def _add_fresh(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--fresh",
        action="store_true",
        default=argparse.SUPPRESS,
        help="gör om allt från början, också det som inte har ändrats sedan förra gången",
    )


def _add_strict(command: argparse.ArgumentParser, text: str) -> None:
    command.add_argument("--strict", action="store_true", default=argparse.SUPPRESS, help=text)


def _add_site_options(
    command: argparse.ArgumentParser,
    engines: Engines,
    address: str = "webbplatsens adress, om den inte är den i mkdocs.yml",
) -> None:
    _add_source(command)
    names = tuple(engines())
    command.set_defaults(engine=names[0])
    command.add_argument(
        "--engine",
        choices=names,
        default=argparse.SUPPRESS,
        help="motorn som bygger de handskrivna sidorna",
    )
    command.add_argument("--site-url", metavar="ADRESS", help=address)


def _add_new(command: argparse.ArgumentParser) -> None:
    _add_source(command)
    command.add_argument("type", metavar="TYP", help="exempel, metod, aktivitet, nyhet eller verktyg")
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FÄLT=VÄRDE",
        dest="given",
        help="ett svar i förväg, till exempel --set counties=skane; kan stå flera gånger",
    )
    command.add_argument(
        "--id", default="", metavar="ID", help="filens namn, om det inte ska komma av titeln"
    )


def _add_build(command: argparse.ArgumentParser, engines: Engines) -> None:
    _add_site_options(command, engines)
    command.add_argument(
        "--output", type=Path, metavar="MAPP", help="var webbplatsen ska läggas (annars site/ i källmappen)"
    )
    _add_no_wait(command)
    command.add_argument(
        "--pdf", action="store_true", help="gör också uppföljningens rapporter som PDF (behöver WeasyPrint)"
    )
    _add_strict(command, "låt också varningar stoppa bygget")
    _add_fresh(command)


def _add_no_wait(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--no-wait",
        action="store_true",
        help="avsluta genast om ett annat bygge av samma webbplats pågår, i stället för att vänta på det",
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    _add_source(command)
    command.add_argument(
        "--output", type=Path, metavar="MAPP", help="den byggda webbplatsen (annars site/ i källmappen)"
    )


def _add_release(command: argparse.ArgumentParser, text: str) -> None:
    command.add_argument(
        "id", nargs="?", metavar="ID", help=f"{text}; början av ett id som releases visar räcker"
    )
    _add_output(command)


def _add_rollback(command: argparse.ArgumentParser) -> None:
    _add_release(command, "versionen att gå tillbaka till (annars den som visades före den här)")
    command.add_argument(
        "--unpin",
        action="store_true",
        help="låt byggen lägga upp nya versioner igen; webbplatsen ändras inte förrän vid nästa bygge",
    )
    _add_no_wait(command)


def _add_check(command: argparse.ArgumentParser, formats: Iterable[str]) -> None:
    command.add_argument("paths", nargs="*", metavar="FIL", help="visa bara det som gäller de här filerna")
    _add_source(command)
    command.add_argument(
        "--format", choices=("text", *formats), default=argparse.SUPPRESS, help="rapportens form"
    )
    command.add_argument(
        "--fix", action="store_true", help="rätta det som bara har ett rätt svar, och visa skillnaden"
    )
    _add_strict(command, "räkna varningar som fel")
    _add_fresh(command)


def _add_serve(command: argparse.ArgumentParser, engines: Engines) -> None:
    _add_site_options(command, engines)
    command.add_argument("--port", type=_port, default=8000, metavar="N", help="port att lyssna på (8000)")


def _add_handover(command: argparse.ArgumentParser, engines: Engines) -> None:
    command.set_defaults(untouched="Inget är skrivet.")
    command.add_argument("county", metavar="LÄN", help="länets id eller namn, till exempel dalarna")
    _add_site_options(command, engines, "länets egen adress, om det redan har en för sin del")
    command.add_argument(
        "--output", type=Path, metavar="FIL", help="zip-filen (annars länets id och .zip, här)"
    )


def _add_urls(command: argparse.ArgumentParser, engines: Engines) -> None:
    command.set_defaults(untouched="Inget är skrivet.")
    _add_site_options(command, engines)
    command.add_argument("--write", action="store_true", help="lägg till de nya adresserna i loggen")
    _add_fresh(command)


def _add_report(command: argparse.ArgumentParser) -> None:
    command.set_defaults(untouched="Inget är skrivet.")
    _add_source(command)
    command.add_argument(
        "--site-url", metavar="ADRESS", help="webbplatsens adress, om den inte är den i mkdocs.yml"
    )
    command.add_argument("--county", metavar="LÄN", help="ett läns id eller namn (annars hela projektet)")
    command.add_argument("--from", dest="start", metavar="DATUM", help="första dagen, till exempel 2007-01")
    command.add_argument("--to", dest="end", metavar="DATUM", help="sista dagen, till exempel 2007-höst")
    command.add_argument(
        "--format",
        dest="form",
        choices=REPORT_FORMATS,
        help="rapportens form (annars det som filens namn slutar på)",
    )
    command.add_argument(
        "--output", type=Path, metavar="FIL", required=True, help="filen som rapporten skrivs i"
    )
    command.add_argument(
        "--compare", type=Path, metavar="FIL", help="en tidigare rapport i JSON, att jämföra med"
    )


def _port(text: str) -> int:
    if not text.isdigit() or int(text) >= 1 << 16:
        raise argparse.ArgumentTypeError(f"{text} är ingen port")
    return int(text)


def _add_rules(command: argparse.ArgumentParser) -> None:
    command.add_argument("code", nargs="?", metavar="KOD", help="visa en enda regel")


def _add_verify(command: argparse.ArgumentParser) -> None:
    _add_release(command, "versionen som kontrolleras (annars den som visas)")


_OF_SITES: Final = {"build": _add_build, "serve": _add_serve, "handover": _add_handover, "urls": _add_urls}
"""The options of the commands that take in a site engine."""

_OTHERS: Final = {
    "rules": _add_rules,
    "new": _add_new,
    "releases": _add_output,
    "rollback": _add_rollback,
    "verify": _add_verify,
    "report": _add_report,
}


def _with_command(arguments: list[str]) -> list[str]:
    """`build` is what happens without a command."""
    if arguments and (not arguments[0].startswith("-") or arguments[0] in ("-h", "--help")):
        return arguments
    return ["build", *arguments]
