"""What a reader reports of a PDF: pages without text, columns, OCR, references, warnings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.ocr import Recognised
from ingest.readers.pdf_quality import POOR, letters, poorness

_FEWEST_LETTERS = 20
_REFERENCES = re.compile(
    r"^#{1,6} (?:[\dIVX.]+\s+)?"
    r"(?:references|bibliography|works cited|literature cited|literature)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_NEXT_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_NUMBER = re.compile(r"(?:^|(?<=\s))\[?(\d{1,3})[\].]?\s+(?=\S)", re.MULTILINE)
# As "(1995)" or "2006;": a reference has about one.
_YEAR = re.compile(r"\((?:1[89]|20)\d\d[a-z]?\)|\b(?:1[89]|20)\d\d[a-z]?;")
_FEWEST_NUMBERED = 3


@dataclass(frozen=True)
class PdfReading:
    """How a PDF was read.

    Attributes:
        reader: the library that read most of it.
        texts: of its pages.
        pictured: numbers of pages where something is drawn besides text.
        damaged: numbers of pages that PDFium could not open.
        other_pages: numbers of pages that pypdf read better.
        columns: that most pages have.
        removed: characters of running heads, footers, page and line numbers.
        recognised: what OCR found, where the user asked for it and it was needed.
    """

    reader: str
    texts: tuple[str, ...]
    pictured: tuple[int, ...] = ()
    damaged: tuple[int, ...] = ()
    other_pages: tuple[int, ...] = ()
    columns: int = 0
    removed: int = 0
    recognised: Recognised | None = None

    @property
    def without_text(self) -> list[int]:
        """Numbers of pages with next to no letters."""
        return [n for n, text in enumerate(self.texts, 1) if letters(text) < _FEWEST_LETTERS]

    @property
    def needs_ocr(self) -> list[int]:
        """Numbers of pages that show something but hold no text; none once OCR has seen them."""
        seen = self.recognised.pages if self.recognised else ()
        return [n for n in self.without_text if n in self.pictured and n not in seen]

    @property
    def ocr_hint(self) -> str:
        """Which pages need OCR, to go into a sentence; empty where none does."""
        return f" that needs OCR: {page_ranges(self.needs_ocr)}" if self.needs_ocr else ""

    def report(self) -> dict[str, object]:
        """The facts for ``metadata["reading"]``."""
        return {
            "reader": self.reader,
            "pypdf_pages": list(self.other_pages),
            "pages": len(self.texts),
            "pages_without_text": self.without_text,
            "columns": self.columns,
            "ocr_pages": sorted(self.recognised.texts) if self.recognised else [],
            "ocr_engine": self.recognised.engine if self.recognised else "",
            "needs_ocr": self.needs_ocr,
            "boilerplate_characters": self.removed,
            "references": _count_references("\n".join(self.texts)),
            "warnings": self._warnings(),
        }

    def _warnings(self) -> list[str]:
        poor = [n for n, text in enumerate(self.texts, 1) if text and poorness(text) > POOR]
        lost = [n for n in self.damaged if n not in self.other_pages]
        sentences = (
            (lost, "Damaged and not read: {}."),
            (self.needs_ocr, "Needs OCR: {}."),
            (poor, "Letters or spaces are wrong in the file's text: {}."),
            (self.recognised.failed if self.recognised else (), "OCR failed: {}."),
        )
        return [sentence.format(page_ranges(pages)) for pages, sentence in sentences if pages]


def page_ranges(pages: Sequence[int]) -> str:
    """Numbers as people write them: "page 1", "pages 1-3, 7"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    ranges = (str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(ranges)}"


def _count_references(text: str) -> int:
    """Entries below the heading of the reference list, up to the next heading.

    They stand in one paragraph as often as in many: their numbers are counted, else their years.
    """
    count = 0
    for heading in _REFERENCES.finditer(text):
        end = _NEXT_HEADING.search(text, heading.end())
        below = text[heading.end() : end.start() if end else len(text)]
        numbered = _count_upwards(below)
        count += numbered if numbered >= _FEWEST_NUMBERED else len(_YEAR.findall(below))
    return count


def _count_upwards(text: str) -> int:
    """How far the numbers at the beginnings of words count, from 1 on; volumes stand between."""
    reached = 0
    for number in _NUMBER.finditer(text):
        reached += int(number[1]) == reached + 1
    return reached
