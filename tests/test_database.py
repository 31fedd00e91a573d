"""The index on disk: what is written is read, whole builds only, damage is survived."""

import os
import sqlite3
import string
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import FakeEmbedder, load_fake, write_text

from index.database import DATABASE_NAME, Database, create_database, open_database
from index.documents import Document, Page, Passage
from index.errors import (
    CorrectionError,
    IndexFormatError,
    IndexMissingError,
    IndexUnavailableError,
    ModelError,
)
from index.manifest import FORMAT_VERSION, Manifest
from index.search import open_index, search
from index.writer import IndexWriter, open_writer
from ingest.ocr_choice import settle_ocr
from ingest.pipeline import ingest
from search_app.correcting import take_back

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
PAGES = st.lists(TEXTS, min_size=1, max_size=4)


@pytest.fixture
def writer(index_folder: Path, fake: FakeEmbedder) -> IndexWriter:
    """A writer on an empty index; its lock is not held."""
    manifest = Manifest(fake.model_name, fake.fingerprint, fake.dimension, 240)
    return IndexWriter(index_folder, create_database(index_folder, manifest))


def document(identity: str, *texts: str) -> Document:
    """A document of numbered pages."""
    pages = tuple(Page(text, number, f"p{number}") for number, text in enumerate(texts, 1))
    return Document(identity, f"Title of {identity}", f"file:///{identity}", pages, "f" * 64)


def passages_of(one: Document) -> list[Passage]:
    """One passage a page, the whole of it."""
    return [
        Passage(0, one.id, n, page.text, "A \u203a B", page.number, 0, len(page.text), page.label)
        for n, page in enumerate(one.pages)
    ]


def add(writer: IndexWriter, one: Document) -> None:
    """Store a document with its passages."""
    passages = passages_of(one)
    vectors = FakeEmbedder().embed_passages([passage.text for passage in passages])
    writer.add_document(one, passages, vectors)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(stored=st.dictionaries(st.text(string.ascii_letters, min_size=1), PAGES, max_size=4))
def test_what_is_written_is_read(writer: IndexWriter, stored: dict[str, list[str]]) -> None:
    """Documents, pages, passages and vectors of any text."""
    for identity in writer.database.document_keys(writer.next):
        writer.retire_document(identity)
    documents = {identity: document(identity, *texts) for identity, texts in stored.items()}
    for one in documents.values():
        add(writer, one)
    build = writer.publish().build
    database = writer.database
    assert {one.id: one.title for one in database.documents(build)} == {
        one.id: one.title for one in documents.values()
    }
    for one in documents.values():
        assert database.pages(one.id, build) == one.pages
    found = database.passages(database.passage_keys(build), build)
    read = sorted((passage for passage, _ in found.values()), key=lambda passage: passage.id)
    expected = [passage for one in documents.values() for passage in passages_of(one)]
    assert [(p.text, p.heading, p.page, p.start, p.end, p.page_label) for p in read] == [
        (p.text, p.heading, p.page, p.start, p.end, p.page_label) for p in expected
    ]
    for key, blob in database.passage_vectors(build):
        vector = FakeEmbedder().embed_query(found[key][0].text)
        assert np.frombuffer(blob, np.float16) == pytest.approx(vector, abs=1e-3)


def test_metadata_is_read_as_it_was_written(writer: IndexWriter) -> None:
    """Lists, numbers and letters of any script."""
    metadata = {"authors": ["Žofia", "李"], "pages": 3, "date": "2020-01-01", "kind": "pdf"}
    add(writer, Document("a", "T", "L", (Page("text"),), "f", metadata))
    (read,) = writer.database.documents(writer.publish().build)
    assert read.metadata == metadata
    assert (read.authors, read.date, read.kind) == (["Žofia", "李"], "2020-01-01", "pdf")


def test_rows_of_the_next_build_are_not_in_the_current_one(writer: IndexWriter) -> None:
    """Until they are published."""
    add(writer, document("old", "one"))
    build = writer.publish().build
    add(writer, document("new", "two"))
    writer.retire_document("old")
    assert [one.id for one in writer.database.documents(build)] == ["old"]
    assert [one.id for one in writer.database.documents(writer.publish().build)] == ["new"]


