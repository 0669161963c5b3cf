"""Files in, text out: which files there are, and the limits that a stranger's file must keep.

The only module of this stage that touches the disk. A file that can't be taken is a problem, and the
others are read all the same.
"""

import codecs
import errno
import os
import stat
from pathlib import Path
from typing import Final

from kunskapsbank.problems.limits import limit_problems
from kunskapsbank.problems.problem import START, Code, Place, Problem, Severity, Text
from kunskapsbank.reading import characters

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
    nearest=Text("{nearest}", "{nearest}"),
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
    Text(
        "Filen är inte sparad med teckenkodningen UTF-8: {fault}.",
        "The file is not saved with the character encoding UTF-8: {fault}.",
    ),
    Text(
        "Öppna filen i programmet som den är skriven i, välj Spara som och teckenkodningen UTF-8. I Anteckningar står valet bredvid knappen Spara.",
        "Open the file in the program that it was written in, choose Save as and the encoding UTF-8. In Notepad the choice stands beside the button Save.",
    ),
    Text(
        "I andra kodningar blir å, ä och ö till andra tecken.",
        "In other encodings å, ä and ö turn into other characters.",
    ),
)
UNPRINTABLE_NAME: Final = Code(
    "unprintable-name",
    Severity.ERROR,
    Text(
        "Filnamnet {name} har tecken som inte går att visa.",
        "The file name {name} has characters that can't be shown.",
    ),
    Text("Byt namn på filen.", "Rename the file."),
    Text("Filnamnet blir sidans adress.", "The file name becomes the address of the page."),
)

CODES: Final = (
    NOT_A_FILE, UNEXPECTED_FILE, SYMBOLIC_LINK, UNREADABLE_FILE, FILE_TOO_LARGE,
    EMPTY_FILE, NOT_UTF8, UNPRINTABLE_NAME,
)  # fmt: skip


def find(source: Path, folder: str, suffixes: tuple[str, ...]) -> tuple[list[str], list[Problem]]:
    """Paths of the records of one folder, in order, relative to the source. No folder, no records."""
    paths: list[str] = []
    problems: list[Problem] = []
    if (source / folder).is_symlink():
        return [], [Problem(SYMBOLIC_LINK, folder)]
    try:
        entries = sorted(os.scandir(source / folder), key=lambda e: e.name)
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [Problem(UNREADABLE_FILE, folder, START, {"reason": reason(error)})]
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if (problem := _unfit(entry, folder, suffixes)) is not None:
            problems.append(problem)
        else:
            paths.append(f"{folder}/{entry.name}")
    return paths, problems


def _unfit(entry: os.DirEntry[str], folder: str, suffixes: tuple[str, ...]) -> Problem | None:
    """Why an entry of a content folder is not a record."""
    path = f"{folder}/{entry.name}"
    if not entry.name.isprintable():
        shown = ascii(entry.name)
        return Problem(UNPRINTABLE_NAME, f"{folder}/{shown[1:-1]}", START, {"name": shown})
    if entry.is_symlink():
        return Problem(SYMBOLIC_LINK, path)
    if entry.is_dir():
        return Problem(NOT_A_FILE, path, START, {"name": entry.name})
    if not entry.name.endswith(suffixes):
        sv, en = (word.join(f"<id>{suffix}" for suffix in suffixes) for word in (" eller ", " or "))
        return Problem(UNEXPECTED_FILE, path, START, {"name": entry.name, "expected": Text(sv, en)})
    return None


def listing(source: Path, folder: str) -> frozenset[str]:
    """The paths of all files under a folder, relative to the source; links are not followed."""
    found = (os.path.join(place, name) for place, _, names in os.walk(source / folder) for name in names)
    return frozenset(os.path.relpath(path, source).replace(os.sep, "/") for path in found)


def quotable_lines(source: Path, path: str) -> list[str]:
    """The lines of a file for a report to quote; none where it is not an ordinary file of a fit size."""
    full = os.path.join(source, path)
    try:
        if _refusal(os.lstat(full), path) is not None:
            return []
        with open(full, "rb") as file:
            return unified_line_ends(file.read(MAX_BYTES).decode("utf-8-sig", errors="replace")).split("\n")
    except OSError:
        return []


def read_text(source: Path, path: str, most: int = MAX_BYTES) -> tuple[str | None, list[Problem]]:
    """The text of a file with line ends as \\n and no byte-order mark; None where it can't be taken. `most` is
    how many bytes it may be."""
    data, problems = read_data(source, path, most)
    return (None, problems) if data is None else decode(data, path)


