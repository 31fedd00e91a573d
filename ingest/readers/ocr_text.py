"""Text of pictured PDF pages by OCR; runs in a child process of its own."""

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image

from ingest.readers.ocr import RAPIDOCR, TESSERACT
from ingest.readers.pdf_columns import in_columns
from ingest.readers.pdf_layout import body_style, page_blocks
from ingest.readers.pdf_nouns import Line
from ingest.text_cleaning import LINE_END_HYPHEN, clean_text, mend_hyphens, vocabulary

_DOTS_AN_INCH, _POINTS_AN_INCH = 200, 72
# A poster, or a page that a file calls a mile wide.
_MOST_DOTS = 4_000

Engine = Callable[[Image.Image], str]


def recognise(path: str, pages: Sequence[int], engine: str) -> bytes:
    """Text of pages, as JSON by page number.

    Args:
        path: of the PDF.
        pages: their numbers.
        engine: one of `ENGINES`.
    """
    read = ENGINES[engine]()
    document = pdfium.PdfDocument(path)
    return json.dumps({number: read(_picture(document[number - 1])) for number in pages}).encode()


def _picture(page: pdfium.PdfPage) -> Image.Image:
    longest = max(page.get_size())
    scale = min(_DOTS_AN_INCH / _POINTS_AN_INCH, _MOST_DOTS / longest)
    return page.render(scale=scale).to_pil().convert("RGB")


def _rapidocr() -> Engine:
    import numpy as np  # noqa: PLC0415
    from rapidocr import RapidOCR  # noqa: PLC0415
    from rapidocr.utils.output import RapidOCROutput  # noqa: PLC0415

    engine = RapidOCR(params={"Global.log_level": "critical"})

    def read(picture: Image.Image) -> str:
        # It takes its channels in OpenCV's order: blue, green, red.
        found = engine(np.asarray(picture)[:, :, ::-1])
        if not isinstance(found, RapidOCROutput) or found.boxes is None or found.txts is None:
            return ""
        return _as_printed(
            [_line(box, text) for box, text in zip(found.boxes, found.txts, strict=True)]
        )

    return read


def _line(box: Sequence[Sequence[float]], text: str) -> Line:
    across, down = zip(*((float(x), float(y)) for x, y in box), strict=True)
    # Pictures count from the top. Boxes of one size differ by the letters in them.
    bottom, top = -max(down), -min(down)
    size = float(max(1, round((top - bottom) / 8) * 8))
    return Line(text, min(across), max(across), bottom, top, size, bold=False)


def _as_printed(lines: Sequence[Line]) -> str:
    _, ordered = in_columns([line for line in lines if line.text.strip()])
    blocks = page_blocks(_with_line_ends(ordered), body_style([ordered]))
    # Sizes of boxes are too rough to tell a heading by.
    text = "\n\n".join(block.text for block in blocks)
    return clean_text(mend_hyphens(text, vocabulary([text])))


def _with_line_ends(lines: Sequence[Line]) -> list[Line]:
    return [
        replace(line, text=line.text[:-1] + LINE_END_HYPHEN)
        if line.text.endswith("-") and line.text[-2:-1].isalpha()
        else line
        for line in lines
    ]


def _tesseract() -> Engine:
    def read(picture: Image.Image) -> str:
        content = BytesIO()
        picture.save(content, "PNG")
        answer = subprocess.run(  # noqa: S603  (nothing of the file is in the command)
            [TESSERACT, "stdin", "stdout", "--dpi", str(_DOTS_AN_INCH)],
            input=content.getvalue(),
            capture_output=True,
            check=True,
        )
        paragraphs = answer.stdout.decode("utf-8", "replace").replace("-\n", LINE_END_HYPHEN + "\n")
        text = "\n\n".join(" ".join(part.split()) for part in paragraphs.split("\n\n"))
        return clean_text(mend_hyphens(text, vocabulary([text]))).strip()

    return read


ENGINES: dict[str, Callable[[], Engine]] = {RAPIDOCR: _rapidocr, TESSERACT: _tesseract}
