"""SQLite: documents, passages, vectors, manifest. The truth; all else derives from it.

A document belongs to the builds from `added_build` until before `removed_build`. A
writer adds rows for the next build while readers go on with the current one; publishing
moves the build number in one transaction, so that a reader never sees half a change.
"""

import json
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from index.connections import connect, frozen_state
from index.context import text_to_embed
from index.corrections import CORRECTIONS_OF_DOCUMENT, TITLE_OF_DOCUMENT, corrected
from index.database_errors import index_error
from index.derived import DerivedFile
from index.documents import Document, Page, Passage
from index.errors import IndexFormatError, IndexMissingError, IndexUnavailableError
from index.file_state import FileState, KnownFile
from index.manifest import FORMAT_VERSION, Manifest

DATABASE_NAME = "citewell.db"


class Candidate(NamedTuple):
    """A passage as ranking looks at it.

    Attributes:
        key: of the passage.
        document: key of its document.
        title: of the document.
        stems: of its heading and text, as `pack_stems` gives them.
        vector: its unit vector, float16[d], as bytes.
        signs: of the vectors of its tokens, as `pack_passage` gives them.
    """

    key: int
    document: int
    title: str
    stems: bytes
    vector: bytes
    signs: bytes = b""


class StoredVectors(NamedTuple):
    """What the model made of a passage.

    Attributes:
        vector: of the passage, float16[d], as bytes.
        signs: of the vectors of its tokens, as `pack_passage` gives them.
    """

    vector: bytes
    signs: bytes


_AS_READ = "document.key, document.id, title, link, fingerprint, metadata"
_DOCUMENT = f"{_AS_READ}, {CORRECTIONS_OF_DOCUMENT}"
_VISIBLE = "added_build <= ? AND (removed_build IS NULL OR removed_build > ?)"
_MAPPED_BYTES = 1 << 40


