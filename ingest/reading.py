"""One source to a document. What is done with its bytes is done in a worker process."""

import hashlib
import json
import os
import stat
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from index.documents import Document, Page
from index.errors import SourceError
from index.file_state import FileState
from index.process_limits import Limits
from ingest.sources import Source
from ingest.web import Fetched, Version
from ingest.worker import Worker

# The engines for PDFs have limits of their own within these; see index/isolation.py.
LIMITS = Limits(cpu_seconds=60, wall_seconds=120)
# A few pages at a time are recognised, each for as long as a minute or two on a busy machine.
LIMITS_WITH_OCR = Limits(memory_bytes=4 << 30, cpu_seconds=800, wall_seconds=800)
MOST_BYTES = 500 << 20

# An address, and whether its document is stored, to what it answers; None where that is the same.
Fetch = Callable[[str, bool], Fetched | None]


@dataclass(frozen=True)
class Reading:
    """What became of a source.

    Attributes:
        fingerprint: SHA-256 of its bytes.
        document: what it holds; None where the bytes are as they were.
        state: of its file; None where it may not be relied on, or there is no file.
    """

    fingerprint: str
    document: Document | None = None
    state: FileState | None = None


@dataclass(frozen=True)
class _Request:
    """Work for a worker: a source with its bytes, where they are not those of a file."""

    source: Source
    known_fingerprint: str
    content: bytes | None
    media_type: str


def start_reader(limits: Limits) -> Worker:
    """A worker that reads sources."""
    return Worker("ingest.reading:make_reader", limits)


def files_only(address: str, _is_known: bool) -> Fetched | None:  # noqa: FBT001
    """Stands where addresses are fetched, for who reads files only."""
    raise SourceError(f"only files are read here, not {address}")


def read_source(
    worker: Worker, source: Source, known_fingerprint: str = "", fetch: Fetch = files_only
) -> Reading:
    """Read a source in a worker process; addresses are fetched here.

    Args:
        worker: from `start_reader`.
        source: what to read.
        known_fingerprint: with these bytes no document is made.
        fetch: reads addresses.

    Raises:
        SourceError: it cannot be read.
    """
    if source.path:
        return _read(worker, _Request(source, known_fingerprint, None, ""))
    fetched = fetch(source.id, bool(known_fingerprint))
    if fetched is None:
        return Reading(known_fingerprint)
    reading = _read(
        worker, _Request(source, known_fingerprint, fetched.content, fetched.media_type)
    )
    if reading.document is None or fetched.version == Version():
        return reading
    metadata = {**reading.document.metadata, "version": asdict(fetched.version)}
    return replace(reading, document=replace(reading.document, metadata=metadata))


def make_reader() -> Callable[[_Request], bytes]:
    """In the worker: load what every reader needs; a request to a reading, as JSON."""
    # Their import takes as long as embedding twenty passages, and the parent needs them not.
    from index.languages import guess_language  # noqa: PLC0415
    from ingest.readers import read_document  # noqa: PLC0415

    guess_language("Reads its tables.")

    def read(request: _Request) -> bytes:
        content, state = request.content, None
        if content is None:
            assert request.source.path  # noqa: S101
            content, state = _read_file(request.source.path)
        reading = Reading(hashlib.sha256(content).hexdigest(), None, state)
        if reading.fingerprint != request.known_fingerprint:
            document = read_document(content, request.source, request.media_type)
            reading = replace(reading, document=document)
        return json.dumps(asdict(reading)).encode()

    return read


def _read(worker: Worker, request: _Request) -> Reading:
    read = json.loads(worker.call(request))
    return Reading(
        read["fingerprint"],
        read["document"] and _document(read["document"]),
        read["state"] and FileState(**read["state"]),
    )


def _read_file(path: Path) -> tuple[bytes, FileState | None]:
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            return _read_opened(file)
    except OSError as error:
        raise SourceError(f"the file cannot be read ({error.strerror})") from error


def _open_without_waiting(path: str, flags: int) -> int:
    # A named pipe that has come in place of the file would hold us for ever.
    return os.open(path, flags | os.O_NONBLOCK)


def _read_opened(file: IO[bytes]) -> tuple[bytes, FileState | None]:
    found = os.fstat(file.fileno())
    if not stat.S_ISREG(found.st_mode):
        raise SourceError("it is not a file")
    if found.st_size > MOST_BYTES:
        raise SourceError(
            f"it has {found.st_size >> 20} MB, and at most {MOST_BYTES >> 20} are read; "
            "split it, or leave it out with a .citewellignore file"
        )
    before, now = FileState.of(found), time.time_ns()
    content = file.read(MOST_BYTES + 1)
    is_same = FileState.of(os.fstat(file.fileno())) == before
    return content, before if is_same and before.is_settled(now) else None


def _document(read: dict[str, Any]) -> Document:
    pages = tuple(Page(**page) for page in read.pop("pages"))
    return Document(**read, pages=pages)
