"""What pypdf tells of a PDF; runs in a child process of its own."""

import json
import logging
from contextlib import suppress

import pypdf

from index.errors import SourceError
from ingest.text_cleaning import clean_text, one_line

# What programs write where nobody gave a name.
_NOBODY = {"admin", "administrator", "anonymous", "author", "unknown", "user"}

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def describe(path: str) -> bytes:
    """Title, authors, date and printed page labels of a PDF, as JSON."""
    reader = _open(path)
    information = reader.metadata
    author = one_line(clean_text(_stated(information, "author")))
    names = [name.strip() for name in author.split(";")]
    return json.dumps(
        {
            "title": one_line(clean_text(_stated(information, "title"))),
            "authors": [name for name in names if name and name.lower() not in _NOBODY],
            "date": _date(information),
            "labels": reader.page_labels,
        }
    ).encode()


def extract_text(path: str) -> bytes:
    """Text of each page of a PDF, as JSON; a page that cannot be read is empty."""
    reader = _open(path)
    texts = [_page_text(page) for page in reader.pages]
    return json.dumps({"texts": texts, "title": ""}).encode()


def _open(path: str) -> pypdf.PdfReader:
    try:
        reader = pypdf.PdfReader(path)
        is_open = not reader.is_encrypted or bool(reader.decrypt(""))
        if is_open:
            len(reader.pages)
    except Exception as error:
        # pypdf raises ten kinds of errors on damaged files, AssertionError among them.
        raise SourceError(f"pypdf: {one_line(str(error)) or type(error).__name__}") from error
    if not is_open:
        raise SourceError("it is protected by a password; save a copy without one")
    return reader


def _page_text(page: pypdf.PageObject) -> str:
    try:
        return clean_text(page.extract_text())
    except Exception:  # noqa: BLE001  (as above; the other pages may be sound)
        return ""


def _stated(information: pypdf.DocumentInformation | None, name: str) -> str:
    value = getattr(information, name, None) if information else None
    return value if isinstance(value, str) else ""


def _date(information: pypdf.DocumentInformation | None) -> str:
    with suppress(ValueError, AttributeError, TypeError):
        created = information.creation_date if information else None
        return created.date().isoformat() if created else ""
    return ""
