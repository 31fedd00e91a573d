"""Lines of a PDF page to text: which lines are headings, which ones make a paragraph."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_HEADING_SIZE = 1.12
_LONGEST_HEADING = 120
_LONGEST_BOLD_HEADING = 80
_FEWEST_LETTERS = 3
_PARAGRAPH_GAP = 1.5
_INDENT = 0.8
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


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size that most characters of the document have; 0 where there are none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def title_of(page: Sequence[Line], body: float) -> str:
    """The largest heading of the first page, or an empty string."""
    headings = [line for line in page if _is_larger(line, body)]
    if not headings:
        return ""
    largest = max(line.size for line in headings)
    return " ".join(line.text for line in headings if line.size == largest)


def page_text(page: Sequence[Line], body: float, without_heading: str = "") -> str:
    """The page as paragraphs between blank lines, headings as ``## `` lines.

    Args:
        page: its lines in reading order.
        body: size of the running text.
        without_heading: the document's title, which is no section.
    """
    mostly_bold = sum(line.bold for line in page) * 2 > len(page)
    blocks: list[list[Line]] = []
    heading_blocks: set[int] = set()
    for line in page:
        is_heading = _is_heading(line, body, mostly_bold=mostly_bold)
        if blocks and _continues(blocks[-1], line, len(blocks) - 1 in heading_blocks, is_heading):
            blocks[-1].append(line)
            continue
        if is_heading:
            heading_blocks.add(len(blocks))
        blocks.append([line])
    texts = (" ".join(line.text for line in block) for block in blocks)
    marked = (
        f"## {text}" if number in heading_blocks and text != without_heading else text
        for number, text in enumerate(texts)
    )
    return "\n\n".join(marked)


def _continues(block: list[Line], line: Line, after_heading: bool, is_heading: bool) -> bool:  # noqa: FBT001
    last = block[-1]
    if after_heading or is_heading:
        return after_heading and is_heading and last.size == line.size and _is_close(last, line)
    if line.bottom > last.top:
        # The next column, or the next page: a sentence goes on there.
        return not _ENDS_SENTENCE.search(last.text)
    indented = line.left > last.left + _INDENT * line.size and bool(
        _ENDS_SENTENCE.search(last.text)
    )
    return _is_close(last, line) and not indented


def _is_close(above: Line, below: Line) -> bool:
    return above.bottom - below.bottom < _PARAGRAPH_GAP * max(above.size, below.size)


def _is_heading(line: Line, body: float, *, mostly_bold: bool) -> bool:
    if sum(character.isalpha() for character in line.text) < _FEWEST_LETTERS:
        return False
    if _is_larger(line, body):
        return True
    is_bold = line.bold and not mostly_bold and line.size >= body
    return is_bold and len(line.text) <= _LONGEST_BOLD_HEADING and line.text[-1] not in ".,;"


def _is_larger(line: Line, body: float) -> bool:
    return line.size >= _HEADING_SIZE * body and len(line.text) <= _LONGEST_HEADING
