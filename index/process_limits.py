"""What a process that reads untrusted files may use, and what it may not do."""

import ctypes
import math
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import astuple, dataclass

from index.errors import SourceError

# From Linux's own headers.
_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


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

    def within(self, most: "Limits") -> "Limits":
        """The lower of each limit and another's."""
        pairs = zip(astuple(self), astuple(most), strict=True)
        return Limits(*(min(pair) for pair in pairs))

    @property
    def memory_reason(self) -> str:
        """What is said of one that took more memory."""
        return f"reading it needs more than {self.memory_bytes >> 20} MB of memory"

    @property
    def cpu_reason(self) -> str:
        """What is said of one that took more processor time."""
        return f"reading it took more than {self.cpu_seconds} seconds of processor"

    @property
    def wall_reason(self) -> str:
        """What is said of one that took longer."""
        return f"reading it took longer than {self.wall_seconds} seconds"

    @property
    def output_reason(self) -> str:
        """What is said of one that answered more."""
        megabytes = self.output_bytes / (1 << 20)
        return f"it holds more text than a document can have ({megabytes:.3g} MB)"


def usable_cores() -> int:
    """Processors that this process may use; a container or `taskset` may leave it few."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def limit_process(limits: Limits, file_bytes: int) -> None:
    """Hold this process to its limit of memory; it leaves no core files.

    Args:
        limits: what it may use from now on.
        file_bytes: size of the largest file that it may write.
    """
    for kind, value in ((resource.RLIMIT_AS, limits.memory_bytes), (resource.RLIMIT_CORE, 0)):
        _set_limit(kind, value, value)
    _set_limit(resource.RLIMIT_FSIZE, file_bytes, file_bytes + 1)


def limit_cpu_from_now(seconds: int) -> None:
    """Give this process that much more processor time than it has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
    # The hard limit stays as it is: it could not be raised again for the next file.
    _set_limit(resource.RLIMIT_CPU, soft, resource.getrlimit(resource.RLIMIT_CPU)[1])


def end_with_parent(parent: int) -> None:
    """Have the system end this process when its parent ends, however that ends.

    Only Linux can. Elsewhere a process ends at its limits, or when it finds its input closed.

    Args:
        parent: process id of the parent.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        # It ended before the system was told.
        os._exit(1)


def forbid_network() -> None:
    """Take the network away from this process, where the system lets us, and from its Python."""
    if sys.platform == "linux":
        unshare = ctypes.CDLL(None).unshare
        # Only the first keeps the rights of a user who may read everything.
        if unshare(_CLONE_NEWNET) != 0:
            unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.bind")):
        raise SourceError("reading it would use the network; that is not allowed")


def _set_limit(kind: int, soft: int, hard: int) -> None:
    # Some systems (macOS for memory) do not enforce a limit and say so; the others hold.
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (soft, hard))
