"""Functions that test_isolation.py lets a child process call."""

import os
import socket
import time
from collections.abc import Callable

from index.errors import SourceError
from index.isolation import Limits, run_isolated


def greet(name: str) -> bytes:
    """An ordinary answer."""
    return f"Hello {name}".encode()


def loop() -> bytes:
    """Never ends, and keeps the processor busy."""
    while True:
        pass


def sleep() -> bytes:
    """Ends too late, without using the processor."""
    time.sleep(60)
    return b"awake"


def allocate() -> bytes:
    """Takes 3 GB."""
    return bytes(bytearray(3 << 30)[:1])


def abort() -> bytes:
    """Ends the process as a failed assertion in C does."""
    os.abort()


def chat() -> bytes:
    """Prints, in Python and below it, and then answers."""
    print("a library is talking")  # noqa: T201
    os.write(1, b"and again")
    return b"the answer"


def complain() -> bytes:
    """Fills the error output without end."""
    while True:
        os.write(2, b"x" * 65536)


def refuse() -> bytes:
    """Gives a reason."""
    raise SourceError("it is a poem")


def fail() -> bytes:
    """Raises what nobody expects."""
    raise AssertionError("internal")


def answer_too_long() -> bytes:
    """More than is allowed."""
    return b"x" * 1001


def write_file(path: str) -> bytes:
    """Writes a large file."""
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b"x" * 100_000)
    return b"written"


def make_worker_function() -> Callable[[tuple[str, dict]], bytes]:
    """For a worker: a request names a function of this module and its arguments."""
    return lambda request: globals()[request[0]](**request[1])


def process_id() -> bytes:
    """Which process this is."""
    return str(os.getpid()).encode()


def work(seconds: float) -> bytes:
    """Uses the processor that long."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return b"done"


def crash_the_second_time() -> bytes:
    """As memory that an earlier file has damaged does."""
    _calls.append(1)
    if len(_calls) > 1:
        os.abort()
    return b"done"


_calls: list[int] = []


def connect(port: int) -> bytes:
    """Uses the network."""
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        return b"connected"


def nested(function: str) -> bytes:
    """Calls another function in a child of its own."""
    return run_isolated(f"isolated_targets:{function}", {}, Limits(cpu_seconds=9))


def end_at_once() -> Callable[..., bytes]:
    """Ends its process before there is a function to call."""
    os.abort()
