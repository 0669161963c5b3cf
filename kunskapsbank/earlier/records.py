"""Records' files as they were examined: one that has not changed since is not examined again."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from kunskapsbank import digests
from kunskapsbank.checks.kept import decoded, encoded
from kunskapsbank.checks.record import Examined
from kunskapsbank.checks.run import CODES
from kunskapsbank.checks.subject import Context
from kunskapsbank.dictionary import load as dictionary_files
from kunskapsbank.earlier import Earlier, files
from kunskapsbank.earlier.files import Look

_PARTS: Final = 16
"""They are left in as many parts, so that after an edit one is written and not all."""


class Files(NamedTuple):
    """The digests of the files that are there `now`, by path; nothing where there is nothing to compare with. Then it
    is kept how the files lie, until they have been read."""

    now: Mapping[str, str]
    lies: Mapping[str, Look] = MappingProxyType({})


def files_of(earlier: Earlier, paths: Iterable[str]) -> Files:
    known = files.left_by(earlier)
    if known is not None:
        return Files(files.digests_of(earlier, paths, known))
    return Files({}, files.lies_of(earlier, paths) if earlier.can_leave else {})


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
    earlier: Earlier,
    context: Context,
    key: bytes,
    all_examined: Collection[Examined],
    known: Container[str],
    lies: Mapping[str, Look],
) -> None:
    """`known` are the paths of those that were left before; `lies` says how files lay that have been read since."""
    if lies:
        files.leave_read(earlier, lies, {one.path: one.digest for one in all_examined})
    parts: defaultdict[int, list[Examined]] = defaultdict(list)
    for one in all_examined:
        parts[digests.digest(one.path)[0] % _PARTS].append(one)
    for number, part in parts.items():
        if any(one.path not in known for one in part):
            earlier.leave(_name(context, number), key, encoded, part)


def _name(context: Context, part: int) -> str:
    return f"{'examined' if context.records else 'checked'}-{part}"