def test_keys_are_never_used_again(writer: IndexWriter) -> None:
    """Not even those of the last passages, and not after they have gone from the file."""
    seen: set[int] = set()
    for number in range(4):
        add(writer, document("a", f"text {number}"))
        keys = writer.database.passage_keys(writer.publish().build)
        assert not keys & seen
        assert min(keys) > max(seen, default=0)
        seen |= keys


def test_rows_of_older_builds_go_from_the_file(writer: IndexWriter) -> None:
    """When the next writer begins; the build before stays until then, for those who read it."""
    for number in range(5):
        writer.forget_removed()
        add(writer, document("a", f"text {number}"))
        writer.publish()
    texts = writer.database.connection.execute("SELECT text FROM passage ORDER BY key").fetchall()
    assert texts == [("text 3",), ("text 4",)]


def test_a_failed_write_leaves_nothing(writer: IndexWriter) -> None:
    """A document goes in whole or not at all."""
    one = document("a", "text")
    with pytest.raises(ValueError, match="zip"):
        writer.add_document(one, passages_of(one), np.zeros((0, 16), np.float32))
    assert writer.database.connection.execute("SELECT count(*) FROM document").fetchone() == (0,)
    assert not writer.has_changes()


def test_another_format_is_refused(writer: IndexWriter, index_folder: Path) -> None:
    """The message names both formats and the way out."""
    writer.database.connection.execute(
        "UPDATE manifest SET content = json_set(content, '$.format_version', 99)"
    )
    writer.database.close()
    with pytest.raises(IndexFormatError, match=rf"99.*reads format {FORMAT_VERSION}.*Delete"):
        open_database(index_folder)


@pytest.mark.parametrize("content", [b"", b"no database at all, only words\n" * 200])
def test_a_file_that_is_no_database_is_refused(index_folder: Path, content: bytes) -> None:
    """With the way out; sources are not touched."""
    index_folder.mkdir()
    (index_folder / DATABASE_NAME).write_bytes(content)
    with pytest.raises(IndexFormatError, match="sources are not touched"):
        open_database(index_folder)


def test_an_index_is_made_whole_or_not_at_all(index_folder: Path, fake: FakeEmbedder) -> None:
    """What a run left that died while it made the file is made again."""
    index_folder.mkdir()
    (index_folder / f"{DATABASE_NAME}.new").write_bytes(b"half a da")
    with pytest.raises(IndexMissingError):
        open_database(index_folder)
    with open_writer(index_folder, fake, 240) as writer:
        assert writer.current == 0
    assert [path.name for path in index_folder.glob("*.new")] == []


