"""The printed lines of a PDF page: their text, place, size, weight and the gaps in them."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.readers.pdf_nouns import Gap, Line
from ingest.text_cleaning import LINE_END_HYPHEN

# PDFium writes one of these for a hyphen at the end of a line, and goes on as if in it.
_HYPHENS = str.maketrans({0x02: LINE_END_HYPHEN, 0xFFFE: LINE_END_HYPHEN, 0xAD: ""})
_LINE = re.compile("[^\n\r\x02\ufffe]*[\x02\ufffe]?")
_BOLD_WEIGHT = 600
# How one typesetting system of many journals calls them.
_BOLD_ENDINGS = (".B", ".BI")
_SIZE_TOLERANCE = 0.05
# In sizes. Spaces of justified text are narrower, those between columns wider.
_WIDE_GAP = 1.0
# A line with a wide gap is wider than its letters; so are those that are looked at closely, and one
# in so many besides.
_LOOSE, _SAMPLE = 1.06, 5
# Numbers of citations: after a whole word or a year. Not "m2", "CD4" or "10" with an exponent.
_MAYBE_CITED = re.compile(r"(?:(?<=[^\W\d_]{4})|(?<=\b(?:19|20)\d\d))\d[\d,\u2013-]*")
_SMALLER, _RAISED = 0.9, 0.15

# One for all calls: each process reads one file, one line after the other.
_NAME = ctypes.create_string_buffer(128)
_FLAGS = ctypes.byref(ctypes.c_int())

if TYPE_CHECKING:
    # What PDFium's functions take is made while it is loaded; no type checker can see it.
    _TextPage = ctypes.c_void_p

_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Found:
    """A line as PDFium has it: its characters from `start` on are `text`."""

    start: int
    text: str
    line: Line

    @property
    def advance(self) -> float:
        """Usual width of its characters, in sizes."""
        return abs(self.line.right - self.line.left) / (len(self.text) * (self.line.size or 1))


def page_lines(page: pdfium.PdfPage) -> list[Line]:
    """The lines of a page in the order in which the file has them; empty ones are left out."""
    helper = page.get_textpage()
    # The bare handle: what the helper does around each call costs as much as the call.
    text_page = helper.raw
    found = list(_find_lines(text_page))
    # On a page of tables, or of lines printed over two columns, all are equally wide.
    if any(_gaps(text_page, each) for each in found[::_SAMPLE]):
        return [_readable(text_page, each, loose=True) for each in found]
    loose = _LOOSE * median(each.advance for each in found) if found else 0
    return [_readable(text_page, each, loose=each.advance > loose) for each in found]


def _find_lines(text_page: "_TextPage") -> Iterator[_Found]:
    for match in _LINE.finditer(_characters(text_page)):
        text = match.group().strip()
        if text:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield _Found(start, text, _line(text_page, text, start))


def _characters(text_page: "_TextPage") -> str:
    """One character for each that PDFium counts, so that an offset is PDFium's index."""
    count = pdfium_c.FPDFText_CountChars(text_page)
    units = (ctypes.c_ushort * (count + 1))()
    # All at once is a hundred times as fast as one by one, where the two count alike.
    if pdfium_c.FPDFText_GetText(text_page, 0, count, units) == count + 1:
        return "".join(map(chr, units[:count]))
    codes = (pdfium_c.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(map(chr, codes))


def _line(text_page: "_TextPage", text: str, start: int) -> Line:
    last = len(text) - 1
    middle = last // 2
    while text[middle].isspace():
        middle += 1
    # Three places: they tell a heading from a line with some words in italics, and the size
    # of most from that of a first letter or a footnote's number.
    places = [start + place for place in (0, middle, last)]
    boxes = [_box(text_page, index) for index in places]
    _, _, bottom, top = sorted(boxes, key=lambda box: box[3] - box[2])[1]
    fonts = {_font(text_page, index) for index in places}
    return Line(
        text=text,
        left=boxes[0][0],
        right=boxes[-1][1],
        bottom=bottom,
        top=top,
        size=round((top - bottom) / _SIZE_TOLERANCE) * _SIZE_TOLERANCE,
        bold=all(_is_bold(text_page, index, fonts) for index in places),
        font=fonts.pop() if len(fonts) == 1 else "",
    )


def _readable(text_page: "_TextPage", found: _Found, *, loose: bool) -> Line:
    """The line with its text as it is meant, and with the wide gaps in it."""
    text, start = found.text, found.start
    gaps = _gaps(text_page, found) if loose else []
    cited = [
        m.start() for m in _MAYBE_CITED.finditer(text) if _raised(text_page, start + m.start())
    ]
    for place in reversed(cited):
        text = f"{text[:place]} {text[place:]}"
        gaps = [replace(gap, end=gap.end + (gap.end > place)) for gap in gaps]
    cleaned = text.translate(_HYPHENS)
    if not cleaned.isascii():
        # UTF-16 halves of rarer characters come one by one.
        cleaned = cleaned.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if cleaned == found.text and not gaps:
        return found.line
    # A character less, and the gaps are no longer where they were.
    return replace(found.line, text=cleaned, gaps=tuple(gaps) if len(cleaned) == len(text) else ())


def _gaps(text_page: "_TextPage", found: _Found) -> list[Gap]:
    gaps: list[Gap] = []
    for space in re.finditer(r"\s+", found.text):
        left = _box(text_page, found.start + space.start() - 1)[1]
        right = _box(text_page, found.start + space.end())[0]
        if right - left > _WIDE_GAP * found.line.size:
            gaps.append(Gap(space.end(), left, right))
    return gaps


def _raised(text_page: "_TextPage", index: int) -> bool:
    """Whether a character is smaller than the one before it and stands higher."""
    before, own = (_box(text_page, place) for place in (index - 1, index))
    height = before[3] - before[2]
    smaller = own[3] - own[2] < _SMALLER * height
    return smaller and own[2] > before[2] + _RAISED * height


def _box(text_page: "_TextPage", index: int) -> _Box:
    # The loose box has the height of the font, not of the letter: "a" and "A" are alike.
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box))
    return box.left, box.right, box.bottom, box.top


def _is_bold(text_page: "_TextPage", index: int, names: set[str]) -> bool:
    if all("bold" in name.lower() or name.endswith(_BOLD_ENDINGS) for name in names):
        return True
    return pdfium_c.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT


def _font(text_page: "_TextPage", index: int) -> str:
    length = pdfium_c.FPDFText_GetFontInfo(text_page, index, _NAME, len(_NAME), _FLAGS)
    # A name that does not fit is not written at all.
    return _NAME.value.decode("utf-8", "replace") if 0 < length <= len(_NAME) else ""
