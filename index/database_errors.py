"""What to tell of an error of SQLite's: that the index is damaged, or only out of reach."""

import sqlite3
from pathlib import Path

from index.errors import IndexFormatError, IndexUnavailableError

# The file is no database, holds other tables, or what is in it cannot be. All else (permissions,
# a full or failing disk, a lock) says nothing of what the index holds.
_DAMAGED = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_SCHEMA,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_FORMAT,
}
_PRIMARY_CODE = 0xFF


def index_error(path: Path, error: sqlite3.DatabaseError) -> IndexUnavailableError:
    """The error to raise in place of SQLite's.

    Args:
        path: of the database.
        error: what SQLite raised as the database was read.
    """
    # The module's own errors, such as for text that is no UTF-8, have no code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _PRIMARY_CODE
    if code in _DAMAGED:
        return IndexFormatError(
            f"{path} is not a Citewell index or is damaged ({error}). Delete the folder "
            f"{path.parent} (your sources are not touched) and run `citewell ingest` on "
            "them again."
        )
    return IndexUnavailableError(
        f"The index in {path.parent} cannot be opened ({error}). It may be searched where it may "
        "only be read, but not after an ingest there was killed: then run `citewell ingest` on it "
        "once more where you may write, or copy the folder and name the copy with --index; nothing "
        "in it is lost."
    )
