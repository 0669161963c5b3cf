"""What the operating system refused, in sentences for people."""

import errno
import re
from typing import Final

from kunskapsbank.problems.problem import Text
from kunskapsbank.reading.files import reason


def explain(error: OSError) -> Text:
    """Return a sentence on an error of the operating system: the file, the reason, and how many more there are.

    When a whole folder is copied, `shutil` gathers the errors of all its files in one.
    """
    if "temporary directory" in str(error.strerror):  # Python tries several folders, and names them in a list
        return Text(
            "Ingen mapp för tillfälliga filer går att skriva i. Ange en med TMPDIR.",
            "No folder for temporary files can be written to. Name one with TMPDIR.",
        )
    causes = _causes(error)
    path, words = causes[0]
    where = f"{path}: " if path else ""
    more = len(causes) - 1
    sv, en = (f" Samma sak för {more} till.", f" The same for {more} more.") if more else ("", "")
    if words == reason(OSError(errno.ENOSPC, "")):
        sv_room, en_room = (
            (f" Det finns ingen plats för {path}.", f" There is no room for {path}.") if path else ("", "")
        )
        return Text(f"Skivan är full.{sv_room}{sv}", f"The disk is full.{en_room}{en}")
    return Text(f"Datorn svarade: {where}{words.sv}.{sv}", f"The computer answered: {where}{words.en}.{en}")


def _causes(error: OSError) -> list[tuple[str, Text]]:
    """The path and the reason of each error in an error."""
    first = error.args[0] if error.args else ""
    if not isinstance(first, list):
        return [(_shown(error.filename), reason(error))]
    found = [_copying(one) for one in first if isinstance(one, tuple) and len(one) == _OF_COPYING]
    return found or [("", reason(OSError(str(first))))]


_OF_COPYING: Final = 3
"""What shutil tells of a file: from where, to where, and the system's words as a text."""

_SYSTEMS_WORDS: Final = re.compile(r"\[Errno (\d+)\] (.*?)(?:: '(.+?)'(?: -> '(.+?)')?)?$", re.DOTALL)


def _copying(found: tuple[object, object, object]) -> tuple[str, Text]:
    source, target, said = found
    match = _SYSTEMS_WORDS.search(str(said))
    if match is None:
        return _shown(source), Text(str(said), str(said))
    number = int(match[1])
    is_of_target = number in (errno.ENOSPC, errno.EROFS, errno.EDQUOT)
    path = (match[4] or target) if is_of_target else (match[3] or source)
    return _shown(path), reason(OSError(number, match[2]))


def _shown(path: object) -> str:
    """A path as it is written, whatever kind of value the system gave; empty for the number of an open file."""
    if isinstance(path, bytes):
        return path.decode(errors="backslashreplace")
    return "" if path is None or isinstance(path, int) else str(path)
