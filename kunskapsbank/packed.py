"""Values as data for later runs: small and quick to read, judged by their type as they are read, and never run."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec

Value = TypeVar("Value")

encode: Final = msgspec.msgpack.Encoder().encode


def decoder(type_: type[Value] | Any) -> Callable[[bytes], Value]:
    """A function for data of values of a type. It raises `ValueError` for data that can't be one."""
    decode: Callable[[bytes], Value] = msgspec.msgpack.Decoder(type_).decode

    def decoded(data: bytes) -> Value:
        try:
            return decode(data)
        except msgspec.DecodeError as error:
            raise ValueError(str(error)) from error

    return decoded
