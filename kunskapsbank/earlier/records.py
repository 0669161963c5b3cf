"""Records' files as they were examined: one that has not changed since is not examined again."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from kunskapsbank import digests
from kunskapsbank.checks.kept import decoded, encoded
from kunskapsbank.checks.record import Examined
from kunskapsbank.checks.run import CODES
from kunskapsbank.checks.subject import Context
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.earlier import Earlier
from kunskapsbank.earlier.files import digests_of

_PARTS: Final = 16
"""They are left in as many parts, so that after an edit one is written and not all."""


def files_now(earlier: Earlier, paths: Iterable[str]) -> Mapping[str, str]:
    """The digests of the files at these paths; nothing where there is nothing to compare with."""
    return digests_of(earlier, paths) if earlier.has_any else {}


def schema_of(source: Path) -> bytes:
    """A digest of the dictionary's files."""
    return digests.of_files(source, [dictionary_files.FOLDER])


def key_of(context: Context, schema: bytes) -> bytes:
    """Of all that an examination depends on beside the file."""
    said = (str(context.today), str(context.lix_limit), str(context.advice), str(context.records))
    others = (repr(context.shared), *sorted(context.pictures))
    return digests.digest(digests.program(), schema, *said, *others)


def examined(
    earlier: Earlier, context: Context, key: bytes, now: Mapping[str, str]
) -> Mapping[str, Examined]:
    """By path, the files that were examined when they had the digests that they have `now`."""
    if not now:
        return {}
    decode = partial(decoded, code_of=CODES.get)
    parts = (earlier.get(_name(context, part), key, decode) or {} for part in range(_PARTS))
    known = (one for part in parts for one in part.values())
    return {one.path: one for one in known if one.digest and one.digest == now.get(one.path)}


def leave(
    earlier: Earlier, context: Context, key: bytes, all_examined: Iterable[Examined], known: Container[str]
) -> None:
    """`known` are the paths of those that were left before."""
    parts: defaultdict[int, list[Examined]] = defaultdict(list)
    for one in all_examined:
        parts[digests.digest(one.path)[0] % _PARTS].append(one)
    for number, part in parts.items():
        if any(one.path not in known for one in part):
            earlier.leave(_name(context, number), key, encoded, part)


def _name(context: Context, part: int) -> str:
    return f"{'examined' if context.records else 'checked'}-{part}"
