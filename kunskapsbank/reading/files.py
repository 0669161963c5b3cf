"""Files in, text out: which files there are, and the limits that a stranger's file must keep.

The only module of this stage that touches the disk. A file that can't be taken is a problem, and the
others are read all the same.
"""

import os
import re
import stat
from pathlib import Path
from typing import Final

from kunskapsbank.problems.problem import START, Code, Place, Problem, Severity, Text

MAX_BYTES: Final = 256 * 1024

NOT_A_FILE: Final = Code(
    "not-a-file",
    Severity.ERROR,
    Text(
        "”{name}” är inte en fil, utan en mapp eller något annat.",
        "“{name}” is not a file but a folder or something else.",
    ),
    Text("Flytta innehållet till en fil med det namnet.", "Move its content to a file of that name."),
    Text(
        "En post är en fil, och mapparna har inga undermappar.",
        "A record is a file, and the folders have no subfolders.",
    ),
)
UNEXPECTED_FILE: Final = Code(
    "unexpected-file",
    Severity.WARNING,
    Text(
        "”{name}” är inte en post: här ska filerna heta {expected}.",
        "“{name}” is not a record: files here are named {expected}.",
    ),
    Text("Byt namn på filen eller flytta den härifrån.", "Rename the file or move it elsewhere."),
    Text(
        "Filer med andra namn kommer inte med på webbplatsen.", "Files of other names don't reach the site."
    ),
)
SYMBOLIC_LINK: Final = Code(
    "symbolic-link",
    Severity.ERROR,
    Text("Filen är en symbolisk länk.", "The file is a symbolic link."),
    Text("Ersätt länken med en vanlig fil.", "Replace the link by an ordinary file."),
    Text(
        "En länk kan peka ut ur mappen, på något som inte ska publiceras.",
        "A link can point out of the tree, at something not to be published.",
    ),
)
UNREADABLE_FILE: Final = Code(
    "unreadable-file",
    Severity.ERROR,
    Text("Filen går inte att läsa: {reason}.", "The file can't be read: {reason}."),
    Text(
        "Se till att filen finns och att du har rätt att läsa den.",
        "See that the file exists and that you may read it.",
    ),
    Text("Det som inte kan läsas kan inte kontrolleras.", "What can't be read can't be checked."),
)
FILE_TOO_LARGE: Final = Code(
    "file-too-large",
    Severity.ERROR,
    Text("Filen är {size} kB. Gränsen är {limit} kB.", "The file is {size} kB. The limit is {limit} kB."),
    Text(
        "Korta texten eller dela upp den i flera poster.",
        "Shorten the text or split it into several records.",
    ),
    Text(
        "En post är en sida att läsa. Större filer är nästan alltid ett misstag.",
        "A record is a page to read. Larger files are nearly always a mistake.",
    ),
)
EMPTY_FILE: Final = Code(
    "empty-file",
    Severity.ERROR,
    Text("Filen är tom.", "The file is empty."),
    Text("Skriv posten eller ta bort filen.", "Write the record or take the file away."),
    Text(
        "En tom fil är oftast en post som inte sparades.",
        "An empty file is mostly a record that was not saved.",
    ),
)
NOT_UTF8: Final = Code(
    "not-utf8",
    Severity.ERROR,
    Text("Tecknet här är inte skrivet i UTF-8.", "The character here is not written in UTF-8."),
    Text(
        "Spara om filen med teckenkodningen UTF-8.", "Save the file again with the character encoding UTF-8."
    ),
    Text(
        "I andra kodningar blir å, ä och ö till andra tecken.",
        "In other encodings å, ä and ö turn into other characters.",
    ),
)
CONTROL_CHARACTER: Final = Code(
    "control-character",
    Severity.ERROR,
    Text(
        "Här står ett osynligt styrtecken (U+{number}).",
        "There is an invisible control character here (U+{number}).",
    ),
    Text(
        "Ta bort tecknet. Skriv om ordet om det inte syns.",
        "Take the character away. Retype the word if it doesn't show.",
    ),
    Text(
        "Styrtecken syns inte men kan förstöra sidor och flöden.",
        "Control characters don't show but can break pages and feeds.",
    ),
)
BIDI_CONTROL: Final = Code(
    "bidi-control",
    Severity.ERROR,
    Text(
        "Här står ett osynligt tecken som vänder textens riktning (U+{number}).",
        "There is an invisible character here that turns the direction of the text (U+{number}).",
    ),
    Text(
        "Ta bort tecknet. Skriv om ordet om det inte syns.",
        "Take the character away. Retype the word if it doesn't show.",
    ),
    Text(
        "Sådana tecken kan få en text att se ut som något annat än den är.",
        "Such characters can make a text look like something that it is not.",
    ),
)

