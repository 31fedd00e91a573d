"""The same content in several places: one document, and where else it lies."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.database import Database

if TYPE_CHECKING:
    # FAISS and numpy, which it brings, take longer to load than to see that nothing changed.
    from index.writer import IndexWriter

# What a copy of a row does not take over.
_ITS_OWN = {"key", "document_key", "id", "link", "fingerprint", "added_build", "removed_build"}


@dataclass(frozen=True)
class Location:
    """Another place of a document's content.

    Attributes:
        id: the absolute path of the file, or the address.
        document_id: the document that holds the content.
        fingerprint: SHA-256 of the bytes that were found to hold it.
    """

    id: str
    document_id: str
    fingerprint: str


def locations(database: Database) -> list[Location]:
    """All places besides those that give the documents their ids."""
    rows = database.connection.execute(
        "SELECT id, document_id, fingerprint FROM location ORDER BY id"
    )
    return [Location(*row) for row in rows]


def other_places(database: Database, document_id: str) -> list[str]:
    """Where else the content of a document lies."""
    rows = database.connection.execute(
        "SELECT id FROM location WHERE document_id = ? ORDER BY id", (document_id,)
    )
    return [id_ for (id_,) in rows]


def add_location(writer: "IndexWriter", location: Location) -> None:
    """Note a place, in place of what was known of it."""
    with writer.database.transaction():
        writer.database.connection.execute(
            "INSERT OR REPLACE INTO location VALUES (?, ?, ?)",
            (location.id, location.document_id, location.fingerprint),
        )


def forget_location(writer: "IndexWriter", id_: str) -> None:
    """The place has gone, or holds something else now."""
    with writer.database.transaction():
        writer.database.connection.execute("DELETE FROM location WHERE id = ?", (id_,))


def content_hashes(database: Database) -> dict[str, str]:
    """Hash of the content of each document that the next build will have, by its id."""
    rows = database.connection.execute(
        "SELECT id, content_sha256 FROM document WHERE removed_build IS NULL"
    )
    return dict(rows)


def move_document(writer: "IndexWriter", document_id: str, to: Location, link: str) -> None:
    """Give a document another of its places as its id, with its passages and their vectors.

    The next build shows it there and no more where it was; corrections by hand go with it.

    Args:
        writer: of the next build.
        document_id: where it has been.
        to: where it is from now on.
        link: where a reader can open that.
    """
    connection = writer.database.connection
    with writer.database.transaction():
        (old,) = connection.execute(
            "SELECT key FROM document WHERE id = ? AND removed_build IS NULL", (document_id,)
        ).fetchone()
        new = _copy_document(writer, old, to, link)
        for table in ("page", "passage"):
            _copy_rows(writer, table, old, new)
        writer.retire(document_id)
        connection.execute("DELETE FROM location WHERE id = ?", (to.id,))
        connection.execute(
            "UPDATE location SET document_id = ? WHERE document_id = ?", (to.id, document_id)
        )
        connection.execute(
            "UPDATE OR REPLACE correction SET document_id = ? WHERE document_id = ? AND by_hand",
            (to.id, document_id),
        )


def _copy_document(writer: "IndexWriter", old: int, to: Location, link: str) -> int:
    columns = _columns_to_copy(writer, "document")
    return (
        writer.database.connection.execute(
            f"INSERT INTO document (id, link, fingerprint, added_build, {columns}) "  # noqa: S608
            f"SELECT ?, ?, ?, ?, {columns} FROM document WHERE key = ?",
            (to.id, link, to.fingerprint, writer.next, old),
        ).lastrowid
        or 0
    )


def _copy_rows(writer: "IndexWriter", table: str, old: int, new: int) -> None:
    columns = _columns_to_copy(writer, table)
    writer.database.connection.execute(
        f"INSERT INTO {table} (document_key, {columns}) "  # noqa: S608
        f"SELECT ?, {columns} FROM {table} WHERE document_key = ? ORDER BY position",
        (new, old),
    )


def _columns_to_copy(writer: "IndexWriter", table: str) -> str:
    rows = writer.database.connection.execute(f"PRAGMA table_info({table})")
    return ", ".join(f'"{name}"' for _, name, *_ in rows if name not in _ITS_OWN)
