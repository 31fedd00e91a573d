"""The files that documents were read from, as long as they are what was read."""

from functools import lru_cache
from hashlib import file_digest
from pathlib import Path

from index.documents import Document
from index.file_names import path_of
from index.file_state import FileState


def original_file(document: Document) -> Path | None:
    """The file that a document was read from, if it is still there and the same."""
    path = path_of(document.id)
    return path if document.is_local and is_unchanged(path, document.fingerprint) else None


def is_unchanged(path: Path, fingerprint: str) -> bool:
    """Whether a file's bytes have that SHA-256. They are read again only when it was touched."""
    try:
        return path.is_file() and _sha256(path, FileState.of(path.stat())) == fingerprint
    except OSError:
        return False


# A browser asks for a PDF in many parts, and a page of it is drawn at each step.
@lru_cache(maxsize=64)
def _sha256(path: Path, _state: FileState) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