CODES: Final = (
    NOT_A_FILE, UNEXPECTED_FILE, SYMBOLIC_LINK, UNREADABLE_FILE, FILE_TOO_LARGE,
    EMPTY_FILE, NOT_UTF8, CONTROL_CHARACTER, BIDI_CONTROL,
)  # fmt: skip

_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE: Final = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff{_BIDI}]")
_IS_BIDI: Final = re.compile(f"[{_BIDI}]")


def find(source: Path, folder: str, suffixes: tuple[str, ...]) -> tuple[list[str], list[Problem]]:
    """Paths of the records of one folder, in order, relative to the source. No folder, no records."""
    paths: list[str] = []
    problems: list[Problem] = []
    try:
        entries = sorted(os.scandir(source / folder), key=lambda e: e.name)
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [Problem(UNREADABLE_FILE, folder, START, {"reason": reason(error)})]
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            problems.append(Problem(SYMBOLIC_LINK, path))
        elif entry.is_dir():
            problems.append(Problem(NOT_A_FILE, path, START, {"name": entry.name}))
        elif not entry.name.endswith(suffixes):
            expected = Text(
                " eller ".join("<id>" + s for s in suffixes), " or ".join("<id>" + s for s in suffixes)
            )
            problems.append(Problem(UNEXPECTED_FILE, path, START, {"name": entry.name, "expected": expected}))
        else:
            paths.append(path)
    return paths, problems


def read_text(source: Path, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file with line ends as \\n and no byte-order mark; None where it can't be taken."""
    full = os.path.join(source, path)
    try:
        about = os.lstat(full)
        if (fault := _refusal(about, path)) is not None:
            return None, [fault]
        with open(full, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return None, [Problem(UNREADABLE_FILE, path, START, {"reason": reason(error)})]
    return decode(data, path)


def _refusal(about: os.stat_result, path: str) -> Problem | None:
    """Why a file is not even opened."""
    if stat.S_ISLNK(about.st_mode):
        return Problem(SYMBOLIC_LINK, path)
    if not stat.S_ISREG(about.st_mode):
        return Problem(NOT_A_FILE, path, START, {"name": path.rsplit("/", 1)[-1]})
    if about.st_size > MAX_BYTES:
        return Problem(
            FILE_TOO_LARGE, path, START, {"size": -(-about.st_size // 1024), "limit": MAX_BYTES // 1024}
        )
    return None


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The bytes of a file as text, if they keep to UTF-8 and hold no invisible controls."""
    if not data.strip():
        return None, [Problem(EMPTY_FILE, path)]
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        return None, [Problem(NOT_UTF8, path, _place(before.replace("\r\n", "\n")))]
    problems = [_invisible(text, match, path) for match in _INVISIBLE.finditer(text)]
    return (None, problems) if problems else (text, [])


def reason(error: OSError) -> Text:
    """The operating system's reason in words; its own words where we have none."""
    return _REASONS.get(type(error), Text(error.strerror or str(error), error.strerror or str(error)))


_REASONS: Final[dict[type[OSError], Text]] = {
    FileNotFoundError: Text("den finns inte", "it doesn't exist"),
    PermissionError: Text("du saknar behörighet", "permission is missing"),
    NotADirectoryError: Text("det är inte en mapp", "it is not a folder"),
}


def _invisible(text: str, match: re.Match[str], path: str) -> Problem:
    code = BIDI_CONTROL if _IS_BIDI.match(match.group()) else CONTROL_CHARACTER
    return Problem(code, path, _place(text[: match.start()]), {"number": f"{ord(match.group()):04X}"})


def _place(before: str) -> Place:
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return Place(line, column, line, column + 1)
