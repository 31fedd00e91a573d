"""One writer at a time: a lock that the operating system frees when its owner dies."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexBusyError

_LOCK_NAME = "writer.lock"


@contextmanager
def write_lock(folder: Path) -> Generator[None]:
    """Be the one who writes to an index; for `with`.

    Raises:
        IndexBusyError: another process is.
    """
    # The operating system frees this lock when its owner dies; the process id in the
    # file only serves the message.
    lock = FileLock(folder / _LOCK_NAME)
    owner = folder / "writer.pid"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        pid = owner.read_text("utf-8").strip() if owner.exists() else "unknown"
        raise IndexBusyError(
            f"Another ingest (process {pid}) is writing to the index in {folder}. Wait until it "
            "has ended, then run this one again."
        ) from None
    try:
        owner.write_text(str(os.getpid()), "utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()
