"""The printed lines of a PDF page: their text, place, size and weight."""

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.readers.pdf_layout import Line
from ingest.text_cleaning import LINE_END_HYPHEN

# PDFium writes one of these for a hyphen at the end of a line.
_HYPHENS = {0x02: LINE_END_HYPHEN, 0xFFFE: LINE_END_HYPHEN, 0xAD: ""}
_LINE_ENDS = {0x0A, 0x0D}
# After such a hyphen PDFium goes on with the next printed line as if it were the same.
_LAST_IN_LINE = {0x02, 0xFFFE}
_BOLD_WEIGHT = 600
# How one typesetting system of many journals calls them.
_BOLD_ENDINGS = (".B", ".BI")
_SIZE_TOLERANCE = 0.05


def page_lines(page: pdfium.PdfPage) -> list[Line]:
    """The lines of a page in reading order; empty lines are left out."""
    text_page = page.get_textpage()
    lines: list[Line] = []
    start = 0
    count = text_page.count_chars()
    codes = [pdfium_c.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    for index in range(count + 1):
        at_end = index == count or codes[index] in _LINE_ENDS
        if at_end or codes[index] in _LAST_IN_LINE:
            end = index if at_end else index + 1
            if line := _line(text_page, codes, start, end):
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
    # Three places: they tell a heading from a line with some words in italics, and the size
    # of most from that of a first letter or a footnote's number.
    places = (printed[0], printed[len(printed) // 2], printed[-1])
    boxes = [_box(text_page, index) for index in places]
    _, _, bottom, top = sorted(boxes, key=lambda box: box[3] - box[2])[1]
    fonts = {_font(text_page, index) for index in places}
    return Line(
        text=text.strip(),
        left=boxes[0][0],
        right=boxes[-1][1],
        bottom=bottom,
        top=top,
        size=round((top - bottom) / _SIZE_TOLERANCE) * _SIZE_TOLERANCE,
        bold=all(_is_bold(text_page, index) for index in places),
        font=fonts.pop() if len(fonts) == 1 else "",
    )


def _box(text_page: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    # The loose box has the height of the font, not of the letter: "a" and "A" are alike.
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box))
    return box.left, box.right, box.bottom, box.top


def _is_bold(text_page: pdfium.PdfTextPage, index: int) -> bool:
    if pdfium_c.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT:
        return True
    name = _font(text_page, index)
    return "bold" in name.lower() or name.endswith(_BOLD_ENDINGS)


def _font(text_page: pdfium.PdfTextPage, index: int) -> str:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text_page, index, name, len(name), ctypes.byref(flags))
    return name.value.decode("utf-8", "replace")
