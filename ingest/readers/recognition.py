"""Formats by the bytes of a file: a name can be wrong."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from index.errors import SourceError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EPUB = "application/epub+zip"
ODT = "application/vnd.oasis.opendocument.text"
PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
RTF = "application/rtf"

# The specification wants this mark at the very start; real files have it a little later.
_PDF_MARK, _PDF_MARK_WITHIN = b"%PDF-", 1024
_ZIP_MARK = b"PK\x03\x04"
_RTF_MARK = b"{\\rtf"
# Word before 2007, and Word files with a password.
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = {
    "word/document.xml": DOCX,
    "ppt/presentation.xml": PPTX,
    "META-INF/container.xml": EPUB,
}
_LONGEST_NAME = 100


def recognised(content: bytes) -> str:
    """The media type that the bytes show beyond doubt; else an empty string.

    Raises:
        SourceError: they show a format that cannot be read.
    """
    if _PDF_MARK in content[:_PDF_MARK_WITHIN]:
        return PDF
    if content.startswith(_ZIP_MARK):
        return _kind_of_archive(content)
    if content.startswith(_RTF_MARK):
        return RTF
    if content.startswith(_OLE_MARK):
        raise SourceError(
            "it is an old Office file or protected by a password; save it as .docx, .pptx or PDF, "
            "without a password"
        )
    return ""


def _kind_of_archive(content: bytes) -> str:
    try:
        archive = ZipFile(BytesIO(content))
        names = set(archive.namelist())
        if "mimetype" in names and archive.getinfo("mimetype").file_size < _LONGEST_NAME:
            stated = archive.read("mimetype").decode("ascii", "replace").strip()
            if stated in {EPUB, ODT}:
                return stated
    except (BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError):
        # The reader of the format that its name says tells what is wrong with it.
        return ""
    return next((kind for part, kind in _PARTS.items() if part in names), "")
