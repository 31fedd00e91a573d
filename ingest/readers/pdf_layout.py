"""Lines of a PDF page to text: which lines are headings, which ones make a paragraph."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

_HEADING_SIZE = 1.12
_LONGEST_HEADING = 120
_LONGEST_BOLD_HEADING = 80
_FEWEST_LETTERS = 3
_PARAGRAPH_GAP = 1.5
# Of a paragraph's gap over the usual distance of two lines of the page.
_OVER_LEADING = 1.25
_WIDEST_LEADING = 2.2
# A sentence is still in its paragraph over a gap as wide as this, after a superscript for one.
_SENTENCE_GAP = 2.5
_SAME_SIZE = 0.97
# Two fonts of one size differ in height by as much.
_FONT_HEADING_SIZE = 0.88
_LONGEST_FONT_RUN = 2
_INDENT = 0.8
_OPENING = '"\u201c\u2018(['
_LETTERS_SHARE = 0.6
_CAPTION = re.compile(r"(?:fig(?:ure|\.)|table|box) ", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:][\"\u201d\u2019)\]\d,]*$")


@dataclass(frozen=True)
class Line:
    """A printed line. Places and size are in points, from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool
    font: str = ""


@dataclass(frozen=True)
class BodyStyle:
    """What most characters of the document are set in."""

    size: float
    font: str


def body_style(pages: Sequence[Sequence[Line]]) -> BodyStyle:
    """Size and font that most characters of the document have; 0 where there are none."""
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
            fonts[line.font] += len(line.text)
    if not sizes:
        return BodyStyle(0.0, "")
    return BodyStyle(sizes.most_common(1)[0][0], fonts.most_common(1)[0][0])


def is_larger(line: Line, body_size: float) -> bool:
    """Whether a line is set in a size for headings."""
    return line.size >= _HEADING_SIZE * body_size and len(line.text) <= _LONGEST_HEADING


def page_text(page: Sequence[Line], body: BodyStyle, title: str = "") -> str:
    """The page as paragraphs between blank lines, headings as ``## `` lines.

    Args:
        page: its lines in reading order.
        body: style of the running text.
        title: the document's title as printed; it is marked as the top heading, ``# ``.
    """
    headings = _headings(page, body)
    gap = _paragraph_gap(page)
    blocks: list[list[Line]] = []
    heading_blocks: set[int] = set()
    for line, is_heading in zip(page, headings, strict=True):
        after_heading = len(blocks) - 1 in heading_blocks
        if blocks and _continues(blocks[-1][-1], line, (after_heading, is_heading), gap):
            blocks[-1].append(line)
            continue
        if is_heading:
            heading_blocks.add(len(blocks))
        blocks.append([line])
    texts = (" ".join(line.text for line in block) for block in blocks)
    marked = (
        f"{'#' if text == title else '##'} {text}" if number in heading_blocks else text
        for number, text in enumerate(texts)
    )
    return "\n\n".join(marked)


def _paragraph_gap(page: Sequence[Line]) -> float:
    """Distance of two lines, in sizes, from which on they are in two paragraphs."""
    gaps = [_gap(above, below) for above, below in pairwise(page)]
    leadings = [gap for gap in gaps if 0 < gap <= _WIDEST_LEADING]
    return max(_PARAGRAPH_GAP, _OVER_LEADING * median(leadings)) if leadings else _PARAGRAPH_GAP


def _gap(above: Line, below: Line) -> float:
    return (above.bottom - below.bottom) / max(above.size, below.size)


def _continues(last: Line, line: Line, headings: tuple[bool, bool], gap: float) -> bool:
    after_heading, is_heading = headings
    if after_heading or is_heading:
        in_size = _SAME_SIZE <= last.size / line.size <= 1 / _SAME_SIZE
        return after_heading and is_heading and in_size and _gap(last, line) < gap
    ended = bool(_ENDS_SENTENCE.search(last.text))
    if line.bottom > last.top:
        # The next column, or the next page: a sentence goes on there.
        return not ended
    if not ended and line.text[0].islower():
        return _gap(last, line) < max(gap, _SENTENCE_GAP)
    indented = ended and line.left > last.left + _INDENT * line.size
    return _gap(last, line) < gap and not indented


def _headings(page: Sequence[Line], body: BodyStyle) -> list[bool]:
    """Of each line, whether it is a heading: by its size, its weight, or a font of its own."""
    mostly_bold = sum(line.bold for line in page) * 2 > len(page)
    answers: list[bool] = []
    for font, run in groupby(page, key=lambda line: line.font):
        lines = list(run)
        own_font = font not in {"", body.font} and len(lines) <= _LONGEST_FONT_RUN
        answers += [
            _is_heading(line, body.size, stands_out=own_font or (line.bold and not mostly_bold))
            for line in lines
        ]
    return answers


def _is_heading(line: Line, body_size: float, *, stands_out: bool) -> bool:
    letters = sum(character.isalpha() for character in line.text)
    # What is mostly numbers is a row of a table.
    if letters < max(_FEWEST_LETTERS, _LETTERS_SHARE * len(line.text.replace(" ", ""))):
        return False
    if is_larger(line, body_size):
        return True
    return (
        stands_out
        and line.size >= _FONT_HEADING_SIZE * body_size
        and len(line.text) <= _LONGEST_BOLD_HEADING
        and (line.text[0].isalnum() or line.text[0] in _OPENING)
        and not line.text[0].islower()
        and line.text[-1] not in ".,;"
        and not _CAPTION.match(line.text)
    )
