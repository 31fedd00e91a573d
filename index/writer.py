"""Writing to an index: one writer at a time, rows first, then derived files, then the build."""

import json
import secrets
import sqlite3
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np

from index import vectors, words
from index.content import content_sha256
from index.database import (
    DATABASE_NAME,
    Database,
    create_database,
    open_database,
    write_manifest,
)
from index.derived import sound_path
from index.documents import Document, Passage
from index.embedder import Embedder, Vectors
from index.errors import IndexUnavailableError
from index.file_state import KnownFile
from index.kept_model import keep_model
from index.manifest import Manifest, check_model
from index.overlap import pack_stems
from index.writer_lock import write_lock


class IndexWriter:
    """Adds and retires documents of the next build, then publishes it."""

    def __init__(self, folder: Path, database: Database) -> None:
        """Take an open database; use `open_writer`."""
        self.folder = folder
        self.database = database
        # A document a loss of power takes is read again; waiting for the disk after each one
        # took longer than embedding it.
        database.connection.execute("PRAGMA synchronous = NORMAL")
        self.current = database.read_manifest().build
        self.next = self.current + 1

    def add_document(
        self,
        document: Document,
        passages: Sequence[Passage],
        embedded: Vectors,
        signs: Sequence[bytes] | None = None,
    ) -> None:
        """Store a document for the next build in place of its earlier version, in one transaction.

        Args:
            document: with its pages.
            passages: in order; each one's page is among the document's.
            embedded: float32[n, d], one row a passage; kept as float16.
            signs: of the tokens of each passage (`pack_passage`); none where there are none.
        """
        signs = [b""] * len(passages) if signs is None else signs
        with self.database.transaction():
            self.retire(document.id)
            key = self._insert_document(document)
            self._insert_passages(key, document, zip(passages, embedded, signs, strict=True))

    def retire_document(self, document_id: str) -> None:
        """Let the next build show the document no more."""
        with self.database.transaction():
            self.retire(document_id)

    def forget_removed(self) -> None:
        """Delete what the current build shows no more.

        Not when it is published: those who have the build before open may still read it.
        """
        with self.database.transaction():
            self.database.connection.execute(
                "DELETE FROM document WHERE removed_build <= ?", (self.current,)
            )

    def record_failures(self, tried: Iterable[str], failed: dict[str, str]) -> None:
        """Forget what was known of the sources just tried, then note those that failed."""
        with self.database.transaction():
            self.database.connection.executemany(
                "DELETE FROM failure WHERE source = ?", [(source,) for source in tried]
            )
            self.database.connection.executemany(
                "INSERT OR REPLACE INTO failure VALUES (?, ?)", failed.items()
            )

    def remember_files(self, files: Mapping[str, KnownFile]) -> None:
        """Note how files were when they were read."""
        with self.database.transaction():
            self.database.connection.executemany(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (source, file.fingerprint, *astuple(file.state))
                    for source, file in files.items()
                ],
            )

    def forget_files(self, sources: Iterable[str]) -> None:
        """Forget how files were that have gone."""
        with self.database.transaction():
            self.database.connection.executemany(
                "DELETE FROM file WHERE source = ?", [(source,) for source in sources]
            )

    def has_changes(self) -> bool:
        """Whether the next build differs from the current one."""
        return self.database.has_changes(self.next)

    def is_sound(self) -> bool:
        """Whether the derived files of the current build are there and whole."""
        derived = (self.database.derived_file(name) for name in (vectors.NAME, words.NAME))
        return self.current == 0 or all(
            sound_path(self.folder, file, self.current) for file in derived
        )

    def publish(self) -> Manifest:
        """Make the next build the current one.

        Derived files are complete on disk before the database names them; those of the
        build before are deleted after it no longer does.
        """
        build_id = f"{self.next}-{secrets.token_hex(4)}"
        manifest = replace(self.database.read_manifest(), build=self.next, build_id=build_id)
        derived = [
            vectors.write_vectors(self.folder, self.database, manifest),
            words.write_words(self.folder, self.database, manifest),
        ]
        # This one reaches the disk before it counts, and all before it with it.
        self.database.connection.execute("PRAGMA synchronous = FULL")
        with self.database.transaction():
            self.database.connection.executemany(
                "INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?)",
                [(file.name, file.file, file.sha256, file.build) for file in derived],
            )
            write_manifest(self.database, manifest)
        vectors.delete_others(self.folder, keep=build_id)
        words.delete_others(self.folder, keep=build_id)
        self.database.connection.execute("PRAGMA synchronous = NORMAL")
        self._empty_log()
        self.current, self.next = manifest.build, manifest.build + 1
        return manifest

    def _empty_log(self) -> None:
        """Bring all into the main file, so that it can be read where nobody may write.

        Who reads at this moment is not waited for; then the last to close the database does it.
        """
        connection = self.database.connection
        ((waits,),) = connection.execute("PRAGMA busy_timeout").fetchall()
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute(f"PRAGMA busy_timeout = {waits}")

    def retire(self, document_id: str) -> None:
        """The same as `retire_document`, within a transaction that does more."""
        # What no build has shown yet is left from a run that was interrupted.
        self.database.connection.execute(
            "DELETE FROM document WHERE id = ? AND added_build = ?", (document_id, self.next)
        )
        self.database.connection.execute(
            "UPDATE document SET removed_build = ? WHERE id = ? AND removed_build IS NULL",
            (self.next, document_id),
        )

    def _insert_document(self, document: Document) -> int:
        key = self.database.connection.execute(
            "INSERT INTO document "
            "(id, title, link, fingerprint, metadata, content_sha256, added_build) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                document.id,
                document.title,
                document.link,
                document.fingerprint,
                json.dumps(document.metadata, ensure_ascii=False),
                content_sha256(document),
                self.next,
            ),
        ).lastrowid
        self.database.connection.executemany(
            "INSERT INTO page VALUES (?, ?, ?, ?, ?)",
            [
                (key, position, page.number, page.label, page.text)
                for position, page in enumerate(document.pages)
            ],
        )
        return key or 0

    def _insert_passages(
        self, key: int, document: Document, passages: Iterable[tuple[Passage, Vectors, bytes]]
    ) -> None:
        positions = {page.number: position for position, page in enumerate(document.pages)}
        self.database.connection.executemany(
            "INSERT INTO passage "
            '(document_key, position, page_position, heading, start, "end", text, stems, vector, '
            "signs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    key,
                    passage.position,
                    positions[passage.page],
                    passage.heading,
                    passage.start,
                    passage.end,
                    passage.text,
                    pack_stems(passage.heading, passage.text),
                    vector.astype(np.float16).tobytes(),
                    of_tokens,
                )
                for passage, vector, of_tokens in passages
            ],
        )