class Database:
    """An open index database. Safe to read from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the database at `path`; `open_database` and `create_database` check it first."""
        self.path = path
        self._connect()

    def _connect(self) -> None:
        self._frozen = frozen_state(self.path)
        self.connection = connect(self.path, is_frozen=self._frozen is not None)
        self.connection.execute("PRAGMA foreign_keys = ON")
        # To read the passages that a question finds takes half the time where none is copied.
        self.connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All writes inside happen together or not at all."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def read_manifest(self) -> Manifest:
        """The manifest as it is now.

        Raises:
            IndexFormatError: it is missing or of another format.
        """
        row = next(self._read("SELECT content FROM manifest"), None)
        content = json.loads(row[0]) if row else {}
        if content.get("format_version") != FORMAT_VERSION:
            raise IndexFormatError(
                f"The index in {self.path.parent} has format {content.get('format_version')}; "
                f"this version of Citewell reads format {FORMAT_VERSION}. Delete the folder (your "
                "sources are not touched) and run `citewell ingest` on them again."
            )
        return Manifest(**content)

    def stamp(self) -> tuple[int, int]:
        """Another one after each change, by whomever: what was looked up before may be old.

        Counts the changes by others (https://www.sqlite.org/pragma.html#pragma_data_version) and
        those by this connection.
        """
        ((others,),) = self._read("PRAGMA data_version")
        if self._frozen:
            others = self._frozen.changed_ns
        return others, self.connection.total_changes

    def documents(self, build: int) -> list[Document]:
        """Documents of a build, by title, without their pages."""
        rows = self._read(
            f"SELECT {_DOCUMENT} FROM document WHERE {_VISIBLE}",  # noqa: S608
            (build, build),
        )
        documents = (_document(row) for row in rows)
        return sorted(documents, key=lambda document: (document.title, document.id))

    def documents_as_read(self, build: int) -> list[Document]:
        """Documents of a build as their readers described them, without corrections."""
        rows = self._read(
            f"SELECT {_AS_READ}, '[]' FROM document WHERE {_VISIBLE}",  # noqa: S608
            (build, build),
        )
        return [_document(row) for row in rows]

    def fingerprints(self, build: int) -> dict[str, str]:
        """Fingerprint of each document of a build, by document id."""
        rows = self._read(
            f"SELECT id, fingerprint FROM document WHERE {_VISIBLE}",  # noqa: S608
            (build, build),
        )
        return dict(rows)

    def document_keys(self, build: int) -> dict[str, int]:
        """Key of each document of a build, by document id."""
        rows = self._read(
            f"SELECT id, key FROM document WHERE {_VISIBLE}",  # noqa: S608
            (build, build),
        )
        return dict(rows)

    def pages(self, document_id: str, build: int) -> tuple[Page, ...]:
        """Pages of a document, in order; empty where the build does not hold it."""
        rows = self._read(
            "SELECT text, number, label FROM page JOIN document ON document.key = document_key "  # noqa: S608
            f"WHERE document.id = ? AND {_VISIBLE} ORDER BY position",
            (document_id, build, build),
        )
        return tuple(Page(*row) for row in rows)

    def passages(self, keys: Iterable[int], build: int) -> dict[int, tuple[Passage, Document]]:
        """Passages of these keys with their documents; those not in the build are left out."""
        rows = self._read(
            "SELECT passage.key, document.id, passage.position, passage.text, heading, number, "  # noqa: S608
            f'start, "end", label, {_DOCUMENT} FROM passage '
            "JOIN document ON document.key = passage.document_key "
            "JOIN page ON page.document_key = document.key AND page.position = page_position "
            f"WHERE passage.key IN (SELECT value FROM json_each(?)) AND {_VISIBLE}",
            (json.dumps(list(keys)), build, build),
        )
        return {row[0]: (Passage(*row[:9]), _document(row[9:])) for row in rows}

    def passage_keys(self, build: int) -> set[int]:
        """Keys of all passages of a build."""
        rows = self._read(
            "SELECT passage.key FROM passage JOIN document ON document.key = document_key "  # noqa: S608
            f"WHERE {_VISIBLE}",
            (build, build),
        )
        return {key for (key,) in rows}

    def passage_keys_of(self, document_keys: Iterable[int]) -> Iterator[int]:
        """Keys of the passages of these documents, ascending."""
        rows = self._read(
            "SELECT key FROM passage WHERE document_key IN (SELECT value FROM json_each(?)) "
            "ORDER BY key",
            (json.dumps(list(document_keys)),),
        )
        return (key for (key,) in rows)

    def passage_words(self, build: int) -> Iterator[tuple[int, str, str, str, int]]:
        """Key, title, heading, text and document key of each passage of a build."""
        return self._read(
            f"SELECT passage.key, {TITLE_OF_DOCUMENT}, heading, passage.text, document_key "  # noqa: S608
            "FROM passage "
            f"JOIN document ON document.key = document_key WHERE {_VISIBLE} ORDER BY passage.key",
            (build, build),
        )

    def texts(self, keys: Iterable[int], build: int) -> list[str]:
        """Title, heading and text of each passage of these keys that is in the build."""
        rows = self._read(
            f"SELECT {TITLE_OF_DOCUMENT} || char(10) || heading || char(10) || passage.text "  # noqa: S608
            "FROM passage JOIN document ON document.key = document_key "
            f"WHERE passage.key IN (SELECT value FROM json_each(?)) AND {_VISIBLE}",
            (json.dumps(list(keys)), build, build),
        )
        return [text for (text,) in rows]

    def passage_vectors(self, build: int) -> Iterator[tuple[int, bytes]]:
        """Key and float16 vector of each passage of a build."""
        return self._read(
            "SELECT passage.key, vector FROM passage "  # noqa: S608
            f"JOIN document ON document.key = document_key WHERE {_VISIBLE} ORDER BY passage.key",
            (build, build),
        )

    def candidates(self, keys: Iterable[int], build: int) -> list[Candidate]:
        """What ranking looks at of the passages of these keys; those not in the build are out."""
        rows = self._read(
            f"SELECT passage.key, document_key, {TITLE_OF_DOCUMENT}, stems, vector, signs "  # noqa: S608
            "FROM passage "
            "JOIN document ON document.key = document_key "
            f"WHERE passage.key IN (SELECT value FROM json_each(?)) AND {_VISIBLE} "
            "ORDER BY passage.key",
            (json.dumps(list(keys)), build, build),
        )
        return [Candidate(*row) for row in rows]

    def vectors_by_text(self, document_id: str) -> dict[str, StoredVectors]:
        """What is stored of a document's passages, by the text that was embedded."""
        rows = self._read(
            "SELECT title, heading, passage.text, vector, signs FROM passage "
            "JOIN document ON document.key = document_key WHERE document.id = ?",
            (document_id,),
        )
        return {
            text_to_embed(title, heading, text): StoredVectors(vector, signs)
            for title, heading, text, vector, signs in rows
        }

    def count(self, build: int) -> dict[str, int]:
        """Passages of each document of a build, by document id."""
        rows = self._read(
            "SELECT document.id, count(passage.key) FROM document "  # noqa: S608
            f"LEFT JOIN passage ON document.key = document_key WHERE {_VISIBLE} "
            "GROUP BY document.key",
            (build, build),
        )
        return dict(rows)

    def derived_file(self, name: str) -> DerivedFile | None:
        """The published derived file of that name."""
        row = next(
            self._read("SELECT name, file, sha256, build FROM derived WHERE name = ?", (name,)),
            None,
        )
        return DerivedFile(*row) if row else None

    def derived_files(self) -> list[DerivedFile]:
        """All published derived files."""
        return [
            DerivedFile(*row) for row in self._read("SELECT name, file, sha256, build FROM derived")
        ]

    def has_changes(self, build: int) -> bool:
        """Whether a build differs from the one before it."""
        query = (
            "SELECT 1 FROM document WHERE added_build = ?1 OR removed_build = ?1 "
            "UNION ALL SELECT 1 FROM correction WHERE build = ?1 LIMIT 1"
        )
        return any(self._read(query, (build,)))

    def failures(self) -> dict[str, str]:
        """Reason of each source that the last ingest could not read."""
        return dict(self._read("SELECT source, reason FROM failure"))

    def files(self) -> dict[str, KnownFile]:
        """Each file as it was when it was last read, by the source's id."""
        rows = self._read(
            "SELECT source, fingerprint, size, modified_ns, changed_ns, inode FROM file"
        )
        return {row[0]: KnownFile(row[1], FileState(*row[2:])) for row in rows}

    def _read(self, query: str, parameters: Sequence[object] = ()) -> Iterator[tuple]:
        # What is read as if nobody changed it, and was, is opened anew.
        if self._frozen and self._frozen != frozen_state(self.path):
            self._connect()
        try:
            yield from self.connection.execute(query, parameters)
        except sqlite3.DatabaseError as error:
            raise index_error(self.path, error) from error


