"""Text of a PDF by PDFium, with headings and paragraphs; runs in a child process of its own."""

import json

import pypdfium2 as pdfium

from index.errors import SourceError
from ingest.readers.pdf_layout import Line, body_style, page_text
from ingest.readers.pdf_lines import page_lines
from ingest.readers.pdf_margins import without_running_lines
from ingest.readers.pdf_titles import title_of
from ingest.text_cleaning import clean_text, mend_hyphens, vocabulary

_MOST_PAGES = 5_000


def extract_text(path: str) -> bytes:
    """Text of each page and the title as printed, as JSON.

    Raises:
        SourceError: PDFium refuses the file, or it is protected by a password.
    """
    pages = without_running_lines(_read_lines(path))
    body = body_style(pages)
    title = title_of(pages[0], body.size) if pages else ""
    texts = [page_text(page, body, title=title) for page in pages]
    words = vocabulary(texts)
    mended = [clean_text(mend_hyphens(text, words)) for text in texts]
    return json.dumps({"texts": mended, "title": clean_text(mend_hyphens(title, words))}).encode()


def _read_lines(path: str) -> list[list[Line]]:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError("it is protected by a password; save a copy without one") from error
        raise SourceError(f"PDFium: {error}") from error
    if len(document) > _MOST_PAGES:
        raise SourceError(f"it has {len(document):,} pages; at most {_MOST_PAGES:,} are read")
    return [_page_lines(document, number) for number in range(len(document))]


def _page_lines(document: pdfium.PdfDocument, number: int) -> list[Line]:
    try:
        return page_lines(document[number])
    except pdfium.PdfiumError:
        # One damaged page does not cost the others; the report counts it as without text.
        return []
