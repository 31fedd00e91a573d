"""Where a sentence stands on a page of a PDF; runs in the child process that draws the page.

The extracted text is not what stands on the page letter by letter (hyphens mended, lines
joined), so sentences are found by their letters and digits alone.
"""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

# Shorter pieces stand on a page by chance.
_SEED = 16
# Share of a sentence's letters that must be found, where it does not stand there as a whole.
_ENOUGH = 0.5


class Box(NamedTuple):
    """Edges of a line of text, in points."""

    left: float
    top: float
    right: float
    bottom: float


class _Run(NamedTuple):
    start: int
    length: int


@dataclass(frozen=True)
class Letters:
    """The letters and digits of a page, and the place of each among its characters."""

    text: str
    places: tuple[int, ...]


def letters_of(text_page: pdfium.PdfTextPage) -> Letters:
    """The letters of a page, in PDFium's order."""
    letters: list[str] = []
    places: list[int] = []
    for place in range(text_page.count_chars()):
        folded = fold(chr(pdfium_c.FPDFText_GetUnicode(text_page, place)))
        letters.append(folded)
        places += [place] * len(folded)
    return Letters("".join(letters), tuple(places))


def fold(text: str) -> str:
    """The text without all that layout may add: spaces, hyphens, case, ligatures."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in normal if character.isalnum())


def boxes_of(
    text_page: pdfium.PdfTextPage, letters: Letters, sentence: str, near: float
) -> list[Box]:
    """The boxes of the lines of a sentence; none where too little of it stands there.

    Args:
        text_page: the page's text.
        letters: of the page.
        sentence: what to find.
        near: where in the page's text it is said to stand, 0 to 1. A page may say it twice.
    """
    folded = fold(sentence)
    expected = round(near * len(letters.text))
    found = _nearest(letters.text, folded, expected) if folded else None
    runs = [_Run(found, len(folded))] if found is not None else list(_runs(letters, folded))
    if sum(run.length for run in runs) < _ENOUGH * len(folded):
        return []
    return [box for run in runs for box in _rectangles(text_page, letters, run)]


def _runs(letters: Letters, folded: str) -> Iterator[_Run]:
    """Pieces of a sentence in its order, where a figure or a note mark cuts it on the page."""
    at, after = 0, 0
    while at + _SEED <= len(folded):
        start = _nearest(letters.text, folded[at : at + _SEED], after)
        if start is None:
            at += 1
            continue
        length = _SEED
        while folded[at + length : at + length + 1] == letters.text[
            start + length : start + length + 1
        ] and at + length < len(folded):
            length += 1
        yield _Run(start, length)
        at, after = at + length, start + length


def _nearest(text: str, part: str, expected: int) -> int | None:
    """Start of the part's occurrence that is nearest to where it is expected."""
    before = text.rfind(part, 0, expected + len(part))
    after = text.find(part, expected)
    found = [start for start in (before, after) if start >= 0]
    return min(found, key=lambda start: abs(start - expected), default=None)


def _rectangles(text_page: pdfium.PdfTextPage, letters: Letters, run: _Run) -> Iterator[Box]:
    first = letters.places[run.start]
    last = letters.places[run.start + run.length - 1]
    # The full stop or bracket after the last letter belongs to it.
    while _is_mark(chr(pdfium_c.FPDFText_GetUnicode(text_page, last + 1))):
        last += 1
    for number in range(pdfium_c.FPDFText_CountRects(text_page, first, last - first + 1)):
        edges = [ctypes.c_double() for _ in range(4)]
        pdfium_c.FPDFText_GetRect(text_page, number, *map(ctypes.byref, edges))
        yield Box(*(edge.value for edge in edges))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in {"Po", "Pe", "Pf"}
