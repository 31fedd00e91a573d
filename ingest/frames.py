"""What a worker process and its parent say to each other: a kind, a length, the bytes."""

import os
import select
import struct
import time
from dataclasses import dataclass
from enum import IntEnum

_HEAD = struct.Struct("!BQ")
_BLOCK = 1 << 16


class Kind(IntEnum):
    """What a frame is."""

    REQUEST = 1
    ANSWER = 2
    REFUSAL = 3
    OUT_OF_MEMORY = 4
    FAULT = 5
    MORE_TIME = 6
    READY = 7
    NOT_READY = 8


@dataclass(frozen=True)
class Frame:
    """One message."""

    kind: Kind
    content: bytes


class TooLateError(Exception):
    """The other side has not said it all before the deadline."""


class TooLongError(Exception):
    """The other side has more to say than is allowed."""


def send(pipe: int, frame: Frame) -> None:
    """Write a frame.

    Raises:
        BrokenPipeError: nobody will read it.
    """
    rest = memoryview(_HEAD.pack(frame.kind, len(frame.content)) + frame.content)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def receive(pipe: int, most_bytes: int, deadline: float = float("inf")) -> Frame:
    """Read a frame.

    Args:
        pipe: to read from.
        most_bytes: longest content that is taken.
        deadline: when to give up, by `time.monotonic`.

    Raises:
        EOFError: the other side has ended.
        TooLateError: it has not sent all of a frame by then.
        TooLongError: the frame is longer.
    """
    kind, length = _HEAD.unpack(_read(pipe, _HEAD.size, deadline))
    if length > most_bytes:
        raise TooLongError
    return Frame(Kind(kind), _read(pipe, length, deadline))


def _read(pipe: int, length: int, deadline: float) -> bytes:
    content = bytearray()
    while len(content) < length:
        left = None if deadline == float("inf") else max(0.0, deadline - time.monotonic())
        if not select.select([pipe], [], [], left)[0]:
            raise TooLateError
        block = os.read(pipe, min(_BLOCK, length - len(content)))
        if not block:
            raise EOFError
        content += block
    return bytes(content)