def read_data(source: Path, path: str, most: int = MAX_BYTES) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file; None where it can't be taken. `most` is how many they may be."""
    full = os.path.join(source, path)
    try:
        about = os.lstat(full)
        if (fault := _refusal(about, path, most)) is not None:
            return None, [fault]
        with open(full, "rb", buffering=0) as file:
            return file.read(about.st_size), []
    except OSError as error:
        return None, [Problem(UNREADABLE_FILE, path, START, {"reason": reason(error)})]


def _refusal(about: os.stat_result, path: str, most: int = MAX_BYTES) -> Problem | None:
    """Why a file is not even opened."""
    if stat.S_ISLNK(about.st_mode):
        return Problem(SYMBOLIC_LINK, path)
    if not stat.S_ISREG(about.st_mode):
        return Problem(NOT_A_FILE, path, START, {"name": path.rsplit("/", 1)[-1]})
    if about.st_size > most:
        return Problem(
            FILE_TOO_LARGE, path, START, {"size": -(-about.st_size // 1024), "limit": most // 1024}
        )
    return None


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The bytes of a file as text, if they keep to UTF-8 and hold no invisible controls."""
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.strip():
        return None, [Problem(EMPTY_FILE, path)]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:_FIRST]:
        return None, [Problem(NOT_UTF8, path, START, {"fault": _OTHER_WIDTH})]
    try:
        text = unified_line_ends(data.decode())
    except UnicodeDecodeError as error:
        before = unified_line_ends(data[: error.start].decode())
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return None, [Problem(NOT_UTF8, path, Place(line, column, line, column + 1), {"fault": _OTHER_SIGN})]
    searched = characters.may_have_any(data) and characters.has_any(text)
    problems = limit_problems(characters.in_text(text, path)) if searched else []
    return (None, problems) if problems else (text, [])


_FIRST: Final = 4
_OTHER_WIDTH: Final = Text(
    "den är i UTF-16, som kallas Unicode i Windows", "it is in UTF-16, which Windows calls Unicode"
)
_OTHER_SIGN: Final = Text(
    "här står ett tecken, ofta å, ä eller ö, skrivet på ett annat sätt",
    "here is a character, often å, ä or ö, written in another way",
)


def unified_line_ends(text: str) -> str:
    """Line ends of every kind as one."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def reason(error: OSError) -> Text:
    """The operating system's reason in words; its own words where we have none."""
    said = error.strerror or str(error)
    return _REASONS.get(error.errno or 0, Text(said, said))


_REASONS: Final = {
    errno.ENOENT: Text("den finns inte", "it doesn't exist"),
    errno.EACCES: Text("du saknar behörighet", "permission is missing"),
    errno.EPERM: Text("du saknar behörighet", "permission is missing"),
    errno.ENOTDIR: Text("det är inte en mapp", "it is not a folder"),
    errno.EISDIR: Text("det är en mapp", "it is a folder"),
    errno.EEXIST: Text("den finns redan", "it exists already"),
    errno.EROFS: Text("skivan går inte att skriva på", "the disk can't be written to"),
    errno.ENAMETOOLONG: Text("namnet är för långt", "the name is too long"),
    errno.EMFILE: Text("för många filer är öppna", "too many files are open"),
    errno.ENOSPC: Text("skivan är full", "the disk is full"),
    errno.EDQUOT: Text("din kvot på skivan är slut", "your quota on the disk is used up"),
    errno.EFBIG: Text("filen är större än vad som är tillåtet", "the file is larger than is allowed"),
    errno.ENFILE: Text("för många filer är öppna", "too many files are open"),
    errno.ENOMEM: Text("minnet räcker inte", "there is too little memory"),
    errno.EAGAIN: Text(
        "datorn kan inte starta fler processer just nu", "the computer can't start more processes just now"
    ),
    errno.ENOTEMPTY: Text("mappen är inte tom", "the folder is not empty"),
    errno.EBUSY: Text("den används av något annat", "it is used by something else"),
    errno.ELOOP: Text("länkarna går runt", "the links go in a circle"),
    errno.EXDEV: Text("den ligger på en annan skiva", "it is on another disk"),
    errno.EBADF: Text("den är stängd", "it is closed"),
    errno.EIO: Text("skivan gick inte att läsa eller skriva", "the disk could not be read or written"),
    errno.EADDRINUSE: Text(
        "porten används redan, välj en annan med --port", "the port is in use, choose another with --port"
    ),
}
