"""Reading one source, and many ahead of their turn."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import write_text

from index.errors import SourceError
from ingest.reading import LIMITS, MOST_BYTES, Reading, read_source, start_reader
from ingest.reading_ahead import ReadingAhead
from ingest.sources import Source
from ingest.worker import Worker


@pytest.fixture(scope="module")
def reader() -> Iterator[Worker]:
    """A worker that reads."""
    worker = start_reader(LIMITS)
    yield worker
    worker.close()


def source_of(path: Path) -> Source:
    """A file as a source."""
    return Source(str(path), path, path.as_uri())


def test_a_document_comes_back_as_it_was_read(reader: Worker, tmp_path: Path) -> None:
    """With its fingerprint; where that is known already, without the document."""
    path = write_text(tmp_path, "a.txt", "A title", "Žofia's text \U0001f9ea.")
    reading = read_source(reader, source_of(path))
    assert reading.document
    assert reading.document.title == "A title"
    assert "Žofia's text \U0001f9ea." in reading.document.pages[0].text
    known = read_source(reader, source_of(path), reading.fingerprint)
    assert (known.fingerprint, known.document) == (reading.fingerprint, None)


def test_the_state_of_a_file_is_told_when_it_can_be_relied_on(
    reader: Worker, tmp_path: Path
) -> None:
    """Not of one that was just written."""
    path = write_text(tmp_path, "a.txt", "A title", "Text.")
    assert read_source(reader, source_of(path)).state is None
    time.sleep(2.1)
    state = read_source(reader, source_of(path)).state
    assert state
    assert (state.size, state.inode) == (path.stat().st_size, path.stat().st_ino)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("gone", "No such file"),
        ("pipe", "not a file"),
        ("folder", "Is a directory"),
        ("large", "has 500 MB, and at most 500 are read"),
    ],
)
def test_what_has_become_of_a_file_since_it_was_found_is_told(
    reader: Worker, tmp_path: Path, kind: str, reason: str
) -> None:
    """It was deleted, or something else has come in its place."""
    path = tmp_path / "a.txt"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "large":
        path.touch()
        os.truncate(path, MOST_BYTES + 1)
    with pytest.raises(SourceError, match=reason):
        read_source(reader, source_of(path))


def test_sources_come_in_their_order(tmp_path: Path) -> None:
    """More than are read ahead, with failures among them."""
    paths = [write_text(tmp_path, f"{n}.txt", f"Title {n}", "Text.") for n in range(20)]
    paths[3].unlink()
    with ReadingAhead() as readers:
        read = list(readers.read((source_of(path), "") for path in paths))
    assert [source.path for source, _ in read] == paths
    for number, (_, outcome) in enumerate(read):
        if number == 3:
            assert isinstance(outcome, SourceError)
        else:
            assert isinstance(outcome, Reading)
            assert outcome.document
            assert outcome.document.title == f"Title {number}"


def test_readers_end_when_the_ingest_fails(tmp_path: Path) -> None:
    """At once; what was still to be read is not."""
    paths = [write_text(tmp_path, f"{n}.txt", "Title", "Text.") for n in range(20)]
    readers = ReadingAhead()

    def fail_after_the_first() -> None:
        with readers:
            next(readers.read((source_of(path), "") for path in paths))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_the_first()
    assert not any(worker.is_running for worker in readers.workers)
