"""Collections: excerpts that a reader keeps, with notes, in an order of their own.

They are kept in a SQLite file beside the index's folder, not in it: that folder may be deleted
and made again. Every change is one transaction that says what to change, never a whole list,
so that two people who change a collection at once both get what they asked for.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import CollectionError
from search_app.excerpts import Excerpt, excerpt_from_json, excerpt_to_json
from search_app.plain_text import one_line, without_controls

ENVIRONMENT_VARIABLE = "CITEWELL_COLLECTIONS"
DEFAULT_NAME = "My collection"
MOST_NAME_CHARACTERS = 100
MOST_NOTE_CHARACTERS = 2_000
_VERSION = 1
_BUSY_SECONDS = 30
_TABLES = (
    """CREATE TABLE collection (
        key  INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE
    )""",
    """CREATE TABLE item (
        key        INTEGER PRIMARY KEY AUTOINCREMENT,
        collection INTEGER NOT NULL REFERENCES collection (key) ON DELETE CASCADE,
        position   INTEGER NOT NULL,
        identity   TEXT NOT NULL,
        note       TEXT NOT NULL,
        excerpt    TEXT NOT NULL,
        UNIQUE (collection, identity)
    )""",
)


@dataclass(frozen=True)
class Item:
    """An excerpt of a collection.

    Attributes:
        excerpt: what was collected.
        note: the reader's own words on it.
        key: names it in its file; 0 before it is kept.
    """

    excerpt: Excerpt
    note: str = ""
    key: int = 0


class Collections:
    """All collections of a file. Safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`, which is made when something is first collected."""
        self.path = path

    def names(self) -> list[str]:
        """Names of the collections, in the order in which they were made."""
        return [name for (name,) in self._read("SELECT name FROM collection ORDER BY key")]

    def items(self, name: str) -> list[Item]:
        """What a collection holds, in its order; nothing where there is no such collection."""
        rows = self._read(
            "SELECT excerpt, note, item.key FROM item JOIN collection ON collection.key = "
            "collection WHERE name = ? ORDER BY position, item.key",
            (name,),
        )
        return [Item(excerpt_from_json(json.loads(row[0])), row[1], row[2]) for row in rows]

    def create(self, name: str) -> str:
        """Make an empty collection, unless there is one of that name; returns the name kept.

        Raises:
            CollectionError: it is no name, or the file cannot be written.
        """
        name = checked_name(name)
        with self._changing() as run:
            run("INSERT OR IGNORE INTO collection (name) VALUES (?)", (name,))
        return name

    def rename(self, name: str, new: str) -> str:
        """Give a collection another name; returns the name kept.

        Raises:
            CollectionError: it is no name, or another collection has it.
        """
        new = checked_name(new)
        try:
            with self._changing() as run:
                run("UPDATE collection SET name = ? WHERE name = ?", (new, name))
        except sqlite3.IntegrityError as error:
            raise CollectionError(
                f"There is a collection \u201c{new}\u201d already. Choose another name."
            ) from error
        return new

    def delete(self, name: str) -> None:
        """Delete a collection with all it holds."""
        with self._changing() as run:
            run("DELETE FROM collection WHERE name = ?", (name,))

    def add(self, name: str, items: Iterable[Item]) -> int:
        """Put items at the end of a collection, which is made where there is none.

        Returns:
            How many are new; what the collection holds already stays as it is.

        Raises:
            CollectionError: the name is no name, or the file cannot be written.
        """
        name, added = checked_name(name), 0
        with self._changing() as run:
            run("INSERT OR IGNORE INTO collection (name) VALUES (?)", (name,))
            for item in items:
                added += run(
                    "INSERT OR IGNORE INTO item (collection, position, identity, note, excerpt) "
                    "SELECT key, (SELECT coalesce(max(position), 0) + 1 FROM item "
                    "WHERE collection = collection.key), ?, ?, ? FROM collection WHERE name = ?",
                    (
                        json.dumps(item.excerpt.identity),
                        checked_note(item.note),
                        json.dumps(excerpt_to_json(item.excerpt)),
                        name,
                    ),
                ).rowcount
        return added

    def remove(self, key: int) -> None:
        """Take an item out of its collection."""
        with self._changing() as run:
            run("DELETE FROM item WHERE key = ?", (key,))

    def annotate(self, key: int, note: str) -> None:
        """Put a note in place of an item's own."""
        with self._changing() as run:
            run("UPDATE item SET note = ? WHERE key = ?", (checked_note(note), key))

    def move(self, key: int, step: int) -> None:
        """Change places with the item before (-1) or after (1); at the ends nothing happens."""
        order, compare = ("DESC", "<") if step < 0 else ("ASC", ">")
        with self._changing() as run:
            here = run("SELECT collection, position FROM item WHERE key = ?", (key,)).fetchone()
            beside = (
                here
                and run(
                    f"SELECT position, key FROM item WHERE collection = ? AND position {compare} ? "  # noqa: S608
                    f"ORDER BY position {order} LIMIT 1",
                    here,
                ).fetchone()
            )
            if beside:
                places = [(beside[0], key), (here[1], beside[1])]
                for place in places:
                    run("UPDATE item SET position = ? WHERE key = ?", place)

    def _read(self, query: str, parameters: Sequence[object] = ()) -> list[tuple]:
        if not self.path.exists():
            return []
        with self._opened() as connection:
            return connection.execute(query, parameters).fetchall()

    @contextmanager
    def _changing(self) -> Generator[Callable[..., sqlite3.Cursor]]:
        """All that is run inside happens together or not at all."""
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                _make_tables(connection)
                yield connection.execute
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _opened(self) -> Generator[sqlite3.Connection]:
        try:
            with closing(
                sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
            ) as connection:
                connection.execute("PRAGMA foreign_keys = ON")
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if version > _VERSION:
                    raise CollectionError(
                        f"The collections in {self.path} were written by a newer Citewell. "
                        "Use that one, or put the file elsewhere and start anew."
                    )
                yield connection
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise CollectionError(
                f"The collections in {self.path} cannot be used ({error}). See whether the disk "
                "is full, whether the file may be written, and whether it is one of Citewell's; "
                f"{ENVIRONMENT_VARIABLE} names another file."
            ) from error


def collections_of(index_folder: Path) -> Collections:
    """The collections that go with an index, in a file beside its folder."""
    folder = index_folder.resolve()
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    return Collections(Path(named) if named else folder.with_name(f"{folder.name}.collections.db"))


def checked_name(name: str) -> str:
    """A name on one line.

    Raises:
        CollectionError: it is empty or too long.
    """
    name = one_line(name)
    if not name or len(name) > MOST_NAME_CHARACTERS:
        raise CollectionError(
            f"The name of a collection has 1 to {MOST_NAME_CHARACTERS} characters; this one has "
            f"{len(name):,}."
        )
    return name


def checked_note(note: str) -> str:
    """A note without control characters, at most as long as notes may be."""
    return without_controls(note).strip()[:MOST_NOTE_CHARACTERS]


def _make_tables(connection: sqlite3.Connection) -> None:
    if not connection.execute("PRAGMA user_version").fetchone()[0]:
        for table in _TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
