"""An ingest in a process of its own that is killed (SIGKILL) at a random moment."""

import contextlib
import random
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Beyond the time that it took, for it may take longer; what has ended by then was not killed.
_LONGER = 1.1
_SECONDS_AFTER_A_SOURCE = 0.2
# Readers end with their ingest, but not in the same moment.
_SECONDS_TO_END = 10

# Starts an ingest that prints a line as the turn of each source comes.
Start = Callable[[], "subprocess.Popen[str]"]


@dataclass(frozen=True)
class Pace:
    """Seconds that a whole ingest takes, and how many of them after its last source."""

    whole: float
    last: float


@dataclass(frozen=True)
class Moment:
    """When to kill: after so many sources and then so many seconds."""

    sources: int
    seconds: float


def measure(start: Start) -> Pace:
    """Let an ingest run to its end."""
    started = last = time.monotonic()
    with start() as child:
        assert child.stdout  # noqa: S101
        while child.stdout.readline():
            last = time.monotonic()
    ended = time.monotonic()
    return Pace(ended - started, ended - last)


def random_moment(pace: Pace, sources: int, chance: random.Random) -> Moment:
    """Anywhere on the clock, at a source, or as all is compared and published: each as likely."""
    return chance.choice(
        (
            Moment(0, chance.random() * pace.whole * _LONGER),
            Moment(chance.randrange(sources), chance.random() * _SECONDS_AFTER_A_SOURCE),
            Moment(sources, chance.random() * pace.last * _LONGER),
        )
    )


def is_killed(start: Start, moment: Moment) -> bool:
    """Start an ingest and kill it at a moment; False where it had ended by then."""
    with start() as child:
        assert child.stdout  # noqa: S101
        for _ in range(moment.sources):
            if not child.stdout.readline():
                break
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(moment.seconds)
        child.kill()
        return child.wait() == -signal.SIGKILL


def left_over(mark: str) -> int:
    """Processes that still run with this in their environment; they may have a moment to end."""
    deadline = time.monotonic() + _SECONDS_TO_END
    while (left := _running(mark.encode())) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def _running(mark: bytes) -> int:
    processes = 0
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            processes += mark in (place / "environ").read_bytes()
    return processes
