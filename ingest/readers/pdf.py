"""PDFs: text by PDFium, the rest and a second try by pypdf, each in a process of its own."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from index.documents import Document, Page
from index.errors import SourceError
from index.isolation import Limits, run_isolated
from ingest.readers.pdf_titles import is_stated_title
from ingest.sources import Source

_FEWEST_LETTERS = 20
_FEWEST_LETTERS_IN_ALL = 12


@dataclass(frozen=True)
class PdfText:
    """Text of a PDF: one string a page, and the largest words of the first page."""

    texts: tuple[str, ...]
    title: str
    reader: str


def read_pdf(content: bytes, source: Source) -> Document:
    """Read a PDF, page by page.

    Raises:
        SourceError: it is damaged, protected by a password, or holds no text.
    """
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        copy.write(content)
        copy.flush()
        path = copy.name
        extracted = _extract(path)
        described = _describe(path)
    labels = described.get("labels") or []
    pages = tuple(
        Page(text, number, labels[number - 1] if len(labels) == len(extracted.texts) else None)
        for number, text in enumerate(extracted.texts, 1)
    )
    without_text = [page.number for page in pages if _letters(page.text) < _FEWEST_LETTERS]
    if sum(_letters(page.text) for page in pages) < _FEWEST_LETTERS_IN_ALL:
        raise SourceError(
            f"it holds no text (page count: {len(pages)}): it is a scan or a picture. Run text "
            "recognition over it (for example OCRmyPDF) and ingest the result"
        )
    return Document(
        id=source.id,
        title=_title(described.get("title", ""), extracted.title, source),
        link=source.link,
        pages=pages,
        metadata={
            "kind": "pdf",
            "authors": described.get("authors", []),
            "date": described.get("date", ""),
            "reader": extracted.reader,
            "pages": len(pages),
            "pages_without_text": without_text,
        },
    )


def _extract(path: str) -> PdfText:
    try:
        answer = run_isolated("ingest.readers.pdfium_text:extract_text", {"path": path})
        reader = "pypdfium2"
    except SourceError as refused:
        if "password" in str(refused):
            raise
        try:
            answer = run_isolated("ingest.readers.pypdf_text:extract_text", {"path": path})
        except SourceError as also_refused:
            raise SourceError(
                f"it cannot be read as a PDF ({refused}; second try: {also_refused}). Open it in "
                "a PDF viewer and save it again, or get another copy"
            ) from also_refused
        reader = "pypdf"
    extracted = json.loads(answer)
    if not extracted["texts"]:
        raise SourceError("it holds no pages")
    return PdfText(tuple(extracted["texts"]), extracted["title"], reader)


def _describe(path: str) -> dict:
    # The text is there without it: what cannot be described still can be cited.
    try:
        limits = Limits(cpu_seconds=10, wall_seconds=20)
        return json.loads(
            run_isolated("ingest.readers.pypdf_text:describe", {"path": path}, limits)
        )
    except SourceError:
        return {}


def _title(stated: str, largest: str, source: Source) -> str:
    name = source.path.stem if source.path else Path(source.link).name
    return (stated if is_stated_title(stated) else largest) or name


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)
