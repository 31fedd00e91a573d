"""The printed lines of a PDF page: their text, place, size and weight."""

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.readers.pdf_layout import Line
from ingest.text_cleaning import LINE_END_HYPHEN

# PDFium writes one of these for a hyphen at the end of a line.
_HYPHENS = {0x02: LINE_END_HYPHEN, 0xFFFE: LINE_END_HYPHEN, 0xAD: ""}
_LINE_ENDS = {0x0A, 0x0D}
_BOLD_WEIGHT = 600
_SIZE_TOLERANCE = 0.05


def page_lines(page: pdfium.PdfPage) -> list[Line]:
    """The lines of a page in reading order; empty lines are left out."""
    text_page = page.get_textpage()
    lines: list[Line] = []
    start = 0
    count = text_page.count_chars()
    codes = [pdfium_c.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    for index in range(count + 1):
        if index == count or codes[index] in _LINE_ENDS:
            if line := _line(text_page, codes, start, index):
                lines.append(line)
            start = index + 1
    return lines


def _line(text_page: pdfium.PdfTextPage, codes: list[int], start: int, end: int) -> Line | None:
    text = "".join(_HYPHENS.get(code, chr(code)) for code in codes[start:end])
    # UTF-16 halves of rarer characters come one by one.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if not text.strip():
        return None
    printed = [index for index in range(start, end) if chr(codes[index]).strip()]
    first, last = _box(text_page, printed[0]), _box(text_page, printed[-1])
    return Line(
        text=text.strip(),
        left=first[0],
        right=last[1],
        bottom=first[2],
        top=first[3],
        size=round((first[3] - first[2]) / _SIZE_TOLERANCE) * _SIZE_TOLERANCE,
        bold=all(_is_bold(text_page, index) for index in (printed[0], printed[-1])),
    )


def _box(text_page: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    # The loose box has the height of the font, not of the letter: "a" and "A" are alike.
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box))
    return box.left, box.right, box.bottom, box.top


def _is_bold(text_page: pdfium.PdfTextPage, index: int) -> bool:
    if pdfium_c.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text_page, index, name, len(name), ctypes.byref(flags))
    return b"bold" in name.value.lower()