def test_damage_found_while_reading_is_told(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """The manifest is sound, the pages with the passages are not."""
    for number in range(40):
        write_text(sources, f"{number}.txt", f"Title {number}", f"word{number} stress " * 200)
    ingest([str(sources)], index_folder, fake)
    path = index_folder / DATABASE_NAME
    content = bytearray(path.read_bytes())
    start = 6 * 4096
    content[start:] = b"\xa5" * (len(content) - start)
    path.write_bytes(content)
    with pytest.raises(IndexFormatError, match="damaged"):
        search(open_index(index_folder, load_fake), "stress word3")


def test_an_index_of_another_model_is_refused(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """By the writer and by search; the message names both models."""
    write_text(sources, "a.txt", "A title", "Some words.")
    ingest([str(sources)], index_folder, fake)
    other = FakeEmbedder()
    other.model_name, other.fingerprint = "other", "0" * 64
    with pytest.raises(ModelError, match=r"'fake'.*'other'"):
        ingest([str(sources)], index_folder, other)
    with pytest.raises(ModelError, match="--index"):
        search(open_index(index_folder, lambda _name: other), "words")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, fake: FakeEmbedder) -> None:
    """A file stands where the folder is to be."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexUnavailableError, match="cannot be written"):
        ingest([str(tmp_path)], tmp_path / "file" / "index", fake)


def test_the_database_refuses_rows_without_a_document(writer: IndexWriter) -> None:
    """Foreign keys are on for every connection."""
    with pytest.raises(sqlite3.IntegrityError):
        writer.database.connection.execute("INSERT INTO page VALUES (999, 0, NULL, NULL, '')")
    assert Database(writer.database.path).connection.execute("PRAGMA foreign_keys").fetchone() == (
        1,
    )


@pytest.fixture
def only_readable(fake: FakeEmbedder) -> Iterator[Path]:
    """An index of one document in a folder where only `may_write` lets anyone write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "index"
        ingest([str(write_text(Path(name), "a.txt", "Title", "Words."))], folder, fake)
        Path(name).chmod(0o755)
        folder.chmod(0o555)
        user = os.geteuid()
        # A superuser may write anywhere.
        os.seteuid(65534 if user == 0 else user)
        yield folder
        os.seteuid(user)
        folder.chmod(0o755)


@contextmanager
def may_write(folder: Path) -> Iterator[None]:
    """As its owner."""
    reader = os.geteuid()
    os.seteuid(os.getuid())
    folder.chmod(0o755)
    yield
    folder.chmod(0o555)
    os.seteuid(reader)


def test_an_index_that_may_only_be_read_can_be_searched(
    only_readable: Path, fake: FakeEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    """As on a disk that is mounted read-only; what would write there says so."""
    with closing(open_index(only_readable, load_fake)) as index:
        (read,) = index.documents()
        assert [found.passage.text for found in search(index, "words")] == ["Words."]
    # The index of words is not made anew at each start.
    assert caplog.messages == []
    with pytest.raises(CorrectionError, match="cannot be written"):
        take_back(only_readable, read)
    with pytest.raises(IndexUnavailableError, match="cannot be written"):
        ingest([str(only_readable.parent)], only_readable, fake)
    with pytest.raises(IndexUnavailableError, match="cannot be written"):
        settle_ocr(only_readable, asked=False)
    assert [file.name for file in only_readable.glob("*-wal")] == []


def test_what_its_owner_changes_is_seen_where_the_index_may_only_be_read(
    only_readable: Path, fake: FakeEmbedder
) -> None:
    """Who reads it as if nobody changed it must not go on with pages of before."""
    with closing(open_database(only_readable)) as database:
        before, stamp = database.read_manifest(), database.stamp()
        with may_write(only_readable):
            source = write_text(only_readable.parent, "b.txt", "Another", "More words.")
            ingest([str(source)], only_readable, fake)
        after = database.read_manifest()
        assert (before.build, after.build) == (1, 2)
        assert database.stamp() != stamp
        assert {document.title for document in database.documents(2)} == {"Title", "Another"}


def test_an_index_with_changes_in_its_log_is_not_read_without_them(only_readable: Path) -> None:
    """Its main file alone may be half of a change. Nothing is lost: nobody is to delete it."""
    with may_write(only_readable), closing(open_database(only_readable)) as database:
        database.connection.execute("INSERT INTO failure VALUES ('a', 'b')")
        log = database.path.with_name("citewell.db-wal")
        kept = log.read_bytes()
    with may_write(only_readable):
        log.write_bytes(kept)
    with pytest.raises(IndexUnavailableError, match="where you may write") as raised:
        open_index(only_readable, load_fake)
    assert "elete" not in str(raised.value)
    with may_write(only_readable), closing(open_database(only_readable)) as database:
        assert database.failures() == {"a": "b"}


def test_a_published_build_is_all_in_the_main_file(
    index_folder: Path, sources: Path, fake: FakeEmbedder
) -> None:
    """Also while a server has it open, so that a copy can be read where nobody may write."""
    first = write_text(sources, "a.txt", "Title", "Words.")
    ingest([str(first)], index_folder, fake)
    with closing(open_database(index_folder)) as open_elsewhere:
        assert open_elsewhere.read_manifest().build == 1
        ingest([str(write_text(sources, "b.txt", "Another", "More."))], index_folder, fake)
        assert open_elsewhere.path.with_name("citewell.db-wal").stat().st_size == 0
