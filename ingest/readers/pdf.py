"""PDFs: text by PDFium, poor pages again by pypdf, scans by OCR; each in a process of its own."""

import json
import tempfile
from dataclasses import dataclass, replace

from index.documents import Document, Page
from index.errors import SourceError
from index.isolation import Limits, run_isolated
from ingest.readers.ocr import recognise_pages
from ingest.readers.pdf_margins import said_by
from ingest.readers.pdf_metadata import title_and_metadata
from ingest.readers.pdf_quality import FEWEST_LETTERS, POOR, letters, poorness
from ingest.readers.pdf_report import PdfReading
from ingest.sources import Source

# No journal prints it.
_NO_PRINTED_PAGE = "0"
# A page that is poor by both readers stays with PDFium, which knows headings.
_CLEARLY_BETTER = 0.5
_MOST_READ_AGAIN = 100


@dataclass(frozen=True)
class _Extracted:
    """What PDFium, or pypdf in its place, tells: one text a page, and how pages are laid out."""

    texts: tuple[str, ...]
    reader: str
    title: str = ""
    facts: dict[str, object] | None = None
    running: frozenset[str] = frozenset()
    removed: int = 0
    columns: int = 0
    damaged: tuple[int, ...] = ()
    pictured: tuple[int, ...] = ()


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
        better = _better_texts(path, extracted)
        texts = [better.get(number, text) for number, text in enumerate(extracted.texts, 1)]
        reading = PdfReading(
            reader=extracted.reader,
            texts=tuple(texts),
            pictured=extracted.pictured,
            damaged=extracted.damaged,
            other_pages=tuple(better),
            columns=extracted.columns,
            removed=extracted.removed,
        )
        if source.ocr and reading.needs_ocr:
            recognised = recognise_pages(path, reading.needs_ocr)
            texts = [recognised.texts.get(n, text) for n, text in enumerate(texts, 1)]
            reading = replace(reading, texts=tuple(texts), recognised=recognised)
    _check_text(reading)
    title, metadata = title_and_metadata(described, extracted.title, extracted.facts or {}, source)
    return Document(
        id=source.id,
        title=title,
        link=source.link,
        pages=_pages(texts, described.get("labels")),
        metadata={
            "kind": "pdf",
            **metadata,
            "reader": reading.reader,
            "pages": len(texts),
            "pages_without_text": reading.without_text,
            "reading": reading.report(),
        },
    )


def _pages(texts: list[str], labels: object) -> tuple[Page, ...]:
    printed = labels if isinstance(labels, list) and len(labels) == len(texts) else None
    if printed and _NO_PRINTED_PAGE in printed:
        # A cover that some publishers' software counts so; the pages print other numbers.
        printed = None
    return tuple(
        Page(text, number, printed[number - 1] if printed else None)
        for number, text in enumerate(texts, 1)
    )


def _check_text(reading: PdfReading) -> None:
    if sum(map(letters, reading.texts)) >= FEWEST_LETTERS:
        return
    count = len(reading.texts)
    if reading.recognised:
        raise SourceError(
            f"it holds no text (page count: {count}), and OCR found none in its pictures"
        )
    if not reading.needs_ocr:
        raise SourceError(
            f"it holds no text (page count: {count}): its pages are blank, or show lines and a few "
            "letters"
        )
    raise SourceError(
        f"it holds no text (page count: {count}): it is a scan or a picture"
        f"{reading.ocr_hint}. Run text recognition over it: ingest it with --ocr, or use a program "
        "(for example OCRmyPDF) and ingest the result"
    )


def _extract(path: str) -> _Extracted:
    try:
        answer = json.loads(run_isolated("ingest.readers.pdfium_text:extract_text", {"path": path}))
    except SourceError as refused:
        if "password" in str(refused):
            raise
        extracted = _extract_by_pypdf(path, refused)
    else:
        extracted = _Extracted(
            texts=tuple(answer["texts"]),
            reader="pypdfium2",
            title=answer["title"],
            facts=answer["facts"],
            running=frozenset(answer["running"]),
            removed=answer["removed"],
            columns=answer["columns"],
            damaged=tuple(answer["damaged"]),
            pictured=tuple(answer["pictured"]),
        )
    if not extracted.texts:
        raise SourceError("it holds no pages")
    return extracted


def _extract_by_pypdf(path: str, refused: SourceError) -> _Extracted:
    try:
        answer = json.loads(run_isolated("ingest.readers.pypdf_text:extract_text", {"path": path}))
    except SourceError as also_refused:
        if "security" in str(refused):
            raise SourceError(
                "it is protected by a certificate or the like; save a copy without protection"
            ) from also_refused
        raise SourceError(
            f"it cannot be read as a PDF ({refused}; second try: {also_refused}). Open it in "
            "a PDF viewer and save it again, or get another copy"
        ) from also_refused
    return _Extracted(tuple(answer.values()), "pypdf")


def _better_texts(path: str, extracted: _Extracted) -> dict[int, str]:
    """Pages that pypdf reads clearly better, by number; only poor ones are read again."""
    if extracted.reader == "pypdf":
        return {}
    pages = dict(enumerate(extracted.texts, 1))
    blank = {number for number, text in pages.items() if not text.strip()}
    poor = [
        number
        for number, text in pages.items()
        if number in extracted.damaged or (number not in blank and poorness(text) > POOR)
    ][:_MOST_READ_AGAIN]
    if not poor:
        return {}
    try:
        request: dict[str, object] = {"path": path, "pages": poor}
        answer = run_isolated("ingest.readers.pypdf_text:extract_text", request)
    except SourceError:
        return {}
    second = {int(number): text for number, text in json.loads(answer).items()}
    return {
        number: "\n".join(
            line for line in text.splitlines() if said_by(line) not in extracted.running
        )
        for number, text in second.items()
        if poorness(text) < _CLEARLY_BETTER * poorness(pages[number])
    }


def _describe(path: str) -> dict[str, object]:
    # The text is there without it: what cannot be described still can be cited.
    try:
        limits = Limits(cpu_seconds=10, wall_seconds=20)
        return json.loads(
            run_isolated("ingest.readers.pypdf_text:describe", {"path": path}, limits)
        )
    except SourceError:
        return {}
