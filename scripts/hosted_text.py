"""Words of ours and of strangers in Markdown that a code host shows: summaries of a run, issues."""

import re
from typing import Final

from kunskapsbank.problems.report import Next

_MARKS: Final = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&$:]")
_BREAK: Final = "<!-- -->"
"""Nothing to see; what stands before and after it is not read as one word."""


def plain(text: str) -> str:
    """A stranger's text as words and nothing else: no marks, no link, nobody called by name."""
    one_line = " ".join(text.split())
    return _MARKS.sub(lambda mark: "\\" + mark[0], one_line).replace("@", "@" + _BREAK)


def block(text: str) -> str:
    """Lines shown as they are. Indented, since no line in it can end the block, as it could a fenced one."""
    return "".join(f"    {line}\n" for line in text.splitlines())


def cut(text: str, limit: int, told: str) -> str:
    """At most so many bytes, by whole lines; `told` ends a text that was cut."""
    if len(text.encode()) <= limit:
        return text
    kept = text.encode()[: limit - len(told.encode()) - 1].decode(errors="ignore")
    return kept[: kept.rfind("\n") + 1] + told + "\n"


AGAIN: Final = Next("python build_site.py check", "python build_site.py build")
"""What a report ends with: the commands as a person runs them, not as the code host does."""
