"""Lines of a PDF page to blocks: which lines are headings, which ones make a paragraph."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from ingest.readers.pdf_nouns import Block, BodyStyle, Kind, Line, Table
from ingest.readers.pdf_sections import is_section_name
from ingest.readers.pdf_tables import find_tables

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
# After a raised number the typesetter's next piece of the line may begin with a comma.
_ORPHANED_MARK = re.compile(r" ([,;.)](?:\s|$))")
_CAPTION = re.compile(r"(?:fig(?:ure|\.)|table|box) ", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:][\"\u201d\u2019)\]\d,]*$")


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


def page_blocks(page: Sequence[Line], body: BodyStyle) -> list[Block]:
    """Headings, paragraphs and tables of a page, as printed one after the other.

    Args:
        page: its lines in reading order.
        body: style of the running text.
    """
    blocks: list[Block] = []
    for is_table, items in groupby(find_tables(page), key=lambda item: isinstance(item, Table)):
        if is_table:
            blocks += [_table_block(item) for item in items if isinstance(item, Table)]
        else:
            blocks += _text_blocks([item for item in items if isinstance(item, Line)], body)
    return blocks


def _table_block(table: Table) -> Block:
    rows = (" | ".join(row).rstrip(" |") for row in table.rows)
    return Block(Kind.TABLE, "\n".join(rows))


def _text_blocks(lines: Sequence[Line], body: BodyStyle) -> list[Block]:
    headings = _headings(lines, body)
    gap = _paragraph_gap(lines)
    blocks: list[list[Line]] = []
    heading_blocks: set[int] = set()
    for line, is_heading in zip(lines, headings, strict=True):
        after_heading = len(blocks) - 1 in heading_blocks
        if blocks and _continues(blocks[-1][-1], line, (after_heading, is_heading), gap):
            blocks[-1].append(line)
            continue
        if is_heading:
            heading_blocks.add(len(blocks))
        blocks.append([line])
    return [
        Block(
            Kind.HEADING if number in heading_blocks else Kind.TEXT,
            _ORPHANED_MARK.sub(r"\1", " ".join(line.text for line in block)),
            block[0].size,
            max((line.font for line in block), key=[line.font for line in block].count),
        )
        for number, block in enumerate(blocks)
    ]


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
        # The next column: a sentence goes on there, but not in a box beside the text.
        return not ended and _is_alike(last, line)
    if not ended and line.text[0].islower():
        return _gap(last, line) < max(gap, _SENTENCE_GAP)
    indented = ended and line.left > last.left + _INDENT * line.size
    return _gap(last, line) < gap and not indented


def _is_alike(last: Line, line: Line) -> bool:
    """Whether two lines can be of one paragraph; a line in several fonts has no name of one."""
    in_font = "" in {last.font, line.font} or last.font == line.font
    return in_font and _SAME_SIZE <= last.size / line.size <= 1 / _SAME_SIZE


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
    if is_section_name(line.text):
        return True
    larger = is_larger(line, body_size)
    # What is mostly numbers is a row of a table.
    if not (larger or stands_out) or not _is_of_letters(line.text):
        return False
    return larger or (
        line.size >= _FONT_HEADING_SIZE * body_size
        and len(line.text) <= _LONGEST_BOLD_HEADING
        and (line.text[0].isalnum() or line.text[0] in _OPENING)
        and not line.text[0].islower()
        and line.text[-1] not in ".,;"
        and not _CAPTION.match(line.text)
    )


def _is_of_letters(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    return letters >= max(_FEWEST_LETTERS, _LETTERS_SHARE * len(text.replace(" ", "")))