@contextmanager
def open_writer(folder: Path, embedder: Embedder, passage_tokens: int) -> Generator[IndexWriter]:
    """Open the index for writing; an empty one is made where there is none.

    Args:
        folder: where the index is.
        embedder: what embeds its passages.
        passage_tokens: most tokens a passage may have.

    Raises:
        IndexBusyError: another process is writing to it.
        IndexFormatError: it is of another format, or damaged.
        IndexUnavailableError: the disk is full, or the folder may not be written.
        ModelError: it was built with another model.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with write_lock(folder), _open(folder, embedder, passage_tokens) as writer:
            yield writer
    except (sqlite3.Error, OSError) as error:
        raise IndexUnavailableError(
            f"The index in {folder} cannot be written ({error}). Make room, give permission to "
            "write there, or give another folder with --index, then run this again; what is read "
            "already is kept."
        ) from error


@contextmanager
def _open(folder: Path, embedder: Embedder, passage_tokens: int) -> Generator[IndexWriter]:
    if not (folder / DATABASE_NAME).exists():
        create_database(
            folder,
            Manifest(embedder.model_name, embedder.fingerprint, embedder.dimension, passage_tokens),
        ).close()
    database = open_database(folder)
    try:
        check_model(database.read_manifest(), embedder, folder)
        keep_model(folder, database, embedder.exported)
        writer = IndexWriter(folder, database)
        writer.forget_removed()
        yield writer
    finally:
        database.close()
