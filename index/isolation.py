"""Running code on untrusted files in a child process with limits.

A damaged PDF can end the process that reads it, or hold it for minutes: neither PDF
library is safe in the process of anything else. The child gets its work as JSON and
answers with bytes; nothing that it sends is ever executed.
"""

import importlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import NoReturn

from index.errors import CitewellError, SourceError
from index.process_limits import Limits, end_with_parent, limit_cpu_from_now, limit_process

__all__ = ["Limits", "fork_from_here", "run_isolated"]

_REFUSED = 3
_BLOCK = 1 << 16


@dataclass(frozen=True)
class _Call:
    target: str
    request: dict[str, object]
    limits: Limits


class _Forking:
    """Set in a process that may fork; see `fork_from_here`."""

    announce: Callable[[float], None] | None = None
    most: Limits = Limits()


def run_isolated(target: str, request: dict[str, object], limits: Limits | None = None) -> bytes:
    """Call a function in a child process.

    Args:
        target: ``"module:function"``; it takes the request as keywords and returns bytes.
        request: its arguments; must go through JSON.
        limits: what the child may use.

    Raises:
        SourceError: the function refused (its own words), crashed, or went over a limit.
    """
    wanted = limits or Limits()
    if _Forking.announce is None:
        call = _Call(target, request, wanted)
        code, answer = _started(call)
    else:
        call = _Call(target, request, wanted.within(_Forking.most))
        code, answer = _forked(call, _Forking.announce)
    if code == _REFUSED:
        raise SourceError(answer.decode("utf-8", "replace"))
    if code == -signal.SIGXCPU:
        raise SourceError(call.limits.cpu_reason)
    if code != 0:
        raise SourceError("reading it crashed the PDF library; the file is damaged or hostile")
    return answer


def fork_from_here(announce: Callable[[float], None], most: Limits) -> None:
    """Let `run_isolated` fork this process from now on, instead of starting a new Python.

    The libraries are loaded then: it costs a tenth. Safe only in a process of one thread.

    Args:
        announce: told before each call how many seconds on the clock it may take.
        most: what no call may go beyond.
    """
    _Forking.announce, _Forking.most = announce, most


def _started(call: _Call) -> tuple[int, bytes]:
    try:
        child = subprocess.run(
            [sys.executable, "-m", "index.isolation"],
            input=json.dumps(asdict(call)).encode(),
            stdout=subprocess.PIPE,
            # Not kept: a library that complains without end must not fill our memory.
            stderr=subprocess.DEVNULL,
            timeout=call.limits.wall_seconds,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError(call.limits.wall_reason) from None
    return child.returncode, child.stdout


def _forked(call: _Call, announce: Callable[[float], None]) -> tuple[int, bytes]:
    # Imported here, once for all children to come.
    importlib.import_module(call.target.partition(":")[0])
    announce(call.limits.wall_seconds)
    reading, writing = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            end_with_parent(parent)
            _serve(call, writing)
        finally:
            # Whatever happens here, it must never return to the work of its parent.
            os._exit(1)
    os.close(writing)
    answer = _read_all(reading, time.monotonic() + call.limits.wall_seconds)
    os.close(reading)
    if answer is None:
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if answer is None:
        raise SourceError(call.limits.wall_reason)
    return code, answer


def _read_all(pipe: int, deadline: float) -> bytes | None:
    """All bytes until the other end is closed; None where that takes too long."""
    blocks = []
    while select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
        block = os.read(pipe, _BLOCK)
        if not block:
            return b"".join(blocks)
        blocks.append(block)
    return None


def _main() -> None:
    work = json.load(sys.stdin)
    # Whatever a library prints must not mix with the answer.
    answer = os.dup(1)
    os.dup2(2, 1)
    _serve(_Call(work["target"], work["request"], Limits(**work["limits"])), answer)


def _serve(call: _Call, answer: int) -> NoReturn:
    """Do the call within its limits, write its answer, and end this process."""
    limit_process(call.limits, call.limits.output_bytes)
    limit_cpu_from_now(call.limits.cpu_seconds)
    module, _, function = call.target.partition(":")
    code = 0
    try:
        result = getattr(importlib.import_module(module), function)(**call.request)
    except CitewellError as error:
        result, code = str(error).encode(), _REFUSED
    except MemoryError:
        result, code = call.limits.memory_reason.encode(), _REFUSED
    if len(result) > call.limits.output_bytes:
        result, code = call.limits.output_reason.encode(), _REFUSED
    with os.fdopen(answer, "wb") as stream:
        stream.write(result)
    # No clean-up: a library that crashes on the way out has already given its answer.
    os._exit(code)


if __name__ == "__main__":
    _main()
