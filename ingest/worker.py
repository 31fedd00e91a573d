"""A worker process as its parent sees it: each call ends in time, with an answer or a reason."""

import json
import logging
import os
import pickle
import signal
import struct
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict

from index.errors import ReaderError, SourceError
from index.process_limits import Limits
from ingest.frames import Frame, Kind, TooLateError, TooLongError, receive, send

_log = logging.getLogger(__name__)

# Libraries keep more and more; a new process after so many files costs a second.
_FILES_OF_A_LIFE = 1_000
_CRASHED = "reading it crashed the reader; the file is damaged or hostile"
_STOPPED = "the ingest was stopped"


class _UnclearError(Exception):
    """A call failed in a way that what was read before it may have caused."""


class Worker:
    """Calls one function in a process of its own, which is started again when it ended."""

    def __init__(self, target: str, limits: Limits) -> None:
        """Take what makes the function, ``"module:function"``, and the limits of a call.

        The function takes a request, which must go through pickle, and returns bytes.
        """
        self._target = target
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._calls = 0
        self._is_ready = False
        self.is_stopped = False

    def call(self, request: object) -> bytes:
        """The answer to a request.

        Raises:
            SourceError: the function refused, crashed, or went over a limit.
            ReaderError: the process cannot be started.
        """
        if self._calls >= _FILES_OF_A_LIFE:
            self._end()
        if self._calls:
            # Memory that is full, or was written over, may be an earlier file's fault.
            with suppress(_UnclearError):
                return self._call(request)
        try:
            return self._call(request)
        except _UnclearError as error:
            raise SourceError(str(error)) from None

    @property
    def is_running(self) -> bool:
        """Whether it has a process."""
        return self._process is not None

    def start(self) -> None:
        """Start the process, if it is not there; a call does so too.

        Raises:
            ReaderError: the system refuses.
        """
        self._process = self._process or self._start()

    def stop(self) -> None:
        """End the process, whatever it is doing, from any thread; a call that waits fails."""
        self.is_stopped = True
        if process := self._process:
            _kill(process)

    def close(self) -> None:
        """End the process; for the thread that calls."""
        self._end()

    def _call(self, request: object) -> bytes:
        if self.is_stopped:
            raise SourceError(_STOPPED)
        process = self._process = self._process or self._start()
        self._calls += 1
        try:
            frame = self._exchange(process, request)
        except (EOFError, BrokenPipeError):
            raise self._ended(process) from None
        except TooLateError:
            self._end()
            raise SourceError(self.limits.wall_reason) from None
        except TooLongError:
            self._end()
            raise SourceError(self.limits.output_reason) from None
        return self._content(frame)

    def _exchange(self, process: subprocess.Popen[bytes], request: object) -> Frame:
        assert process.stdin  # noqa: S101
        assert process.stdout  # noqa: S101
        send(process.stdin.fileno(), Frame(Kind.REQUEST, pickle.dumps(request)))
        deadline = time.monotonic() + self.limits.wall_seconds
        while True:
            frame = receive(process.stdout.fileno(), self.limits.output_bytes, deadline)
            if frame.kind is Kind.READY:
                self._is_ready = True
            elif frame.kind is Kind.MORE_TIME:
                # A child of the worker's, which has a limit of its own.
                deadline += struct.unpack("!d", frame.content)[0]
            else:
                return frame

    def _content(self, frame: Frame) -> bytes:
        if frame.kind is Kind.ANSWER:
            return frame.content
        if frame.kind is Kind.FAULT:
            short, trace = json.loads(frame.content)
            _log.error("A reader failed:\n%s", trace)
            raise SourceError(f"unexpected {short}; please report it")
        reason = frame.content.decode("utf-8", "replace")
        if frame.kind is Kind.NOT_READY:
            self._end()
            raise _not_ready(reason)
        if frame.kind is Kind.OUT_OF_MEMORY:
            self._end()
            raise _UnclearError(reason)
        raise SourceError(reason)

    def _ended(self, process: subprocess.Popen[bytes]) -> Exception:
        code, was_ready = process.wait(), self._is_ready
        self._end()
        if self.is_stopped:
            return SourceError(_STOPPED)
        if not was_ready:
            return _not_ready(f"it ended with {code}")
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            # The system's own killer of processes that take too much says no more.
            return SourceError(
                self.limits.cpu_reason if code == -signal.SIGXCPU else self.limits.memory_reason
            )
        return _UnclearError(_CRASHED)

    def _start(self) -> subprocess.Popen[bytes]:
        start: dict[str, object] = {
            "target": self._target,
            "limits": asdict(self.limits),
            "parent": os.getpid(),
        }
        try:
            process = _spawn(start)
        except OSError as error:
            raise _not_ready(str(error)) from error
        if self.is_stopped:
            # Between the question above and now.
            _kill(process)
        return process

    def _end(self) -> None:
        process, self._process, self._calls = self._process, None, 0
        self._is_ready = False
        if process is None:
            return
        _kill(process)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def _spawn(start: dict[str, object]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        [sys.executable, "-m", "ingest.worker_process", json.dumps(start)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        # A group of its own: it is ended with its children, and not by the terminal.
        start_new_session=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            # Threads of its own would take memory, and make forking unsafe.
            **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),
        },
    )


def _not_ready(reason: str) -> ReaderError:
    return ReaderError(
        f"The process that reads files cannot be started ({reason}). Look whether the machine has "
        "memory left, and room in the folder for temporary files (TMPDIR), then run this again; "
        "what is read already is kept."
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    # With the children that it may have.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
