"""The process of a worker: one request after the other, within limits, without the network.

It is started with the name of a function that makes the one to call (and loads what that
needs), and its limits. It reads requests from its input and answers on its output. It ends when
its input is closed, and with its parent.
"""

import importlib
import json
import os
import pickle
import struct
import sys
import traceback
from collections.abc import Callable

from index.errors import CitewellError
from index.isolation import fork_from_here
from index.process_limits import (
    Limits,
    end_with_parent,
    forbid_network,
    limit_cpu_from_now,
    limit_process,
)
from ingest.frames import Frame, Kind, receive, send

_MOST_REQUEST_BYTES = 1 << 30


def main() -> None:
    """Serve until the input is closed."""
    start = json.loads(sys.argv[1])
    limits = Limits(**start["limits"])
    requests, answers = os.dup(0), os.dup(1)
    _silence()
    end_with_parent(start["parent"])
    forbid_network()
    module, _, name = start["target"].partition(":")
    try:
        function = getattr(importlib.import_module(module), name)()
    except Exception as error:  # noqa: BLE001  (the fault of no source)
        send(answers, Frame(Kind.NOT_READY, f"{type(error).__name__}: {error}".encode()))
        return
    send(answers, Frame(Kind.READY, b""))
    # Readers write copies of what they read.
    limit_process(limits, limits.memory_bytes)
    fork_from_here(lambda seconds: send(answers, _more_time(seconds)), limits)
    while True:
        try:
            request = receive(requests, _MOST_REQUEST_BYTES).content
        except EOFError:
            return
        limit_cpu_from_now(limits.cpu_seconds)
        send(answers, _answer(function, request, limits))


def _answer(function: Callable[..., bytes], request: bytes, limits: Limits) -> Frame:
    try:
        # Requests are our parent's own; answers, which are made of what a file holds, are not
        # trusted in that way.
        return Frame(Kind.ANSWER, function(pickle.loads(request)))  # noqa: S301
    except CitewellError as error:
        return Frame(Kind.REFUSAL, str(error).encode("utf-8", "backslashreplace"))
    except MemoryError:
        return Frame(Kind.OUT_OF_MEMORY, limits.memory_reason.encode())
    except RecursionError:
        return Frame(Kind.REFUSAL, b"its parts are nested too deeply to be read")
    except Exception as error:  # noqa: BLE001  (a fault of a library costs this file only)
        told = [f"{type(error).__name__}: {error}", traceback.format_exc()]
        return Frame(Kind.FAULT, json.dumps(told).encode())


def _more_time(seconds: float) -> Frame:
    return Frame(Kind.MORE_TIME, struct.pack("!d", seconds))


def _silence() -> None:
    # What a library prints must not mix with the answers, nor what it reads with requests.
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


if __name__ == "__main__":
    main()
