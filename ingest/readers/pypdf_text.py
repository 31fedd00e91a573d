"""What pypdf tells of a PDF; runs in a child process of its own."""

import json
import logging
import re
from collections.abc import Sequence
from contextlib import suppress

import pypdf
from pypdf.generic import StreamObject

from index.errors import SourceError
from ingest.readers.pdf_first_page import DOI, licence_of
from ingest.text_cleaning import clean_text, mend_accents, one_line

# What programs write where nobody gave a name.
_NOBODY = {"admin", "administrator", "anonymous", "author", "unknown", "user"}
# Publishers' own fields; pypdf's reading of XMP leaves them out.
_PRISM = re.compile(r"<prism:(doi|publicationName|publicationDate|coverDate)>\s*([^<]+?)\s*<")
_ISO_DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d){0,2}")
_MOST_XMP = 1 << 20

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def describe(path: str) -> bytes:
    """What a PDF states of itself, by field, and its printed page labels, as JSON."""
    reader = _open(path)
    information = reader.metadata
    author = one_line(clean_text(_stated(information, "author")))
    names = [name.strip() for name in author.split(";")]
    return json.dumps(
        {
            "title": one_line(clean_text(_stated(information, "title"))),
            "authors": [name for name in names if name and name.lower() not in _NOBODY],
            "created": _date(information),
            "doi": _doi(information),
            "labels": reader.page_labels,
            "xmp": _xmp(reader),
        }
    ).encode()


def extract_text(path: str, pages: Sequence[int] | None = None) -> bytes:
    """Text of pages of a PDF, as JSON by page number; a page that cannot be read is empty.

    Args:
        path: of the file.
        pages: numbers of those wanted; None for all.
    """
    reader = _open(path)
    wanted = range(1, len(reader.pages) + 1) if pages is None else pages
    return json.dumps(
        {number: _page_text(reader, number) for number in wanted if number <= len(reader.pages)}
    ).encode()


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


def _page_text(reader: pypdf.PdfReader, number: int) -> str:
    try:
        return mend_accents(clean_text(reader.pages[number - 1].extract_text()))
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


def _doi(information: pypdf.DocumentInformation | None) -> str:
    """Publishers put it into fields of their own, or into the subject or title."""
    values = (str(value) for value in (information or {}).values())
    return next((match.group() for value in values if (match := DOI.search(value))), "")


def _xmp(reader: pypdf.PdfReader) -> dict[str, str]:
    """What publishers state in the file's XMP; nothing where there is none, or it is damaged."""
    try:
        catalog = reader.root_object
        stream = catalog["/Metadata"].get_object() if "/Metadata" in catalog else None
        content = stream.get_data() if isinstance(stream, StreamObject) else b""
        text = clean_text(content[:_MOST_XMP].decode("utf-8", "replace"))
    except Exception:  # noqa: BLE001  (as above; the text is worth having without it)
        return {}
    prism = dict(_PRISM.findall(text))
    date = _ISO_DATE.match(prism.get("publicationDate", prism.get("coverDate", "")))
    doi = DOI.search(prism.get("doi", ""))
    found = {
        "journal": one_line(prism.get("publicationName", "")),
        "date": date.group() if date else "",
        "doi": doi.group() if doi else "",
        "licence": licence_of(text),
    }
    return {field: value for field, value in found.items() if value}
