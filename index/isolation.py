"""Running code on untrusted files in a child process with limits.

A damaged PDF can end the process that reads it, or hold it for minutes: neither PDF
library is safe in the process of anything else. The child gets its work as JSON and
answers with bytes; nothing that it sends is ever executed.
"""

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass

from index.errors import CitewellError, SourceError

_REFUSED = 3


@dataclass(frozen=True)
class Limits:
    """What a child process may use.

    Attributes:
        memory_bytes: address space.
        cpu_seconds: processor time.
        wall_seconds: time on the clock.
        output_bytes: length of its answer.
    """

    memory_bytes: int = 1 << 30
    cpu_seconds: int = 20
    wall_seconds: int = 60
    output_bytes: int = 50 << 20


def run_isolated(target: str, request: dict[str, object], limits: Limits | None = None) -> bytes:
    """Call a function in a child process.

    Args:
        target: ``"module:function"``; it takes the request as keywords and returns bytes.
        request: its arguments; must go through JSON.
        limits: what the child may use.

    Raises:
        SourceError: the function refused (its own words), crashed, or went over a limit.
    """
    limits = limits or Limits()
    work = json.dumps({"target": target, "request": request, "limits": asdict(limits)})
    try:
        child = subprocess.run(
            [sys.executable, "-m", "index.isolation"],
            input=work.encode(),
            stdout=subprocess.PIPE,
            # Not kept: a library that complains without end must not fill our memory.
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_seconds,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError(f"reading it took longer than {limits.wall_seconds} seconds") from None
    if child.returncode == _REFUSED:
        raise SourceError(child.stdout.decode("utf-8", "replace"))
    if child.returncode == -signal.SIGXCPU:
        raise SourceError(f"reading it took more than {limits.cpu_seconds} seconds of processor")
    if child.returncode != 0:
        raise SourceError("reading it crashed the PDF library; the file is damaged or hostile")
    return child.stdout


def _main() -> None:
    work = json.load(sys.stdin)
    _limit(Limits(**work["limits"]))
    # Whatever a library prints must not mix with the answer.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    module, _, function = work["target"].partition(":")
    try:
        result = getattr(importlib.import_module(module), function)(**work["request"])
    except CitewellError as error:
        result, code = str(error).encode(), _REFUSED
    except MemoryError:
        megabytes = work["limits"]["memory_bytes"] >> 20
        result, code = f"reading it needs more than {megabytes} MB of memory".encode(), _REFUSED
    else:
        code = 0
    if len(result) > work["limits"]["output_bytes"]:
        result, code = b"it holds more text than a document can have", _REFUSED
    answer.write(result)
    answer.flush()
    # No clean-up: a library that crashes on the way out has already given its answer.
    os._exit(code)


def _limit(limits: Limits) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        # Some systems (macOS for memory) do not enforce a limit and say so; the others hold.
        # One second above: at the hard limit of time the child would end without a reason.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value + 1))


if __name__ == "__main__":
    _main()
