"""Drawing a PDF page with marks; runs in a child process of its own.

The extracted text is not what stands on the page letter by letter (hyphens mended, lines
joined), so sentences are found by their letters and digits alone.
"""

import ctypes
import io
import unicodedata
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, ImageDraw

from index.errors import SourceError

_DOTS_PER_POINT = 2.0
_MOST_PIXELS = 12_000_000
_LIGHT = (255, 244, 199)
_STRONG = (255, 224, 102)


@dataclass(frozen=True)
class _Letters:
    """The letters and digits of a page, and the place of each among its characters."""

    text: str
    places: tuple[int, ...]


def render(path: str, number: int, sentences: list[str], strong: str) -> bytes:
    """PNG of a page with its sentences marked.

    Args:
        path: the PDF.
        number: 1-based page.
        sentences: to be marked lightly; one that is not found is left out.
        strong: the one of them to be marked strongly, or an empty text.

    Raises:
        SourceError: the page cannot be drawn.
    """
    try:
        page = pdfium.PdfDocument(path)[number - 1]
        scale = min(_DOTS_PER_POINT, (_MOST_PIXELS / (page.get_width() * page.get_height())) ** 0.5)
        bitmap = page.render(scale=scale)
        picture = bitmap.to_pil().convert("RGB")
        text_page = page.get_textpage()
    except (pdfium.PdfiumError, IndexError) as error:
        raise SourceError(f"page {number} cannot be drawn ({error})") from error
    letters = _letters_of(text_page)
    places = bitmap.get_posconv(page)
    for sentence in sentences:
        if sentence == strong:
            continue
        picture = _mark(picture, places, _boxes(text_page, letters, sentence), _LIGHT)
    picture = _mark(picture, places, _boxes(text_page, letters, strong), _STRONG)
    png = io.BytesIO()
    picture.save(png, "PNG", optimize=True)
    return png.getvalue()


def _letters_of(text_page: pdfium.PdfTextPage) -> _Letters:
    letters: list[str] = []
    places: list[int] = []
    for place in range(text_page.count_chars()):
        folded = _fold(chr(pdfium_c.FPDFText_GetUnicode(text_page, place)))
        letters.append(folded)
        places += [place] * len(folded)
    return _Letters("".join(letters), tuple(places))


def _fold(text: str) -> str:
    # NFKC spells ligatures out; case and everything that layout may add falls away.
    normal = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in normal if character.isalnum())


def _boxes(
    text_page: pdfium.PdfTextPage, letters: _Letters, sentence: str
) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each line of a sentence, in points."""
    folded = _fold(sentence)
    found = letters.text.find(folded) if folded else -1
    if found < 0:
        return []
    first = letters.places[found]
    last = letters.places[found + len(folded) - 1]
    boxes = []
    for number in range(pdfium_c.FPDFText_CountRects(text_page, first, last - first + 1)):
        edges = [ctypes.c_double() for _ in range(4)]
        pdfium_c.FPDFText_GetRect(text_page, number, *map(ctypes.byref, edges))
        left, top, right, bottom = (edge.value for edge in edges)
        boxes.append((left, top, right, bottom))
    return boxes


def _mark(
    picture: Image.Image,
    places: pdfium.PdfPosConv,
    boxes: list[tuple[float, float, float, float]],
    colour: tuple[int, int, int],
) -> Image.Image:
    if not boxes:
        return picture
    layer = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(layer)
    for left, top, right, bottom in boxes:
        # The page may be turned, and need not start at the origin of its coordinates.
        corners = (places.to_bitmap(left, top), places.to_bitmap(right, bottom))
        (first_x, last_x), (first_y, last_y) = (
            sorted(edges) for edges in zip(*corners, strict=True)
        )
        draw.rectangle((first_x - 2, first_y - 2, last_x + 2, last_y + 2), fill=colour)
    # Multiplied like a marker pen: the letters stay black.
    return ImageChops.multiply(picture, layer)
