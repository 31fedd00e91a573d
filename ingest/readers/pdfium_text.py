"""Text of a PDF by PDFium, with headings and paragraphs; runs in a child process of its own."""

import json
from collections import Counter
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from index.errors import SourceError
from ingest.readers.pdf_columns import in_columns
from ingest.readers.pdf_first_page import first_page_facts
from ingest.readers.pdf_floats import sentences_made_whole
from ingest.readers.pdf_layout import body_style, page_blocks
from ingest.readers.pdf_line_numbers import without_line_numbers
from ingest.readers.pdf_lines import page_lines
from ingest.readers.pdf_margins import without_running_lines
from ingest.readers.pdf_nouns import Block, Kind, Line
from ingest.readers.pdf_quality import unknown_letters
from ingest.readers.pdf_sections import mark_back_matter
from ingest.readers.pdf_titles import title_of
from ingest.text_cleaning import (
    Vocabulary,
    clean_text,
    mend_accents,
    mend_hyphens,
    unlike_heading,
    vocabulary,
)

_MOST_PAGES = 5_000
# The first page says what the article is; the footers of the next ones repeat it.
_FRONT_PAGES = 3
_LITTLE_TEXT = 100
# A form or a frame has fewer lines than a page of letters that are drawn as shapes.
_LETTERS_AS_PATHS = 100
# Line ends and the like make a few.
_LETTERS_WITHOUT_MEANING = 10


def extract_text(path: str) -> bytes:
    """Text of each page, the title as printed, and how the pages are laid out, as JSON.

    Raises:
        SourceError: PDFium refuses the file, or it is protected by a password.
    """
    document = _open(path)
    found = [_page_lines(document, number) for number in range(len(document))]
    inner = without_running_lines(without_line_numbers([lines or [] for lines in found]))
    laid_out = [in_columns(page) for page in inner.pages]
    pages = [lines for _, lines in laid_out]
    body = body_style(pages)
    title = title_of(pages[0], body.size) if pages else ""
    texts = [
        _text(mark_back_matter(sentences_made_whole(page_blocks(page, body), body)), title)
        for page in pages
    ]
    words = vocabulary(texts)
    columns = Counter(number for (number, _), page in zip(laid_out, pages, strict=True) if page)
    return json.dumps(
        {
            "texts": [_mended(text, words) for text in texts],
            "title": _mended(title, words),
            "running": sorted(inner.running),
            "removed": inner.removed,
            "columns": columns.most_common(1)[0][0] if columns else 0,
            "facts": first_page_facts([lines or [] for lines in found[:_FRONT_PAGES]], title),
            "pictured": _pictured(document, texts),
            "damaged": [n for n, lines in enumerate(found, 1) if lines is None],
        }
    ).encode()


def _mended(text: str, words: Vocabulary) -> str:
    return mend_accents(clean_text(mend_hyphens(text, words)))


def _text(blocks: Sequence[Block], title: str) -> str:
    """Blocks between blank lines, headings as Markdown ones; the title is the top heading."""
    return "\n\n".join(_marked(block, title) for block in blocks)


def _marked(block: Block, title: str) -> str:
    if block.kind is not Kind.HEADING:
        return unlike_heading(block.text)
    return f"{'#' if block.text == title else '##'} {block.text}"


def _open(path: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError("it is protected by a password; save a copy without one") from error
        raise SourceError(f"PDFium: {error}") from error
    if len(document) > _MOST_PAGES:
        raise SourceError(f"it has {len(document):,} pages; at most {_MOST_PAGES:,} are read")
    return document


def _pictured(document: pdfium.PdfDocument, texts: Sequence[str]) -> list[int]:
    """Numbers of pages with little or no text, but with pictures or letters only eyes can read."""
    return [
        number
        for number, text in enumerate(texts, 1)
        if len(text) < _LITTLE_TEXT and _is_pictured(document, number)
    ]


def _is_pictured(document: pdfium.PdfDocument, number: int) -> bool:
    try:
        page = document[number - 1]
        objects = Counter(each.type for each in page.get_objects(max_depth=1))
        unknown = unknown_letters(page.get_textpage().get_text_bounded())
    except pdfium.PdfiumError:
        return False
    pictures = objects[pdfium_c.FPDF_PAGEOBJ_IMAGE] + objects[pdfium_c.FPDF_PAGEOBJ_FORM]
    drawn = objects[pdfium_c.FPDF_PAGEOBJ_PATH]
    return bool(pictures) or drawn >= _LETTERS_AS_PATHS or unknown >= _LETTERS_WITHOUT_MEANING


def _page_lines(document: pdfium.PdfDocument, number: int) -> list[Line] | None:
    try:
        return page_lines(document[number])
    except pdfium.PdfiumError:
        # One damaged page does not cost the others; it gets a second try, and is reported.
        return None
