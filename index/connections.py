"""A connection to the database of an index, also where its folder may only be read.

To read a database in WAL mode SQLite writes: it notes in the folder who is reading. Where that
cannot be, as on a disk that is mounted read-only, the database is opened as one that nobody changes
(https://www.sqlite.org/wal.html#read_only_databases), if its main file holds all there is.
"""

import os
import sqlite3
from pathlib import Path

from index.file_state import FileState

_BUSY_SECONDS = 30


def connect(path: Path, *, is_frozen: bool) -> sqlite3.Connection:
    """Connect to a database.

    Args:
        path: of the database.
        is_frozen: whether to read it as one that nobody changes.
    """
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1" if is_frozen else os.fspath(path)
    return sqlite3.connect(
        address,
        timeout=_BUSY_SECONDS,
        check_same_thread=False,
        isolation_level=None,
        uri=is_frozen,
    )


def may_write(folder: Path) -> bool:
    """Whether files may be made in a folder."""
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def frozen_state(path: Path) -> FileState | None:
    """The state of a database that can be read only as one that nobody changes, else None.

    With changes in its log that the main file has not, it cannot: they would be left out.
    """
    if may_write(path.parent) or not path.is_file():
        return None
    log = path.with_name(f"{path.name}-wal")
    if log.is_file() and log.stat().st_size:
        return None
    return FileState.of(path.stat())
