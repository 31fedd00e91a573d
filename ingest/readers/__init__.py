"""One reader a format: the bytes of a source to a document."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from index.documents import Document, Page
from index.errors import SourceError
from index.languages import guess_language
from ingest.readers.docx import read_docx
from ingest.readers.epub import read_epub
from ingest.readers.html import read_html
from ingest.readers.jats import read_jats
from ingest.readers.markdown import read_markdown
from ingest.readers.mhtml import read_mhtml
from ingest.readers.odt import read_odt
from ingest.readers.pdf import read_pdf
from ingest.readers.pptx import read_pptx
from ingest.readers.recognition import DOCX, EPUB, ODT, PDF, PPTX, RTF, recognised
from ingest.readers.rtf import read_rtf
from ingest.readers.text import read_text
from ingest.sources import Source
from ingest.text_cleaning import clean_text, one_line

Reader = Callable[[bytes, Source], Document]

READERS: dict[str, Reader] = {
    DOCX: read_docx,
    EPUB: read_epub,
    ODT: read_odt,
    PDF: read_pdf,
    PPTX: read_pptx,
    RTF: read_rtf,
    "application/jats+xml": read_jats,
    "application/x-pdf": read_pdf,
    "application/xhtml+xml": read_html,
    "application/xml": read_jats,
    "multipart/related": read_mhtml,
    "text/html": read_html,
    "text/markdown": read_markdown,
    "text/plain": read_text,
    "text/rtf": read_rtf,
    "text/xml": read_jats,
}

_MEDIA_TYPES = {
    ".docx": DOCX,
    ".epub": EPUB,
    ".htm": "text/html",
    ".html": "text/html",
    ".jats": "application/jats+xml",
    ".markdown": "text/markdown",
    ".md": "text/markdown",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".nxml": "application/jats+xml",
    ".odt": ODT,
    ".pdf": PDF,
    ".pptx": PPTX,
    ".rtf": RTF,
    ".text": "text/plain",
    ".txt": "text/plain",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
}
_VAGUE = {"", "text/plain", "application/octet-stream", "binary/octet-stream"}


def read_document(content: bytes, source: Source, media_type: str = "") -> Document:
    """Turn the bytes of a source into a document, with the reader of its format.

    Args:
        content: what the file or address holds.
        source: where it is from.
        media_type: as the server states it; without one the name's ending decides.

    Raises:
        SourceError: the format is not known, or the reader finds no text.
    """
    if not content.strip():
        raise SourceError("it is empty")
    document = READERS[_media_type(content, source, media_type)](content, source)
    return _finish(document)


def _media_type(content: bytes, source: Source, stated: str) -> str:
    if shown := recognised(content):
        return shown
    name = source.path.name if source.path else urlsplit(source.link).path
    ending = PurePosixPath(name).suffix.lower()
    # Many servers call every text plain, and what they do not know a stream of octets.
    by_ending = _MEDIA_TYPES.get(ending, "")
    media_type = by_ending or stated if stated in _VAGUE else stated
    if media_type in READERS:
        return media_type
    kind = f"files of the kind {ending}" if ending else "files whose names have no ending"
    what = f"media type {stated!r}" if stated else kind
    raise SourceError(
        f"{what} cannot be read. Citewell reads {', '.join(sorted(_MEDIA_TYPES))}; save it as one "
        "of these, or name it in a .citewellignore file to leave it out"
    )


def _finish(document: Document) -> Document:
    pages = tuple(
        Page(clean_text(page.text), page.number, page.label and one_line(clean_text(page.label)))
        for page in document.pages
    )
    title = one_line(clean_text(document.title))
    text = "\n".join(page.text for page in pages)
    metadata = {"language": guess_language(text).best, **document.metadata}
    return replace(document, title=title, pages=pages, metadata=metadata)
