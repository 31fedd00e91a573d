"""Whether scans are read by OCR: as the user says, and as remembered for the next ingest."""

import json
from pathlib import Path

from index.documents import Document
from index.errors import IndexUnavailableError

_NAME = "ingest.json"


def settle_ocr(folder: Path, *, asked: bool | None) -> bool:
    """Whether to use OCR for the index of a folder; remembers what the user asked for.

    Args:
        folder: of the index.
        asked: True or False as the user said just now; None for what they said the last time.

    Raises:
        IndexUnavailableError: the choice cannot be written.
        PackageMissingError: it is wanted, and no engine is installed.
    """
    wanted = _remembered(folder) if asked is None else asked
    if wanted:
        # With it come all readers, which take long to load.
        from ingest.readers.ocr import ocr_engine  # noqa: PLC0415

        ocr_engine()
    if asked is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _NAME).write_text(json.dumps({"ocr": asked}) + "\n", "utf-8")
        except OSError as error:
            raise IndexUnavailableError(
                f"The folder {folder} cannot be written ({error.strerror}). Give permission to "
                "write there, make room, or give another folder with --index."
            ) from error
    return wanted


def needs_ocr(document: Document) -> bool:
    """Whether a document has pages that are pictures, and no OCR has seen them."""
    reading = document.metadata.get("reading")
    return isinstance(reading, dict) and bool(reading.get("needs_ocr"))


def _remembered(folder: Path) -> bool:
    try:
        said = json.loads((folder / _NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and said.get("ocr") is True
