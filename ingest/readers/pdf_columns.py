"""Columns of a PDF page: how many there are, and their lines one column after the other."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.readers.pdf_nouns import Line

_FEWEST = 8
_SAME_PLACE = 4.0
# Lines of running text fill their column; those of tables and forms do not.
_FILLED, _SHARE_FILLED = 0.8, 0.5
# In sizes; about four words.
_NARROWEST = 10
# Lines over both columns are a title, an abstract or a table, not most of the page.
_MOST_ACROSS = 0.5
# Of the lines of the shorter column. In order a page changes sides once or a few times.
_MOST_CHANGES, _FEWEST_CHANGES = 0.25, 5


def in_columns(page: Sequence[Line]) -> tuple[int, list[Line]]:
    """The number of columns, and the lines in reading order.

    The file's own order stays as long as it follows the columns: it knows best what
    belongs together. Only where it jumps from one column to the other and back, line by line,
    the lines are sorted, between those that reach over both columns.
    """
    gutter = _gutter(page)
    if gutter is None:
        return 1, list(page)
    pieces = _cut(page, gutter)
    sides = [side for line in pieces if (side := _side(line, gutter))]
    changes = sum(before != after for before, after in pairwise(sides))
    shorter = min(Counter(sides).values())
    if changes <= max(_FEWEST_CHANGES, _MOST_CHANGES * shorter):
        return 1 + _inner_columns(page, gutter), list(page)
    return 2, _sorted(pieces, gutter)


def _inner_columns(lines: Iterable[Line], gutter: float) -> int:
    """Columns right of the first gutter."""
    right = [line for line in lines if line.left >= gutter - _SAME_PLACE]
    inner = _gutter(right)
    return 1 if inner is None else 1 + _inner_columns(right, inner)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the second column begins, with the fewest lines across; None on a page of one."""
    starts = Counter(
        round(left / _SAME_PLACE)
        for line in lines
        for left in (line.left, *(gap.right for gap in line.gaps))
    )
    places = [start * _SAME_PLACE for start, count in sorted(starts.items()) if count >= _FEWEST]
    across = {place: _count_across(lines, place) for place in places}
    return min(
        (place for place in places if across[place] is not None),
        key=lambda place: across[place] or 0,
        default=None,
    )


def _count_across(lines: Sequence[Line], place: float) -> int | None:
    """Lines that reach over a gutter; None where what it parts are no columns of text."""
    pieces = _cut(lines, place)
    left = [line for line in pieces if _side(line, place) == -1]
    right = [line for line in pieces if _side(line, place) == 1]
    across = len(pieces) - len(left) - len(right)
    if min(len(left), len(right)) < _FEWEST or across > _MOST_ACROSS * len(pieces):
        return None
    return across if _is_filled(left) and _is_filled(right) else None


def _is_filled(column: Sequence[Line]) -> bool:
    start = min(line.left for line in column)
    width = median(sorted(line.right for line in column)[-_FEWEST:]) - start
    letters = sum(len(line.text) for line in column)
    filled = sum(len(line.text) for line in column if line.right - start >= _FILLED * width)
    # A column of figures is filled too, but no prose fits into a few letters.
    return filled >= _SHARE_FILLED * letters and width >= _NARROWEST * column[0].size


def _side(line: Line, gutter: float) -> int:
    if line.right <= gutter + _SAME_PLACE / 2:
        return -1
    return 1 if line.left >= gutter - _SAME_PLACE else 0


def _cut(lines: Sequence[Line], gutter: float) -> list[Line]:
    """The lines, those that are printed over both columns cut at the gap between them."""
    return [
        piece
        for line in lines
        for piece in (_halves(line, gutter) if line.gaps and not _side(line, gutter) else (line,))
    ]


def _halves(line: Line, gutter: float) -> tuple[Line, ...]:
    for number, gap in enumerate(line.gaps):
        if gap.left <= gutter + _SAME_PLACE / 2 and gap.right >= gutter - _SAME_PLACE:
            rest = [replace(g, end=g.end - gap.end) for g in line.gaps[number + 1 :]]
            left = replace(
                line,
                text=line.text[: gap.end].strip(),
                right=gap.left,
                gaps=line.gaps[:number],
            )
            right = replace(line, text=line.text[gap.end :], left=gap.right, gaps=tuple(rest))
            return left, right
    return (line,)


def _sorted(lines: Sequence[Line], gutter: float) -> list[Line]:
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.top):
        if _side(line, gutter):
            band.append(line)
            continue
        ordered += [*_columns_of(band, gutter), line]
        band = []
    return ordered + _columns_of(band, gutter)


def _columns_of(band: Sequence[Line], gutter: float) -> list[Line]:
    return sorted(band, key=lambda line: (_side(line, gutter), -line.top, line.left))
