"""Derived files: written whole or not at all, and checked before they are believed."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DerivedFile:
    """A file or folder that was made from the database, and the build that it holds."""

    name: str
    file: str
    sha256: str
    build: int


def sound_path(folder: Path, derived: DerivedFile | None, build: int) -> Path | None:
    """Where a derived file is, if it is there, whole, and of this build; else None.

    FAISS loads most damaged files without an error and can end the process on others,
    so no file reaches it unchecked.
    """
    if derived is None or derived.build != build:
        return None
    path = folder / derived.file
    try:
        return path if path.exists() and sha256_of(path) == derived.sha256 else None
    except OSError:
        # A newer build was published just now and this one's files were deleted.
        return None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, or of all files of a folder with their names, in hexadecimal."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    digest = hashlib.sha256()
    for part in sorted(path.rglob("*")):
        if part.is_file() and not part.name.endswith(".lock"):
            digest.update(f"{part.relative_to(path).as_posix()}\0{sha256_of(part)}\0".encode())
    return digest.hexdigest()


def put_in_place(written: Path, final: Path) -> None:
    """Give a finished file or folder its final name, after its bytes have reached the disk."""
    parts = [written] if written.is_file() else [p for p in written.rglob("*") if p.is_file()]
    for part in parts:
        with part.open("rb") as file:
            os.fsync(file.fileno())
    written.replace(final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def delete(path: Path) -> None:
    """Delete a file or a folder with all that is in it; nothing if it is not there."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