def create_database(folder: Path, manifest: Manifest) -> Database:
    """Make an empty index in the folder, which is created where needed; whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{DATABASE_NAME}.new"
    unfinished.unlink(missing_ok=True)
    database = Database(unfinished)
    database.connection.execute("PRAGMA journal_mode = WAL")
    with database.transaction():
        for statement in files("index").joinpath("schema.sql").read_text("utf-8").split(";\n"):
            if statement.strip():
                database.connection.execute(statement)
        write_manifest(database, manifest)
    database.close()
    unfinished.replace(folder / DATABASE_NAME)
    return Database(folder / DATABASE_NAME)


def write_manifest(database: Database, manifest: Manifest) -> None:
    """Replace the manifest."""
    database.connection.execute(
        "INSERT OR REPLACE INTO manifest VALUES (1, ?)", (json.dumps(asdict(manifest)),)
    )


def open_database(folder: Path) -> Database:
    """Open the index in the folder.

    Raises:
        IndexMissingError: there is none.
        IndexFormatError: the file is damaged or of another format.
        IndexUnavailableError: it may not be read.
    """
    path = folder / DATABASE_NAME
    if not path.is_file():
        raise IndexMissingError(
            f"There is no index in {folder}. Make one with: citewell ingest FOLDER --index {folder}"
        )
    database = Database(path)
    try:
        database.read_manifest()
    except IndexUnavailableError:
        database.close()
        raise
    return database


def _document(row: Sequence[object]) -> Document:
    _, identity, title, link, fingerprint, metadata, corrections = row
    document = Document(
        id=str(identity),
        title=str(title),
        link=str(link),
        fingerprint=str(fingerprint),
        metadata=json.loads(str(metadata)),
    )
    return corrected(document, json.loads(str(corrections)))
