"""Drawing a PDF page with marks; runs in a child process of its own."""

import io
import json
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw

from index.errors import SourceError
from search_app.page_letters import Box, boxes_of, letters_of

_MOST_PIXELS = 12_000_000
# A page that is a photograph is large as PNG; the page that shows it goes over one message.
_MOST_PNG_BYTES = 6_000_000
_INK = 24  # how much darker than white
_MARGIN_POINTS = 10
# By what a mark means; later ones lie over earlier ones.
COLOURS = {"also": (217, 236, 242), "passage": (255, 244, 199), "cited": (255, 224, 102)}


class _Dots(NamedTuple):
    """A rectangle of the picture."""

    left: int
    top: int
    right: int
    bottom: int


def render(
    path: str,
    number: int,
    marks: Sequence[Sequence[str | float]],
    dots_per_point: float,
    *,
    crop: bool,
) -> bytes:
    """A page with sentences marked: a line of JSON that describes the picture, then its bytes.

    Args:
        path: the PDF.
        number: 1-based page.
        marks: kind (a key of `COLOURS`), sentence, and where in the page's text it stands (0
            to 1); one that is not found is left out.
        dots_per_point: size of the picture; a huge page gets fewer.
        crop: whether to leave out the page's margins.

    Raises:
        SourceError: the page cannot be drawn.
    """
    try:
        page = pdfium.PdfDocument(path)[number - 1]
        most = (_MOST_PIXELS / (page.get_width() * page.get_height())) ** 0.5
        bitmap = page.render(scale=min(dots_per_point, most))
        picture = bitmap.to_pil().convert("RGB")
        text_page = page.get_textpage()
    except (pdfium.PdfiumError, IndexError) as error:
        raise SourceError(f"page {number} cannot be drawn ({error})") from error
    letters = letters_of(text_page)
    places = bitmap.get_posconv(page)
    frame = _frame(picture, dots_per_point) if crop else _Dots(0, 0, *picture.size)
    found: dict[str, list[_Dots]] = {kind: [] for kind in COLOURS}
    for kind, sentence, near in marks:
        boxes = boxes_of(text_page, letters, str(sentence), float(near))
        found[str(kind)] += [_dots(places, box) for box in boxes]
    picture = _marked(picture, found).crop(frame)
    return _described(picture, found["cited"] or found["passage"], frame)


def _described(picture: Image.Image, cited: Sequence[_Dots], frame: _Dots) -> bytes:
    media_type, content = _encoded(picture)
    head = {
        "media_type": media_type,
        "width": picture.width,
        "height": picture.height,
        "cited": _around(cited, frame),
    }
    return json.dumps(head).encode() + b"\n" + content


def _encoded(picture: Image.Image) -> tuple[str, bytes]:
    png = io.BytesIO()
    picture.save(png, "PNG")
    if png.tell() <= _MOST_PNG_BYTES:
        return "image/png", png.getvalue()
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=88)
    return "image/jpeg", jpeg.getvalue()


def _around(boxes: Sequence[_Dots], frame: _Dots) -> list[float] | None:
    """Left, top, width and height of what is around all boxes, as shares of the picture."""
    if not boxes:
        return None
    width, height = frame.right - frame.left, frame.bottom - frame.top
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    shares = (
        (left - frame.left) / width,
        (top - frame.top) / height,
        (right - left) / width,
        (bottom - top) / height,
    )
    return [round(min(1.0, max(0.0, share)), 4) for share in shares]


def _frame(picture: Image.Image, dots_per_point: float) -> _Dots:
    """What is printed on, with a small margin; the whole page where that has no margins."""
    white = Image.new("L", picture.size, "white")
    darker = ImageChops.difference(picture.convert("L"), white)
    printed = darker.point(lambda value: 255 if value > _INK else 0).getbbox()
    if printed is None:
        return _Dots(0, 0, *picture.size)
    margin = round(_MARGIN_POINTS * dots_per_point)
    left, top, right, bottom = printed
    return _Dots(
        max(0, left - margin),
        max(0, top - margin),
        min(picture.width, right + margin),
        min(picture.height, bottom + margin),
    )


def _dots(places: pdfium.PdfPosConv, box: Box) -> _Dots:
    # The page may be turned, and need not start at the origin of its coordinates.
    corners = (places.to_bitmap(box.left, box.top), places.to_bitmap(box.right, box.bottom))
    (left, right), (top, bottom) = (sorted(edges) for edges in zip(*corners, strict=True))
    return _Dots(left - 2, top - 2, right + 2, bottom + 2)


def _marked(picture: Image.Image, found: dict[str, list[_Dots]]) -> Image.Image:
    layer = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(layer)
    for kind, boxes in found.items():
        for box in boxes:
            draw.rectangle(box, fill=COLOURS[kind])
    # Multiplied like a marker pen: the letters stay black.
    return ImageChops.multiply(picture, layer)
